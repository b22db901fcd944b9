//! What a watcher wants to see of a table, and how it reads it.

use super::{Form, Row, Table};
use crate::{backend::NetChange, error::Result};

/// Whether a stored row, under its key, is one that is watched.
pub(super) type Question<L> = dyn Fn(Form<'_, L>, &[u8], &[u8]) -> Result<bool> + Send + Sync;

/// The rows of a table that pass every question.
pub(super) struct WatchedRows<L: Row> {
    /// Without a place: it does not keep the store open.
    pub(super) table: Table<L, ()>,
    pub(super) questions: Vec<Box<Question<L>>>,
}

impl<L: Row> WatchedRows<L> {
    /// Whether the row is in the table, and passes before the change or after it. One that cannot be read does, and
    /// says so when it is read.
    pub(super) fn wants(&self, change: &NetChange) -> bool {
        if change.table() != self.table.name() || self.questions.is_empty() {
            return change.table() == self.table.name();
        }
        let passes = |value: &[u8]| {
            self.questions
                .iter()
                .all(|question| question(self.table.form(), change.key(), value).unwrap_or(true))
        };
        let mut sides = [change.before(), change.after()].into_iter();
        sides.any(|side| side.bytes().is_some_and(|bytes| passes(&bytes)))
    }
}
