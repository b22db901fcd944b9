//! What the rows of a table are sealed with: known when the catalogue was asked.

use super::FIRST_LAYOUT;
use crate::{
    codec::Seal,
    hash::hash,
    index::IndexSeal,
    invariant::Invariant,
    schema::{Description, IndexShape},
};
use std::sync::OnceLock;

/// The number of the form of page tokens.
const TOKEN_FORM: u16 = 1;

/// The seals of a table. A table that was renamed keeps the name its rows were sealed with, so that none need be
/// written anew.
#[derive(Debug)]
pub(crate) struct TableSeals {
    fingerprints: Fingerprints,
    /// With the table's own name, until the catalogue was asked.
    by_name: Seals,
    /// With the name that the catalogue says.
    settled: OnceLock<Seals>,
}

/// What of a table is in its seals besides the name.
#[derive(Debug)]
struct Fingerprints {
    layout: u64,
    key: u64,
    /// Of the definitions of the indexes, in the order of their declaration.
    indexes: Vec<u64>,
}

/// The seals by one name.
#[derive(Debug)]
struct Seals {
    name: Box<str>,
    values: Seal,
    tokens: Seal,
    indexes: Vec<IndexSeal>,
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
        let by_name = fingerprints.seals(table);
        Self { fingerprints, by_name, settled: OnceLock::new() }
    }

    /// Whether it is known what the rows are sealed with.
    #[inline]
    pub(crate) fn is_settled(&self) -> bool {
        self.settled.get().is_some()
    }

    /// From here on the rows are sealed with `name`; `false` if they are with another one.
    pub(super) fn settle(&self, name: &str) -> bool {
        *self.settled.get_or_init(|| self.fingerprints.seals(name)).name == *name
    }

    #[inline]
    fn seals(&self) -> &Seals {
        self.settled.get().unwrap_or(&self.by_name)
    }

    /// What the table's values are sealed with.
    #[inline]
    pub(crate) fn values(&self) -> Seal {
        self.seals().values
    }

    /// What page tokens of the table are sealed with: the name and the type of its keys, so that they outlive changes
    /// of anything else.
    pub(crate) fn tokens(&self) -> Seal {
        self.seals().tokens
    }

    /// What the entries of the index of this number are sealed with.
    #[inline]
    pub(crate) fn index(&self, number: usize) -> IndexSeal {
        self.seals().indexes.get(number).copied().invariant("each index of a table has a seal")
    }
}

impl Fingerprints {
    fn seals(&self, name: &str) -> Seals {
        Seals {
            name: name.into(),
            values: Seal::new(name, FIRST_LAYOUT, self.layout),
            tokens: Seal::new(name, TOKEN_FORM, self.key),
            indexes: self.indexes.iter().map(|index| IndexSeal::new(name, *index)).collect(),
        }
    }
}
