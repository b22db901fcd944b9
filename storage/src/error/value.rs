//! Values without their Rust types: text that means none, and tables that cannot be read so.

use super::{
    Action, Cause, EncodeError, LayoutError, ReportedKey, SchemaTextError, SerializationError,
    StorageError,
};
use std::fmt;
use thiserror::Error;

/// Why a text or a value is none of the type that a schema has in its place.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum ValueError {
    /// The text is not that of a value.
    #[error("column {column}: expected {expected}")]
    #[non_exhaustive]
    Syntax {
        /// The character at which it stops to be one, counted from 1.
        column: usize,
        /// What may stand there.
        expected: &'static str,
    },
    /// A value is of another type.
    #[error("{}expected a value of type `{expected}`, found {found}", Path(path))]
    #[non_exhaustive]
    Type {
        /// Where, from the outside in; empty for the whole.
        path: String,
        /// The type that the schema has.
        expected: String,
        /// What there is.
        found: &'static str,
    },
    /// An enum has no variant of this name.
    #[error("{}there is no variant `{name}`; there {}", Path(path), Listed(known))]
    #[non_exhaustive]
    Variant {
        /// Where, from the outside in; empty for the whole.
        path: String,
        /// The name.
        name: String,
        /// Those that there are.
        known: Vec<String>,
    },
    /// A struct has no field of this name.
    #[error("{}there is no field `{name}`; there {}", Path(path), Listed(known))]
    #[non_exhaustive]
    Field {
        /// Where, from the outside in; empty for the whole.
        path: String,
        /// The name.
        name: String,
        /// Those that there are.
        known: Vec<String>,
    },
    /// A field is not there, and may not be missing.
    #[error("{}the field `{field}` is missing", Path(path))]
    #[non_exhaustive]
    Missing {
        /// Where, from the outside in; empty for the whole.
        path: String,
        /// Its name.
        field: String,
    },
    /// Two entries of a map, or two elements of a set, have one key.
    #[error("{}the key {key} comes twice", Path(path))]
    #[non_exhaustive]
    KeyTwice {
        /// Where, from the outside in; empty for the whole.
        path: String,
        /// The key.
        key: String,
    },
    /// The schema does not say how values of a type are stored.
    #[error("{}only a program that has the type `{of}` can write it", Path(path))]
    #[non_exhaustive]
    TypeNeeded {
        /// Where, from the outside in; empty for the whole.
        path: String,
        /// The type.
        of: String,
    },
}

impl ValueError {
    /// The same error in the part `name` of a larger value.
    #[must_use]
    pub(crate) fn within(mut self, name: &str) -> Self {
        if let Self::Type { path, .. }
        | Self::Variant { path, .. }
        | Self::Field { path, .. }
        | Self::Missing { path, .. }
        | Self::KeyTwice { path, .. }
        | Self::TypeNeeded { path, .. } = &mut self
        {
            *path = if path.is_empty() { name.to_owned() } else { format!("{name}.{path}") };
        }
        self
    }
}

/// Where a part of a value is.
struct Path<'a>(&'a str);

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() { Ok(()) } else { write!(f, "`{}`: ", self.0.escape_debug()) }
    }
}

/// What there is: `is none`, `are ...`.
struct Listed<'a>(&'a [String]);

impl fmt::Display for Listed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            [] => f.write_str("is none"),
            [only] => write!(f, "is `{only}`"),
            names => {
                f.write_str("are ")?;
                for (number, name) in names.iter().enumerate() {
                    let before = if number == 0 { "" } else { ", " };
                    write!(f, "{before}`{name}`")?;
                }
                Ok(())
            }
        }
    }
}

/// Why a table cannot be read without its Rust types, or not as it was asked for.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum DynamicError {
    /// What an operation on any table may fail with.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// There is no table of this name.
    #[error("there is no table `{}`; there {}", table.escape_debug(), Listed(known))]
    #[non_exhaustive]
    NoTable {
        /// The name.
        table: String,
        /// The tables that there are.
        known: Vec<String>,
    },
    /// The table has no index of this name.
    #[error("table `{table}` has no index `{}`; there {}", index.escape_debug(), Listed(known))]
    #[non_exhaustive]
    NoIndex {
        /// The table.
        table: String,
        /// The name.
        index: String,
        /// The indexes that it has.
        known: Vec<String>,
    },
    /// No row of the table has a layout of this number.
    #[error("table `{table}` has no layout {layout}")]
    #[non_exhaustive]
    NoLayout {
        /// The table.
        table: String,
        /// The number.
        layout: u16,
    },
    /// A key is none of the table's, or of the index's.
    #[error("`{of}` has keys of type `{key}`: {reason}")]
    #[non_exhaustive]
    Key {
        /// The table or the index.
        of: String,
        /// The type of its keys.
        key: String,
        /// What is wrong with the one that was given.
        reason: Box<ValueError>,
    },
    /// The rows of a layout cannot be read without their type: their codec is of another crate, or the layout is
    /// not known in full.
    #[error("rows of table `{table}` cannot be read without their type: {reason}")]
    #[non_exhaustive]
    Unreadable {
        /// The table.
        table: String,
        /// What is not known.
        reason: Box<LayoutError>,
    },
    /// A value is no row of the table. Nothing was written.
    #[error("table `{table}`, key {key}: {reason}; correct the value first")]
    #[non_exhaustive]
    Value {
        /// The table.
        table: String,
        /// The key that it was to be written under, as text.
        key: String,
        /// What is wrong with it.
        reason: Box<ValueError>,
    },
    /// The bytes of a row have another key than the one that they were to be written under. Nothing was written.
    #[error("table `{table}`: the row has the key {found}, and not {key}; write it under its own")]
    #[non_exhaustive]
    OtherKey {
        /// The table.
        table: String,
        /// The key that it was to be written under, as text.
        key: String,
        /// The key that it has, as text.
        found: String,
    },
    /// What a table is to be made by is not what a release of this crate has written as its definition.
    #[error(
        "the definition of table `{table}` is not understood: {reason}; take it from the file once more"
    )]
    #[non_exhaustive]
    Definition {
        /// The table.
        table: String,
        /// What is not understood.
        reason: Box<SchemaTextError>,
    },
}

/// Why a value cannot be made the bytes of a row.
#[derive(Debug)]
pub(crate) enum Unwritable {
    /// It is none of the type.
    Value(ValueError),
    /// The layout is not known in full.
    Layout(LayoutError),
    /// Its bytes could not be read again.
    Bytes(EncodeError),
}

impl Unwritable {
    /// The error of a row of `table` that was to be written under `key`.
    #[cold]
    pub(crate) fn of_row(self, table: &str, key: ReportedKey) -> DynamicError {
        let table = table.to_owned();
        match self {
            Self::Value(reason) => {
                DynamicError::Value { table, key: key.into_text(), reason: Box::new(reason) }
            }
            Self::Layout(reason) => DynamicError::Unreadable { table, reason: Box::new(reason) },
            Self::Bytes(cause) => {
                StorageError::from(SerializationError { table, key, cause }).into()
            }
        }
    }
}

impl From<ValueError> for Unwritable {
    fn from(error: ValueError) -> Self {
        Self::Value(error)
    }
}

impl From<LayoutError> for Unwritable {
    fn from(error: LayoutError) -> Self {
        Self::Layout(error)
    }
}

impl From<EncodeError> for Unwritable {
    fn from(error: EncodeError) -> Self {
        Self::Bytes(error)
    }
}

impl DynamicError {
    /// The same error, for who is to be told again.
    #[cold]
    pub(crate) fn shared(&self) -> Self {
        match self {
            Self::Storage(error) => error.shared(),
            other => {
                StorageError::database(Action::ReadRange, None, Cause::Other(other.to_string()))
            }
        }
        .into()
    }
}
