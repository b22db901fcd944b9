//! Rules that an index sets, and tokens that do not fit a scan.

use thiserror::Error;

/// Two records with one key of a unique index. Nothing was written.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error(
    "table `{table}`: record {refused} has the key {index_key} of the unique index `{index}`, which record {holder} \
     has already; change one of the two, or delete record {holder} first"
)]
pub struct UniqueViolation {
    pub(crate) table: String,
    pub(crate) index: String,
    pub(crate) index_key: String,
    pub(crate) holder: String,
    pub(crate) refused: String,
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

    /// The index key that both have, as text.
    #[must_use]
    pub fn index_key(&self) -> &str {
        &self.index_key
    }

    /// The primary key of the record that has it, as text.
    #[must_use]
    pub fn holder(&self) -> &str {
        &self.holder
    }

    /// The primary key of the record that was refused, as text.
    #[must_use]
    pub fn refused(&self) -> &str {
        &self.refused
    }
}

/// Why a page token cannot be used.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum PageTokenError {
    /// It was made by a scan of another table, index or schema, or its bytes were changed.
    #[error("it was made by another scan, for another schema, or was changed")]
    Foreign,
    /// It was made by a scan in the other direction.
    #[error("it was made by a scan in the other direction")]
    Direction,
    /// Its text is not hexadecimal.
    #[error("it is not hexadecimal text")]
    NotHex,
}
