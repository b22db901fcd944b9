//! Whole tables of a write transaction: removed and renamed by the engine, not row by row.
//!
//! While a savepoint is open, a table that is removed is only renamed, so that it can come back. What is still under
//! such a name when the write ends is deleted then: no committed file has one.

use super::{error::engine_error, write_table, writer::WriterTables};
use crate::{
    backend::{ByteReader as _, ByteRow, ByteTable, ByteWriter as _, watch::TableCapture},
    error::{Action, Result},
};
use redb::{TableError, WriteTransaction};
use std::ops::Bound;

/// What the names of removed tables begin with: no table of a store has a control character in its name.
const REMOVED: &str = "\0removed ";

impl WriterTables<'_> {
    /// Removes `table`; returns how many rows it had.
    pub(super) fn remove_whole(&self, table: &ByteTable) -> Result<u64> {
        if !self.has_table(table)? {
            return Ok(0);
        }
        let row_count = self.len(table)?;
        self.watch_rows(table, |watch, row| watch.add(&row.key, Some(&row.value), None))?;
        self.note_move(table);
        if self.undo.borrow().is_wanted() {
            let kept = self.unused_name()?;
            self.move_rows(table, &kept)?;
            self.removed.borrow_mut().push(kept);
        } else {
            self.delete_whole(table)?;
        }
        Ok(row_count)
    }

    /// Renames `from`, if there is such a table, to `to`, which has no rows.
    pub(super) fn rename_whole(&self, from: &ByteTable, to: &ByteTable) -> Result<()> {
        if from.name() == to.name() || !self.has_table(from)? {
            return Ok(());
        }
        if self.len(to)? > 0 {
            let error = TableError::TableExists(to.name().to_owned());
            return Err(engine_error(Action::RenameTable, Some(from.name()))(error));
        }
        // One that was new and was undone is still there, empty.
        self.remove_whole(to)?;
        self.watch_rows(from, |watch, row| watch.add(&row.key, Some(&row.value), None))?;
        self.note_move(from);
        self.note_move(to);
        self.move_rows(from, to)?;
        self.watch_rows(to, |watch, row| watch.add(&row.key, None, Some(&row.value)))
    }

    /// Tells those who watch `table` of each of its rows, as far as they have room.
    fn watch_rows(
        &self,
        table: &ByteTable,
        add: impl Fn(&mut TableCapture<'_>, &ByteRow),
    ) -> Result<()> {
        let mut capture = self.capture.borrow_mut();
        let Some(mut watch) = capture.of(table) else { return Ok(()) };
        for row in self.rows(table, Bound::Unbounded, Bound::Unbounded)? {
            add(&mut watch, &row?);
            if watch.is_full() {
                break;
            }
        }
        Ok(())
    }

    /// Undoes that the rows of `from` went to `to`.
    pub(super) fn move_back(&self, from: &ByteTable, to: &ByteTable) -> Result<()> {
        // What was written under the old name since is undone already, and has left an empty table.
        self.delete_whole(from)?;
        self.rename(to, from)?;
        self.removed.borrow_mut().retain(|removed| removed.name() != to.name());
        Ok(())
    }

    fn move_rows(&self, from: &ByteTable, to: &ByteTable) -> Result<()> {
        self.rename(from, to)?;
        self.undo.borrow_mut().remember_move(from, to);
        Ok(())
    }

    fn delete_whole(&self, table: &ByteTable) -> Result<()> {
        self.with_closed(Action::RemoveTable, table, |transaction| {
            write_table::delete(transaction, table)
        })
    }

    fn rename(&self, from: &ByteTable, to: &ByteTable) -> Result<()> {
        self.with_closed(Action::RenameTable, from, |transaction| {
            write_table::rename(transaction, from, to)
        })
    }

    /// Nothing that is remembered of the rows of `table` holds any more.
    fn note_move(&self, table: &ByteTable) {
        self.changes.borrow_mut().add_all(table);
        self.renew();
    }

    fn has_table(&self, table: &ByteTable) -> Result<bool> {
        self.health.contain(Action::OpenTable, Some(table.name()), || {
            Ok(self.is_open(table) || write_table::exists(self.transaction, table)?)
        })
    }

    fn is_open(&self, table: &ByteTable) -> bool {
        self.tables.borrow().keys().any(|open| open.name() == table.name())
    }

    /// A name that no table has.
    fn unused_name(&self) -> Result<ByteTable> {
        let mut number: u64 = 0;
        loop {
            let table = ByteTable::from(&*format!("{REMOVED}{number}"));
            if !self.has_table(&table)? {
                return Ok(table);
            }
            number = number.saturating_add(1);
        }
    }

    /// Calls `work` while `table` is not open: the engine renames and deletes no other.
    fn with_closed(
        &self,
        action: Action,
        table: &ByteTable,
        work: impl FnOnce(&WriteTransaction) -> Result<()>,
    ) -> Result<()> {
        let mut tables = self.tables.borrow_mut();
        let done = self.health.contain(action, Some(table.name()), || {
            tables.retain(|open, _| open.name() != table.name());
            work(self.transaction)
        });
        done.map_err(|error| self.halfway(error))
    }
}
