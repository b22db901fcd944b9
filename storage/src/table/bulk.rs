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
    Access, Row, Table,
    entries::Entries,
    plan::{Plan, Way, lies_behind_all},
    replace::NewRow,
    row::Owned,
    sorter::{SortedItem, Sorter},
};
use crate::{
    backend::{ByteWriter, SortedRows},
    error::Result,
    index::IndexKeys,
    key::KeyBuf,
};

/// A batch takes at most this part of the memory that the engine may use for pages,
const CACHE_PART: usize = 8;
/// but not less than so many bytes, and not more.
const BATCH_BYTES_MIN: usize = 40 * 1024 * 1024;
const BATCH_BYTES_MAX: usize = 256 * 1024 * 1024;

/// What becomes of rows that are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// They are replaced.
    Put,
    /// They are an error, and so is a key that comes twice.
    Insert,
}

/// Rows that are gathered for one table.
pub(super) struct BulkWriter<'t, L, A> {
    table: &'t Table<L, A>,
    mode: Mode,
    /// The rows of the batch that are not written yet.
    rows: Sorter,
    /// For each index the entries of all rows of the batch.
    entries: Vec<Entries>,
    /// How many rows the batch has.
    count: u32,
    /// Its first rows, if they were written at once. Their entries wait.
    written: Option<Written>,
    index_keys: Vec<IndexKeys>,
    encoded: Vec<u8>,
    loaded: u64,
    /// The number that the declared layout has in this write.
    number: u16,
}

/// Rows that were written at once.
struct Written {
    count: u32,
    last: KeyBuf,
}

impl<'t, L: Row, A: Access> BulkWriter<'t, L, A> {
    pub(super) fn new(table: &'t Table<L, A>, writer: &dyn ByteWriter, mode: Mode) -> Result<Self> {
        let indexers = L::indexers();
        Ok(Self {
            table,
            mode,
            number: table.shared.entry.enter(writer)?,
            rows: Sorter::default(),
            entries: indexers.iter().map(|_| Entries::default()).collect(),
            count: 0,
            written: None,
            index_keys: indexers.iter().map(|_| IndexKeys::default()).collect(),
            encoded: Vec::new(),
            loaded: 0,
        })
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
        let form = self.table.form();
        form.encode(key, value, &mut self.encoded)?;
        self.make_index_keys(value)?;
        let stored = form.numbered(self.number, key, &self.encoded);
        let is_time = self.rows.push([key, &[]], self.count, &stored);
        for (entries, index_keys) in self.entries.iter_mut().zip(&self.index_keys) {
            index_keys.iter().for_each(|index_key| entries.push(index_key, key, self.count));
        }
        self.count = self.count.saturating_add(1);
        self.loaded = self.loaded.saturating_add(1);
        let has_written = is_time && self.write_ascending(writer)?;
        if is_time && !has_written {
            self.rows.store();
        }
        if !self.is_full(writer) && self.count < u32::MAX {
            return Ok(has_written);
        }
        self.flush(writer).map(|()| true)
    }

    fn is_full(&self, writer: &dyn ByteWriter) -> bool {
        let part = || (writer.cache_len() / CACHE_PART).clamp(BATCH_BYTES_MIN, BATCH_BYTES_MAX);
        let len = self.len();
        len >= BATCH_BYTES_MIN && len >= part()
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
        self.entries.iter().map(Entries::len).sum::<usize>().saturating_add(self.rows.len())
    }

    /// Writes the rows of the batch if they came in order; with indexes, only if they also lie behind all that are
    /// there, and so are new. Their entries wait, so nobody else may change them meanwhile: a transaction that the
    /// stream does not have to itself can be written to between two of its items.
    fn write_ascending(&mut self, writer: &dyn ByteWriter) -> Result<bool> {
        let Some(rows) = self.rows.ascending() else { return Ok(false) };
        if !L::indexers().is_empty() || self.mode == Mode::Insert {
            let mut keys = self.rows.ascending().into_iter().flatten().map(|row| row.key);
            let Some(first) = keys.next() else { return Ok(false) };
            let is_behind_all = || match &self.written {
                Some(written) => Ok(*written.last < *first),
                None => lies_behind_all(self.table, writer, first),
            };
            if !A::COMMITTED || !is_behind_all()? {
                return Ok(false);
            }
            let last = KeyBuf::from(keys.last().unwrap_or(first));
            self.written = Some(Written { count: self.count, last });
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
        self.entries.iter_mut().for_each(Entries::store);
        let plan = self.plan(writer)?;
        self.write_sorted(writer, &plan)?;
        if !plan.are_all_sorted() {
            self.write_replacing(writer, &plan)?;
            self.write_in_turn(writer, &plan)?;
        }
        self.rows.clear();
        self.entries.iter_mut().for_each(Entries::clear);
        self.count = 0;
        self.written = None;
        Ok(())
    }

    /// How each row is written. Without an index all are put in the order of their keys: of one key the last stays.
    fn plan(&self, writer: &dyn ByteWriter) -> Result<Plan<'_>> {
        if self.entries.is_empty() && self.mode == Mode::Put {
            return Ok(Plan::default());
        }
        let written_count = self.written.as_ref().map_or(0, |written| written.count);
        let plan = Plan::new(self.table, writer, &self.rows, &self.entries, written_count)?;
        if self.mode == Mode::Insert && !plan.are_all_sorted() {
            let is_refused = |way| matches!(way, Way::Replacing | Way::Superseded);
            if let Some(row) = self.rows.merge().find(|row| is_refused(plan.way(row.order))) {
                return Err(self.table.already_exists(row.key));
            }
        }
        Ok(plan)
    }

    /// Writes the rows that are new, and their entries.
    fn write_sorted(&self, writer: &dyn ByteWriter, plan: &Plan<'_>) -> Result<()> {
        let is_sorted = |order| plan.way(order) == Way::Sorted;
        for (index, entries) in self.table.shared.indexes.iter().zip(&self.entries) {
            let entries = entries.merge().filter(|entry| is_sorted(entry.order));
            index.put_sorted(writer, entries.map(|entry| entry.bytes))?;
        }
        let rows = self.rows.merge().filter(|row| is_sorted(row.order));
        self.table.replace_sorted(writer, &mut Pairs::new(rows))
    }

    /// Writes the rows that replace others.
    fn write_replacing(&self, writer: &dyn ByteWriter, plan: &Plan<'_>) -> Result<()> {
        let rows = || self.rows.merge().filter(|row| plan.way(row.order) == Way::Replacing);
        rows().try_for_each(|row| self.replace(writer, &row))
    }

    /// Writes the rows that share unique keys in the order they came, until one is refused.
    fn write_in_turn(&self, writer: &dyn ByteWriter, plan: &Plan<'_>) -> Result<()> {
        // What was written at once came first.
        plan.written_in_turn().try_for_each(|key| self.enter_written(writer, key))?;
        let is_in_turn = |row: &SortedItem<'_>| plan.way(row.order) == Way::InTurn;
        let mut rows: Vec<_> = self.rows.merge().filter(is_in_turn).collect();
        rows.sort_unstable_by_key(|row| row.order);
        rows.iter().try_for_each(|row| {
            if self.mode == Mode::Insert && self.table.has_in(writer, row.key)? {
                return Err(self.table.already_exists(row.key));
            }
            self.replace(writer, row)
        })
    }

    fn replace(&self, writer: &dyn ByteWriter, row: &SortedItem<'_>) -> Result<()> {
        self.table.replace(writer, row.key, Some(&NewRow::of_stored(row.value))).map(drop)
    }

    /// Enters a row that was written at once in every index.
    fn enter_written(&self, writer: &dyn ByteWriter, key: &[u8]) -> Result<()> {
        let row = self.table.load_in(writer, key)?;
        row.map_or(Ok(()), |row| self.table.add_entries(writer, key, &row).map(drop))
    }
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
