//! Deleting many rows: their keys and index entries are gathered, sorted, and taken out in the order of the engine.
//!
//! ```text
//! row ─▶ its index keys ─▶ entries of each index: sorted ─▶ the engine, in key order
//!   └──▶ its key ────────▶ keys of rows: sorted ──────────▶
//! ```
//!
//! A batch is bounded, so that any number of rows takes little memory.

use super::{Row, Table, entries::Entries, feed_writer::FeedWriter, form::StoredValue};
use crate::{
    backend::{ByteTable, ByteWriter},
    error::Result,
    index::IndexKeys,
};

/// A batch takes at most so many bytes.
const BATCH_BYTES_MAX: usize = 32 * 1024 * 1024;

/// Rows that are gathered to be deleted from one table.
pub(super) struct RowDeleter<'t, L, A> {
    table: &'t Table<L, A>,
    keys: Entries,
    /// For each index the entries of all rows of the batch.
    entries: Vec<Entries>,
    index_keys: IndexKeys,
    deleted: u64,
}

impl<'t, L: Row, A> RowDeleter<'t, L, A> {
    pub(super) fn new(table: &'t Table<L, A>) -> Self {
        let entries = L::indexers().iter().map(|_| Entries::default()).collect();
        let (keys, index_keys) = (Entries::default(), IndexKeys::default());
        Self { table, keys, entries, index_keys, deleted: 0 }
    }

    /// Takes the row under `key`, for which `value` is stored; `false` if it is one that cannot be read, whose entries
    /// nobody knows: [`delete_damaged`](Self::delete_damaged) finds them.
    pub(super) fn push(&mut self, key: &[u8], value: &[u8]) -> Result<bool> {
        let indexers = L::indexers();
        if !indexers.is_empty() {
            let row = match self.table.form().decode(key, StoredValue::InFile(value)) {
                Ok(row) => row,
                Err(error) if error.is_of_one_row() => return Ok(false),
                Err(error) => return Err(error),
            };
            for (indexer, entries) in indexers.iter().zip(&mut self.entries) {
                indexer.replace_keys(&row, &mut self.index_keys);
                self.index_keys.iter().for_each(|index_key| entries.push(index_key, key, 0));
            }
        }
        self.keys.push(key, &[], 0);
        Ok(true)
    }

    /// Takes the row under `key`, if there is one.
    pub(super) fn find(&mut self, writer: &dyn ByteWriter, key: &[u8]) -> Result<()> {
        if L::indexers().is_empty() {
            self.keys.push(key, &[], 0);
            return Ok(());
        }
        let Some(value) = writer.get(self.table.byte_table(), key)? else { return Ok(()) };
        if self.push(key, &value)? { Ok(()) } else { self.delete_damaged(writer, key) }
    }

    /// Whether it is time to [`flush`](Self::flush).
    pub(super) fn is_full(&self) -> bool {
        let len = self.entries.iter().fold(self.keys.len(), |len, of| len.saturating_add(of.len()));
        len >= BATCH_BYTES_MAX
    }

    /// Deletes a row that cannot be read.
    #[cold]
    pub(super) fn delete_damaged(&mut self, writer: &dyn ByteWriter, key: &[u8]) -> Result<()> {
        let was_there = self.table.replace(writer, key, None)?;
        self.deleted = self.deleted.saturating_add(u64::from(was_there));
        Ok(())
    }

    /// Deletes what was gathered.
    pub(super) fn flush(&mut self, writer: &dyn ByteWriter) -> Result<()> {
        self.table.shared.entry.keep_ids(writer, L::is_auto())?;
        for (index, entries) in self.table.shared.indexes.iter().zip(&mut self.entries) {
            delete(writer, index.byte_table(), entries)?;
        }
        let deleted = match self.table.feed_writer(writer)? {
            None => delete(writer, self.table.byte_table(), &mut self.keys)?,
            Some(feed) => self.delete_one_by_one(writer, feed)?,
        };
        self.deleted = self.deleted.saturating_add(deleted);
        Ok(())
    }

    /// The same for a table whose changes are logged: which rows were there is known one by one.
    fn delete_one_by_one(&mut self, writer: &dyn ByteWriter, mut feed: FeedWriter) -> Result<u64> {
        self.keys.store();
        let mut deleted: u64 = 0;
        for key in self.keys.merge().map(|entry| entry.bytes) {
            if writer.delete(self.table.byte_table(), key)? {
                feed.replaced(writer, key, true, false)?;
                deleted = deleted.saturating_add(1);
            }
        }
        self.keys.clear();
        Ok(deleted)
    }

    /// How many rows it has deleted.
    pub(super) const fn count(&self) -> u64 {
        self.deleted
    }
}

/// Deletes the rows of `table` under `keys`, which are then forgotten, and returns how many were there.
fn delete(writer: &dyn ByteWriter, table: &ByteTable, keys: &mut Entries) -> Result<u64> {
    keys.store();
    let deleted = writer.delete_sorted(table, &mut keys.merge().map(|entry| entry.bytes))?;
    keys.clear();
    Ok(deleted)
}
