//! The latest snapshot, kept for the next reader: to begin a read costs as much as the read.
//!
//! *Invariants*: a read that begins after a commit was acknowledged sees it; and no snapshot is kept across a commit,
//! so that an idle reader does not keep the file from reusing pages.

use crate::{
    backend::{
        Snapshot,
        locks::{ArcCell, Mutex, MutexGuard},
    },
    error::Result,
};
use std::sync::{Arc, PoisonError};

/// The snapshot that reads share until the next commit.
#[derive(Debug, Default)]
pub(crate) struct LatestSnapshot {
    /// Read without a lock: readers on many processors would wait for one another.
    snapshot: ArcCell<Snapshot>,
    /// Held while a snapshot begins and while it is forgotten: one that began before a commit is in place before that
    /// commit forgets it, never after.
    change: Mutex<()>,
}

impl LatestSnapshot {
    /// Lends `read` the snapshot that is kept, or a new one; asks `may_use` as [`get_or_begin`](Self::get_or_begin)
    /// does.
    #[inline]
    pub(crate) fn with<T>(
        &self,
        may_use: impl Fn() -> Result<()>,
        begin: impl FnOnce() -> Result<Snapshot>,
        read: impl FnOnce(&Snapshot) -> Result<T>,
    ) -> Result<T> {
        match &*self.snapshot.load() {
            Some(snapshot) => read(snapshot),
            None => read(&*self.begin(may_use, begin)?),
        }
    }

    /// The snapshot that is kept, or a new one. Before it waits for another thread, and before it begins, it asks
    /// `may_use` whether that thread exists: in a fork it does not.
    pub(crate) fn get_or_begin(
        &self,
        may_use: impl Fn() -> Result<()>,
        begin: impl FnOnce() -> Result<Snapshot>,
    ) -> Result<Arc<Snapshot>> {
        match self.snapshot.load_full() {
            Some(snapshot) => Ok(snapshot),
            None => self.begin(may_use, begin),
        }
    }

    #[cold]
    fn begin(
        &self,
        may_use: impl Fn() -> Result<()>,
        begin: impl FnOnce() -> Result<Snapshot>,
    ) -> Result<Arc<Snapshot>> {
        may_use()?;
        let _change = self.lock();
        // Another reader may have begun one meanwhile.
        if let Some(snapshot) = self.snapshot.load_full() {
            return Ok(snapshot);
        }
        let snapshot = Arc::new(begin()?);
        self.snapshot.store(Some(Arc::clone(&snapshot)));
        Ok(snapshot)
    }

    /// Forgets the snapshot, and lets no read begin for as long as the guard lives.
    pub(crate) fn hold(&self) -> MutexGuard<'_, ()> {
        let change = self.lock();
        self.snapshot.store(None);
        change
    }

    /// Forgets the snapshot; whoever has it keeps it.
    pub(crate) fn forget(&self) {
        let change = self.lock();
        let forgotten = self.snapshot.swap(None);
        // It ends outside the lock.
        drop(change);
        drop(forgotten);
    }

    /// Lets go of the snapshot without ending it, and without waiting for anybody.
    pub(crate) fn leak(&mut self) {
        std::mem::forget(self.snapshot.swap(None));
    }

    /// The lock guards an order, not a value: a panic of another thread leaves nothing half done.
    fn lock(&self) -> MutexGuard<'_, ()> {
        self.change.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Forgets the snapshot when it is dropped.
pub(crate) struct ForgetOnDrop<'l>(pub(crate) &'l LatestSnapshot);

impl Drop for ForgetOnDrop<'_> {
    fn drop(&mut self) {
        self.0.forget();
    }
}
