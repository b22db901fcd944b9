//! Creating the file: whole under its own name, or not at all.
//!
//! The engine writes a new file in several steps, and a file that was left between two of them cannot be opened by
//! anyone. So the file is made under another name beside its place, closed, synced, and linked into place.

use super::{FileSystem, OpenOptions, RedbBackend, open::io_refusal};
use crate::error::{OpenError, OpenReason, Result};
use std::{
    hash::{BuildHasher, RandomState},
    io,
    path::{Path, PathBuf},
};

/// What the first name of a file ends in.
const DRAFT_SUFFIX: &str = ".new";
/// How often a creation whose draft was swept away is begun again.
const ATTEMPTS: u32 = 3;

/// How a creation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Created {
    /// The file is there.
    New,
    /// Another was there first, and is as it was.
    Existed,
}

/// Creates a file at `path` in which `fill` has done its work; a file that is there already is left alone.
///
/// # Errors
///
/// [`StorageError::Open`](crate::StorageError::Open) with the reason, or the error of `fill`. Nothing is left behind.
pub(crate) fn create(
    path: &Path,
    options: &OpenOptions,
    fill: impl Fn(&RedbBackend) -> Result<()>,
) -> Result<Created> {
    let files = &*options.files;
    let folder = folder_of(path);
    if !files.has_folder(folder) {
        return Err(OpenError::new(path, OpenReason::NoParent).into());
    }
    let refuse = |error| io_refusal(path, error);
    sweep(files, path, folder);
    for _ in 0..ATTEMPTS {
        let draft = Draft::new(files, path, folder);
        let disk = files.create(&draft.path).map_err(refuse)?;
        let backend = RedbBackend::on(disk, &draft.path, path, options)?;
        fill(&backend)?;
        backend.close()?;
        files.open(&draft.path).and_then(|disk| disk.sync()).map_err(refuse)?;
        match files.link(&draft.path, path) {
            Ok(()) => {
                // Before the folder is synced: the draft's name is then as gone as the file's is there.
                drop(draft);
                if let Err(error) = files.sync_folder(folder) {
                    // An error says that there is no file, and does not keep the next one from being made.
                    let _ = files.remove(path);
                    return Err(refuse(error));
                }
                return Ok(Created::New);
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                return Ok(Created::Existed);
            }
            // Another process took it for what a crash had left behind.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(refuse(error)),
        }
    }
    Err(refuse(io::ErrorKind::NotFound.into()))
}

/// The file under its first name, which goes away whatever happens.
struct Draft<'f> {
    files: &'f dyn FileSystem,
    path: PathBuf,
}

impl<'f> Draft<'f> {
    /// A name beside `path` that nobody else uses. The number of the process would not do: those of two containers
    /// are the same.
    fn new(files: &'f dyn FileSystem, path: &Path, folder: &Path) -> Self {
        let random = RandomState::new().hash_one(path);
        let name = format!("{}{random:016x}{DRAFT_SUFFIX}", draft_prefix(path));
        Self { files, path: folder.join(name) }
    }
}

impl Drop for Draft<'_> {
    fn drop(&mut self) {
        // A draft that cannot be removed is no store and harms none.
        let _ = self.files.remove(&self.path);
    }
}

pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// What the first names of the file at `path` begin with.
fn draft_prefix(path: &Path) -> String {
    format!(".{}.", path.file_name().unwrap_or_default().to_string_lossy())
}

/// Removes the drafts of `path` that nobody works on: what killed processes left behind.
fn sweep(files: &dyn FileSystem, path: &Path, folder: &Path) {
    // Nothing depends on it: what cannot be swept stays.
    let prefix = draft_prefix(path);
    for draft in files.list_folder(folder).unwrap_or_default() {
        let name = draft.file_name().unwrap_or_default().to_string_lossy();
        let is_draft = name.starts_with(&prefix) && name.ends_with(DRAFT_SUFFIX);
        if is_draft && files.open(&draft).and_then(|disk| disk.try_lock()).unwrap_or(false) {
            let _ = files.remove(&draft);
        }
    }
}
