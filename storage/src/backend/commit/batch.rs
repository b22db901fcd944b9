//! A write transaction on its way: whose writes it holds, what they have changed, and whether it may be committed.

use super::ending::Outcome;
use crate::{
    backend::{
        ByteWriter, Durability, RedbBackend, Verify,
        cache::Changes,
        engine::{Health, Opening, WriterTables, engine_error},
    },
    error::Result,
};
use std::{
    any::Any,
    fmt, mem,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

/// A transaction that one write has to itself, or that several share: the baton they pass on.
pub(crate) struct Batch {
    pub(crate) transaction: redb::WriteTransaction,
    pub(crate) health: Health,
    opening: Opening,
    pub(crate) changes: Changes,
    pub(crate) outcome: Arc<Outcome>,
    /// How many writes it holds.
    pub(crate) member_count: usize,
    /// A failed write was not undone: nothing of it may be committed.
    pub(crate) is_broken: bool,
}

/// A part of a batch that one thread runs: bodies, one after the other.
pub(crate) struct Turn<'b, 'txn> {
    tables: &'b WriterTables<'txn>,
    member_count: usize,
    /// Whether what failed left nothing behind.
    is_undone: bool,
}

/// What a body gave, or the panic that ended it.
pub(crate) type Caught<T> = Result<Result<T>, Box<dyn Any + Send>>;

impl RedbBackend {
    pub(crate) fn begin_batch(&self, durability: Durability) -> Result<Batch> {
        let (transaction, health, opening) = self.engine.with(&self.path, |engine| {
            engine.health.check("begin a write")?;
            engine.check_file(&self.place, &self.path)?;
            let transaction = engine.health.contain("begin a write", None, || {
                let begun = engine.db.begin_write();
                let mut transaction = begun.map_err(engine_error("begin a write", None))?;
                let set = transaction.set_durability(durability.into());
                set.map_err(engine_error("set the durability", None))?;
                transaction.set_quick_repair(self.options.verify == Verify::Never);
                Ok(transaction)
            })?;
            Ok((transaction, engine.health.clone(), engine.opening))
        })?;
        let (changes, outcome) = (self.caches.changes(), Arc::default());
        let (member_count, is_broken) = (0, false);
        Ok(Batch { transaction, health, opening, changes, outcome, member_count, is_broken })
    }
}

impl Batch {
    /// Runs the only body. When it fails or panics, all is given up: it need not remember how to undo anything.
    pub(crate) fn run_alone<T>(
        &mut self,
        body: impl FnOnce(&dyn ByteWriter) -> Result<T>,
    ) -> Caught<T> {
        let (mut result, closed) = self.with_tables(|tables| caught(tables, body));
        if let Ok(Ok(_)) = result
            && let Err(error) = closed.and_then(|()| self.health.check("end a write"))
        {
            result = Ok(Err(error));
        }
        match result {
            Ok(Ok(_)) => self.member_count = self.member_count.saturating_add(1),
            _ => self.is_broken = true,
        }
        result
    }

    /// Lends `work` a turn: the tables stay open until it is done.
    pub(crate) fn take_turn<T>(&mut self, work: impl FnOnce(&mut Turn<'_, '_>) -> T) -> T {
        let ((done, member_count, is_undone), closed) = self.with_tables(|tables| {
            let mut turn = Turn { tables, member_count: 0, is_undone: true };
            let done = work(&mut turn);
            (done, turn.member_count, turn.is_undone)
        });
        self.member_count = self.member_count.saturating_add(member_count);
        // What the engine panicked at is not known to be whole.
        self.is_broken |= !is_undone || closed.is_err() || self.health.check("write").is_err();
        done
    }

    /// Lends `work` the tables, which stay open until it is done; and says whether they could be closed.
    fn with_tables<T>(&mut self, work: impl FnOnce(&WriterTables<'_>) -> T) -> (T, Result<()>) {
        let changes = mem::take(&mut self.changes);
        let tables = WriterTables::new(&self.transaction, &self.health, self.opening, changes);
        let done = work(&tables);
        let (changes, closed) = tables.close();
        self.changes = changes;
        (done, closed)
    }
}

impl Turn<'_, '_> {
    /// Runs a body; what it changed is undone when it fails or panics.
    pub(crate) fn run<T>(&mut self, body: impl FnOnce(&dyn ByteWriter) -> Result<T>) -> Caught<T> {
        let savepoint = self.tables.savepoint();
        let result = caught(self.tables, body);
        if let Ok(Ok(_)) = result {
            self.tables.release(savepoint);
            self.member_count = self.member_count.saturating_add(1);
        } else {
            self.is_undone &= self.tables.roll_back(savepoint).is_ok();
        }
        result
    }
}

/// A transaction that is dropped in a panic keeps the pages it used; one that is aborted gives them back.
fn caught<T>(
    tables: &WriterTables<'_>,
    body: impl FnOnce(&dyn ByteWriter) -> Result<T>,
) -> Caught<T> {
    catch_unwind(AssertUnwindSafe(|| body(tables)))
}

impl fmt::Debug for Batch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batch").field("member_count", &self.member_count).finish_non_exhaustive()
    }
}
