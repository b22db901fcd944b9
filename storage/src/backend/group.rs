//! Group commit: writes that come while another one runs share its transaction, and one wait for the disk.
//!
//! ```text
//! thread 1  ── body ──┐ baton
//! thread 2   waits    └─ body ──┐ baton
//! thread 3   waits       waits  └─ body ─ commit ─┬─ told
//! ```
//!
//! Each thread runs its own body, one after the other, on the one transaction; a body that fails or panics is undone
//! by itself. Whoever finds nobody waiting commits, and tells all of them. A writer that is alone waits for nothing.

use super::{
    RedbBackend,
    cached_tables::Changes,
    contain::Health,
    engine::Opening,
    gate::Permit,
    latest::ForgetOnDrop,
    queue::{Job, panicked},
    sync::{Condvar, Mutex},
    write::{ByteWriter, WriterTables},
};
use crate::error::{DatabaseError, Result, StorageError};
use std::{
    any::Any,
    fmt, mem,
    panic::{AssertUnwindSafe, Location, catch_unwind, resume_unwind},
    path::Path,
    sync::{Arc, PoisonError},
};
use thiserror::Error;

/// The most writes that share a commit, so that the first need not wait for ever.
pub(super) const MEMBERS_MAX: usize = 1024;

/// A transaction that several writes share: the baton they pass on.
pub(super) struct Batch {
    transaction: redb::WriteTransaction,
    health: Health,
    opening: Opening,
    changes: Changes,
    outcome: Arc<Outcome>,
    /// How many writes it holds.
    member_count: usize,
    /// A failed write could not be undone: nothing of it may be committed.
    is_broken: bool,
}

impl fmt::Debug for Batch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batch").field("member_count", &self.member_count).finish_non_exhaustive()
    }
}

/// How a batch ended, told to all who wrote to it.
#[derive(Debug, Default)]
struct Outcome {
    ending: Mutex<Option<Ending>>,
    told: Condvar,
}

#[derive(Clone, Debug)]
enum Ending {
    Committed,
    /// The commit failed: what was written may be there or not.
    Unknown(Arc<redb::Error>),
    /// Nothing was written.
    GivenUp,
}

#[derive(Debug, Error)]
#[error(
    "a write that shares the transaction stopped at a damaged page, and nothing of it was written"
)]
struct GivenUp;

/// The error that kept a transaction from being begun, for one of those who wanted it.
fn not_begun(error: &Arc<StorageError>) -> StorageError {
    if let StorageError::FileReplaced { path } = &**error {
        return StorageError::FileReplaced { path: path.clone() };
    }
    let source = Box::new(Arc::clone(error));
    DatabaseError { action: "begin a write", table: None, path: None, advice: None, source }.into()
}

type Caught<T> = Result<Result<T>, Box<dyn Any + Send>>;

impl RedbBackend {
    /// As [`write`](Self::write), in a transaction that may hold other threads' writes as well: for a write so small
    /// that remembering how to undo it costs next to nothing.
    #[track_caller]
    pub(crate) fn write_grouped<T>(
        &self,
        body: impl FnOnce(&dyn ByteWriter) -> Result<T>,
    ) -> Result<T> {
        let (result, ending) = self.with_batch(Location::caller(), |batch| batch.run(body))?;
        match result {
            Ok(Ok(value)) => ending.into_result(&self.path).map(|()| value),
            Ok(Err(error)) => Err(error),
            Err(panic) => resume_unwind(panic),
        }
    }

    /// Runs writes that were handed in, in a transaction that may hold other threads' writes as well, and tells each
    /// how it ended.
    pub(super) fn run_together(&self, jobs: Vec<Job>, begun_at: &'static Location<'static>) {
        let mut results = Vec::with_capacity(jobs.len());
        let mut tickets = Vec::with_capacity(jobs.len());
        let mut bodies = Vec::with_capacity(jobs.len());
        for Job { body, ticket } in jobs {
            tickets.push(ticket);
            bodies.push(body);
        }
        let outcome = self.with_batch(begun_at, |batch| {
            results.extend(bodies.into_iter().map(|body| batch.run(body)));
        });
        match outcome {
            Ok(((), ending)) => {
                for (ticket, result) in tickets.iter().zip(results) {
                    ticket.tell(match result {
                        Ok(Ok(value)) => ending.clone().into_result(&self.path).map(|()| value),
                        Ok(Err(error)) => Err(error),
                        Err(_) => Err(panicked()),
                    });
                }
            }
            Err(error) => {
                // No transaction could be begun; each is told why.
                let error = Arc::new(error);
                for ticket in tickets {
                    ticket.tell(Err(not_begun(&error)));
                }
            }
        }
    }

    /// Runs `work` on the open batch, or on a new one; whoever finds nobody waiting ends it.
    fn with_batch<T>(
        &self,
        begun_at: &'static Location<'static>,
        work: impl FnOnce(&mut Batch) -> T,
    ) -> Result<(T, Ending)> {
        // Before any lock: in a fork, a thread that no longer exists may hold it.
        self.access.check_process()?;
        let (permit, baton) = self.gate.join(begun_at)?;
        let mut batch = match baton {
            Some(batch) => batch,
            None => self.begin_batch()?,
        };
        let outcome = Arc::clone(&batch.outcome);
        let result = work(&mut batch);
        let last = if batch.member_count < MEMBERS_MAX && !batch.is_broken {
            permit.pass(batch).err()
        } else {
            Some((permit, batch))
        };
        if let Some((permit, batch)) = last {
            self.end_batch(permit, batch);
        }
        Ok((result, outcome.wait()))
    }

    fn begin_batch(&self) -> Result<Batch> {
        let (transaction, health, opening) = self.begin_write(super::Durability::Immediate)?;
        let (changes, outcome) = (self.caches.changes(), Arc::default());
        let (member_count, is_broken) = (0, false);
        Ok(Batch { transaction, health, opening, changes, outcome, member_count, is_broken })
    }

    /// Commits, lets the next writer in, and tells everyone.
    fn end_batch(&self, permit: Permit<'_, Batch>, batch: Batch) {
        let invalidation = self.caches.invalidate(&batch.changes);
        self.latest.forget();
        let forget = ForgetOnDrop(&self.latest);
        let Batch { transaction, health, outcome, member_count, is_broken, .. } = batch;
        let is_committed = !is_broken && member_count > 0;
        let end = || {
            if is_committed {
                return Ok(transaction.commit().err());
            }
            if health.check("end a write").is_err() {
                // To abort it would go on in what a panic has left half changed, and a second panic stops the process.
                mem::forget(transaction);
            } else {
                // Nothing to keep; a failed abort leaves the file as it was, too.
                let _ = transaction.abort();
            }
            Ok(None)
        };
        let ending = match health.contain("end a write", None, end) {
            Ok(None) if is_broken => Ending::GivenUp,
            Ok(None) => Ending::Committed,
            Ok(Some(error)) => Ending::Unknown(Arc::new(error.into())),
            Err(_) => Ending::Unknown(Arc::new(redb::Error::Corrupted(
                "the engine stopped at a damaged page while it committed".to_owned(),
            ))),
        };
        drop(forget);
        drop(invalidation);
        drop(permit);
        outcome.tell(ending);
        if is_committed {
            self.readers.committed(self.options.alarm.as_ref());
        }
    }
}

impl Batch {
    /// Runs a body; what it changed is undone when it fails or panics.
    fn run<T>(&mut self, body: impl FnOnce(&dyn ByteWriter) -> Result<T>) -> Caught<T> {
        let changes = mem::take(&mut self.changes);
        let tables = WriterTables::new(&self.transaction, &self.health, self.opening, changes);
        let savepoint = tables.savepoint();
        let result = catch_unwind(AssertUnwindSafe(|| body(&tables)));
        if let Ok(Ok(_)) = result {
            tables.release(savepoint);
            self.member_count = self.member_count.saturating_add(1);
        } else if tables.roll_back(savepoint).is_err() {
            self.is_broken = true;
        }
        let (changes, closed) = tables.close();
        self.changes = changes;
        // What the engine panicked at is not known to be whole.
        self.is_broken |= closed.is_err() || self.health.check("write").is_err();
        result
    }
}

impl Outcome {
    fn tell(&self, ending: Ending) {
        *self.ending.lock().unwrap_or_else(PoisonError::into_inner) = Some(ending);
        self.told.notify_all();
    }

    fn wait(&self) -> Ending {
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
    /// For a write to the store at `path`.
    fn into_result(self, path: &Path) -> Result<()> {
        match self {
            Self::Committed => Ok(()),
            Self::Unknown(error) => {
                let error = DatabaseError::commit(error);
                Err(StorageError::CommitUnknown(Box::new(error)).in_store(path))
            }
            Self::GivenUp => Err(StorageError::from(DatabaseError::commit(GivenUp)).in_store(path)),
        }
    }
}
