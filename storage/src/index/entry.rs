//! An index entry: the bytes of its key, and the seal that is its value.

use crate::{
    codec::Seal,
    error::Damage,
    key::{KeyBuf, KeyLen},
};

/// What the entries of one index are sealed with. An entry has no value, so its seal guards its key.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct IndexSeal(Seal);

/// The number of the form of entries.
const ENTRY_LAYOUT: u16 = 1;

impl IndexSeal {
    /// Of the index that `fingerprint` is of, of the table that is sealed with the name `table`.
    pub(crate) fn new(table: &str, fingerprint: u64) -> Self {
        Self(Seal::new(table, ENTRY_LAYOUT, fingerprint))
    }

    /// The key and value of the entry of `index_key` and `primary_key`.
    pub(crate) fn entry(self, index_key: &[u8], primary_key: &[u8]) -> (KeyBuf, Vec<u8>) {
        let mut key = KeyBuf::from(index_key);
        key.extend(primary_key);
        let mut value = Vec::new();
        self.0.close(&key, &mut value);
        (key, value)
    }

    /// Replaces the content of `value` with the value of the entry `key`.
    pub(crate) fn seal(self, key: &[u8], value: &mut Vec<u8>) {
        value.clear();
        self.0.close(key, value);
    }

    /// Checks a stored entry.
    pub(crate) fn verify(self, key: &[u8], value: &[u8]) -> Result<(), Damage> {
        match self.0.verified(key, value)? {
            [] => Ok(()),
            body => Err(Damage::Length { len: body.len() }),
        }
    }
}

/// The index key and the primary key of an entry.
pub(crate) fn split_entry(entry: &[u8], key_len: KeyLen) -> Result<(&[u8], &[u8]), Damage> {
    let len = key_len(entry)?;
    entry.split_at_checked(len).ok_or(Damage::Length { len: entry.len() })
}
