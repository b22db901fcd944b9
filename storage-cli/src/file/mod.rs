//! Files that are looked into, and stay as they are.
//!
//! What the engine writes when it opens a file, and when it mends one that was not closed, goes to memory
//! (`untouched.rs`). A file that another program has open is copied first (`copy.rs`).

mod copy;
mod untouched;

use self::untouched::Untouched;
use crate::failure::Outcome;
use std::{path::Path, sync::Arc};
use storage::{OpenOptions, ReadTxn, Storage, backend::FileSystem, dynamic::DynamicTable};

/// How much memory may keep pages: a tool shares the machine with what it looks at.
const CACHE_LEN: usize = 128 << 20;

/// A file that is looked into.
#[derive(Debug)]
pub(crate) struct File {
    pub(crate) storage: Storage,
    pub(crate) state: ReadTxn,
    /// Whether another program has it open, so that this is a copy of its state.
    pub(crate) is_copy: bool,
}

impl File {
    /// Opens the file at `path`.
    pub(crate) fn open(path: &Path) -> Outcome<Self> {
        let files = Arc::new(Untouched::default());
        let untouched: Arc<dyn FileSystem> = Arc::<Untouched>::clone(&files);
        let options =
            OpenOptions::default().create(false).cache_size(CACHE_LEN).file_system(untouched);
        let storage = Storage::open_with(path, &options)?;
        let state = storage.read()?;
        Ok(Self { storage, state, is_copy: files.is_copy() })
    }

    /// Opens the table `name` of it.
    pub(crate) fn table(&self, name: &str) -> Outcome<DynamicTable> {
        Ok(DynamicTable::open(&self.state, name)?)
    }
}
