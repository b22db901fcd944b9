//! The bytes of the undo log: the last of them in memory, the others put away in a table of the same transaction.
//!
//! ```text
//! chunk 0 │ chunk 1 │ .. in the table      the rest, in memory
//! ```
//!
//! The table is gone before the transaction is committed, so no file has one.

use super::entry::{Before, TAIL_LEN, UndoEntry};
use crate::{backend::engine::page::ValueBytes, hash::hash};
use redb::{TableDefinition, TableHandle};

/// So many bytes may be in memory. The smallest batch of a stream has five times as many, so a large write's memory is
/// not the log's; and a thousand rows of 8 KB, which few parts of a write change, need no table.
const MEMORY_LEN_MAX: usize = 8 * 1024 * 1024;
/// When they are more, so many stay: neither the next changes nor the next to be undone need the table.
const MEMORY_LEN_KEPT: usize = MEMORY_LEN_MAX / 2;
/// With the engine's own bytes and the check, a chunk fills pages of a MiB.
const CHUNK_LEN: usize = 1024 * 1024 - 64;
/// Begins the table's name: no table of a store has a control character in its name.
const TABLE_NAME: &str = "\0undo";

/// Entries, one after the other, of which the last is read first.
pub(super) struct UndoStack<'txn> {
    transaction: &'txn redb::WriteTransaction,
    bytes: Vec<u8>,
    /// How many chunks are in the table.
    chunk_count: u64,
    table: Option<ChunkTable<'txn>>,
}

/// Chunks by their number, each with a check at its end.
struct ChunkTable<'txn> {
    name: String,
    open: redb::Table<'txn, u64, ValueBytes>,
}

impl<'txn> UndoStack<'txn> {
    pub(super) const fn new(transaction: &'txn redb::WriteTransaction) -> Self {
        Self { transaction, bytes: Vec::new(), chunk_count: 0, table: None }
    }

    /// How many bytes there are.
    pub(super) fn len(&self) -> u64 {
        let put_away = self.chunk_count.saturating_mul(number(CHUNK_LEN));
        put_away.saturating_add(number(self.bytes.len()))
    }

    pub(super) fn push(&mut self, table: u32, before: Before<'_>) {
        UndoEntry { table, before }.write(&mut self.bytes);
    }

    /// The last entry, which was brought back.
    pub(super) fn last(&self) -> Option<UndoEntry<'_>> {
        UndoEntry::last(&self.bytes)
    }

    /// Removes the last entry, which was brought back.
    pub(super) fn pop(&mut self) {
        let len = UndoEntry::last_len(&self.bytes).unwrap_or(self.bytes.len());
        self.bytes.truncate(self.bytes.len().saturating_sub(len));
    }

    /// Whether more is in memory than may be.
    pub(super) const fn is_full(&self) -> bool {
        self.bytes.len() > MEMORY_LEN_MAX
    }

    /// Puts away what came first.
    #[cold]
    pub(super) fn put_away(&mut self) -> Result<(), redb::Error> {
        let count = self.bytes.len().saturating_sub(MEMORY_LEN_KEPT) / CHUNK_LEN;
        let table = match &mut self.table {
            Some(table) => table,
            none => none.insert(ChunkTable::create(self.transaction)?),
        };
        let mut chunk_count = self.chunk_count;
        for chunk in self.bytes.chunks_exact(CHUNK_LEN).take(count) {
            let check = hash(chunk, chunk_count).to_le_bytes();
            table.open.insert(chunk_count, &*[chunk, &check].concat())?;
            chunk_count = chunk_count.saturating_add(1);
        }
        self.bytes.drain(..count.saturating_mul(CHUNK_LEN));
        self.bytes.shrink_to(MEMORY_LEN_MAX);
        self.chunk_count = chunk_count;
        Ok(())
    }

    /// Brings the last entry back into memory, if it is not there whole.
    pub(super) fn bring_back_last(&mut self) -> Result<(), redb::Error> {
        self.bring_back(TAIL_LEN)?;
        let len = UndoEntry::last_len(&self.bytes).unwrap_or_default();
        self.bring_back(len)?;
        self.last().map(drop).ok_or_else(changed)
    }

    /// Brings chunks back until so many bytes are in memory, or all.
    fn bring_back(&mut self, len: usize) -> Result<(), redb::Error> {
        let missing = number(len.saturating_sub(self.bytes.len()));
        let count = missing.div_ceil(number(CHUNK_LEN)).min(self.chunk_count);
        let Some(table) = self.table.as_mut().filter(|_| count > 0) else { return Ok(()) };
        let first = self.chunk_count.saturating_sub(count);
        let mut bytes = Vec::new();
        for number in first..self.chunk_count {
            let chunk = table.open.remove(number)?;
            let parts = chunk.as_ref().and_then(|chunk| chunk.value().split_last_chunk());
            match parts {
                Some((chunk, check)) if hash(chunk, number).to_le_bytes() == *check => {
                    bytes.extend_from_slice(chunk);
                }
                _ => return Err(changed()),
            }
        }
        bytes.append(&mut self.bytes);
        (self.bytes, self.chunk_count) = (bytes, first);
        Ok(())
    }

    /// Forgets everything, and removes the table.
    pub(super) fn clear(&mut self) -> Result<(), redb::Error> {
        self.bytes.clear();
        self.chunk_count = 0;
        let Some(ChunkTable { name, open }) = self.table.take() else { return Ok(()) };
        drop(open);
        self.transaction.delete_table(TableDefinition::<u64, ValueBytes>::new(&name))?;
        Ok(())
    }

    /// Whether `table` is the one with what was put away.
    pub(super) fn is_own_table(&self, name: &str) -> bool {
        self.table.as_ref().is_some_and(|table| table.name == name)
    }
}

impl<'txn> ChunkTable<'txn> {
    /// Creates the table by a name that no other has.
    fn create(transaction: &'txn redb::WriteTransaction) -> Result<Self, redb::Error> {
        let taken: Vec<String> =
            transaction.list_tables()?.map(|table| table.name().to_owned()).collect();
        let mut name = TABLE_NAME.to_owned();
        while taken.contains(&name) {
            name.push('\'');
        }
        let open = transaction.open_table(TableDefinition::new(&name))?;
        Ok(Self { name, open })
    }
}

/// What was put away is not what is there now: a page was damaged meanwhile.
#[cold]
fn changed() -> redb::Error {
    redb::Error::Corrupted("what was kept to undo a part of the write has changed".to_owned())
}

/// A length as a position in the log, which may be longer than memory.
fn number(len: usize) -> u64 {
    len.try_into().unwrap_or(u64::MAX)
}
