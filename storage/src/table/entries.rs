//! Entries of one index, gathered and sorted.

use super::sorter::{SortedItem, Sorter};
use crate::invariant::Invariant;

/// Entries that are gathered for one index.
#[derive(Debug, Default)]
pub(super) struct Entries(Sorter);

/// An entry: an index key, followed by the primary key of its row.
#[derive(Clone, Copy, Debug)]
pub(super) struct SortedEntry<'a> {
    pub(super) bytes: &'a [u8],
    /// The length of the index key, as it is kept.
    index_key_len: &'a [u8],
    /// The ordinal of its row.
    pub(super) order: u32,
}

impl Entries {
    /// Takes an entry of the row that has this ordinal.
    pub(super) fn push(&mut self, index_key: &[u8], primary_key: &[u8], order: u32) {
        let len = u32::try_from(index_key.len()).invariant("its length was checked");
        if self.0.push([index_key, primary_key], order, &len.to_le_bytes()) {
            self.0.store();
        }
    }

    /// How many bytes of memory they fill.
    pub(super) const fn len(&self) -> usize {
        self.0.len()
    }

    /// Sorts what was gathered.
    pub(super) fn store(&mut self) {
        self.0.store();
    }

    /// The entries in their order, those that were sorted.
    pub(super) fn merge(&self) -> impl Iterator<Item = SortedEntry<'_>> {
        self.0.merge().map(|SortedItem { key, value, order }| SortedEntry {
            bytes: key,
            index_key_len: value,
            order,
        })
    }

    /// Forgets all entries, and keeps the memory for others.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}

impl<'a> SortedEntry<'a> {
    /// The index key and the primary key.
    pub(super) fn keys(&self) -> (&'a [u8], &'a [u8]) {
        let len = self.index_key_len.first_chunk().copied();
        let len = u32::from_le_bytes(len.invariant("an entry has the length of its key"));
        let len = usize::try_from(len).invariant("it was a length");
        self.bytes.split_at_checked(len).invariant("the index key is a part of the entry")
    }
}
