//! What a file is called before it has its name.

use crate::simulated::{Image, Op, SimulatedFiles};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};
use storage::{OpenOptions, Storage};

/// The name that the file at `path`, which is absolute, has while it is created: the first that it gets elsewhere.
///
/// # Panics
///
/// When no file is created there.
#[must_use]
pub fn draft_of(path: &Path) -> PathBuf {
    let files = SimulatedFiles::on(Image::default());
    let options = OpenOptions::default().file_system(Arc::new(files.clone()));
    drop(Storage::open_with(path, &options).expect("a store in memory"));
    let named = files.trace().ops.into_iter().find_map(|op| match op {
        Op::Name(path, _) => Some(path),
        _ => None,
    });
    named.expect("a file was created")
}
