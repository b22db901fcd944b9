//! How each row of a batch is written, so that the outcome is that of one `put` after the other.
//!
//! Most rows are new and share no unique key with another: it does not matter when they are written, so they are
//! written in the order of the table. Only those for which it matters are written one by one.

use super::{
    IndexTable, Reader, Row, Table,
    entries::Entries,
    sorter::{SortedItem, Sorter},
};
use crate::{backend::ByteWriter, error::Result, invariant::Invariant};
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    iter,
    ops::Bound,
};

/// How a row is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Way {
    /// With others, in the order of their keys: it is new, and nobody else has its unique keys.
    #[default]
    Sorted,
    /// In the place of the row that is there, whose entries go; in the order of the keys, too.
    Replacing,
    /// Not at all: a later row of the batch has its key.
    Superseded,
    /// After all others, one by one in the order they came: one of its unique keys is also that of a row under another
    /// key, in the batch or in the table. It may have to wait until that row gives it up, or be refused.
    InTurn,
}

/// The ways of the rows of a batch.
#[derive(Debug, Default)]
pub(super) struct Plan<'a> {
    /// By the rows' ordinals. All behind the end are sorted.
    ways: Vec<Way>,
    /// The keys of the rows that are in the table already, and whose entries are written in turn.
    written_in_turn: BTreeMap<u32, &'a [u8]>,
}

impl<'a> Plan<'a> {
    /// The plan for `rows` and their entries in every index. Among the entries are those of the first `written_count`
    /// rows of the batch, which are in the table already.
    pub(super) fn new<L: Row, A>(
        table: &Table<L, A>,
        writer: &dyn ByteWriter,
        rows: &Sorter,
        entries: &'a [Entries],
        written_count: u32,
    ) -> Result<Self> {
        let mut plan = Self::default();
        let mut contested = BTreeSet::new();
        for (index, entries) in table.shared.indexes.iter().zip(entries) {
            if index.schema().is_unique() {
                add_contested(&mut contested, writer, index, entries)?;
            }
        }
        if !contested.is_empty() && written_count > 0 {
            for entries in entries {
                plan.add_written(entries, written_count, &contested);
            }
        }
        plan.add_rows(table, writer, rows, &contested)?;
        Ok(plan)
    }

    /// Says the ways of the first `written_count` rows, which are in the table already.
    fn add_written(
        &mut self,
        entries: &'a Entries,
        written_count: u32,
        contested: &BTreeSet<Cow<'_, [u8]>>,
    ) {
        for entry in entries.merge().filter(|entry| entry.order < written_count) {
            let (_, primary_key) = entry.keys();
            if contested.contains(primary_key) {
                self.set(entry.order, Way::InTurn);
                self.written_in_turn.insert(entry.order, primary_key);
            }
        }
    }

    /// Says the ways of `rows`; `contested` are the keys of those that share a unique key.
    fn add_rows<L: Row, A>(
        &mut self,
        table: &Table<L, A>,
        writer: &dyn ByteWriter,
        rows: &Sorter,
        contested: &BTreeSet<Cow<'_, [u8]>>,
    ) -> Result<()> {
        let mut rows = rows.merge().peekable();
        let Some(first) = rows.peek() else { return Ok(()) };
        let is_behind_all = lies_behind_all(table, writer, first.key)?;
        while let Some(SortedItem { key, order, .. }) = rows.next() {
            let way = if !contested.is_empty() && contested.contains(key) {
                Way::InTurn
            } else if rows.peek().is_some_and(|next| next.key == key) {
                Way::Superseded
            } else if !is_behind_all && table.has_in(writer, key)? {
                Way::Replacing
            } else {
                continue;
            };
            self.set(order, way);
        }
        Ok(())
    }

    /// Whether there is no other way among them, and so no need to go through the rows again.
    pub(super) const fn are_all_sorted(&self) -> bool {
        self.ways.is_empty()
    }

    /// The way of the row that has this ordinal.
    pub(super) fn way(&self, order: u32) -> Way {
        self.ways.get(place(order)).copied().unwrap_or_default()
    }

    /// The keys of the rows that are in the table already and whose entries are written in turn, as they came.
    pub(super) fn written_in_turn(&self) -> impl Iterator<Item = &'a [u8]> {
        self.written_in_turn.values().copied()
    }

    fn set(&mut self, order: u32, way: Way) {
        let place = place(order);
        let missing = place.saturating_add(1).saturating_sub(self.ways.len());
        self.ways.extend(iter::repeat_n(Way::Sorted, missing));
        if let Some(known) = self.ways.get_mut(place) {
            *known = way;
        }
    }
}

fn place(order: u32) -> usize {
    usize::try_from(order).invariant("a batch lies in memory")
}

/// Whether `key` comes after that of every row in the table.
pub(super) fn lies_behind_all<L: Row, A>(
    table: &Table<L, A>,
    writer: &dyn ByteWriter,
    key: &[u8],
) -> Result<bool> {
    let last = writer.last_key(table.byte_table(), Bound::Unbounded, Bound::Unbounded)?;
    Ok(last.is_none_or(|last| *last < *key))
}

/// Adds to `contested` the primary keys of all that share a key of a unique index: of entries with each other, and of
/// an entry and one that is there.
fn add_contested<'a>(
    contested: &mut BTreeSet<Cow<'a, [u8]>>,
    writer: &dyn ByteWriter,
    index: &IndexTable,
    entries: &'a Entries,
) -> Result<()> {
    let has_entries = writer.len(index.byte_table())? > 0;
    let mut last = None;
    for entry in entries.merge() {
        let (index_key, primary_key) = entry.keys();
        if let Some((last_index_key, last_primary_key)) = last
            && last_index_key == index_key
        {
            if last_primary_key != primary_key {
                contested.extend([last_primary_key, primary_key].map(Cow::Borrowed));
            }
        } else if has_entries {
            match index.holder(&Reader::Writer(writer), index_key) {
                Ok(Some(holder)) if *holder != *primary_key => {
                    contested.insert(Cow::Borrowed(primary_key));
                    contested.insert(Cow::Owned(holder.to_vec()));
                }
                Ok(_) => {}
                // A damaged entry matters only to who comes to have its key.
                Err(error) if error.is_of_one_row() => {
                    contested.insert(Cow::Borrowed(primary_key));
                }
                Err(error) => return Err(error),
            }
        }
        last = Some((index_key, primary_key));
    }
    Ok(())
}
