//! A file system in memory that asks before it touches a file: a full disk, a disk that fails, a disk that waits.

use std::{fmt, io, path::Path, sync::Arc};
use storage::backend::{Disk, FileStat, FileSystem, MemoryFiles};

/// What is about to be done to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Bytes up to here are written.
    UpTo(u64),
    /// The file gets this length.
    Length(u64),
    /// What was written is made safe.
    Sync,
    /// Bytes are read.
    Read,
}

type Guard = Arc<dyn Fn(Change) -> io::Result<()> + Send + Sync>;

/// Files in memory, of which a guard may refuse to touch them.
pub struct GuardedFiles {
    files: MemoryFiles,
    guard: Guard,
}

struct GuardedDisk {
    disk: Box<dyn Disk>,
    guard: Guard,
}

impl GuardedFiles {
    /// No files yet; `guard` is asked before each read and each change.
    #[must_use]
    pub fn new(guard: impl Fn(Change) -> io::Result<()> + Send + Sync + 'static) -> Self {
        Self { files: MemoryFiles::default(), guard: Arc::new(guard) }
    }

    fn guarded(&self, disk: Box<dyn Disk>) -> Box<dyn Disk> {
        Box::new(GuardedDisk { disk, guard: Arc::clone(&self.guard) })
    }
}

impl fmt::Debug for GuardedFiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GuardedFiles").finish_non_exhaustive()
    }
}

impl fmt::Debug for GuardedDisk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GuardedDisk").finish_non_exhaustive()
    }
}

impl FileSystem for GuardedFiles {
    fn stat(&self, path: &Path) -> io::Result<FileStat> {
        self.files.stat(path)
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn Disk>> {
        self.files.open(path).map(|disk| self.guarded(disk))
    }

    fn open_read_only(&self, path: &Path) -> io::Result<Box<dyn Disk>> {
        self.files.open_read_only(path)
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn Disk>> {
        self.files.create(path).map(|disk| self.guarded(disk))
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.files.link(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.files.remove(path)
    }

    fn has_folder(&self, path: &Path) -> bool {
        self.files.has_folder(path)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.files.sync_folder(folder)
    }
}

impl Disk for GuardedDisk {
    fn len(&self) -> io::Result<u64> {
        self.disk.len()
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        (self.guard)(Change::Read)?;
        self.disk.read(offset, out)
    }

    fn write(&self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        (self.guard)(Change::UpTo(offset + bytes.len() as u64))?;
        self.disk.write(offset, bytes)
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        (self.guard)(Change::Length(len))?;
        self.disk.set_len(len)
    }

    fn sync(&self) -> io::Result<()> {
        (self.guard)(Change::Sync)?;
        self.disk.sync()
    }

    fn try_lock(&self) -> io::Result<bool> {
        self.disk.try_lock()
    }

    fn len_at(&self, path: &Path) -> io::Result<Option<u64>> {
        self.disk.len_at(path)
    }

    fn close(&self) -> io::Result<()> {
        self.disk.close()
    }
}
