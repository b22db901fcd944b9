//! The entries of an index beside the rows that they are of.

use super::{DynamicIndex, DynamicRows, field_keys::FieldKeys};
use crate::{
    error::{DynamicError, StorageError},
    key::ByteRange,
    table::State as _,
    value::Value,
};

/// How the entries of an index stand to the rows of its table.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct IndexFindings {
    /// How many entries rows should have, and how many of these are missing.
    pub expected: u64,
    /// The keys of rows that lack an entry, 100 at most.
    pub missing: Vec<Value>,
    /// How many rows lack one.
    pub missing_count: u64,
    /// How many entries there are beside those: of no row, of a row that has no such key, or of one that was not read.
    pub extra_count: u64,
    /// What could not be read: rows, and their entries with them.
    pub unread: Vec<StorageError>,
}

/// The most that is listed.
const LISTED_MAX: usize = 100;

impl IndexFindings {
    /// Whether the index has exactly the entries of all rows.
    #[must_use]
    pub const fn is_right(&self) -> bool {
        self.missing_count == 0 && self.extra_count == 0 && self.unread.is_empty()
    }
}

impl DynamicIndex {
    /// Compares the index with the rows of its table, in both directions; `None` if its keys are computed by code, or
    /// only some rows are in it, or if they are of fields that rows of an older layout do not have.
    ///
    /// # Errors
    ///
    /// [`StorageError::Database`] when the engine cannot read.
    pub fn verify(&self) -> Result<Option<IndexFindings>, DynamicError> {
        let known = &self.open.known;
        let Some(keys) = FieldKeys::new(self.shape(), &known.description) else { return Ok(None) };
        let mut found = IndexFindings::default();
        for row in DynamicRows::new(&self.open, &self.state, None, &ByteRange::ALL)? {
            let found_keys = row.and_then(|row| Ok((keys.of(|field| row.field(field))?, row)));
            let (row_keys, row) = match found_keys {
                Ok((Some(row_keys), row)) => (row_keys, row),
                Ok((None, _)) => return Ok(None),
                Err(DynamicError::Storage(error)) if error.is_corrupt() => {
                    if found.unread.len() < LISTED_MAX {
                        found.unread.push(error);
                    }
                    continue;
                }
                Err(error) => return Err(error),
            };
            for key in row_keys {
                found.expected = found.expected.saturating_add(1);
                if !self.has_entry(&key, row.key_bytes())? {
                    found.missing_count = found.missing_count.saturating_add(1);
                    if found.missing.len() < LISTED_MAX {
                        found.missing.push(row.key()?);
                    }
                }
            }
        }
        let there = found.expected.saturating_sub(found.missing_count);
        found.extra_count = self.len()?.saturating_sub(there);
        Ok(Some(found))
    }

    /// The number of its entries.
    ///
    /// # Errors
    ///
    /// [`StorageError::Database`] when the engine cannot read.
    pub fn len(&self) -> Result<u64, DynamicError> {
        match self.open.known.indexes.get(self.number) {
            Some(index) => Ok(self.state.reader().bytes().len(&index.table)?),
            None => Ok(0),
        }
    }

    /// Whether it has no entries.
    ///
    /// # Errors
    ///
    /// As [`len`](Self::len).
    pub fn is_empty(&self) -> Result<bool, DynamicError> {
        Ok(self.len()? == 0)
    }

    fn has_entry(&self, key: &[u8], primary_key: &[u8]) -> Result<bool, DynamicError> {
        let Some(index) = self.open.known.indexes.get(self.number) else { return Ok(false) };
        let entry = [key, primary_key].concat();
        let found = self.state.reader().bytes().get(&index.table, &entry)?;
        Ok(found.is_some_and(|value| index.seal.verify(&entry, &value).is_ok()))
    }
}
