//! Values that cannot be written, and bytes that cannot be read.

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
    pub(crate) key: String,
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
        &self.key
    }

    /// What is wrong with it.
    #[must_use]
    pub const fn cause(&self) -> &EncodeError {
        &self.cause
    }
}

/// Stored bytes that are not what was written, with the place they are at.
#[derive(Debug, Error)]
#[error(
    "table `{table}`, key {key}: {damage}; the file was damaged outside this program, restore the \
     record or the file from a backup"
)]
pub struct CorruptError {
    pub(crate) table: String,
    pub(crate) key: String,
    pub(crate) damage: Damage,
}

impl CorruptError {
    /// The table they are in.
    #[must_use]
    pub fn table(&self) -> &str {
        &self.table
    }

    /// The key they are under, as text.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// What is wrong with them.
    #[must_use]
    pub const fn damage(&self) -> &Damage {
        &self.damage
    }
}

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
    Key(super::KeyError),
    /// An index entry that points to no record.
    #[error("the index entry points to no record; `Table::rebuild` makes the index anew")]
    DanglingEntry,
    /// The table counts other rows than it gives: a damaged page hides some.
    #[error("the table counts {counted} rows and gives {found}")]
    RowCount {
        /// How many there should be.
        counted: u64,
        /// How many there are.
        found: u64,
    },
    /// A row of the catalogue that this build does not understand.
    #[error("the catalogue entry is not valid: {detail}")]
    Catalog {
        /// What was noticed.
        detail: String,
    },
}

// Not derived: that would make the text's last part its source as well.
impl From<super::KeyError> for Damage {
    fn from(error: super::KeyError) -> Self {
        Self::Key(error)
    }
}
