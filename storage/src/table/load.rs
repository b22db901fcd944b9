//! Writing many rows: gathered, sorted, and given to the engine in the order it keeps them in.
//!
//! ```text
//! encode ─▶ batch: keys, values, index entries in one arena ─▶ sort ─▶ rows, then each index, in key order
//! ```
//!
//! Rows in order cost the engine a fraction of rows as they come, and so do index entries. A batch is bounded, so
//! that a stream of any length takes little memory; input that is sorted already is not sorted again.

use super::{
    Access, IndexTable, Reader, Row, Table,
    maintain::{NewRow, first_holder},
    row::Owned,
};
use crate::{
    backend::{ByteWriter, SortedRows},
    error::Result,
    index::IndexSeal,
    key::KeyBuf,
};
use std::ops::Bound;

/// A batch takes at most this part of the memory that the engine may use for pages,
const CACHE_PART: usize = 8;
/// but not less than so many bytes, and not more.
const BATCH_BYTES_MIN: usize = 40 * 1024 * 1024;
const BATCH_BYTES_MAX: usize = 256 * 1024 * 1024;

/// Rows that are gathered for one table.
pub(super) struct Loader<'t, L, A> {
    table: &'t Table<L, A>,
    /// The bytes of all keys and values.
    arena: Vec<u8>,
    rows: Vec<Slot>,
    /// For each index: the arena's places of entry keys, and the entries themselves.
    entries: Vec<Vec<Slot>>,
    is_sorted: bool,
    encoded: Vec<u8>,
    loaded: u64,
}

/// A key in the arena, and behind it its value. The value of an index entry is the primary key, which is a part of
/// the key as well.
#[derive(Clone, Copy)]
struct Slot {
    /// The first bytes of the key as a number, which decides most comparisons.
    prefix: u64,
    start: usize,
    key_len: u32,
    value_len: u32,
}

impl Slot {
    fn key(self, arena: &[u8]) -> &[u8] {
        part(arena, self.start, self.key_len)
    }

    fn value(self, arena: &[u8]) -> &[u8] {
        let key_len = usize::try_from(self.key_len).unwrap_or(usize::MAX);
        part(arena, self.start.saturating_add(key_len), self.value_len)
    }

    /// The part of an index entry before its primary key.
    fn index_key(self, arena: &[u8]) -> &[u8] {
        part(arena, self.start, self.key_len.saturating_sub(self.value_len))
    }
}

fn part(arena: &[u8], start: usize, len: u32) -> &[u8] {
    let len = usize::try_from(len).unwrap_or(usize::MAX);
    arena.get(start..start.saturating_add(len)).unwrap_or_default()
}

impl<'t, L: Row, A: Access> Loader<'t, L, A> {
    pub(super) fn new(table: &'t Table<L, A>) -> Self {
        Self {
            table,
            arena: Vec::new(),
            rows: Vec::new(),
            entries: L::indexers().iter().map(|_| Vec::new()).collect(),
            is_sorted: true,
            encoded: Vec::new(),
            loaded: 0,
        }
    }

    /// How many rows were given to it.
    pub(super) const fn loaded(&self) -> u64 {
        self.loaded
    }

    /// Takes a row; `true` when that filled a batch and wrote it.
    pub(super) fn push(
        &mut self,
        writer: &dyn ByteWriter,
        key: &[u8],
        value: &Owned<L>,
    ) -> Result<bool> {
        let mut encoded = std::mem::take(&mut self.encoded);
        self.table.encode_value(key, value, &mut encoded)?;
        let index_keys = self.index_keys(value)?;
        let last = self.rows.last().map(|last| last.key(&self.arena));
        self.is_sorted &= last.is_none_or(|last| last < key);
        let row = keep(&mut self.arena, &[key], &encoded);
        self.rows.push(row);
        self.encoded = encoded;
        for (entries, index_keys) in self.entries.iter_mut().zip(index_keys) {
            let entry = |index_key: KeyBuf| keep(&mut self.arena, &[&index_key, key], key);
            entries.extend(index_keys.into_iter().map(entry));
        }
        self.loaded = self.loaded.saturating_add(1);
        let cache_part = writer.cache_len() / CACHE_PART;
        if self.len() < cache_part.clamp(BATCH_BYTES_MIN, BATCH_BYTES_MAX) {
            return Ok(false);
        }
        self.flush(writer).map(|()| true)
    }

    /// The keys of `value` in every index, each short enough.
    fn index_keys(&self, value: &Owned<L>) -> Result<Vec<Vec<KeyBuf>>> {
        let mut index_keys = Vec::with_capacity(self.entries.len());
        for (indexer, index) in L::indexers().iter().zip(&self.table.shared.indexes) {
            let keys = indexer.keys_of(value);
            keys.iter().try_for_each(|key| super::check_key_len(index.table.name(), key))?;
            index_keys.push(keys);
        }
        Ok(index_keys)
    }

    /// How many bytes the batch takes.
    fn len(&self) -> usize {
        let slots =
            self.entries.iter().map(Vec::len).sum::<usize>().saturating_add(self.rows.len());
        self.arena.len().saturating_add(slots.saturating_mul(size_of::<Slot>()))
    }

    /// Writes what was gathered.
    pub(super) fn flush(&mut self, writer: &dyn ByteWriter) -> Result<()> {
        if !self.is_sorted {
            sort(&mut self.rows, &self.arena);
        }
        if L::indexers().is_empty() {
            self.write_rows(writer)?;
        } else if self.are_new(writer)? && self.are_unique(writer)? {
            self.write_entries(writer)?;
            self.write_rows(writer)?;
        } else {
            self.replace_each(writer)?;
        }
        self.arena.clear();
        self.rows.clear();
        self.entries.iter_mut().for_each(Vec::clear);
        self.is_sorted = true;
        Ok(())
    }

    /// Whether every row has a key of its own, and none is in the table: then no index entry must go.
    fn are_new(&self, writer: &dyn ByteWriter) -> Result<bool> {
        if self.rows.windows(2).any(|pair| is_repeated(&self.arena, pair)) {
            return Ok(false);
        }
        let table = self.table.byte_table();
        let last =
            writer.rows(table, Bound::Unbounded, Bound::Unbounded)?.next_back().transpose()?;
        let first = self.rows.first().map(|row| row.key(&self.arena));
        if last.is_none_or(|last| first.is_some_and(|first| *last.key < *first)) {
            return Ok(true);
        }
        for row in &self.rows {
            if writer.get(table, row.key(&self.arena))?.is_some() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Writes the rows; of several with one key the last stays.
    fn write_rows(&self, writer: &dyn ByteWriter) -> Result<()> {
        let rows = self.rows.iter().map(|row| (row.key(&self.arena), row.value(&self.arena)));
        writer.insert_sorted(self.table.byte_table(), &mut Pairs::new(rows))
    }

    /// Sorts the entries, and says whether no two of a unique index, and none and one that is there, have one key.
    fn are_unique(&mut self, writer: &dyn ByteWriter) -> Result<bool> {
        let indexes = L::indexers().iter().zip(&self.table.shared.indexes);
        for ((indexer, index), entries) in indexes.zip(&mut self.entries) {
            sort(entries, &self.arena);
            if indexer.schema().is_unique() && !are_unique(writer, index, entries, &self.arena)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Writes the entries of every index, which are sorted; all rows are new.
    fn write_entries(&self, writer: &dyn ByteWriter) -> Result<()> {
        for (index, entries) in self.table.shared.indexes.iter().zip(&self.entries) {
            let keys = entries.iter().map(|entry| entry.key(&self.arena));
            writer.insert_sorted(&index.table, &mut Entries::new(keys, index.seal))?;
        }
        Ok(())
    }

    /// Writes the rows one by one in the order they came: some replace others, and their index entries go; or one is
    /// refused, and it is told which.
    #[cold]
    fn replace_each(&mut self, writer: &dyn ByteWriter) -> Result<()> {
        self.rows.sort_unstable_by_key(|row| row.start);
        for row in &self.rows {
            let (key, value) = (row.key(&self.arena), row.value(&self.arena));
            let decoded = self.table.decode(key, value)?;
            let row = NewRow { value: &decoded, bytes: value };
            self.table.replace(writer, key, Some(&row))?;
        }
        Ok(())
    }
}

/// Whether no two entries, and no entry and one that is there, have the same index key.
fn are_unique(
    writer: &dyn ByteWriter,
    index: &IndexTable,
    entries: &[Slot],
    arena: &[u8],
) -> Result<bool> {
    let has_entries = writer.len(&index.table)? > 0;
    let mut last = None;
    for entry in entries {
        let key = entry.index_key(arena);
        let is_held = || first_holder(&Reader::Writer(writer), index, key);
        if last == Some(key) || has_entries && is_held()?.is_some() {
            return Ok(false);
        }
        last = Some(key);
    }
    Ok(true)
}

/// Appends a key, of one part or more, and its value.
fn keep(arena: &mut Vec<u8>, key: &[&[u8]], value: &[u8]) -> Slot {
    let start = arena.len();
    for part in key {
        arena.extend_from_slice(part);
    }
    // A key has at most 64 KiB, a value 2 GiB.
    let len_from =
        |start: usize, end: usize| u32::try_from(end.saturating_sub(start)).unwrap_or(u32::MAX);
    let key_len = len_from(start, arena.len());
    let mut prefix = [0; 8];
    let key = arena.iter().skip(start);
    prefix.iter_mut().zip(key).for_each(|(prefix, byte)| *prefix = *byte);
    arena.extend_from_slice(value);
    Slot { prefix: u64::from_be_bytes(prefix), start, key_len, value_len: len_from(0, value.len()) }
}

/// Sorts by key, and what has one key in the order it came.
fn sort(slots: &mut [Slot], arena: &[u8]) {
    slots.sort_unstable_by(|a, b| {
        let keys = || a.key(arena).cmp(b.key(arena));
        a.prefix.cmp(&b.prefix).then_with(keys).then(a.start.cmp(&b.start))
    });
}

fn is_repeated(arena: &[u8], pair: &[Slot]) -> bool {
    match pair {
        [a, b] => a.prefix == b.prefix && a.key(arena) == b.key(arena),
        _ => false,
    }
}

/// Keys with their values.
struct Pairs<'a, I> {
    pairs: I,
    current: Option<(&'a [u8], &'a [u8])>,
}

impl<'a, I: Iterator<Item = (&'a [u8], &'a [u8])>> Pairs<'a, I> {
    fn new(mut pairs: I) -> Self {
        let current = pairs.next();
        Self { pairs, current }
    }
}

impl<'a, I: Iterator<Item = (&'a [u8], &'a [u8])>> SortedRows for Pairs<'a, I> {
    fn current(&self) -> Option<(&[u8], &[u8])> {
        self.current
    }

    fn advance(&mut self) {
        self.current = self.pairs.next();
    }
}

/// Keys of index entries with their seals.
struct Entries<'a, I> {
    keys: I,
    current: Option<&'a [u8]>,
    seal: IndexSeal,
    sealed: Vec<u8>,
}

impl<'a, I: Iterator<Item = &'a [u8]>> Entries<'a, I> {
    fn new(keys: I, seal: IndexSeal) -> Self {
        let mut entries = Self { keys, current: None, seal, sealed: Vec::new() };
        entries.advance();
        entries
    }
}

impl<'a, I: Iterator<Item = &'a [u8]>> SortedRows for Entries<'a, I> {
    fn current(&self) -> Option<(&[u8], &[u8])> {
        self.current.map(|key| (key, &*self.sealed))
    }

    fn advance(&mut self) {
        self.current = self.keys.next();
        if let Some(key) = self.current {
            self.seal.seal(key, &mut self.sealed);
        }
    }
}
