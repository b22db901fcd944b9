//! How changes inside a write transaction are undone: a log of what was there before each, read backwards.
//!
//! The engine's own savepoints cannot be made once a transaction has written.

mod entry;
mod stack;

pub(super) use self::entry::Before;
use self::{entry::UndoEntry, stack::UndoStack};
use crate::{
    backend::{ByteTable, Savepoint, table::TableMap},
    invariant::Invariant,
};

/// What was there before each change, while a savepoint may want it back.
pub(super) struct UndoLog<'txn> {
    stack: UndoStack<'txn>,
    /// The tables by their number in the log.
    tables: Vec<ByteTable>,
    numbers: TableMap<u32>,
    /// The savepoints that are open.
    savepoints: Vec<Open>,
    made_count: u64,
}

/// An open savepoint: its number, and how long the log was when it was made.
struct Open {
    number: u64,
    log_len: u64,
}

/// The log of one table.
pub(crate) struct TableUndo<'u, 'txn> {
    log: &'u mut UndoLog<'txn>,
    table: &'u ByteTable,
}

impl<'txn> UndoLog<'txn> {
    pub(super) fn new(transaction: &'txn redb::WriteTransaction) -> Self {
        Self {
            stack: UndoStack::new(transaction),
            tables: Vec::new(),
            numbers: TableMap::default(),
            savepoints: Vec::new(),
            made_count: 0,
        }
    }

    /// Whether a savepoint is open.
    pub(super) const fn is_wanted(&self) -> bool {
        !self.savepoints.is_empty()
    }

    /// The log for changes of `table`.
    pub(super) const fn of<'u>(&'u mut self, table: &'u ByteTable) -> TableUndo<'u, 'txn> {
        TableUndo { log: self, table }
    }

    /// Remembers that the table `from` is now called `to`, if a savepoint is open.
    pub(super) fn remember_move(&mut self, from: &ByteTable, to: &ByteTable) {
        if self.is_wanted() {
            self.push(from, Before::Moved { to: to.name() });
        }
    }

    fn push(&mut self, table: &ByteTable, before: Before<'_>) {
        let number = match self.numbers.get(table) {
            Some(number) => *number,
            None => {
                let number = u32::try_from(self.tables.len()).invariant("tables are in memory");
                self.numbers.insert(table.clone(), number);
                self.tables.push(table.clone());
                number
            }
        };
        self.stack.push(number, before);
    }

    /// Whether more is in memory than may be.
    pub(super) const fn is_full(&self) -> bool {
        self.stack.is_full()
    }

    /// Puts away what is too much for memory.
    pub(super) fn put_away(&mut self) -> Result<(), redb::Error> {
        self.stack.put_away()
    }

    pub(super) fn savepoint(&mut self) -> Savepoint {
        self.made_count = self.made_count.saturating_add(1);
        self.savepoints.push(Open { number: self.made_count, log_len: self.stack.len() });
        Savepoint { number: self.made_count }
    }

    /// Whether anything was changed since `savepoint`. The last change is then in memory.
    pub(super) fn has_changes_since(&mut self, savepoint: &Savepoint) -> Result<bool, redb::Error> {
        let log_len = self.stack.len();
        let mut open = self.savepoints.iter();
        if !open.any(|open| open.number == savepoint.number && open.log_len < log_len) {
            return Ok(false);
        }
        self.stack.bring_back_last().map(|()| true)
    }

    /// What was there before the last change, and in which table.
    pub(super) fn last(&self) -> Option<(&ByteTable, Before<'_>)> {
        let UndoEntry { table, before } = self.stack.last()?;
        Some((self.tables.get(usize::try_from(table).ok()?)?, before))
    }

    /// Forgets the last change, which was undone.
    pub(super) fn forget_last(&mut self) {
        self.stack.pop();
        let log_len = self.stack.len();
        for open in &mut self.savepoints {
            // Made inside of what was undone: its state is what this has led back to.
            open.log_len = open.log_len.min(log_len);
        }
    }

    /// Closes a savepoint; with the last one, everything is forgotten.
    pub(super) fn release(&mut self, savepoint: &Savepoint) -> Result<(), redb::Error> {
        self.savepoints.retain(|open| open.number != savepoint.number);
        if self.is_wanted() { Ok(()) } else { self.stack.clear() }
    }

    /// Removes what was put away, whatever savepoint is open.
    pub(super) fn end(mut self) -> Result<(), redb::Error> {
        self.stack.clear()
    }

    /// Whether `table` is where it puts things away.
    pub(super) fn is_own_table(&self, name: &str) -> bool {
        self.stack.is_own_table(name)
    }
}

impl TableUndo<'_, '_> {
    pub(super) const fn is_wanted(&self) -> bool {
        self.log.is_wanted()
    }

    /// Remembers what was under `key`, if a savepoint is open.
    #[inline]
    pub(super) fn remember(&mut self, key: &[u8], before: Option<&[u8]>) {
        if self.is_wanted() {
            let before = match before {
                Some(value) => Before::Value { key, value },
                None => Before::Absent { key },
            };
            self.log.push(self.table, before);
        }
    }

    /// Remembers that there was nothing from `first` to `last`.
    pub(super) fn remember_run(&mut self, first: &[u8], last: &[u8]) {
        self.log.push(self.table, Before::AbsentRun { first, last });
    }

    /// Whether it is time to [`make_room`](Self::make_room).
    #[inline]
    pub(super) const fn is_full(&self) -> bool {
        self.log.is_full()
    }

    /// Puts away what is too much for memory. Called while nothing of the table is held.
    #[inline]
    pub(super) fn make_room(&mut self) -> Result<(), redb::Error> {
        if self.log.is_full() { self.log.put_away() } else { Ok(()) }
    }
}
