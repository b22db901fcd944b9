//! Values that cannot be written, and bytes that are not what was written.

use super::{KeyError, ReportedKey, SchemaTextError};
use std::fmt;
use thiserror::Error;

/// A value that a codec cannot turn into bytes.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum EncodeError {
    /// The format or the value's own serializer refused it.
    #[error("the value cannot be encoded: {}; correct the value first", clause(detail))]
    Refused {
        /// What was refused.
        detail: String,
    },
    /// The bytes would be refused when they are read.
    #[error("the value would not be readable again: {0}; correct the value first")]
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

impl EncodeError {
    /// The same with the field that was refused, which `find` looks for.
    #[cold]
    pub(crate) fn in_field_of(self, find: impl FnOnce() -> Option<&'static str>) -> Self {
        match self {
            Self::Refused { detail } => Self::Refused { detail: in_field(detail, find()) },
            other => other,
        }
    }
}

/// Bytes that are not a value of the type they are read as.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeError {
    /// The structure points outside itself, is nested too deeply, or holds a value its type does not have.
    #[error("the structure is not valid: {}", clause(detail))]
    Structure {
        /// What the format's own check found.
        detail: String,
    },
    /// The bytes name another type in their file identifier.
    #[error("the file identifier is {}, not `{expected}`", quoted(found.as_deref()))]
    FileIdentifier {
        /// What the type declares.
        expected: &'static str,
        /// What the bytes have, if they are long enough to have one.
        found: Option<String>,
    },
    /// The type's own code refuses to make an owned value.
    #[error("its type refuses: {}", clause(detail))]
    Refused {
        /// What it reports.
        detail: String,
    },
    /// The `TryFrom` of a record type refuses a row of the type that its rows were of before.
    #[error(
        "it is of type `{from}`, and no `{into}` can be made of it: {}; correct the conversion, or the row with the \
         program that wrote it",
        clause(detail)
    )]
    #[non_exhaustive]
    NotConverted {
        /// The older type.
        from: &'static str,
        /// The record type.
        into: &'static str,
        /// What the conversion reports.
        detail: String,
    },
    /// The `From` or `TryFrom` of a record type panics for a row of the type that its rows were of before.
    #[error(
        "it is of type `{from}`, and its conversion to `{into}` panics: {}; correct the conversion, or the row with \
         the program that wrote it",
        clause(detail)
    )]
    #[non_exhaustive]
    ConversionPanicked {
        /// The older type.
        from: &'static str,
        /// The record type.
        into: &'static str,
        /// What the panic says.
        detail: String,
    },
    /// A record that was made of a row of an older type has another key than the row.
    #[error("the `{into}` that is made of it has the key {key}; a conversion keeps the key")]
    #[non_exhaustive]
    KeyConverted {
        /// The record type.
        into: &'static str,
        /// The key of the record.
        key: String,
    },
    /// A record that was made of a row of an older type cannot be encoded.
    #[error("the `{into}` that is made of it cannot be kept: {detail}")]
    #[non_exhaustive]
    NotEncoded {
        /// The record type.
        into: &'static str,
        /// Why not.
        detail: String,
    },
    /// The format cannot turn this type back into an owned value.
    #[error("`{type_name}` has no owned form")]
    NoOwned {
        /// The type.
        type_name: &'static str,
    },
}

impl DecodeError {
    /// Whether the bytes are what they should be, and no value can be made of them.
    pub(super) const fn is_no_damage(&self) -> bool {
        matches!(self, Self::Refused { .. } | Self::NoOwned { .. }) || self.is_of_conversion()
    }

    /// The same with the field that was refused, which `find` looks for.
    #[cold]
    pub(crate) fn in_field_of(self, find: impl FnOnce() -> Option<&'static str>) -> Self {
        match self {
            Self::Refused { detail } => Self::Refused { detail: in_field(detail, find()) },
            other => other,
        }
    }

    /// Whether it is about making a record of a row of an older type.
    pub(super) const fn is_of_conversion(&self) -> bool {
        matches!(
            self,
            Self::NotConverted { .. }
                | Self::ConversionPanicked { .. }
                | Self::KeyConverted { .. }
                | Self::NotEncoded { .. }
        )
    }
}

/// Another crate's text as a part of a sentence: without a full stop and the line breaks after it.
pub(super) fn clause(text: &str) -> &str {
    text.trim_end().trim_end_matches('.')
}

fn in_field(detail: String, field: Option<&str>) -> String {
    let Some(field) = field else { return detail };
    match detail.strip_prefix('`').and_then(|inner| inner.split_once("`: ")) {
        // The codec has named the field inside it.
        Some((inner, detail)) => format!("`{field}.{inner}`: {detail}"),
        None => format!("`{field}`: {detail}"),
    }
}

fn quoted(found: Option<&str>) -> String {
    found.map_or_else(|| "missing".to_owned(), |found| format!("`{found}`"))
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

/// A row of which its type refuses to make an owned value. Its bytes are what was written.
#[derive(Clone, Debug)]
pub struct RowDecodeError {
    row: Option<(String, ReportedKey)>,
    reason: DecodeError,
}

impl RowDecodeError {
    /// `row` is its table and key. A row that is held by itself has forgotten them.
    pub(crate) const fn new(row: Option<(String, ReportedKey)>, reason: DecodeError) -> Self {
        Self { row, reason }
    }

    /// The table that the row is in, if it was read from there.
    #[must_use]
    pub fn table(&self) -> Option<&str> {
        self.row.as_ref().map(|(table, _)| table.as_str())
    }

    /// The key that the row is under, as text, if it was read from there.
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        self.row.as_ref().map(|(_, key)| key.text())
    }

    /// Why there is no value.
    #[must_use]
    pub const fn reason(&self) -> &DecodeError {
        &self.reason
    }
}

impl fmt::Display for RowDecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((table, key)) = &self.row {
            write!(f, "table `{table}`, key {key}: ")?;
        }
        if self.reason.is_of_conversion() {
            return self.reason.fmt(f);
        }
        write!(f, "cannot make an owned value: {}; read the row through its view", self.reason)
    }
}

impl std::error::Error for RowDecodeError {}

/// Stored bytes that are not what was written, with the place they are at.
#[derive(Clone, Debug)]
pub struct CorruptError {
    table: String,
    key: Option<ReportedKey>,
    damage: Damage,
}

impl CorruptError {
    pub(super) const fn new(table: String, key: Option<ReportedKey>, damage: Damage) -> Self {
        Self { table, key, damage }
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

/// How stored bytes differ from what was written.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum Damage {
    /// No sealed value has this length.
    #[error("{len} bytes are not a sealed value")]
    Length {
        /// The stored length in bytes.
        len: usize,
    },
    /// The checksum does not match the bytes, the key and the schema.
    #[error("the checksum does not match")]
    Checksum,
    /// The value names a layout that the table does not have.
    #[error("the value names layout {layout}, which the table does not have")]
    Layout {
        /// The number of the layout.
        layout: u16,
    },
    /// The checksum matches, but the structure is not sound.
    #[error(transparent)]
    Structure(#[from] DecodeError),
    /// The key's bytes are not a key.
    #[error("the key is not valid: {0}")]
    Key(KeyError),
    /// An index entry that points to no record.
    #[error("the index entry points to no record; `Table::rebuild` rebuilds the index")]
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

impl Damage {
    /// The same with the field `name`, whose type refuses it.
    #[cold]
    pub(crate) fn in_field(self, name: &'static str) -> Self {
        self.in_field_of(|| Ok::<_, DecodeError>(Some(name)))
    }

    /// The same with the field whose type refuses it, which `find` looks for.
    #[cold]
    pub(crate) fn in_field_of<E>(
        self,
        find: impl FnOnce() -> Result<Option<&'static str>, E>,
    ) -> Self {
        match self {
            Self::Structure(error) => {
                Self::Structure(error.in_field_of(|| find().unwrap_or_default()))
            }
            other => other,
        }
    }
}

/// What is wrong with a row of the catalogue.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum CatalogDamage {
    /// There is no entry for a table that has rows.
    #[error("it is missing, and the table has rows")]
    Missing,
    /// An entry's bytes are not UTF-8.
    #[error("it is not text")]
    NotText,
    /// An entry's text is not that of a schema.
    #[error("it is not a schema that this build can read: {0}")]
    NotASchema(SchemaTextError),
    /// Between the layouts of a table some are missing.
    #[error("the layout before the number {number} is missing")]
    LayoutNumber {
        /// The number of the first layout behind the gap.
        number: u16,
    },
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
