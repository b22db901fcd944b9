//! Which table: its name, and the length of its keys where all have one.

use super::engine::FixedKey;
use crate::hash::hash;
use std::{
    fmt,
    hash::{BuildHasherDefault, Hash, Hasher},
};

/// A table of the engine.
///
/// `"users".into()` names a table whatever its keys are; a new table made by that name takes keys of any length.
#[derive(Clone)]
pub struct ByteTable {
    name: Box<str>,
    /// Of the name, made once: tables are looked up at every call.
    hash: u64,
    key_len: Option<usize>,
}

impl ByteTable {
    /// The table `name`, whose keys are all `key_len` bytes long, if they are. The engine then finds them faster and
    /// keeps them in less room.
    #[must_use]
    pub fn new(name: &str, key_len: Option<usize>) -> Self {
        let key_len = key_len.filter(|len| FixedKey::LENGTHS.contains(len));
        Self { name: name.into(), hash: hash(name.as_bytes(), 0), key_len }
    }

    /// The table's name.
    #[must_use]
    pub const fn name(&self) -> &str {
        &self.name
    }

    pub(super) const fn hash(&self) -> u64 {
        self.hash
    }

    /// Whoever writes around the catalogue need not say how long keys are: the name is what counts.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.hash == other.hash && self.name == other.name
    }

    /// Whether its rows are those of a table that a user has named: no index, and nothing of the catalogue.
    pub(super) fn has_rows_of_users(&self) -> bool {
        !self.name.contains('$')
    }

    /// The length of its keys, where the engine has a type for it.
    pub(super) const fn key_len(&self) -> Option<usize> {
        self.key_len
    }
}

impl From<&str> for ByteTable {
    fn from(name: &str) -> Self {
        Self::new(name, None)
    }
}

impl fmt::Debug for ByteTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteTable")
            .field("name", &self.name)
            .field("key_len", &self.key_len)
            .finish_non_exhaustive()
    }
}

/// By name: the engine has one table of a name, which a write opens once, whoever asks for it.
impl PartialEq for ByteTable {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for ByteTable {}

impl Hash for ByteTable {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.hash);
    }
}

/// Maps by table, whose hash is made already.
pub(super) type TableMap<T> = std::collections::HashMap<ByteTable, T, BuildHasherDefault<HashMade>>;

/// Returns the hash it was given.
#[derive(Debug, Default)]
pub(super) struct HashMade(u64);

impl Hasher for HashMade {
    fn write(&mut self, _: &[u8]) {}

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
