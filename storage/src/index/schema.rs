//! The declaration of a secondary index.

use crate::{
    error::ReportedKey,
    key::{self, Key, KeyLen},
    schema::{IndexShape, Shape},
};

/// A secondary index of a record.
#[derive(Clone, Copy, Debug)]
pub struct IndexSchema {
    name: &'static str,
    unique: bool,
    source: &'static str,
    key: KeyFunctions,
}

/// What the catalogue, error messages and entries need of an index's key type.
#[derive(Clone, Copy, Debug)]
struct KeyFunctions {
    describe: fn() -> Shape,
    report: fn(&[u8]) -> ReportedKey,
    len: KeyLen,
    width: Option<usize>,
}

impl IndexSchema {
    /// An index `name` with keys of type `K` over `source` (`country, region`; `with path::to::fn`).
    #[must_use]
    pub const fn new<K: Key>(name: &'static str, unique: bool, source: &'static str) -> Self {
        let key = KeyFunctions {
            describe: K::describe,
            report: key::report_inner::<K>,
            len: key::inner_len::<K>,
            width: K::WIDTH,
        };
        Self { name, unique, source, key }
    }

    /// Returns its name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Returns whether it is unique: whether no two records may have the same key in it.
    #[must_use]
    pub const fn is_unique(&self) -> bool {
        self.unique
    }

    /// Returns what its keys are made of, as text: the fields, or the function.
    #[must_use]
    pub const fn source(&self) -> &'static str {
        self.source
    }

    /// What the catalogue remembers of it.
    #[must_use]
    pub fn shape(&self) -> IndexShape {
        IndexShape {
            name: self.name.to_owned(),
            is_unique: self.unique,
            key: (self.key.describe)(),
            source: self.source.to_owned(),
        }
    }

    /// How long the index key at the start of an entry's key is.
    pub(crate) const fn key_len(&self) -> KeyLen {
        self.key.len
    }

    /// The length of every key, where it is the same.
    pub(crate) const fn key_width(&self) -> Option<usize> {
        self.key.width
    }

    /// An encoded key as an error reports it.
    pub(crate) fn report_key(&self, key: &[u8]) -> ReportedKey {
        (self.key.report)(key)
    }
}
