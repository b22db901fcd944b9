//! The latest snapshot, kept for the next reader: to begin a read costs as much as the read.
//!
//! *Invariants*: a read that begins after a commit was acknowledged sees it; and no snapshot is kept across a commit,
//! so that an idle reader does not keep the file from reusing pages.

use super::{
    Snapshot,
    sync::{Mutex, MutexGuard},
};
use crate::error::Result;
use std::sync::{Arc, PoisonError};

/// The snapshot that reads share until the next commit.
#[derive(Debug, Default)]
pub(super) struct LatestSnapshot {
    snapshot: Mutex<Option<Arc<Snapshot>>>,
}

impl LatestSnapshot {
    /// The snapshot that is kept, or a new one. Before it waits for another thread, and before it begins, it asks
    /// `may_use` whether that thread exists: in a fork it does not.
    pub(super) fn get_or_begin(
        &self,
        may_use: impl Fn() -> Result<()>,
        begin: impl FnOnce() -> Result<Snapshot>,
    ) -> Result<Arc<Snapshot>> {
        // The lock is held while a snapshot begins: one that began before a commit is in place before that commit
        // forgets it, never after.
        let mut latest = match self.snapshot.try_lock() {
            Ok(latest) => latest,
            Err(_) => {
                may_use()?;
                self.lock()
            }
        };
        if let Some(snapshot) = &*latest {
            return Ok(Arc::clone(snapshot));
        }
        may_use()?;
        let snapshot = Arc::new(begin()?);
        *latest = Some(Arc::clone(&snapshot));
        Ok(snapshot)
    }

    /// Forgets the snapshot, and lets no read begin for as long as the guard lives.
    pub(super) fn hold(&self) -> MutexGuard<'_, Option<Arc<Snapshot>>> {
        let mut latest = self.lock();
        *latest = None;
        latest
    }

    /// Forgets the snapshot; whoever has it keeps it.
    pub(super) fn forget(&self) {
        let forgotten = self.lock().take();
        // Ended here, outside the lock.
        drop(forgotten);
    }

    /// Lets go of the snapshot without ending it, and without waiting for anybody.
    pub(super) fn leak(&mut self) {
        let snapshot = self.snapshot.get_mut().unwrap_or_else(PoisonError::into_inner).take();
        std::mem::forget(snapshot);
    }

    /// The value is replaced whole, so a panic of another thread leaves nothing half done.
    fn lock(&self) -> MutexGuard<'_, Option<Arc<Snapshot>>> {
        self.snapshot.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Forgets the snapshot when it is dropped.
pub(super) struct ForgetOnDrop<'l>(pub(super) &'l LatestSnapshot);

impl Drop for ForgetOnDrop<'_> {
    fn drop(&mut self) {
        self.0.forget();
    }
}
