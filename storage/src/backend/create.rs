//! Creating the file: whole under its own name, or not at all.
//!
//! The engine writes a new file in several steps, and a file that was left between two of them cannot be opened by
//! anyone. So the file is made under another name beside its place, closed, synced, and linked into place.

use super::{
    OpenOptions, RedbBackend,
    disk::{FileSystem, folder_of},
    engine::{io_refusal, unopened},
};
use crate::error::{OpenError, OpenReason, Result, StorageError};
use std::{
    collections::BTreeSet,
    hash::{BuildHasher, RandomState},
    io,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

/// What the first name of a file ends in.
const DRAFT_SUFFIX: &str = ".new";
/// How often a creation whose draft another process swept away is begun again.
const ATTEMPTS: u32 = 16;

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
    sweep(path, options);
    for _ in 0..ATTEMPTS {
        let draft = Draft::new(files, path, folder);
        let written = files.create(&draft.path).map_err(refuse).and_then(|disk| {
            let backend = RedbBackend::on(disk, &draft.path, path, options)?;
            fill(&backend)?;
            backend.close()?;
            files.open(&draft.path).and_then(|disk| disk.sync()).map_err(refuse)
        });
        match written {
            Err(error) if is_swept(&error) => continue,
            written => written.map_err(|error| unopened(path, error))?,
        }
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
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(refuse(error)),
        }
    }
    Err(refuse(io::ErrorKind::NotFound.into()))
}

/// Whether another process took the draft for what a crash had left behind: it has locked or removed it.
fn is_swept(error: &StorageError) -> bool {
    let StorageError::Open(error) = error else { return false };
    matches!(error.reason(), OpenReason::Locked | OpenReason::Io(io::ErrorKind::NotFound))
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
        let path = folder.join(name);
        own_drafts().insert(path.clone());
        Self { files, path }
    }
}

impl Drop for Draft<'_> {
    fn drop(&mut self) {
        // A draft that cannot be removed is no store and harms none.
        let _ = self.files.remove(&self.path);
        own_drafts().remove(&self.path);
    }
}

/// The drafts that this process works on. They are locked only once the engine has them.
fn own_drafts() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    static DRAFTS: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());
    DRAFTS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What the first names of the file at `path` begin with.
fn draft_prefix(path: &Path) -> String {
    format!(".{}.", path.file_name().unwrap_or_default().to_string_lossy())
}

/// Removes the drafts of `path` that nobody works on: what killed processes left behind.
pub(crate) fn sweep(path: &Path, options: &OpenOptions) {
    // Nothing depends on it: what cannot be swept stays.
    let files = &*options.files;
    let prefix = draft_prefix(path);
    for draft in files.list_folder(folder_of(path)).unwrap_or_default() {
        let name = draft.file_name().unwrap_or_default().to_string_lossy();
        let is_draft = name.starts_with(&prefix) && name.ends_with(DRAFT_SUFFIX);
        let is_stray = || files.open(&draft).and_then(|disk| disk.try_lock()).unwrap_or(false);
        if is_draft && !own_drafts().contains(&draft) && is_stray() {
            let _ = files.remove(&draft);
        }
    }
}
