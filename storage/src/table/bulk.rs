//! Writing many rows in bulk: gathered, sorted, and given to the engine in the order it keeps them in.
//!
//! ```text
//! encode ─┬▶ rows: sorted, or written at once while they ascend ─┬▶ the engine, in key order
//!         └▶ entries of each index: sorted ──────────────────────┘
//! ```
//!
//! Rows in order cost the engine a fraction of rows as they come, and so do index entries. A batch is bounded, so
//! that a stream of any length takes little memory; rows that come in order are not kept at all.

use super::{
    Access, IndexTable, Reader, Row, Table,
    form::StoredValue,
    replace::NewRow,
    row::Owned,
    sorter::{SortedItem, Sorter},
};
use crate::{
    backend::{ByteWriter, SortedRows},
    error::Result,
    index::IndexKeys,
    invariant::Invariant,
    key::KeyBuf,
};
use std::ops::Bound;

/// A batch takes at most this part of the memory that the engine may use for pages,
const CACHE_PART: usize = 8;
/// but not less than so many bytes, and not more.
const BATCH_BYTES_MIN: usize = 40 * 1024 * 1024;
const BATCH_BYTES_MAX: usize = 256 * 1024 * 1024;

/// Rows that are gathered for one table.
pub(super) struct BulkWriter<'t, L, A> {
    table: &'t Table<L, A>,
    /// The rows of the batch that are not written yet.
    rows: Sorter,
    /// For each index the entries of all rows of the batch, each with the length of its index key.
    entries: Vec<Sorter>,
    /// The first and the last of the rows that were written at once, whose entries wait.
    written: Option<(KeyBuf, KeyBuf)>,
    index_keys: Vec<IndexKeys>,
    encoded: Vec<u8>,
    loaded: u64,
}

impl<'t, L: Row, A: Access> BulkWriter<'t, L, A> {
    pub(super) fn new(table: &'t Table<L, A>) -> Self {
        let indexers = L::indexers();
        Self {
            table,
            rows: Sorter::default(),
            entries: indexers.iter().map(|_| Sorter::default()).collect(),
            written: None,
            index_keys: indexers.iter().map(|_| IndexKeys::default()).collect(),
            encoded: Vec::new(),
            loaded: 0,
        }
    }

    /// How many rows were given to it.
    pub(super) const fn loaded(&self) -> u64 {
        self.loaded
    }

    /// Takes a row; `true` when some were written then.
    pub(super) fn push(
        &mut self,
        writer: &dyn ByteWriter,
        key: &[u8],
        value: &Owned<L>,
    ) -> Result<bool> {
        self.table.form().encode(key, value, &mut self.encoded)?;
        self.make_index_keys(value)?;
        let is_time = self.rows.push([key, &[]], &self.encoded);
        for (entries, index_keys) in self.entries.iter_mut().zip(&self.index_keys) {
            for index_key in index_keys.iter() {
                let len = u32::try_from(index_key.len()).invariant("its length was checked");
                if entries.push([index_key, key], &len.to_le_bytes()) {
                    entries.store();
                }
            }
        }
        self.loaded = self.loaded.saturating_add(1);
        let has_written = is_time && self.write_ascending(writer)?;
        if is_time && !has_written {
            self.rows.store();
        }
        let cache_part = writer.cache_len() / CACHE_PART;
        if self.len() < cache_part.clamp(BATCH_BYTES_MIN, BATCH_BYTES_MAX) {
            return Ok(has_written);
        }
        self.flush(writer).map(|()| true)
    }

    /// The keys of `value` in every index, each short enough.
    fn make_index_keys(&mut self, value: &Owned<L>) -> Result<()> {
        let indexes = L::indexers().iter().zip(&self.table.shared.indexes);
        for ((indexer, index), keys) in indexes.zip(&mut self.index_keys) {
            indexer.replace_keys(value, keys);
            keys.iter().try_for_each(|key| index.check_key_len(key))?;
        }
        Ok(())
    }

    /// How many bytes the batch takes.
    fn len(&self) -> usize {
        self.entries.iter().map(Sorter::len).sum::<usize>().saturating_add(self.rows.len())
    }

    /// Writes the rows of the batch if they came in order; with indexes, only if they also lie behind all that are
    /// there, and so are new. Their entries wait, so nobody else may change them meanwhile: a transaction that the
    /// stream does not have to itself can be written to between two of its items.
    fn write_ascending(&mut self, writer: &dyn ByteWriter) -> Result<bool> {
        let Some(rows) = self.rows.ascending() else { return Ok(false) };
        if !L::indexers().is_empty() {
            let mut keys = self.rows.ascending().into_iter().flatten().map(|row| row.key);
            let Some(first) = keys.next() else { return Ok(false) };
            let is_behind_all = || match &self.written {
                Some((_, last)) => Ok(**last < *first),
                None => self.lies_behind_all(writer, first),
            };
            if !A::COMMITTED || !is_behind_all()? {
                return Ok(false);
            }
            let last = KeyBuf::from(keys.last().unwrap_or(first));
            let first = self.written.take().map_or_else(|| first.into(), |(first, _)| first);
            self.written = Some((first, last));
        }
        self.table.replace_sorted(writer, &mut Pairs::new(rows))?;
        self.rows.clear();
        Ok(true)
    }

    /// Writes what was gathered.
    pub(super) fn flush(&mut self, writer: &dyn ByteWriter) -> Result<()> {
        if !self.write_ascending(writer)? {
            self.rows.store();
        }
        self.entries.iter_mut().for_each(Sorter::store);
        if L::indexers().is_empty() {
            self.write_rows(writer)?;
        } else if self.are_new(writer)? && self.are_unique(writer)? {
            self.write_entries(writer)?;
            self.write_rows(writer)?;
        } else {
            self.write_each(writer)?;
        }
        self.rows.clear();
        self.entries.iter_mut().for_each(Sorter::clear);
        self.written = None;
        Ok(())
    }

    /// Whether every row has a key of its own, and none is in the table: then no index entry must go.
    fn are_new(&self, writer: &dyn ByteWriter) -> Result<bool> {
        let Some(first) = self.rows.merge().next() else { return Ok(true) };
        let is_behind_all = self.lies_behind_all(writer, first.key)?;
        let mut last = None;
        for SortedItem { key, .. } in self.rows.merge() {
            let is_there = || self.table.has_in(writer, key);
            if last == Some(key) || !is_behind_all && is_there()? {
                return Ok(false);
            }
            last = Some(key);
        }
        Ok(true)
    }

    /// Whether `key` comes after that of every row in the table.
    fn lies_behind_all(&self, writer: &dyn ByteWriter, key: &[u8]) -> Result<bool> {
        let last = writer.last(self.table.byte_table(), Bound::Unbounded, Bound::Unbounded)?;
        Ok(last.is_none_or(|last| *last.key < *key))
    }

    /// Writes the rows; of several with one key the last stays.
    fn write_rows(&self, writer: &dyn ByteWriter) -> Result<()> {
        self.table.replace_sorted(writer, &mut Pairs::new(self.rows.merge()))
    }

    /// Whether no two entries of a unique index, and none and one that is there, have one key.
    fn are_unique(&self, writer: &dyn ByteWriter) -> Result<bool> {
        for (index, entries) in self.table.shared.indexes.iter().zip(&self.entries) {
            if index.schema().is_unique() && !are_unique(writer, index, entries)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Writes the entries of every index; all rows are new.
    fn write_entries(&self, writer: &dyn ByteWriter) -> Result<()> {
        for (index, entries) in self.table.shared.indexes.iter().zip(&self.entries) {
            let keys = entries.merge().map(|entry| entry.key);
            index.put_sorted(writer, keys)?;
        }
        Ok(())
    }

    /// Writes the rows one by one in the order they came: some replace others, and their index entries go; or one is
    /// refused, and it is told which.
    #[cold]
    fn write_each(&mut self, writer: &dyn ByteWriter) -> Result<()> {
        // What was written at once came first, and in this order.
        if let Some((first, last)) = self.written.take() {
            let (first, last) = (Bound::Included(&*first), Bound::Included(&*last));
            for row in writer.rows(self.table.byte_table(), first, last)? {
                let row = row?;
                let stored = StoredValue::InFile(&row.value);
                let decoded = self.table.form().decode(&row.key, stored)?;
                self.table.add_entries(writer, &row.key, &decoded)?;
            }
        }
        let mut rows: Vec<SortedItem<'_>> = self.rows.merge().collect();
        rows.sort_unstable_by_key(|row| row.order);
        for SortedItem { key, value, .. } in rows {
            self.table.replace(writer, key, Some(&NewRow::of_stored(value)))?;
        }
        Ok(())
    }
}

/// Whether no two entries, and no entry and one that is there, have the same index key.
fn are_unique(writer: &dyn ByteWriter, index: &IndexTable, entries: &Sorter) -> Result<bool> {
    let has_entries = writer.len(index.byte_table())? > 0;
    let mut last = None;
    for entry in entries.merge() {
        let key = index_key(entry);
        let is_held = || index.holder(&Reader::Writer(writer), key);
        if last == Some(key) || has_entries && is_held()?.is_some() {
            return Ok(false);
        }
        last = Some(key);
    }
    Ok(true)
}

/// The part of an entry before its primary key.
fn index_key(entry: SortedItem<'_>) -> &[u8] {
    let len = entry.value.first_chunk().copied().invariant("an entry has the length of its key");
    let len = usize::try_from(u32::from_le_bytes(len)).invariant("it was a length");
    entry.key.get(..len).invariant("the index key is a part of the entry")
}

/// Keys with their values.
struct Pairs<'a, I> {
    pairs: I,
    current: Option<SortedItem<'a>>,
}

impl<'a, I: Iterator<Item = SortedItem<'a>>> Pairs<'a, I> {
    fn new(mut pairs: I) -> Self {
        let current = pairs.next();
        Self { pairs, current }
    }
}

impl<'a, I: Iterator<Item = SortedItem<'a>>> SortedRows for Pairs<'a, I> {
    fn current(&self) -> Option<(&[u8], &[u8])> {
        self.current.map(|pair| (pair.key, pair.value))
    }

    fn advance(&mut self) {
        self.current = self.pairs.next();
    }
}
