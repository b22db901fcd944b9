//! Writing: the byte tables of one write transaction.

use super::{
    contain::Health,
    error::engine_error,
    range::End,
    rows::ByteRows,
    slot::Opening,
    undo::{Change, UndoLog},
    write_table::{self, WriteTable},
};
use crate::{
    backend::{
        ByteReader, ByteRow, ByteTable, ByteWriter, Bytes, Savepoint, SortedRows, cache::Changes,
        table::TableMap,
    },
    error::{Cause, DatabaseError, Result},
};
use std::{cell::RefCell, collections::VecDeque, fmt, ops::Bound};

/// The tables of one write transaction.
///
/// Tables are opened once and kept open: opening one costs as much as a read.
pub(crate) struct WriterTables<'txn> {
    transaction: &'txn redb::WriteTransaction,
    health: &'txn Health,
    opening: Opening,
    tables: RefCell<TableMap<Box<dyn WriteTable + 'txn>>>,
    undo: RefCell<UndoLog>,
    changes: RefCell<Changes>,
}

impl<'txn> WriterTables<'txn> {
    pub(crate) fn new(
        transaction: &'txn redb::WriteTransaction,
        health: &'txn Health,
        opening: Opening,
        changes: Changes,
    ) -> Self {
        let (tables, undo) = (RefCell::default(), RefCell::default());
        let changes = RefCell::new(changes);
        Self { transaction, health, opening, tables, undo, changes }
    }

    /// Hands the tables back to the transaction, which a damaged page may make the engine stop at; gives what was
    /// changed.
    pub(crate) fn close(self) -> (Changes, Result<()>) {
        let Self { health, tables, changes, .. } = self;
        let closed = health.contain("end a write", None, || {
            drop(tables);
            Ok(())
        });
        (changes.into_inner(), closed)
    }

    /// Writes or removes a value, and remembers what was there when a savepoint asks for it; `true` when there was one.
    fn change(&self, table: &ByteTable, key: &[u8], value: Option<&[u8]>) -> Result<bool> {
        let mut undo = self.undo.borrow_mut();
        let mut had_value = false;
        let mut remember = |before: Option<&[u8]>| {
            had_value = before.is_some();
            undo.remember(table, key, before);
        };
        self.set(table, key, value, &mut remember)?;
        Ok(had_value)
    }

    fn set(
        &self,
        table: &ByteTable,
        key: &[u8],
        value: Option<&[u8]>,
        before: &mut dyn FnMut(Option<&[u8]>),
    ) -> Result<()> {
        self.changes.borrow_mut().add(table, key);
        let action = if value.is_some() { "write a value" } else { "remove a value" };
        self.with_table(table, |open| {
            if value.is_some() {
                check_key_len(table, open.key_len(), key)?;
            }
            let set = open.set(key, value, before);
            set.map_err(engine_error(action, Some(table.name())))
        })
    }

    /// Copies up to `len` rows between two bounds, counted from `end`.
    fn batch(
        &self,
        table: &ByteTable,
        bounds: (Bound<&[u8]>, Bound<&[u8]>),
        end: End,
        len: usize,
    ) -> Result<VecDeque<ByteRow>> {
        self.with_table(table, |open| {
            let batch = open.batch(bounds, end, len);
            batch.map_err(engine_error("read a range", Some(table.name())))
        })
    }

    /// Runs `use_table` with the open table; opening creates it.
    fn with_table<T>(
        &self,
        table: &ByteTable,
        use_table: impl FnOnce(&mut (dyn WriteTable + 'txn)) -> Result<T>,
    ) -> Result<T> {
        // No caller's code runs while the map is borrowed, so the borrow cannot be refused.
        let mut tables = self.tables.borrow_mut();
        self.health.contain("use the table", Some(table.name()), || {
            if let Some(open) = tables.get_mut(table) {
                return use_table(&mut **open);
            }
            let open = write_table::open(self.transaction, table)?;
            use_table(&mut **tables.entry(table.clone()).or_insert(open))
        })
    }
}

/// Rows up to the first whose key has another length than `expected`.
struct OfLength<'r> {
    table: &'r ByteTable,
    rows: &'r mut dyn SortedRows,
    expected: Option<usize>,
    changes: &'r RefCell<Changes>,
}

impl SortedRows for OfLength<'_> {
    fn current(&self) -> Option<(&[u8], &[u8])> {
        let fits = |key: &[u8]| self.expected.is_none_or(|expected| expected == key.len());
        self.rows.current().filter(|(key, _)| fits(key))
    }

    fn advance(&mut self) {
        if let Some((key, _)) = self.rows.current() {
            self.changes.borrow_mut().add(self.table, key);
        }
        self.rows.advance();
    }
}

/// The engine takes keys of one length on trust.
fn check_key_len(table: &ByteTable, expected: Option<usize>, key: &[u8]) -> Result<()> {
    match expected {
        Some(expected) if expected != key.len() => {
            let cause = Cause::KeyLength { expected, found: key.len() };
            Err(DatabaseError::of("write a value", Some(table.name()), cause))
        }
        _ => Ok(()),
    }
}

impl ByteWriter for WriterTables<'_> {
    fn cache_len(&self) -> usize {
        self.opening.cache_len
    }

    fn put(&self, table: &ByteTable, key: &[u8], value: &[u8]) -> Result<bool> {
        self.change(table, key, Some(value))
    }

    fn put_sorted(&self, table: &ByteTable, rows: &mut dyn SortedRows) -> Result<()> {
        if self.undo.borrow().is_wanted() {
            while let Some((key, value)) = rows.current() {
                self.put(table, key, value)?;
                rows.advance();
            }
            return Ok(());
        }
        self.with_table(table, |open| {
            let (expected, changes) = (open.key_len(), &self.changes);
            let mut rows = OfLength { table, rows, expected, changes };
            let put = open.put_sorted(&mut rows);
            if put.is_err() {
                // Nobody knows how far it came.
                changes.borrow_mut().add_all(table);
            }
            put.map_err(engine_error("write a value", Some(table.name())))?;
            // Ended early by a key of another length, or by the last row.
            match rows.rows.current() {
                Some((key, _)) => check_key_len(table, rows.expected, key),
                None => Ok(()),
            }
        })
    }

    fn delete(&self, table: &ByteTable, key: &[u8]) -> Result<bool> {
        self.change(table, key, None)
    }

    fn savepoint(&self) -> Savepoint {
        self.undo.borrow_mut().savepoint()
    }

    fn roll_back(&self, savepoint: Savepoint) -> Result<()> {
        let changes = self.undo.borrow_mut().since(&savepoint);
        for Change { table, key, before } in changes.into_iter().rev() {
            self.set(&table, &key, before.as_deref(), &mut |_| ())?;
        }
        self.release(savepoint);
        Ok(())
    }

    fn release(&self, _: Savepoint) {
        self.undo.borrow_mut().release();
    }
}

impl ByteReader for WriterTables<'_> {
    fn get(&self, table: &ByteTable, key: &[u8]) -> Result<Option<Bytes>> {
        self.with_table(table, |open| {
            open.get(key).map_err(engine_error("read a value", Some(table.name())))
        })
    }

    fn rows(
        &self,
        table: &ByteTable,
        lower: Bound<&[u8]>,
        upper: Bound<&[u8]>,
    ) -> Result<ByteRows<'_>> {
        let fetched = table.clone();
        let fetch = move |bounds: (Bound<&[u8]>, Bound<&[u8]>), end, len| {
            self.batch(&fetched, bounds, end, len)
        };
        Ok(ByteRows::writer(Box::new(fetch), table.name(), (lower, upper), self.health))
    }

    fn len(&self, table: &ByteTable) -> Result<u64> {
        self.with_table(table, |open| {
            open.len().map_err(engine_error("count the rows", Some(table.name())))
        })
    }

    fn table_names(&self) -> Result<Vec<String>> {
        let list = || self.transaction.list_tables().map_err(engine_error("list the tables", None));
        let names = self.health.contain("list the tables", None, list)?;
        Ok(names.map(|table| redb::TableHandle::name(&table).to_owned()).collect())
    }

    fn generation(&self) -> u64 {
        self.opening.generation
    }
}

impl fmt::Debug for WriterTables<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WriterTables").finish_non_exhaustive()
    }
}
