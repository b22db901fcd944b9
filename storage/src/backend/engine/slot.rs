//! The engine while it is open, and the ways in and out: open, close, open again.

use super::{
    contain::Health,
    disk::{DiskAccess, EngineDisk, Meter},
    error::{engine_error, io_refusal, refusal, unopened},
};
use crate::{
    backend::{
        OpenOptions, Verify,
        disk::{Disk, PageSums},
        ids::IdMarks,
        locks::{RwLock, RwLockReadGuard, RwLockWriteGuard},
    },
    error::{Action, OpenError, OpenReason, Result, StorageError},
    invariant::Invariant,
};
use std::{
    io,
    path::Path,
    sync::{
        Arc, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

/// How many bytes are read and written at a time.
const REWRITE_LEN: usize = 1 << 20;

/// An open file.
#[derive(Debug)]
pub(crate) struct Engine {
    pub(crate) db: redb::Database,
    pub(crate) health: Health,
    pub(crate) meter: Arc<Meter>,
    pub(crate) disk: Arc<dyn Disk>,
    /// How many bytes of memory it may use for pages.
    pub(crate) cache_len: usize,
}

/// What a write must know of the opening of the file it runs in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Opening {
    /// What is known of tables at this number holds as long as it is the same.
    pub(crate) generation: u64,
    /// How many bytes of memory the engine may use for pages.
    pub(crate) cache_len: usize,
}

/// The generation of a state in which tables are being removed or renamed: nothing that is known of it holds later.
pub(crate) const UNSETTLED: u64 = 0;

/// A generation of its own for a state that nobody else sees: that of a write which has changed the catalogue, until it
/// changes it again or undoes something. No state that is committed has such a number, and all take 48 bits.
pub(super) fn of_a_draft() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(1 << 47);
    LAST.fetch_add(1, Ordering::Relaxed)
}

/// Where a handle keeps the engine: empty while it is closed.
#[derive(Debug)]
pub(crate) struct EngineSlot {
    engine: RwLock<Option<Engine>>,
    access: Arc<DiskAccess>,
    /// Grows by two with each opening, and with each commit that removes or renames tables: odd while one is made.
    generation: AtomicU64,
    /// A sync has failed, and the file was not written anew since.
    has_failed_sync: AtomicBool,
    ids: Arc<IdMarks>,
}

impl EngineSlot {
    /// An empty slot, for this process alone; `path` is what an error names.
    pub(crate) fn new(path: &Path) -> Self {
        Self {
            engine: RwLock::default(),
            access: Arc::new(DiskAccess::new(path)),
            generation: AtomicU64::default(),
            has_failed_sync: AtomicBool::default(),
            ids: Arc::default(),
        }
    }

    /// The numbers that were given to rows.
    pub(super) const fn ids(&self) -> &Arc<IdMarks> {
        &self.ids
    }

    /// Who may use the store.
    pub(crate) fn access(&self) -> Arc<DiskAccess> {
        Arc::clone(&self.access)
    }

    /// Fails in a process that came out of a fork, without waiting for anybody.
    pub(crate) fn check_process(&self) -> Result<()> {
        self.access.check_process()
    }

    /// Opens `disk`, or makes a store of it when it is empty; `path` is what an error names.
    pub(crate) fn open(
        &self,
        disk: Box<dyn Disk>,
        options: &OpenOptions,
        path: &Path,
    ) -> Result<()> {
        let disk: Arc<dyn Disk> =
            if options.verify_pages { Arc::new(PageSums::new(disk)) } else { Arc::from(disk) };
        let meter = Arc::<Meter>::default();
        let health = Health::new(path, Arc::clone(&meter));
        let engine_disk =
            EngineDisk::new(Arc::clone(&disk), Arc::clone(&meter), Arc::clone(&self.access));
        let open = || {
            let mut builder = redb::Database::builder();
            builder.set_check_integrity_on_open(options.verify == Verify::Always);
            builder.set_cache_size(options.cache_len());
            builder.create_with_backend(engine_disk).map_err(|error| refusal(path, error))
        };
        let db = health.contain(Action::Open, None, open).map_err(|error| unopened(path, error))?;
        self.generation.fetch_add(2, Ordering::AcqRel);
        let engine = Engine { db, health, meter, disk, cache_len: options.cache_len() };
        *self.write() = Some(engine);
        Ok(())
    }

    /// What is known of tables now holds as long as this is the same; read before a state is taken and after it.
    pub(crate) fn generation(&self) -> u64 {
        self.generation.load(Ordering::Acquire)
    }

    /// Makes states that are taken from here on another generation, or of none while the guard lives: to be held over
    /// a commit that removes or renames tables.
    pub(crate) fn renew(&self) -> Renewal<'_> {
        self.generation.fetch_add(1, Ordering::AcqRel);
        Renewal(&self.generation)
    }

    /// Closes the file and says whether all went well.
    pub(crate) fn close(&self) -> Result<()> {
        let Some(engine) = self.write().take() else { return Ok(()) };
        let meter = Arc::clone(&engine.meter);
        let closed = engine.close();
        self.has_failed_sync
            .fetch_or(meter.has_failed_sync.load(Ordering::Acquire), Ordering::AcqRel);
        closed
    }

    /// Lets go of the engine without a write, and without waiting for anybody.
    pub(crate) fn leak(&mut self) {
        let engine = self.engine.get_mut().unwrap_or_else(PoisonError::into_inner).take();
        std::mem::forget(engine);
    }

    /// Writes what `open_disk` opens once more when a sync of it has failed, before the engine reads it.
    pub(crate) fn mend(
        &self,
        path: &Path,
        open_disk: impl FnOnce() -> Result<Box<dyn Disk>>,
    ) -> Result<()> {
        if !self.has_failed_sync.load(Ordering::Acquire) {
            return Ok(());
        }
        let disk = open_disk()?;
        // Another process may have come in between, and what it writes must not be replaced by what was.
        if !disk.try_lock().map_err(|error| io_refusal(path, error))? {
            return Err(OpenError::new(path, OpenReason::Locked).into());
        }
        write_anew(&*disk).map_err(|error| io_refusal(path, error))?;
        self.has_failed_sync.store(false, Ordering::Release);
        Ok(())
    }

    /// Runs `use_engine` with the open engine.
    pub(crate) fn with<T>(
        &self,
        path: &Path,
        use_engine: impl FnOnce(&Engine) -> Result<T>,
    ) -> Result<T> {
        let guard = self.read();
        let engine = guard.as_ref().ok_or_else(|| closed(path))?;
        use_engine(engine)
    }

    /// The same with the engine to oneself.
    pub(crate) fn with_mut<T>(
        &self,
        path: &Path,
        use_engine: impl FnOnce(&mut Engine) -> Result<T>,
    ) -> Result<T> {
        let mut guard = self.write();
        let engine = guard.as_mut().ok_or_else(|| closed(path))?;
        use_engine(engine)
    }

    /// The engine is put in and taken out in one step, so a panic of another thread leaves nothing half done.
    fn read(&self) -> RwLockReadGuard<'_, Option<Engine>> {
        self.engine.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Option<Engine>> {
        self.engine.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A commit that removes or renames tables is being made.
#[must_use = "to be held until the commit is made"]
pub(crate) struct Renewal<'s>(&'s AtomicU64);

impl Drop for Renewal<'_> {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::AcqRel);
    }
}

impl Engine {
    /// Fails when the file that is open is not the one at `absolute_path` any more, or has been cut short.
    pub(crate) fn check_file(&self, absolute_path: &Path, path: &Path) -> Result<()> {
        let known = self.meter.file_len.load(Ordering::Acquire);
        match self.disk.len_at(absolute_path) {
            Ok(found) if found.is_none_or(|len| len < known) => {
                Err(StorageError::FileReplaced { path: path.to_owned() })
            }
            // Who cannot tell is asked again by the engine.
            _ => Ok(()),
        }
    }

    fn close(self) -> Result<()> {
        let Self { db, health, disk, meter, .. } = self;
        if let Err(suspect) = health.check(Action::Close) {
            // To close it would write what a panic has left half changed, and a second panic stops the process.
            // So the engine's memory is given up, and the file is released without it.
            std::mem::forget(db);
            meter.has_ended.store(true, Ordering::Release);
            let _ = disk.close();
            return Err(suspect);
        }
        let closed = health.call(Action::Close, None, || db.close());
        if health.check(Action::Close).is_err() {
            meter.has_ended.store(true, Ordering::Release);
            let _ = disk.close();
        }
        closed
    }
}

/// Writes every byte of `disk` once more and waits for it.
///
/// Linux tells of a failed sync once. It then keeps what could not be written in memory, gives it to who reads, and
/// never tries to write it again: a later sync succeeds, and a power cut brings back what was there long before.
fn write_anew(disk: &dyn Disk) -> io::Result<()> {
    let len = disk.len()?;
    let mut bytes = vec![0; REWRITE_LEN];
    let mut at = 0;
    while at < len {
        let rest = len.checked_sub(at).invariant("the loop ends at the length");
        let part_len = usize::try_from(rest).map_or(REWRITE_LEN, |rest| rest.min(REWRITE_LEN));
        let part = bytes.get_mut(..part_len).invariant("it is no longer than the buffer");
        disk.read(at, part)?;
        disk.write(at, part)?;
        let part_len = u64::try_from(part_len).invariant("a length in memory fits 64 bits");
        at = at.saturating_add(part_len);
    }
    disk.sync()
}

#[cold]
fn closed(path: &Path) -> StorageError {
    engine_error(Action::UseFile, None)(redb::StorageError::DatabaseClosed).in_store(path)
}
