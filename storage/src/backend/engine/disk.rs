//! A [`Disk`] as the engine sees it.

use crate::{
    backend::{disk::Disk, locks::Mutex},
    error::StorageError,
    invariant::Invariant,
};
use redb::{BackendError, StorageBackend};
use std::{
    io,
    ops::Bound,
    path::{Path, PathBuf},
    process,
    sync::{
        Arc, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

/// What a file of the engine begins with. It is written last when a file is made.
const MAGIC: [u8; 9] = *b"redb\x1a\x0a\xa9\x0d\x0a";

/// Whether `disk` is a file of the engine, or was about to become one: nothing is written yet, or not the beginning.
pub(crate) fn may_be_unfinished(disk: &dyn Disk) -> io::Result<bool> {
    let len = usize::try_from(disk.len()?).map_or(MAGIC.len(), |len| len.min(MAGIC.len()));
    let mut begin = vec![0; len];
    disk.read(0, &mut begin)?;
    Ok(MAGIC.starts_with(&begin) || begin.iter().all(|byte| *byte == 0))
}

/// What went to the disk and came from it since the file was opened.
#[derive(Debug, Default)]
pub(crate) struct Meter {
    pub(crate) bytes_read: AtomicU64,
    pub(crate) bytes_written: AtomicU64,
    pub(crate) sync_count: AtomicU64,
    /// How long the file is, as far as the engine knows.
    pub(crate) file_len: AtomicU64,
    /// What was written before it may be in memory only, whatever a later sync says.
    pub(crate) has_failed_sync: AtomicBool,
    /// The engine was given up: what still holds a part of it reads and writes no more.
    pub(crate) has_ended: AtomicBool,
    /// The last error of the disk: the engine remembers only that there was one.
    last_error: Mutex<Option<Arc<io::Error>>>,
}

impl Meter {
    pub(crate) fn last_error(&self) -> Option<Arc<io::Error>> {
        self.last_error.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    #[cold]
    fn remember(&self, error: &io::Error) {
        let copy = match error.raw_os_error() {
            Some(code) => io::Error::from_raw_os_error(code),
            None => io::Error::new(error.kind(), error.to_string()),
        };
        *self.last_error.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(copy));
    }
}

/// Who may use the disk: the process that opened it.
///
/// A process that came out of a fork shares the locks of its parent, but neither its memory nor its knowledge of which
/// pages are in use.
#[derive(Debug)]
pub(crate) struct DiskAccess {
    path: PathBuf,
    process: u32,
}

impl DiskAccess {
    /// Access for this process; `path` is what an error names.
    pub(crate) fn new(path: &Path) -> Self {
        Self { path: path.to_owned(), process: process::id() }
    }

    /// Fails in a process that came out of a fork.
    pub(crate) fn check_process(&self) -> Result<(), StorageError> {
        if self.process == process::id() {
            return Ok(());
        }
        Err(StorageError::Forked { path: self.path.clone(), opened_by: self.process })
    }
}

/// The engine's disk, counted and guarded.
#[derive(Debug)]
pub(crate) struct EngineDisk {
    disk: Arc<dyn Disk>,
    meter: Arc<Meter>,
    access: Arc<DiskAccess>,
}

impl EngineDisk {
    /// A disk that nothing is asked of but to be read; `path` is what an error names.
    pub(super) fn of_this_process(disk: Box<dyn Disk>, path: &Path) -> Self {
        Self::new(Arc::from(disk), Arc::default(), Arc::new(DiskAccess::new(path)))
    }

    pub(crate) fn new(disk: Arc<dyn Disk>, meter: Arc<Meter>, access: Arc<DiskAccess>) -> Self {
        Self { disk, meter, access }
    }

    fn disk(&self) -> io::Result<&dyn Disk> {
        if self.meter.has_ended.load(Ordering::Acquire) {
            return Err(io::Error::other("the file was closed"));
        }
        self.access.check_process().map_err(io::Error::other)?;
        Ok(&*self.disk)
    }

    fn remembered<T>(&self, done: io::Result<T>) -> io::Result<T> {
        done.inspect_err(|error| self.meter.remember(error))
    }
}

fn len_in_memory(len: usize) -> u64 {
    u64::try_from(len).invariant("a length in memory fits 64 bits")
}

fn count(counter: &AtomicU64, len: usize) {
    counter.fetch_add(len_in_memory(len), Ordering::Relaxed);
}

/// The whole storage: the one range that a disk of ours can lock.
fn is_whole(start: Bound<u64>, end: Bound<u64>) -> bool {
    matches!(start, Bound::Unbounded | Bound::Included(0)) && end == Bound::Unbounded
}

impl StorageBackend for EngineDisk {
    fn len(&self) -> io::Result<u64> {
        let len = self.remembered(self.disk()?.len())?;
        self.meter.file_len.store(len, Ordering::Release);
        Ok(len)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        count(&self.meter.bytes_read, out.len());
        self.remembered(self.disk()?.read(offset, out))
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.remembered(self.disk()?.set_len(len))?;
        self.meter.file_len.store(len, Ordering::Release);
        Ok(())
    }

    fn sync_data(&self) -> io::Result<()> {
        count(&self.meter.sync_count, 1);
        let synced = self.remembered(self.disk()?.sync());
        synced.inspect_err(|_| self.meter.has_failed_sync.store(true, Ordering::Release))
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        count(&self.meter.bytes_written, data.len());
        self.remembered(self.disk()?.write(offset, data))?;
        let end = offset.saturating_add(len_in_memory(data.len()));
        self.meter.file_len.fetch_max(end, Ordering::AcqRel);
        Ok(())
    }

    fn close(&self) -> io::Result<()> {
        self.disk.close()
    }

    fn try_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        match self.disk.engine_file() {
            Some(file) => file.backend().try_lock_range(start, end),
            None if is_whole(start, end) => self.disk.try_lock().map_err(BackendError::Io),
            None => Err(BackendError::Unsupported),
        }
    }

    fn try_lock_shared_range(
        &self,
        start: Bound<u64>,
        end: Bound<u64>,
    ) -> Result<bool, BackendError> {
        match self.disk.engine_file() {
            Some(file) => file.backend().try_lock_shared_range(start, end),
            None => self.try_lock_range(start, end),
        }
    }

    fn lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        let file = self.disk.engine_file().ok_or(BackendError::Unsupported)?;
        file.backend().lock_range(start, end)
    }

    fn lock_shared_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        let file = self.disk.engine_file().ok_or(BackendError::Unsupported)?;
        file.backend().lock_shared_range(start, end)
    }

    fn unlock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        match self.disk.engine_file() {
            Some(file) => file.backend().unlock_range(start, end),
            None => self.disk.close().map_err(BackendError::Io),
        }
    }

    fn query_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        let file = self.disk.engine_file().ok_or(BackendError::Unsupported)?;
        file.backend().query_lock_range(start, end)
    }
}
