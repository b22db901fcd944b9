//! FlatBuffers that cannot be written, or that are not what their type says.

use super::{DecodeError, EncodeError, schema::KEPT_BY_MIGRATION};
use std::{fmt, io, path::Path};
use thiserror::Error;

/// A rule of FlatBuffers that a value breaks.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub(crate) enum FlatFault {
    #[error("there is no table at the root")]
    NoRoot,
    #[error("the table has no vtable")]
    NoVtable,
    #[error("the offset points outside the value")]
    Outside,
    #[error("the required field is missing")]
    MissingField,
    #[error("the text is not UTF-8")]
    NotUtf8,
    #[error("the text does not end in a zero byte inside the value")]
    Unterminated,
    #[error("the value is out of the range of its type")]
    OutOfRange,
    #[error("the list has more or fewer elements than its type allows")]
    Length,
    #[error("unknown enum variant")]
    UnknownVariant,
    #[error("there is a value without a variant")]
    NoVariant,
    #[error("there is a variant without a value")]
    NoValue,
    #[error("the value exceeds the verification budget: too many offsets share the same bytes")]
    Budget,
    #[error("tables are nested more than {max} levels deep")]
    Depth { max: u32 },
    #[error(
        "the entries of a map or set are not in the order of their keys, or a key is there twice"
    )]
    Unsorted,
    #[error("two keys of a map or set are the same")]
    KeyTwice,
    #[cfg(feature = "jiff")]
    #[error("{0}")]
    NoForm(&'static str),
    #[error("the fields of a table take more than 64 KiB, texts and lists not counted")]
    TableTooWide,
}

impl FlatFault {
    /// The fault at the byte `at` of a stored value, in the field that `path` leads to.
    #[cold]
    pub(crate) fn found(self, at: usize, path: &[&str]) -> DecodeError {
        #[cfg(feature = "jiff")]
        if let Self::NoForm(reason) = self {
            let detail = match path {
                [] => reason.to_owned(),
                path => format!("`{}`: {reason}", path.join(".")),
            };
            return DecodeError::Refused { detail };
        }
        let detail = match path {
            [] => format!("{self}, at byte {at}"),
            path => format!("`{}`: {self}, at byte {at}", path.join(".")),
        };
        DecodeError::Structure { detail }
    }
}

impl From<FlatFault> for DecodeError {
    #[cold]
    fn from(fault: FlatFault) -> Self {
        Self::Structure { detail: fault.to_string() }
    }
}

impl From<FlatFault> for EncodeError {
    #[cold]
    fn from(fault: FlatFault) -> Self {
        Self::Refused { detail: fault.to_string() }
    }
}

impl DecodeError {
    /// The same of a buffer that is nested in the field `field`.
    #[cold]
    pub(crate) fn in_nested_buffer(self, field: &str) -> Self {
        match self {
            Self::Structure { detail } => {
                Self::Structure { detail: format!("in the buffer nested in `{field}`: {detail}") }
            }
            other => other,
        }
    }
}

/// A second record whose schema would be in the file at `path`.
#[cold]
pub(crate) fn file_twice(record: &str, path: &Path) -> io::Error {
    let text = format!(
        "two records called `{record}` would share the file `{}`; rename one, or give it a folder of its own",
        path.display()
    );
    io::Error::new(io::ErrorKind::AlreadyExists, text)
}

/// What FlatBuffers asks for, whose rows are never written anew. A field comes with its id, its name and its type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FlatAdvice {
    /// A field may be gone.
    Removed {
        field: (u16, String, String),
        is_of_record: bool,
    },
    /// An id was taken from a field that is gone.
    IdFreed((u16, String, String)),
    /// A field has another type, another default, or another meaning when it is missing.
    Retyped((u16, String, String)),
    /// A field has another id.
    IdMoved {
        id: u16,
        name: String,
    },
    /// A new field has the id of one that is there; `id` is free.
    IdTaken {
        id: u16,
        name: String,
    },
    /// A required field is new, or is required now.
    Required {
        name: String,
    },
    FileIdentifier,
    /// A struct of fixed width has changed.
    Fixed,
    /// The integer of an enum, or the number of a variant, has changed.
    Number,
    VariantGone,
    UnionOrder,
    /// A type is of another kind.
    Kind,
}

impl FlatAdvice {
    /// Whether rows cannot be read as they are.
    pub(super) const fn is_of_meaning(&self) -> bool {
        matches!(
            self,
            Self::Retyped(_)
                | Self::Fixed
                | Self::Number
                | Self::VariantGone
                | Self::UnionOrder
                | Self::Kind
        )
    }
}

impl fmt::Display for FlatAdvice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let removed = |(id, name, ty): &(u16, String, String)| {
            format!("#[store(removed(id = {id}, name = {name:?}, ty = {ty:?}))] on the struct")
        };
        match self {
            Self::Removed { field, is_of_record } => write!(
                f,
                "removed?  {}; its values are not read any more{}",
                removed(field),
                if *is_of_record { KEPT_BY_MIGRATION } else { "" }
            ),
            Self::IdFreed(field) => {
                write!(f, "an id is never used again: keep {}", removed(field))
            }
            Self::Retyped(field) => write!(
                f,
                "rows are read as they are: give it the next id and another name, and write {}",
                removed(field)
            ),
            Self::IdMoved { id, name } => write!(
                f,
                "fields are found by their ids: #[store(id = {id})] on `{name}`, and each other field with the id that \
                 it has in the file"
            ),
            Self::IdTaken { id, name } => write!(
                f,
                "new?      #[store(id = {id})] on `{name}`: its id is that of another field in the file"
            ),
            Self::Required { name } => {
                write!(f, "rows may lack `{name}`: make it an `Option`")
            }
            Self::FileIdentifier => f.write_str("keep the file identifier that the rows have"),
            Self::Fixed => f.write_str(
                "a struct of fixed width keeps its fields for good: make a new struct, in a new field",
            ),
            Self::Number => f.write_str(
                "rows have the number alone: keep the `#[repr(..)]` and the numbers of the variants",
            ),
            Self::VariantGone => f.write_str("rows may hold it: keep it"),
            Self::UnionOrder => f.write_str(
                "rows have the number of the variant alone: keep the variants in their order, and add new ones at the \
                 end",
            ),
            Self::Kind => f.write_str("keep what it is, and put what is new into a field of its own"),
        }
    }
}
