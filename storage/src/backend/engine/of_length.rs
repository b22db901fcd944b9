//! Sorted rows on their way to the engine: of the length that it takes, each noted as changed.

use crate::backend::{ByteTable, SortedRows, cache::Changes};
use std::cell::{Cell, RefCell};

/// Rows up to the first whose key has another length than `expected`.
pub(super) struct OfLength<'r> {
    pub(super) table: &'r ByteTable,
    pub(super) rows: &'r mut dyn SortedRows,
    pub(super) expected: Option<usize>,
    pub(super) changes: &'r RefCell<Changes>,
    /// Whether code of who gave the rows runs.
    pub(super) is_elsewhere: &'r Cell<bool>,
}

impl OfLength<'_> {
    /// The row that comes next, whatever its length.
    pub(super) fn row(&self) -> Option<(&[u8], &[u8])> {
        self.is_elsewhere.set(true);
        let row = self.rows.current();
        self.is_elsewhere.set(false);
        row
    }
}

impl Drop for OfLength<'_> {
    fn drop(&mut self) {
        if self.is_elsewhere.get() {
            // A panic of the rows: nobody knows how far it came.
            self.changes.borrow_mut().add_all(self.table);
        }
    }
}

impl SortedRows for OfLength<'_> {
    fn current(&self) -> Option<(&[u8], &[u8])> {
        let fits = |key: &[u8]| self.expected.is_none_or(|expected| expected == key.len());
        self.row().filter(|(key, _)| fits(key))
    }

    fn advance(&mut self) {
        if let Some((key, _)) = self.row() {
            self.changes.borrow_mut().add(self.table, key);
        }
        self.is_elsewhere.set(true);
        self.rows.advance();
        self.is_elsewhere.set(false);
    }
}
