//! A file under its first name, until it is whole.
//!
//! ```text
//! .storage-0123456789abcdef.new      beside the file; the digits are the hash of its name
//! ```
//!
//! A file has one such name, so what a killed process left behind is found without looking through the folder; and it
//! is short, so the file's own name may be as long as the file system allows.
//!
//! *Invariant*: whoever works on a draft has its lock, from before the first byte until the name is gone. What is not
//! locked was left behind; and who has the lock knows that the name still is that of his file.

use super::{
    disk::{Disk, FileSystem, folder_of},
    engine::may_be_unfinished,
};
use crate::hash::hash;
use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

/// How often a draft is made again that somebody took for a stray one, before it could be locked.
const ATTEMPTS: u32 = 16;

/// A file that is being made. Its first name goes away whatever happens.
pub(super) struct Draft<'f> {
    files: &'f dyn FileSystem,
    path: PathBuf,
    disk: Arc<dyn Disk>,
    /// Whether `path` is still its name.
    is_named: bool,
}

/// Why there is no draft.
pub(super) enum NoDraft {
    /// Somebody else makes this file.
    InUse,
    /// Something that this crate did not make has its name.
    NameTaken(PathBuf),
    /// The file system failed or refused.
    Io(io::Error),
}

/// What is there under the name of a draft.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    Nothing,
    /// It was left behind, and has been removed.
    Stray,
    InUse,
    Foreign,
}

impl<'f> Draft<'f> {
    /// An empty draft of the file at `path`, locked. A stray one is removed first.
    pub(super) fn new(files: &'f dyn FileSystem, path: &Path) -> Result<Self, NoDraft> {
        let draft = draft_path(path);
        for _ in 0..ATTEMPTS {
            match files.create(&draft) {
                Ok(disk) => {
                    let disk = Arc::from(disk);
                    let mut made = Self { files, path: draft.clone(), disk, is_named: true };
                    if is_locked_at(&*made.disk, &draft)? {
                        return Ok(made);
                    }
                    // Its name is somebody else's to take away, or has gone.
                    made.is_named = false;
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    match look(files, &draft)? {
                        Found::Nothing | Found::Stray => {}
                        Found::InUse => return Err(NoDraft::InUse),
                        Found::Foreign => return Err(NoDraft::NameTaken(draft)),
                    }
                }
                Err(error) => return Err(error.into()),
            }
        }
        Err(NoDraft::InUse)
    }

    /// Its first name.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The file, for an engine: what that closes stays locked.
    pub(super) fn disk(&self) -> Box<dyn Disk> {
        Box::new(LockedDisk(Arc::clone(&self.disk)))
    }

    /// Makes what was written safe.
    pub(super) fn sync(&self) -> io::Result<()> {
        self.disk.sync()
    }

    /// Gives the file its own name, `path`, where there is nothing: whole, or not at all. The first name goes.
    ///
    /// # Errors
    ///
    /// [`AlreadyExists`](io::ErrorKind::AlreadyExists) when there is something.
    pub(super) fn publish(&mut self, path: &Path) -> io::Result<()> {
        match self.files.link(&self.path, path) {
            Ok(()) => self.remove(),
            Err(error) if has_no_links(&error) => {
                self.files.rename(&self.path, path)?;
                self.is_named = false;
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }

    fn remove(&mut self) {
        if std::mem::take(&mut self.is_named) {
            // A draft that cannot be removed is no store and harms none.
            let _ = self.files.remove(&self.path);
        }
    }
}

impl Drop for Draft<'_> {
    fn drop(&mut self) {
        // While it is locked.
        self.remove();
    }
}

/// Removes the draft of the file at `path`, if a killed process left one behind.
pub(super) fn sweep(files: &dyn FileSystem, path: &Path) {
    // Nothing depends on it: what cannot be swept stays.
    let _ = look(files, &draft_path(path));
}

/// The first name of the file at `path`.
fn draft_path(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    folder_of(path).join(format!(".storage-{:016x}.new", hash(name, 0)))
}

/// Looks at what is at `draft`, and removes it if it was left behind.
fn look(files: &dyn FileSystem, draft: &Path) -> io::Result<Found> {
    let found = match files.stat(draft) {
        // A link is none of ours, wherever it leads to.
        Ok(stat) if !stat.is_file || files.is_link(draft) => return Ok(Found::Foreign),
        Ok(_) => files.open(draft),
        Err(error) => Err(error),
    };
    let disk = match found {
        Ok(disk) => disk,
        Err(error) if error.kind() == io::ErrorKind::NotFound && !files.is_link(draft) => {
            return Ok(Found::Nothing);
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Found::Foreign),
        Err(error) => return Err(error),
    };
    if !is_locked_at(&*disk, draft)? {
        return Ok(Found::InUse);
    }
    if !may_be_unfinished(&*disk)? {
        return Ok(Found::Foreign);
    }
    files.remove(draft)?;
    Ok(Found::Stray)
}

/// Locks `disk`; `false` when somebody else has the lock, or had it and took the name away.
fn is_locked_at(disk: &dyn Disk, path: &Path) -> io::Result<bool> {
    Ok(disk.try_lock()? && disk.len_at(path)?.is_some())
}

/// Whether a file system refused to link because it cannot. Linux says that it is not permitted.
fn has_no_links(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::PermissionDenied)
}

impl From<io::Error> for NoDraft {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// A file that is locked already, and stays so when it is closed.
#[derive(Debug)]
struct LockedDisk(Arc<dyn Disk>);

impl Disk for LockedDisk {
    fn len(&self) -> io::Result<u64> {
        self.0.len()
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.0.read(offset, out)
    }

    fn write(&self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        self.0.write(offset, bytes)
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.0.set_len(len)
    }

    fn sync(&self) -> io::Result<()> {
        self.0.sync()
    }

    fn len_at(&self, path: &Path) -> io::Result<Option<u64>> {
        self.0.len_at(path)
    }
}
