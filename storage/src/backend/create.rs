//! Creating the file: whole under its own name, or not at all.
//!
//! The engine writes a new file in several steps, and a file that was left between two of them cannot be opened by
//! anyone. So the file is made under another name beside its place, closed, synced, and linked into place.

use super::{OpenOptions, RedbBackend, open::io_refusal};
use crate::error::{OpenError, OpenReason, Result};
use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    process,
    sync::atomic::{AtomicU32, Ordering},
};

/// Creates a file at `path` in which `fill` has done its work; a file that another process put there in the meantime
/// is left alone.
///
/// # Errors
///
/// [`StorageError::Open`](crate::StorageError::Open) with the reason, or the error of `fill`. Nothing is left behind.
pub(crate) fn create(
    path: &Path,
    options: &OpenOptions,
    fill: impl FnOnce(&RedbBackend) -> Result<()>,
) -> Result<()> {
    let folder = folder_of(path)?;
    let draft = Draft { path: draft_path(path, folder) };
    let file = new_file(&draft.path).map_err(|error| io_refusal(path, error))?;
    let backend = RedbBackend::with(path, || {
        let backend = redb::backends::FileBackend::new(file)?;
        options.builder().create_with_backend(backend)
    })?;
    fill(&backend)?;
    backend.close()?;
    let file = File::open(&draft.path).and_then(|file| file.sync_all());
    file.map_err(|error| io_refusal(path, error))?;
    match fs::hard_link(&draft.path, path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Ok(()),
        linked => linked.map_err(|error| io_refusal(path, error))?,
    }
    sync_folder(folder).map_err(|error| io_refusal(path, error))
}

/// The file under its first name, which goes away whatever happens.
struct Draft {
    path: PathBuf,
}

impl Drop for Draft {
    fn drop(&mut self) {
        // A draft that cannot be removed is no store and harms none.
        let _ = fs::remove_file(&self.path);
    }
}

fn folder_of(path: &Path) -> Result<&Path> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if folder.is_dir() {
        Ok(folder)
    } else {
        Err(OpenError::new(path, OpenReason::NoParent).into())
    }
}

/// A name beside `path` that no other process and no other thread of this one uses.
fn draft_path(path: &Path, folder: &Path) -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    folder.join(format!(".{name}.{}-{count}.new", process::id()))
}

/// A new file that only its owner may read.
fn new_file(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    // What an earlier process of this number left behind when it was killed.
    match options.open(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            fs::remove_file(path)?;
            options.open(path)
        }
        opened => opened,
    }
}

/// Makes the new name itself safe from a power cut, where folders can be synced.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
