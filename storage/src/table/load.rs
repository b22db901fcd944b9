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
    index::{IndexSeal, Indexer},
    key::KeyBuf,
};
use std::ops::{Bound, Range};

/// A batch is written when it takes as many bytes as this.
const BATCH_BYTES_MAX: usize = 40 * 1024 * 1024;

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

/// A key and its value in the arena. The value of an index entry is its primary key, which ends the key as well.
#[derive(Clone, Copy)]
struct Slot {
    /// The first bytes of the key as a number, which decides most comparisons.
    prefix: u64,
    key: Span,
    value: Span,
}

/// A place in the arena.
#[derive(Clone, Copy)]
struct Span {
    start: usize,
    len: u32,
}

impl Span {
    fn range(self) -> Range<usize> {
        let len = usize::try_from(self.len).unwrap_or(usize::MAX);
        self.start..self.start.saturating_add(len)
    }
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
        let slot = Slot::new(key, self.keep(key), self.keep(&encoded));
        self.encoded = encoded;
        let last = self.rows.last().map(|last| bytes(&self.arena, last.key));
        self.is_sorted &= last.is_none_or(|last| last < key);
        self.rows.push(slot);
        self.keep_entries(key, value)?;
        self.loaded = self.loaded.saturating_add(1);
        if self.len() < BATCH_BYTES_MAX {
            return Ok(false);
        }
        self.flush(writer).map(|()| true)
    }

    fn keep_entries(&mut self, primary_key: &[u8], value: &Owned<L>) -> Result<()> {
        for (number, indexer) in L::indexers().iter().enumerate() {
            for index_key in indexer.keys_of(value) {
                if let Some(index) = self.table.shared.indexes.get(number) {
                    super::check_key_len(index.table.name(), &index_key)?;
                }
                let mut key = self.keep(&index_key);
                let value = self.keep(primary_key);
                key.len = key.len.saturating_add(value.len);
                let slot = Slot::new(bytes(&self.arena, key), key, value);
                if let Some(entries) = self.entries.get_mut(number) {
                    entries.push(slot);
                }
            }
        }
        Ok(())
    }

    /// Appends to the arena.
    fn keep(&mut self, bytes: &[u8]) -> Span {
        let start = self.arena.len();
        self.arena.extend_from_slice(bytes);
        // A key has at most 64 KiB, a value 2 GiB.
        Span { start, len: u32::try_from(bytes.len()).unwrap_or(u32::MAX) }
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
        } else if self.are_new(writer)? {
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
        let first = self.rows.first().map(|row| bytes(&self.arena, row.key));
        if last.is_none_or(|last| first.is_some_and(|first| *last.key < *first)) {
            return Ok(true);
        }
        for row in &self.rows {
            if writer.get(table, bytes(&self.arena, row.key))?.is_some() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Writes the rows; of several with one key the last stays.
    fn write_rows(&self, writer: &dyn ByteWriter) -> Result<()> {
        let rows = self.rows.iter();
        let rows = rows.map(|row| (bytes(&self.arena, row.key), bytes(&self.arena, row.value)));
        writer.insert_sorted(self.table.byte_table(), &mut Pairs::new(rows))
    }

    /// Writes the entries of every index; all rows are new.
    fn write_entries(&mut self, writer: &dyn ByteWriter) -> Result<()> {
        let indexes = L::indexers().iter().zip(&self.table.shared.indexes);
        for ((indexer, index), entries) in indexes.zip(&mut self.entries) {
            sort(entries, &self.arena);
            if indexer.schema().is_unique() {
                check_unique(self.table, writer, (indexer, index), entries, &self.arena)?;
            }
            let keys = entries.iter().map(|entry| bytes(&self.arena, entry.key));
            writer.insert_sorted(&index.table, &mut Entries::new(keys, index.seal))?;
        }
        Ok(())
    }

    /// Writes the rows one by one in the order they came: some replace others, and their index entries go.
    #[cold]
    fn replace_each(&mut self, writer: &dyn ByteWriter) -> Result<()> {
        self.rows.sort_unstable_by_key(|row| row.key.start);
        for row in &self.rows {
            let (key, value) = (bytes(&self.arena, row.key), bytes(&self.arena, row.value));
            let decoded = self.table.decode(key, value)?;
            let row = NewRow { value: &decoded, bytes: value };
            self.table.replace(writer, key, Some(&row))?;
        }
        Ok(())
    }
}

/// Checks that no two entries, and no entry and one that is there, have the same index key.
fn check_unique<L: Row, A: Access>(
    table: &Table<L, A>,
    writer: &dyn ByteWriter,
    (indexer, index): (&Indexer<Owned<L>>, &IndexTable),
    entries: &[Slot],
    arena: &[u8],
) -> Result<()> {
    let primary_key = |entry: &Slot| bytes(arena, entry.value);
    let index_key = |entry: &Slot| {
        let key = bytes(arena, entry.key);
        key.get(..key.len().saturating_sub(primary_key(entry).len())).unwrap_or_default()
    };
    let is_empty = writer.len(&index.table)? == 0;
    let mut last: Option<&Slot> = None;
    for entry in entries {
        let key = index_key(entry);
        let twin = last.filter(|last| index_key(last) == key).map(primary_key);
        let holder = match twin {
            Some(twin) => Some(KeyBuf::from(twin)),
            None if is_empty => None,
            None => first_holder(&Reader::Writer(writer), index, key)?,
        };
        if let Some(holder) = holder {
            return Err(table.violation(indexer, key, &holder, primary_key(entry)));
        }
        last = Some(entry);
    }
    Ok(())
}

impl Slot {
    fn new(key_bytes: &[u8], key: Span, value: Span) -> Self {
        let mut prefix = [0; 8];
        prefix.iter_mut().zip(key_bytes).for_each(|(prefix, byte)| *prefix = *byte);
        Self { prefix: u64::from_be_bytes(prefix), key, value }
    }
}

fn bytes(arena: &[u8], span: Span) -> &[u8] {
    arena.get(span.range()).unwrap_or_default()
}

/// Sorts by key, and what has one key in the order it came.
fn sort(slots: &mut [Slot], arena: &[u8]) {
    slots.sort_unstable_by(|a, b| {
        let keys = || bytes(arena, a.key).cmp(bytes(arena, b.key));
        a.prefix.cmp(&b.prefix).then_with(keys).then(a.key.start.cmp(&b.key.start))
    });
}

fn is_repeated(arena: &[u8], pair: &[Slot]) -> bool {
    match pair {
        [a, b] => a.prefix == b.prefix && bytes(arena, a.key) == bytes(arena, b.key),
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
