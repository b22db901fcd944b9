//! What the rows of a table are sealed with: known when the catalogue was asked.

use super::{
    layouts::FIRST_LAYOUT,
    rows::{FEED_NAME, index_table},
};
use crate::{
    chain::Chain,
    codec::Seal,
    hash::hash,
    index::IndexSeal,
    invariant::Invariant,
    schema::{Description, IndexShape},
};

/// The number of the form of the entries of a feed.
const FEED_FORM: u16 = 1;
/// The number of the form of page tokens.
const TOKEN_FORM: u16 = 1;

/// The seals of a table. A table that was renamed keeps the name its rows were sealed with, so that none need be
/// written anew.
#[derive(Debug)]
pub(crate) struct TableSeals {
    fingerprints: Fingerprints,
    /// As the first rows of the table are sealed, until the catalogue was asked.
    of_new: Seals,
    /// With the name and the number that the catalogue has said, last.
    settled: Chain<Seals>,
}

/// What of a table is in its seals besides the name and the number.
#[derive(Debug)]
struct Fingerprints {
    layout: u64,
    key: u64,
    /// Of the definitions of the indexes, in the order of their declaration.
    indexes: Vec<u64>,
}

/// The seals by one name, of one number of the layout.
#[derive(Debug)]
struct Seals {
    name: Box<str>,
    number: u16,
    values: Seal,
    tokens: Seal,
    feed: Seal,
    indexes: Vec<IndexSeal>,
}

/// The number of the declared layout in a state of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LayoutNumber {
    /// The file has the layout.
    Entered(u16),
    /// The file does not have it yet; this is the first that is free.
    Free(u16),
}

impl TableSeals {
    /// Of `table`, of which the code, or the file, says `description`.
    pub(crate) fn new(table: &str, description: &Description) -> Self {
        Self::of_layout(table, description, description.layout_fingerprint())
    }

    /// The same; `layout` is the fingerprint of the layout.
    pub(super) fn of_layout(table: &str, description: &Description, layout: u64) -> Self {
        let key = description.key_fingerprint();
        let index = |index: &IndexShape| hash(index.text().as_bytes(), key);
        let indexes = description.indexes.iter().map(index).collect();
        let fingerprints = Fingerprints { layout, key, indexes };
        let of_new = fingerprints.seals(table, FIRST_LAYOUT);
        Self { fingerprints, of_new, settled: Chain::new() }
    }

    /// Whether it is known what the rows are sealed with.
    #[inline]
    pub(crate) fn is_settled(&self) -> bool {
        self.settled.last().is_some()
    }

    /// From here on the rows are sealed with `name` and a number that no other layout has; `false` if they are with
    /// another name.
    pub(super) fn settle(&self, name: &str, number: LayoutNumber) -> bool {
        let number = match number {
            // Where it is free in an older state, it may have been entered since.
            LayoutNumber::Free(free) if self.is_settled() => self.number().max(free),
            LayoutNumber::Free(number) | LayoutNumber::Entered(number) => number,
        };
        self.settle_exactly(name, number)
    }

    /// The same with this very number.
    pub(super) fn settle_exactly(&self, name: &str, number: u16) -> bool {
        loop {
            match self.settled.last() {
                Some(seals) if *seals.name != *name => return false,
                Some(seals) if seals.number == number => return true,
                _ => self.settled.push(self.fingerprints.seals(name, number)),
            }
        }
    }

    #[inline]
    fn seals(&self) -> &Seals {
        self.settled.last().unwrap_or(&self.of_new)
    }

    /// The name that the rows are sealed with.
    pub(super) fn name(&self) -> &str {
        &self.seals().name
    }

    /// The number of the layout that rows are written in.
    #[inline]
    pub(crate) fn number(&self) -> u16 {
        self.seals().number
    }

    /// What the values of the declared layout are sealed with.
    #[inline]
    pub(crate) fn values(&self) -> Seal {
        self.seals().values
    }

    /// What the values of the declared layout are sealed with where it has this number.
    pub(crate) fn of_number(&self, number: u16) -> Seal {
        let seals = self.seals();
        match seals.number == number {
            true => seals.values,
            false => Seal::new(&seals.name, number, self.fingerprints.layout),
        }
    }

    /// What page tokens of the table are sealed with: the name and the type of its keys, so that they outlive changes
    /// of anything else.
    pub(crate) fn tokens(&self) -> Seal {
        self.seals().tokens
    }

    /// What the entries of the table's feed are sealed with: the name, and the type of the keys that are in them.
    pub(crate) fn feed(&self) -> Seal {
        self.seals().feed
    }

    /// What the entries of the index of this number are sealed with.
    #[inline]
    pub(crate) fn index(&self, number: usize) -> IndexSeal {
        self.seals().indexes.get(number).copied().invariant("each index of a table has a seal")
    }
}

impl Fingerprints {
    fn seals(&self, name: &str, number: u16) -> Seals {
        Seals {
            name: name.into(),
            number,
            values: Seal::new(name, number, self.layout),
            tokens: Seal::new(name, TOKEN_FORM, self.key),
            feed: Seal::new(&index_table(name, FEED_NAME), FEED_FORM, self.key),
            indexes: self.indexes.iter().map(|index| IndexSeal::new(name, *index)).collect(),
        }
    }
}
