//! FlatBuffers that cannot be written, or that are not what their type says.

use super::{DecodeError, EncodeError};
use std::{io, path::Path};
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
    #[error("the fields of a table take more than 64 KiB, texts and lists not counted")]
    TableTooWide,
}

impl FlatFault {
    /// The fault at the byte `at` of a stored value, in the field that `path` leads to.
    #[cold]
    pub(crate) fn found(self, at: usize, path: &[&str]) -> DecodeError {
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
