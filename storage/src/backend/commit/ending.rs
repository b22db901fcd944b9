//! The one way a write transaction ends, and how those whose writes it holds hear of it.

use super::{batch::Batch, gate::Permit};
use crate::{
    backend::{
        RedbBackend,
        locks::{Condvar, Mutex},
        snapshot::ForgetOnDrop,
    },
    error::{DatabaseError, Result, StorageError},
};
use std::{
    mem,
    path::Path,
    sync::{Arc, PoisonError},
};
use thiserror::Error;

/// How a batch ended, told to all who wrote to it.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    ending: Mutex<Option<Ending>>,
    told: Condvar,
}

#[derive(Clone, Debug)]
pub(crate) enum Ending {
    Committed,
    /// The commit failed: what was written may be there or not.
    Unknown(Arc<redb::Error>),
    /// Nothing was written.
    GivenUp,
}

#[derive(Debug, Error)]
#[error("a write of the transaction stopped at a damaged page, and nothing of it was written")]
struct GivenUp;

impl RedbBackend {
    /// Commits `batch`, or gives it up; lets the next writer in, and tells everyone.
    pub(crate) fn end_batch(&self, permit: Permit<'_, Batch>, batch: Batch) {
        let invalidation = self.caches.invalidate(&batch.changes);
        // Before the commit, so that it can reuse the pages that only this snapshot needs; and after it, so that
        // whoever is told of the commit sees it.
        self.latest.forget();
        let forget = ForgetOnDrop(&self.latest);
        let outcome = Arc::clone(&batch.outcome);
        let ending = batch.end();
        drop(forget);
        drop(invalidation);
        drop(permit);
        let is_committed = matches!(ending, Ending::Committed);
        outcome.tell(ending);
        if is_committed {
            // Whoever is told of old readers may write.
            self.readers.committed(self.options.alarm.as_ref());
        }
    }
}

impl Batch {
    fn end(self) -> Ending {
        let Self { transaction, health, member_count, is_broken, .. } = self;
        if health.check("end a write").is_err() {
            // To abort it would go on in what a panic has left half changed, and a second panic stops the process.
            mem::forget(transaction);
            return Ending::GivenUp;
        }
        let is_kept = !is_broken && member_count > 0;
        let ended = health.contain("end a write", None, || {
            if is_kept {
                return Ok(transaction.commit());
            }
            // A failed abort leaves the file as it was, too.
            let _ = transaction.abort();
            Ok(Ok(()))
        });
        match ended {
            Ok(Ok(())) if is_kept => Ending::Committed,
            Ok(Ok(())) => Ending::GivenUp,
            Ok(Err(error)) => Ending::Unknown(Arc::new(error.into())),
            Err(error) => Ending::Unknown(Arc::new(redb::Error::Corrupted(error.to_string()))),
        }
    }
}

impl Outcome {
    fn tell(&self, ending: Ending) {
        *self.ending.lock().unwrap_or_else(PoisonError::into_inner) = Some(ending);
        self.told.notify_all();
    }

    pub(crate) fn wait(&self) -> Ending {
        let mut ending = self.ending.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(ending) = &*ending {
                return ending.clone();
            }
            ending = self.told.wait(ending).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Ending {
    /// What a write to the store at `path` gives whose body gave `value`.
    pub(crate) fn of<T>(self, value: T, path: &Path) -> Result<T> {
        match self {
            Self::Committed => Ok(value),
            Self::Unknown(error) => {
                let error = DatabaseError::commit(error);
                Err(StorageError::CommitUnknown(Box::new(error)).in_store(path))
            }
            Self::GivenUp => Err(StorageError::from(DatabaseError::commit(GivenUp)).in_store(path)),
        }
    }
}
