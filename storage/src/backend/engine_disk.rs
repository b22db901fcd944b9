//! A [`Disk`] as the engine sees it.

use super::Disk;
use redb::{BackendError, StorageBackend};
use std::{
    io,
    ops::Bound,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

/// What went to the disk and came from it since the file was opened.
#[derive(Debug, Default)]
pub(super) struct Meter {
    pub(super) bytes_read: AtomicU64,
    pub(super) bytes_written: AtomicU64,
    pub(super) sync_count: AtomicU64,
    /// What was written before it may be in memory only, whatever a later sync says.
    pub(super) has_failed_sync: AtomicBool,
}

/// The engine's disk, counted.
#[derive(Debug)]
pub(super) struct EngineDisk {
    disk: Arc<dyn Disk>,
    meter: Arc<Meter>,
}

impl EngineDisk {
    pub(super) fn new(disk: Arc<dyn Disk>, meter: Arc<Meter>) -> Self {
        Self { disk, meter }
    }
}

fn count(counter: &AtomicU64, len: usize) {
    counter.fetch_add(u64::try_from(len).unwrap_or(u64::MAX), Ordering::Relaxed);
}

/// The whole storage: the one range that a disk of ours can lock.
fn is_whole(start: Bound<u64>, end: Bound<u64>) -> bool {
    matches!(start, Bound::Unbounded | Bound::Included(0)) && end == Bound::Unbounded
}

impl StorageBackend for EngineDisk {
    fn len(&self) -> io::Result<u64> {
        self.disk.len()
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        count(&self.meter.bytes_read, out.len());
        self.disk.read(offset, out)
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.disk.set_len(len)
    }

    fn sync_data(&self) -> io::Result<()> {
        count(&self.meter.sync_count, 1);
        self.disk.sync().inspect_err(|_| self.meter.has_failed_sync.store(true, Ordering::Release))
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        count(&self.meter.bytes_written, data.len());
        self.disk.write(offset, data)
    }

    fn close(&self) -> io::Result<()> {
        self.disk.close()
    }

    fn try_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        match self.disk.os() {
            Some(os) => os.locks().try_lock_range(start, end),
            None if is_whole(start, end) => self.disk.try_lock().map_err(BackendError::Io),
            None => Err(BackendError::Unsupported),
        }
    }

    fn try_lock_shared_range(
        &self,
        start: Bound<u64>,
        end: Bound<u64>,
    ) -> Result<bool, BackendError> {
        match self.disk.os() {
            Some(os) => os.locks().try_lock_shared_range(start, end),
            None => self.try_lock_range(start, end),
        }
    }

    fn lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.disk
            .os()
            .map_or(Err(BackendError::Unsupported), |os| os.locks().lock_range(start, end))
    }

    fn lock_shared_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        let os = self.disk.os().ok_or(BackendError::Unsupported)?;
        os.locks().lock_shared_range(start, end)
    }

    fn unlock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        match self.disk.os() {
            Some(os) => os.locks().unlock_range(start, end),
            None => self.disk.close().map_err(BackendError::Io),
        }
    }

    fn query_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        let os = self.disk.os().ok_or(BackendError::Unsupported)?;
        os.locks().query_lock_range(start, end)
    }
}
