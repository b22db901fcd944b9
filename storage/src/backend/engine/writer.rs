//! Writing: the byte tables of one write transaction.

use super::{
    contain::Health,
    error::engine_error,
    of_length::OfLength,
    slot::{Opening, of_a_draft},
    undo::{Before, UndoLog},
    witness::Witness,
    write_table::{self, WriteTable},
};
use crate::{
    backend::{
        ByteTable, ByteWriter, Savepoint, SortedRows, cache::Changes, ids::IdMarks,
        table::TableMap, watch::Capture,
    },
    error::{Action, Cause, Result, StorageError},
    sealed::Sealed,
};
use std::{
    cell::{Cell, RefCell},
    fmt,
};

/// The tables of one write transaction.
///
/// Tables are opened once and kept open: opening one costs as much as a read.
pub(crate) struct WriterTables<'txn> {
    pub(super) transaction: &'txn redb::WriteTransaction,
    pub(super) health: &'txn Health,
    cache_len: usize,
    ids: &'txn IdMarks,
    pub(super) generation: Cell<u64>,
    pub(super) tables: RefCell<TableMap<Box<dyn WriteTable + 'txn>>>,
    pub(super) undo: RefCell<UndoLog<'txn>>,
    pub(super) changes: RefCell<Changes>,
    pub(super) capture: RefCell<Capture>,
    /// Tables that were removed while a savepoint was open, which may want them back.
    pub(super) removed: RefCell<Vec<ByteTable>>,
    /// Why the transaction must not be committed: a step of it failed halfway.
    half_done: RefCell<Option<Cause>>,
}

impl<'txn> WriterTables<'txn> {
    pub(crate) fn new(
        transaction: &'txn redb::WriteTransaction,
        health: &'txn Health,
        opening: Opening,
        ids: &'txn IdMarks,
        (changes, capture): (Changes, Capture),
    ) -> Self {
        let (tables, undo) = (RefCell::default(), RefCell::new(UndoLog::new(transaction)));
        let removed = RefCell::default();
        let generation = if changes.is_renewal() { of_a_draft() } else { opening.generation };
        let (changes, capture) = (RefCell::new(changes), RefCell::new(capture));
        let half_done = RefCell::default();
        let (cache_len, generation) = (opening.cache_len, Cell::new(generation));
        Self {
            transaction,
            health,
            cache_len,
            ids,
            generation,
            tables,
            undo,
            changes,
            capture,
            removed,
            half_done,
        }
    }

    /// Hands the tables back to the transaction, which a damaged page may make the engine stop at; returns what was
    /// changed, and an error if it must not be committed.
    pub(crate) fn close(self) -> ((Changes, Capture), Result<()>) {
        let Self {
            transaction, health, tables, undo, changes, capture, removed, half_done, ..
        } = self;
        let closed = health.contain(Action::EndWrite, None, || {
            drop(tables);
            if let Some(cause) = half_done.into_inner() {
                let cause = Cause::HalfDone(Box::new(cause));
                return Err(StorageError::database(Action::EndWrite, None, cause));
            }
            undo.into_inner().end().map_err(engine_error(Action::EndWrite, None))?;
            removed.take().iter().try_for_each(|table| write_table::delete(transaction, table))
        });
        ((changes.into_inner(), capture.into_inner()), closed)
    }

    /// `error`, after which it is not known how much of a change was made, or undone.
    #[cold]
    pub(super) fn halfway(&self, error: StorageError) -> StorageError {
        if let StorageError::Database(error) = &error {
            self.half_done.borrow_mut().get_or_insert_with(|| error.cause.clone());
        }
        error
    }

    /// The error of a change that the engine refused, which then is not made, or that failed.
    #[cold]
    fn unchanged_or_halfway(
        &self,
        action: Action,
        table: &ByteTable,
        error: redb::Error,
    ) -> StorageError {
        let is_refused = matches!(error, redb::Error::ValueTooLarge(_));
        let error = engine_error(action, Some(table.name()))(error);
        if is_refused { error } else { self.halfway(error) }
    }

    /// Writes or removes a value, and remembers what was there when a savepoint asks for it; `true` when there was one.
    /// Who watches the table is told, if `is_told`.
    fn change(
        &self,
        table: &ByteTable,
        key: &[u8],
        value: Option<&[u8]>,
        is_told: bool,
    ) -> Result<bool> {
        self.changes.borrow_mut().add(table, key);
        let (action, if_absent) = match value {
            Some(_) => (Action::WriteValue, IfAbsent::Create),
            None => (Action::DeleteValue, IfAbsent::Leave),
        };
        let (mut undo, mut capture) = (self.undo.borrow_mut(), self.capture.borrow_mut());
        let watch = if is_told { capture.of(table) } else { None };
        let mut witness = Witness { undo: undo.of(table), watch };
        let mut had_value = false;
        self.with_table(table, if_absent, |open| {
            if value.is_some() {
                check_key_len(table, open.key_len(), key)?;
            }
            let set = open.set(key, value, &mut |before| {
                had_value = before.is_some();
                witness.see(key, before, value);
            });
            let set = set.map_err(redb::Error::from).and_then(|()| witness.make_room());
            set.map_err(|error| self.unchanged_or_halfway(action, table, error))
        })?;
        Ok(had_value)
    }

    /// Makes a change of many rows of `table`; `None` if nobody has written to it, which leaves it so.
    pub(super) fn change_table<T>(
        &self,
        action: Action,
        table: &ByteTable,
        change: impl FnOnce(&mut (dyn WriteTable + 'txn)) -> Result<T, redb::Error>,
    ) -> Result<Option<T>> {
        self.with_table(table, IfAbsent::Leave, |open| {
            change(open).map_err(|error| self.unchanged_or_halfway(action, table, error))
        })
    }

    /// Brings back what was in `table` before a change.
    fn undo_change(&self, table: &ByteTable, before: Before<'_>) -> Result<()> {
        if let Before::Moved { to } = before {
            return self.move_back(table, &ByteTable::from(to));
        }
        let undone = self.with_table(table, IfAbsent::Create, |open| {
            let undone = match before {
                Before::Absent { key } => open.set(key, None, &mut |_| ()),
                Before::AbsentRun { first, last } => open.delete_run(first, last),
                Before::Value { key, value } => open.set(key, Some(value), &mut |_| ()),
                Before::Moved { .. } => Ok(()),
            };
            undone.map_err(engine_error(Action::Undo, Some(table.name())))
        });
        undone.map(drop)
    }

    /// Undoes every change since `savepoint`. The caches were told of each when it was made.
    fn undo_since(&self, savepoint: &Savepoint) -> Result<()> {
        let mut undo = self.undo.borrow_mut();
        while self.health.call(Action::Undo, None, || undo.has_changes_since(savepoint))? {
            if let Some((table, before)) = undo.last() {
                self.undo_change(table, before)?;
            }
            undo.forget_last();
        }
        Ok(())
    }

    /// Calls `use_table` with the open table; `None` if nobody has written to it and it is left so.
    pub(super) fn with_table<T>(
        &self,
        table: &ByteTable,
        if_absent: IfAbsent,
        use_table: impl FnOnce(&mut (dyn WriteTable + 'txn)) -> Result<T>,
    ) -> Result<Option<T>> {
        self.with_table_unless(&Cell::new(false), table, if_absent, use_table)
    }

    /// The same; a panic while `is_elsewhere` is not the engine's, and goes on.
    fn with_table_unless<T>(
        &self,
        is_elsewhere: &Cell<bool>,
        table: &ByteTable,
        if_absent: IfAbsent,
        use_table: impl FnOnce(&mut (dyn WriteTable + 'txn)) -> Result<T>,
    ) -> Result<Option<T>> {
        // No caller's code that uses the tables runs while the map is borrowed, so the borrow cannot be refused.
        let mut tables = self.tables.borrow_mut();
        self.health.contain_unless(is_elsewhere, Action::UseTable, Some(table.name()), || {
            if let Some(open) = tables.get_mut(table) {
                return use_table(&mut **open).map(Some);
            }
            if if_absent == IfAbsent::Leave && !write_table::exists(self.transaction, table)? {
                return Ok(None);
            }
            let open = write_table::open(self.transaction, table)?;
            use_table(&mut **tables.entry(table.clone()).or_insert(open)).map(Some)
        })
    }
}

/// What becomes of a table that nobody has written to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum IfAbsent {
    Create,
    Leave,
}

/// The engine takes keys of one length on trust.
fn check_key_len(table: &ByteTable, expected: Option<usize>, key: &[u8]) -> Result<()> {
    match expected {
        Some(expected) if expected != key.len() => {
            let cause = Cause::KeyLength { expected, found: key.len() };
            Err(StorageError::database(Action::WriteValue, Some(table.name()), cause))
        }
        _ => Ok(()),
    }
}

impl Sealed for WriterTables<'_> {}

impl ByteWriter for WriterTables<'_> {
    fn cache_len(&self) -> usize {
        self.cache_len
    }

    fn put(&self, table: &ByteTable, key: &[u8], value: &[u8]) -> Result<bool> {
        self.change(table, key, Some(value), true)
    }

    fn rewrite(&self, table: &ByteTable, key: &[u8], value: &[u8]) -> Result<()> {
        self.change(table, key, Some(value), false).map(drop)
    }

    fn put_sorted(&self, table: &ByteTable, rows: &mut dyn SortedRows) -> Result<()> {
        let is_elsewhere = Cell::new(false);
        let (mut undo, mut capture) = (self.undo.borrow_mut(), self.capture.borrow_mut());
        let mut witness = Witness { undo: undo.of(table), watch: capture.of(table) };
        let put = self.with_table_unless(&is_elsewhere, table, IfAbsent::Create, |open| {
            let (expected, changes) = (open.key_len(), &self.changes);
            let is_elsewhere = &is_elsewhere;
            let mut rows = OfLength { table, rows, expected, changes, is_elsewhere };
            let put = open.put_sorted(&mut rows, &mut witness);
            if put.is_err() {
                // Nobody knows how far it came.
                changes.borrow_mut().add_all(table);
            }
            put.map_err(|error| self.unchanged_or_halfway(Action::WriteValue, table, error))?;
            // Ended early by a key of another length, or by the last row.
            match rows.row() {
                Some((key, _)) => check_key_len(table, rows.expected, key),
                None => Ok(()),
            }
        });
        put.map(drop)
    }

    fn take_id(&self, table: &ByteTable, least: u64) -> Option<u64> {
        self.ids.take(table.name(), least)
    }

    fn delete(&self, table: &ByteTable, key: &[u8]) -> Result<bool> {
        self.change(table, key, None, true)
    }

    fn delete_sorted(
        &self,
        table: &ByteTable,
        keys: &mut dyn Iterator<Item = &[u8]>,
    ) -> Result<u64> {
        self.sweep(table, keys)
    }

    fn remove_table(&self, table: &ByteTable) -> Result<u64> {
        self.remove_whole(table)
    }

    fn rename_table(&self, from: &ByteTable, to: &ByteTable) -> Result<()> {
        self.rename_whole(from, to)
    }

    fn renew(&self) {
        self.changes.borrow_mut().renew();
        self.generation.set(of_a_draft());
    }

    fn savepoint(&self) -> Savepoint {
        let savepoint = self.undo.borrow_mut().savepoint();
        self.capture.borrow_mut().mark(&savepoint);
        savepoint
    }

    fn roll_back(&self, savepoint: Savepoint) -> Result<()> {
        self.undo_since(&savepoint).map_err(|error| self.halfway(error))?;
        self.capture.borrow_mut().roll_back(&savepoint);
        if self.changes.borrow().is_renewal() {
            self.generation.set(of_a_draft());
        }
        self.release(savepoint);
        Ok(())
    }

    fn release(&self, savepoint: Savepoint) {
        self.capture.borrow_mut().release(&savepoint);
        let mut undo = self.undo.borrow_mut();
        if let Err(error) = self.health.call(Action::EndWrite, None, || undo.release(&savepoint)) {
            // The changes are kept, but what was remembered for them must not be committed.
            self.halfway(error);
        }
    }
}

impl fmt::Debug for WriterTables<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WriterTables").finish_non_exhaustive()
    }
}
