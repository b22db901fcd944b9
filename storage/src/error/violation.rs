//! Records that break a rule of their table.

use super::ReportedKey;
use thiserror::Error;

/// A record that was to be new, or to move to another key, under a key that has a record. Nothing was written.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("table `{table}` already has a record with key {key}; {}", self.way_out())]
pub struct AlreadyExists {
    pub(crate) table: String,
    pub(crate) key: ReportedKey,
    pub(crate) moved_from: Option<ReportedKey>,
}

impl AlreadyExists {
    /// The table.
    #[must_use]
    pub fn table(&self) -> &str {
        &self.table
    }

    /// The primary key of both records, as text.
    #[must_use]
    pub fn key(&self) -> &str {
        self.key.text()
    }

    /// The primary key of both records, as [`key::decode`](crate::key::decode) reads it.
    #[must_use]
    pub const fn key_bytes(&self) -> &[u8] {
        self.key.bytes()
    }

    /// The primary key, as text, that the refused record has until now, where a changed key would have moved it.
    #[must_use]
    pub fn moved_from(&self) -> Option<&str> {
        self.moved_from.as_ref().map(ReportedKey::text)
    }

    fn way_out(&self) -> String {
        self.moved_from.as_ref().map_or_else(
            || "use `put` to replace it".to_owned(),
            |from| format!("delete it first, or let the changed record keep its key {from}"),
        )
    }
}

/// A closure was asked for the record of one key and returned that of another. Nothing was written.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error(
    "table `{table}`: the closure returned a record with key {returned} for key {asked}; return one with key \
     {asked}, or use `update` to move a record to another key"
)]
pub struct OtherKey {
    pub(crate) table: String,
    pub(crate) asked: ReportedKey,
    pub(crate) returned: ReportedKey,
}

impl OtherKey {
    /// The table.
    #[must_use]
    pub fn table(&self) -> &str {
        &self.table
    }

    /// The primary key that was asked for, as text.
    #[must_use]
    pub fn asked(&self) -> &str {
        self.asked.text()
    }

    /// The primary key that was asked for, as [`key::decode`](crate::key::decode) reads it.
    #[must_use]
    pub const fn asked_bytes(&self) -> &[u8] {
        self.asked.bytes()
    }

    /// The primary key of the record that was returned, as text.
    #[must_use]
    pub fn returned(&self) -> &str {
        self.returned.text()
    }

    /// The primary key of the record that was returned, as [`key::decode`](crate::key::decode) reads it.
    #[must_use]
    pub const fn returned_bytes(&self) -> &[u8] {
        self.returned.bytes()
    }
}

/// Two records with one key of a unique index. Nothing was written.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error(
    "table `{table}`, unique index `{index}`: record {refused} has the same key {index_key} as record {holder}; \
     change one of them, or delete record {holder} first"
)]
pub struct UniqueViolation {
    pub(crate) table: String,
    pub(crate) index: String,
    pub(crate) index_key: ReportedKey,
    pub(crate) holder: ReportedKey,
    pub(crate) refused: ReportedKey,
}

impl UniqueViolation {
    /// The table.
    #[must_use]
    pub fn table(&self) -> &str {
        &self.table
    }

    /// The index.
    #[must_use]
    pub fn index(&self) -> &str {
        &self.index
    }

    /// The index key that both records have, as text.
    #[must_use]
    pub fn index_key(&self) -> &str {
        self.index_key.text()
    }

    /// The index key that both records have, as a part that another part follows:
    /// [`Key::decode`](crate::Key::decode) reads it at [`Place::Inner`](crate::key::Place::Inner).
    #[must_use]
    pub const fn index_key_bytes(&self) -> &[u8] {
        self.index_key.bytes()
    }

    /// The primary key of the record that is stored, as text.
    #[must_use]
    pub fn holder(&self) -> &str {
        self.holder.text()
    }

    /// The primary key of the record that is stored, as [`key::decode`](crate::key::decode) reads it.
    #[must_use]
    pub const fn holder_bytes(&self) -> &[u8] {
        self.holder.bytes()
    }

    /// The primary key of the record that was refused, as text.
    #[must_use]
    pub fn refused(&self) -> &str {
        self.refused.text()
    }

    /// The primary key of the record that was refused, as [`key::decode`](crate::key::decode) reads it.
    #[must_use]
    pub const fn refused_bytes(&self) -> &[u8] {
        self.refused.bytes()
    }
}

/// Two records that would have one key once they have got their new ones, by
/// [`Storage::rekey`](crate::Storage::rekey). Nothing was changed.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error(
    "the records of table `{table}` cannot get their new keys: {first} and {second} would both have the key {key}; \
     change one of them, or delete it"
)]
pub struct KeyCollision {
    pub(crate) table: String,
    pub(crate) key: ReportedKey,
    pub(crate) first: ReportedKey,
    pub(crate) second: ReportedKey,
}

impl KeyCollision {
    /// The table.
    #[must_use]
    pub fn table(&self) -> &str {
        &self.table
    }

    /// The new key that both records would have, as text.
    #[must_use]
    pub fn key(&self) -> &str {
        self.key.text()
    }

    /// The key that the first of them has, as text.
    #[must_use]
    pub fn first(&self) -> &str {
        self.first.text()
    }

    /// The key that the first of them has, as [`key::decode`](crate::key::decode) reads it.
    #[must_use]
    pub const fn first_bytes(&self) -> &[u8] {
        self.first.bytes()
    }

    /// The key that the second of them has, as text.
    #[must_use]
    pub fn second(&self) -> &str {
        self.second.text()
    }

    /// The key that the second of them has, as [`key::decode`](crate::key::decode) reads it.
    #[must_use]
    pub const fn second_bytes(&self) -> &[u8] {
        self.second.bytes()
    }
}
