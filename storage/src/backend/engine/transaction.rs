//! A write transaction of the engine: begun, written to, ended.

use super::{
    contain::Health,
    error::cause,
    slot::{EngineSlot, Opening},
    writer::WriterTables,
};
use crate::{
    backend::{Durability, cache::Changes, ids::IdMarks, watch::Capture},
    error::{Action, Cause, Result, StorageError},
};
use std::{mem, path::Path, sync::Arc};

/// A write transaction. Dropped in a panic it keeps the pages it used; ended, it frees them.
pub(crate) struct WriteTransaction {
    transaction: redb::WriteTransaction,
    health: Health,
    opening: Opening,
    ids: Arc<IdMarks>,
}

impl EngineSlot {
    /// Begins a write to the file at `absolute_path`, which has to be the one that is open; `path` is what an error
    /// names. With `quick_repair`, the commit also writes down what the engine needs to open the file after a crash
    /// without reading it through.
    pub(crate) fn begin_write(
        &self,
        absolute_path: &Path,
        path: &Path,
        durability: Durability,
        quick_repair: bool,
    ) -> Result<WriteTransaction> {
        self.with(path, |engine| {
            let health = engine.health.clone();
            // One writer at a time: nobody removes or renames tables meanwhile.
            let (generation, cache_len) = (self.generation(), engine.cache_len);
            let opening = Opening { generation, cache_len };
            health.check(Action::BeginWrite)?;
            engine.check_file(absolute_path, path)?;
            let mut transaction =
                health.call(Action::BeginWrite, None, || engine.db.begin_write())?;
            health.call(Action::SetDurability, None, || {
                transaction.set_durability(durability.into())
            })?;
            transaction.set_quick_repair(quick_repair);
            let ids = Arc::clone(self.ids());
            Ok(WriteTransaction { transaction, health, opening, ids })
        })
    }
}

impl WriteTransaction {
    /// Calls `work` with the tables, which stay open until it returns, and reports whether they could be closed.
    /// What it writes is added to `changes`, and what is watched to `capture`.
    pub(crate) fn with_tables<T>(
        &self,
        changes: &mut Changes,
        capture: &mut Capture,
        work: impl FnOnce(&WriterTables<'_>) -> T,
    ) -> (T, Result<()>) {
        let before = (mem::take(changes), mem::take(capture));
        let tables =
            WriterTables::new(&self.transaction, &self.health, self.opening, &self.ids, before);
        let done = work(&tables);
        let (after, closed) = tables.close();
        (*changes, *capture) = after;
        (done, closed)
    }

    /// Fails when the engine has panicked: then nothing is known to be whole.
    pub(crate) fn check(&self, action: Action) -> Result<()> {
        self.health.check(action)
    }

    /// Commits if `is_kept`, and aborts otherwise; returns whether it was committed.
    pub(crate) fn end(self, is_kept: bool) -> Result<bool, Cause> {
        let Self { transaction, health, .. } = self;
        if health.check(Action::EndWrite).is_err() {
            // To abort it would go on in what a panic has left half changed, and a second panic stops the process.
            mem::forget(transaction);
            return Ok(false);
        }
        let ended = health.contain(Action::EndWrite, None, || {
            if is_kept {
                return Ok(transaction.commit());
            }
            // A failed abort leaves the file as it was, too.
            let _ = transaction.abort();
            Ok(Ok(()))
        });
        match ended {
            Ok(Ok(())) => Ok(is_kept),
            Ok(Err(error)) => Err(health.recall(cause(error.into()))),
            Err(StorageError::Database(error)) => Err(error.cause),
            Err(error) => Err(Cause::Damaged(error.to_string())),
        }
    }
}

impl From<Durability> for redb::Durability {
    fn from(durability: Durability) -> Self {
        match durability {
            Durability::Immediate => Self::Immediate,
            Durability::None => Self::None,
        }
    }
}
