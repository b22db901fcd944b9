//! A write transaction on its way: whose writes it holds, what they have changed, and whether it may be committed.

use super::outcome::SharedEnding;
use crate::{
    backend::{
        ByteWriter,
        cache::Changes,
        engine::{WriteTransaction, WriterTables},
    },
    error::{Action, Result},
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
    pub(crate) outcome: Arc<SharedEnding>,
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

impl Batch {
    /// A batch that nobody has written to.
    pub(crate) fn new(transaction: WriteTransaction, changes: Changes) -> Self {
        let (outcome, member_count, is_broken) = (Arc::default(), 0, false);
        Self { transaction, changes, outcome, member_count, is_broken }
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
        self.is_broken |=
            !is_undone || closed.is_err() || self.transaction.check(Action::Write).is_err();
        done
    }

    /// Lends `work` the tables, which stay open until it is done; and says whether they could be closed.
    fn with_tables<T>(&mut self, work: impl FnOnce(&WriterTables<'_>) -> T) -> (T, Result<()>) {
        self.transaction.with_tables(&mut self.changes, work)
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
