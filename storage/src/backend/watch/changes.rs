//! What a commit has changed: one change for each row, whatever way the row took.

use crate::backend::{ByteTable, Bytes, KeyBytes};
use std::{
    collections::{HashMap, hash_map::Entry},
    sync::Arc,
};

/// What one commit has changed of what is watched.
#[derive(Debug)]
pub(crate) struct CommitChanges {
    number: u64,
    changes: Vec<NetChange>,
    /// How many bytes they take.
    len: usize,
    /// It has changed more than anybody has room for.
    is_too_much: bool,
}

/// What a write has made of one row.
#[derive(Clone, Debug)]
pub(crate) struct NetChange {
    pub(super) table: Arc<ByteTable>,
    pub(super) key: KeyBytes,
    pub(super) before: Image,
    pub(super) after: Image,
}

/// A row before or after a change.
#[derive(Clone, Debug)]
pub(crate) enum Image {
    /// There is none.
    Absent,
    /// There is one, and nobody asked for its value.
    Present,
    /// What is stored.
    Row(Arc<[u8]>),
}

/// What a change takes besides its bytes.
const CHANGE_LEN: usize = size_of::<NetChange>();

impl CommitChanges {
    /// Of `changes`, which came in this order, one is left for each row: what was there first, and what is there last.
    pub(super) fn new(number: u64, changes: Vec<NetChange>, is_too_much: bool) -> Self {
        let changes = if changes.len() > 1 && !is_too_much { joined(changes) } else { changes };
        let len = changes.iter().fold(0, |len: usize, change| len.saturating_add(change.len()));
        Self { number, changes, len, is_too_much }
    }

    pub(crate) const fn number(&self) -> u64 {
        self.number
    }

    /// The rows that are not what they were, in the order in which they were first changed.
    pub(crate) fn changes(&self) -> &[NetChange] {
        &self.changes
    }

    pub(super) const fn is_too_much(&self) -> bool {
        self.is_too_much
    }

    /// How many bytes it takes.
    pub(super) const fn len(&self) -> usize {
        self.len
    }

    /// The tables that it has changed, each once.
    pub(crate) fn tables(&self) -> impl Iterator<Item = &str> {
        let is_first = |place: usize, name: &str| {
            !self.changes.iter().take(place).any(|earlier| earlier.table() == name)
        };
        let names = self.changes.iter().map(NetChange::table).enumerate();
        names.filter(move |(place, name)| is_first(*place, name)).map(|(_, name)| name)
    }
}

impl NetChange {
    pub(crate) fn table(&self) -> &str {
        self.table.name()
    }

    pub(crate) fn key(&self) -> &[u8] {
        &self.key
    }

    pub(crate) const fn before(&self) -> &Image {
        &self.before
    }

    pub(crate) const fn after(&self) -> &Image {
        &self.after
    }

    pub(super) fn len(&self) -> usize {
        let bytes = self.key.len().saturating_add(self.before.len());
        bytes.saturating_add(self.after.len()).saturating_add(CHANGE_LEN)
    }

    pub(super) fn without_rows(self) -> Self {
        Self { key: KeyBytes::default(), before: Image::Absent, after: Image::Absent, ..self }
    }

    const fn is_none(&self) -> bool {
        !self.before.is_there() && !self.after.is_there()
    }
}

impl Image {
    pub(crate) const fn is_there(&self) -> bool {
        !matches!(self, Self::Absent)
    }

    /// What is stored, where it was asked for.
    pub(crate) fn bytes(&self) -> Option<Bytes> {
        match self {
            Self::Row(bytes) => Some(Bytes::shared(bytes)),
            Self::Absent | Self::Present => None,
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Row(bytes) => bytes.len(),
            Self::Absent | Self::Present => 0,
        }
    }
}

/// One change for each row. A row that came and went is not among them.
fn joined(changes: Vec<NetChange>) -> Vec<NetChange> {
    let mut places = HashMap::with_capacity(changes.len());
    let mut joined: Vec<NetChange> = Vec::with_capacity(changes.len());
    for change in changes {
        match places.entry((Arc::clone(&change.table), change.key.clone())) {
            Entry::Vacant(entry) => {
                entry.insert(joined.len());
                joined.push(change);
            }
            Entry::Occupied(entry) => {
                if let Some(earlier) = joined.get_mut(*entry.get()) {
                    earlier.after = change.after;
                }
            }
        }
    }
    joined.retain(|change| !change.is_none());
    joined
}
