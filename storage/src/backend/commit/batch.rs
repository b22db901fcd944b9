//! A write transaction on its way: whose writes it holds, what they have changed, and whether it may be committed.

use super::outcome::SharedEnding;
use crate::{
    backend::{
        ByteWriter, Savepoint,
        cache::Changes,
        engine::{WriteTransaction, WriterTables},
        watch::Capture,
    },
    error::{Action, Cause, Result},
};
use std::{
    any::Any,
    fmt,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

/// The most writes that share a commit, so that the first need not wait for ever.
pub(super) const MEMBERS_MAX: usize = 1024;

/// A transaction that one write has to itself, or that several share: the baton they pass on.
pub(crate) struct Batch {
    pub(crate) transaction: WriteTransaction,
    pub(crate) changes: Changes,
    /// What it has changed that is watched.
    pub(crate) capture: Capture,
    pub(crate) outcome: Arc<SharedEnding>,
    /// How many writes it holds. With none it is given up: what failed may not have been undone.
    pub(crate) member_count: usize,
    /// Why nothing of it may be committed: a write that failed was not undone.
    pub(crate) broken: Option<Cause>,
}

/// A part of a batch that one thread runs: bodies, one after the other.
pub(crate) struct Turn<'b, 'txn> {
    tables: &'b WriterTables<'txn>,
    member_count: usize,
    /// Whether nothing was written before it that is to be kept.
    is_first: bool,
}

/// What a body gave, or the panic that ended it.
pub(crate) type Caught<T> = Result<Result<T>, Box<dyn Any + Send>>;

impl Batch {
    /// A batch that nobody has written to.
    pub(crate) fn new(transaction: WriteTransaction, changes: Changes, capture: Capture) -> Self {
        let (outcome, member_count, broken) = (Arc::default(), 0, None);
        Self { transaction, changes, capture, outcome, member_count, broken }
    }

    /// Runs the only body. When it fails or panics, all is given up: it need not remember how to undo anything.
    pub(crate) fn run_alone<T>(
        &mut self,
        body: impl FnOnce(&dyn ByteWriter) -> Result<T>,
    ) -> Caught<T> {
        let (mut result, closed) = self.with_tables(|tables| caught(tables, body));
        if let Ok(Ok(_)) = result
            && let Err(error) = closed.and_then(|()| self.transaction.check(Action::EndWrite))
        {
            result = Ok(Err(error));
        }
        if let Ok(Ok(_)) = result {
            self.member_count = self.member_count.saturating_add(1);
        }
        result
    }

    /// Lends `work` a turn: the tables stay open until it is done.
    pub(crate) fn take_turn<T>(&mut self, work: impl FnOnce(&mut Turn<'_, '_>) -> T) -> T {
        let is_first = self.member_count == 0;
        let ((done, member_count), closed) = self.with_tables(|tables| {
            let mut turn = Turn { tables, member_count: 0, is_first };
            let done = work(&mut turn);
            (done, turn.member_count)
        });
        self.member_count = self.member_count.saturating_add(member_count);
        // What the engine panicked at is not known to be whole.
        if let Err(error) = closed.and_then(|()| self.transaction.check(Action::EndWrite)) {
            self.broken.get_or_insert_with(|| error.into_cause());
        }
        done
    }

    /// Lends `work` the tables, which stay open until it is done; and says whether they could be closed.
    fn with_tables<T>(&mut self, work: impl FnOnce(&WriterTables<'_>) -> T) -> (T, Result<()>) {
        self.transaction.with_tables(&mut self.changes, &mut self.capture, work)
    }
}

impl Turn<'_, '_> {
    /// Runs the turn's only body. When it is the first of its batch and fails or panics, nobody gets the baton and the
    /// engine undoes the whole transaction, so nothing need be remembered.
    pub(crate) fn run_only<T>(
        &mut self,
        body: impl FnOnce(&dyn ByteWriter) -> Result<T>,
    ) -> Caught<T> {
        let savepoint = (!self.is_first).then(|| self.tables.savepoint());
        self.run_after(savepoint, body)
    }

    /// Runs a body; what it changed is undone when it fails or panics.
    pub(crate) fn run<T>(&mut self, body: impl FnOnce(&dyn ByteWriter) -> Result<T>) -> Caught<T> {
        let savepoint = self.tables.savepoint();
        self.run_after(Some(savepoint), body)
    }

    /// Runs a body; when it fails or panics, what was changed after `savepoint` is undone.
    fn run_after<T>(
        &mut self,
        savepoint: Option<Savepoint>,
        body: impl FnOnce(&dyn ByteWriter) -> Result<T>,
    ) -> Caught<T> {
        let result = caught(self.tables, body);
        let is_kept = matches!(result, Ok(Ok(_)));
        match savepoint {
            Some(savepoint) if is_kept => self.tables.release(savepoint),
            Some(savepoint) => {
                // What could not be undone keeps the tables from being closed, and the batch from being committed.
                let _ = self.tables.roll_back(savepoint);
            }
            None => {}
        }
        if is_kept {
            self.member_count = self.member_count.saturating_add(1);
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
