//! How changes inside a write transaction are undone: each remembers what it replaced.
//!
//! The engine's own savepoints cannot be made once a transaction has written.

use crate::backend::{ByteTable, Savepoint};

/// What was there before each change, while a savepoint may want it back.
#[derive(Default)]
pub(super) struct UndoLog {
    savepoint_count: usize,
    changes: Vec<Change>,
}

/// One change, and how it is undone.
pub(super) enum Change {
    /// What was under a key before it was changed.
    Row { table: ByteTable, key: Box<[u8]>, before: Option<Box<[u8]>> },
    /// The rows of a table went to another name, all of them.
    Moved { from: ByteTable, to: ByteTable },
}

impl UndoLog {
    /// Whether a savepoint is open.
    pub(super) const fn is_wanted(&self) -> bool {
        self.savepoint_count > 0
    }

    /// Remembers what was under `key`, if a savepoint is open.
    pub(super) fn remember(&mut self, table: &ByteTable, key: &[u8], before: Option<&[u8]>) {
        if self.is_wanted() {
            let before = before.map(Box::from);
            self.changes.push(Change::Row { table: table.clone(), key: key.into(), before });
        }
    }

    /// Remembers that the table `from` is now called `to`, if a savepoint is open.
    pub(super) fn remember_move(&mut self, from: &ByteTable, to: &ByteTable) {
        if self.is_wanted() {
            self.changes.push(Change::Moved { from: from.clone(), to: to.clone() });
        }
    }

    pub(super) fn savepoint(&mut self) -> Savepoint {
        self.savepoint_count = self.savepoint_count.saturating_add(1);
        Savepoint { undo_len: self.changes.len() }
    }

    /// Takes out what was changed since `savepoint`, the first change first.
    pub(super) fn since(&mut self, savepoint: &Savepoint) -> Vec<Change> {
        // What an outer savepoint has undone already is gone.
        let start = savepoint.undo_len.min(self.changes.len());
        self.changes.split_off(start)
    }

    /// Closes a savepoint; with the last one, everything is forgotten.
    pub(super) fn release(&mut self) {
        self.savepoint_count = self.savepoint_count.saturating_sub(1);
        if !self.is_wanted() {
            self.changes.clear();
        }
    }
}
