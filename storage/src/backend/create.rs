//! Creating the file: whole under its own name, or not at all.
//!
//! The engine writes a new file in several steps, and a file that was left between two of them cannot be opened by
//! anyone. So the file is made under another name beside its place, closed, synced, and linked into place.

use super::{
    OpenOptions, RedbBackend,
    disk::folder_of,
    draft::{self, Draft, NoDraft},
    engine::{io_refusal, unopened},
};
use crate::error::{OpenError, OpenReason, Result, StorageError};
use std::{io, path::Path};

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
    fill: impl FnOnce(&RedbBackend) -> Result<()>,
) -> Result<Created> {
    let files = &*options.files;
    let folder = folder_of(path);
    if !files.has_folder(folder) {
        return Err(OpenError::new(path, OpenReason::NoParent).into());
    }
    let refuse = |error| io_refusal(path, error);
    let mut draft = Draft::new(files, path).map_err(|none| no_draft(path, none))?;
    let write = || {
        let backend = RedbBackend::on(draft.disk(), draft.path(), path, options)?;
        fill(&backend)?;
        backend.close()?;
        draft.sync().map_err(refuse)
    };
    write().map_err(|error| unopened(path, error))?;
    match draft.publish(path) {
        // The draft's name is gone, so once the folder is synced one name is safe.
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Ok(Created::Existed),
        Err(error) => return Err(refuse(error)),
    }
    if let Err(error) = files.sync_folder(folder) {
        // An error says that there is no file, and does not keep the next one from being made.
        let _ = files.remove(path);
        return Err(refuse(error));
    }
    Ok(Created::New)
}

/// Removes what a killed process left behind that was creating the file at `path`.
pub(crate) fn sweep(path: &Path, options: &OpenOptions) {
    draft::sweep(&*options.files, path);
}

#[cold]
fn no_draft(path: &Path, none: NoDraft) -> StorageError {
    let reason = match none {
        NoDraft::InUse => OpenReason::Locked,
        NoDraft::NameTaken(by) => OpenReason::DraftNameTaken { by },
        NoDraft::Io(error) => return io_refusal(path, error),
    };
    OpenError::new(path, reason).into()
}
