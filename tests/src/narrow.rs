//! A file system in memory with little room: what is written beyond it fails as on a full disk.

use std::{
    io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};
use storage::backend::{Disk, FileStat, FileSystem, MemoryFiles};

/// Files in memory, none of which may be longer than the room there is.
#[derive(Debug, Default)]
pub struct NarrowFiles {
    files: MemoryFiles,
    room: Arc<AtomicU64>,
}

#[derive(Debug)]
struct NarrowDisk {
    disk: Box<dyn Disk>,
    room: Arc<AtomicU64>,
}

impl NarrowFiles {
    /// Files of up to `room` bytes.
    #[must_use]
    pub fn new(room: u64) -> Self {
        Self { files: MemoryFiles::default(), room: Arc::new(AtomicU64::new(room)) }
    }

    /// Lets files have up to `room` bytes from here on.
    pub fn set_room(&self, room: u64) {
        self.room.store(room, Ordering::SeqCst);
    }

    fn narrow(&self, disk: Box<dyn Disk>) -> Box<dyn Disk> {
        Box::new(NarrowDisk { disk, room: Arc::clone(&self.room) })
    }
}

impl NarrowDisk {
    fn check(&self, len: u64) -> io::Result<()> {
        let is_full = len > self.room.load(Ordering::SeqCst);
        if is_full { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
    }
}

impl FileSystem for NarrowFiles {
    fn stat(&self, path: &Path) -> io::Result<FileStat> {
        self.files.stat(path)
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn Disk>> {
        self.files.open(path).map(|disk| self.narrow(disk))
    }

    fn open_read_only(&self, path: &Path) -> io::Result<Box<dyn Disk>> {
        self.files.open_read_only(path)
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn Disk>> {
        self.files.create(path).map(|disk| self.narrow(disk))
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

    fn list_folder(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        self.files.list_folder(folder)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.files.sync_folder(folder)
    }
}

impl Disk for NarrowDisk {
    fn len(&self) -> io::Result<u64> {
        self.disk.len()
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.disk.read(offset, out)
    }

    fn write(&self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        self.check(offset + bytes.len() as u64)?;
        self.disk.write(offset, bytes)
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.check(len)?;
        self.disk.set_len(len)
    }

    fn sync(&self) -> io::Result<()> {
        self.disk.sync()
    }

    fn try_lock(&self) -> io::Result<bool> {
        self.disk.try_lock()
    }

    fn close(&self) -> io::Result<()> {
        self.disk.close()
    }
}
