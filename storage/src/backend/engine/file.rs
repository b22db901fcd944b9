//! A file of the operating system, as the engine reads, writes and locks it on every platform.

use redb::{StorageBackend, backends::FileBackend};
use std::{fs::File, io, ops::Bound};

/// A file that the engine's own locks are taken on, which programs of other releases respect.
#[derive(Debug)]
#[expect(unnameable_types, reason = "only a hidden method hands it out")]
pub struct EngineFile(FileBackend);

impl EngineFile {
    pub(crate) fn new(file: File) -> io::Result<Self> {
        FileBackend::new(file).map(Self).map_err(|error| io::Error::other(error.to_string()))
    }

    pub(super) const fn backend(&self) -> &FileBackend {
        &self.0
    }

    pub(crate) fn len(&self) -> io::Result<u64> {
        self.0.len()
    }

    pub(crate) fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.0.read(offset, out)
    }

    pub(crate) fn write(&self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        self.0.write(offset, bytes)
    }

    pub(crate) fn set_len(&self, len: u64) -> io::Result<()> {
        self.0.set_len(len)
    }

    pub(crate) fn sync(&self) -> io::Result<()> {
        self.0.sync_data()
    }

    /// Locks the whole file; `false` when another handle has it.
    pub(crate) fn try_lock(&self) -> io::Result<bool> {
        let locked = self.0.try_lock_range(Bound::Unbounded, Bound::Unbounded);
        locked.map_err(|error| io::Error::other(error.to_string()))
    }

    /// Releases the locks.
    pub(crate) fn close(&self) -> io::Result<()> {
        self.0.close()
    }
}

impl Drop for EngineFile {
    /// A child process that starts meanwhile has the file, and with it the locks, until it runs its own program: they
    /// are released, not left to the last handle.
    fn drop(&mut self) {
        // The operating system releases what this cannot, later.
        let _ = self.close();
    }
}
