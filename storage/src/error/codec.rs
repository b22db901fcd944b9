//! Values that cannot be written, and bytes that cannot be read.

use super::{KeyError, ReportedKey, StorageError};
use std::fmt;
use thiserror::Error;

/// A value that a codec cannot turn into bytes.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum EncodeError {
    /// The value's own serializer said no.
    #[error("the value cannot be encoded: {detail}")]
    Refused {
        /// What it said.
        detail: String,
    },
    /// The bytes would be refused when they are read.
    #[error("the value would not be readable again: {0}")]
    Unreadable(DecodeError),
    /// More bytes than a value may have.
    #[error("the value has {len} bytes, at most {max} are allowed; split it into several records")]
    TooLarge {
        /// Its length in bytes.
        len: usize,
        /// The most that is accepted.
        max: usize,
    },
}

/// Bytes that are not a value of the type they are read as.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeError {
    /// The structure points outside itself, is nested too deeply, or holds a value its type does not have.
    #[error("the structure is not valid: {detail}")]
    Structure {
        /// What was noticed, as far as the format's own check says.
        detail: String,
    },
    /// The bytes name another type in their file identifier.
    #[error("the file identifier is {found}, not `{expected}`")]
    FileIdentifier {
        /// What the type declares.
        expected: &'static str,
        /// What the bytes have.
        found: String,
    },
    /// The format cannot turn this type back into an owned value.
    #[error("{type_name} has no owned form; read it through its view")]
    NoOwned {
        /// The type.
        type_name: &'static str,
    },
}

/// A value that could not be written, with the place it was meant for.
#[derive(Debug, Error)]
#[error("cannot write key {key} of table `{table}`: {cause}")]
pub struct SerializationError {
    pub(crate) table: String,
    pub(crate) key: ReportedKey,
    pub(crate) cause: EncodeError,
}

impl SerializationError {
    /// The table it was meant for.
    #[must_use]
    pub fn table(&self) -> &str {
        &self.table
    }

    /// The key it was meant for, as text.
    #[must_use]
    pub fn key(&self) -> &str {
        self.key.text()
    }

    /// The key it was meant for, as [`key::decode`](crate::key::decode) reads it.
    #[must_use]
    pub const fn key_bytes(&self) -> &[u8] {
        self.key.bytes()
    }

    /// What is wrong with it.
    #[must_use]
    pub const fn cause(&self) -> &EncodeError {
        &self.cause
    }
}

/// Stored bytes that are not what was written, with the place they are at.
#[derive(Debug)]
pub struct CorruptError {
    table: String,
    key: Option<ReportedKey>,
    damage: Damage,
}

impl CorruptError {
    /// The row under `key` is damaged.
    #[cold]
    pub(crate) fn row(table: &str, key: ReportedKey, damage: Damage) -> StorageError {
        Self { table: table.to_owned(), key: Some(key), damage }.into()
    }

    /// The table is damaged, and no single row of it.
    #[cold]
    pub(crate) fn whole_table(table: &str, damage: Damage) -> StorageError {
        Self { table: table.to_owned(), key: None, damage }.into()
    }

    /// The table they are in: of records, of an index (`airports$by_region`), or the catalogue.
    #[must_use]
    pub fn table(&self) -> &str {
        &self.table
    }

    /// The key they are under, as text; `None` if the damage is of the table and of no single row.
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        self.key.as_ref().map(ReportedKey::text)
    }

    /// The key they are under, as it is stored; `None` if the damage is of the table and of no single row.
    ///
    /// It finds the row again: [`key::decode`](crate::key::decode) turns the key of a record into a value, and
    /// [`Storage::backend`](crate::Storage::backend) reads and deletes the rows of any table by their bytes.
    #[must_use]
    pub fn key_bytes(&self) -> Option<&[u8]> {
        self.key.as_ref().map(ReportedKey::bytes)
    }

    /// What is wrong with them.
    #[must_use]
    pub const fn damage(&self) -> &Damage {
        &self.damage
    }
}

impl fmt::Display for CorruptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "table `{}`", self.table)?;
        if let Some(key) = &self.key {
            write!(f, ", key {key}")?;
        }
        write!(
            f,
            ": {}; the file was damaged outside this program, restore the record or the file from a backup",
            self.damage
        )
    }
}

impl std::error::Error for CorruptError {}

/// How stored bytes show that they are not what was written.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum Damage {
    /// A value of a length that no sealed value has.
    #[error("{len} bytes are not a sealed value")]
    Length {
        /// The stored length in bytes.
        len: usize,
    },
    /// The checksum does not fit the bytes, the key and the schema.
    #[error("the checksum does not match")]
    Checksum,
    /// The checksum fits, the structure does not.
    #[error(transparent)]
    Structure(#[from] DecodeError),
    /// The key's bytes are no key.
    #[error("the key is not valid: {0}")]
    Key(KeyError),
    /// An index entry that points to no record.
    #[error("the index entry points to no record; `Table::rebuild` makes the index anew")]
    DanglingEntry,
    /// The table's row count does not match its rows: a damaged page hides some.
    #[error("the table's row count is {counted}, but {found} rows were found")]
    RowCount {
        /// What the table counts.
        counted: u64,
        /// How many were found.
        found: u64,
    },
    /// A row of the catalogue that is not one.
    #[error("the catalogue entry is not valid: {0}")]
    Catalog(CatalogDamage),
}

/// What is wrong with a row of the catalogue.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum CatalogDamage {
    /// There is no entry for a table that has rows.
    #[error("it is missing, and the table has rows")]
    Missing,
    /// An entry's bytes are not UTF-8.
    #[error("it is not text")]
    NotText,
    /// The header does not begin as every header does.
    #[error("it is not a header")]
    NotAHeader,
}

// Not derived: that would make the text's last part its source as well.
impl From<KeyError> for Damage {
    fn from(error: KeyError) -> Self {
        Self::Key(error)
    }
}

impl From<CatalogDamage> for Damage {
    fn from(damage: CatalogDamage) -> Self {
        Self::Catalog(damage)
    }
}
