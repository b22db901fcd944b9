//! Values of other crates' types that do not become bytes, or do not come back from them.

#[cfg(feature = "flatbuffers")]
use super::EncodeError;
use super::{Damage, DecodeError};
use std::any;
use thiserror::Error;

/// Why a value of another crate's type cannot be stored, or restored.
#[derive(Debug, Error)]
pub(crate) enum Refusal {
    #[error("a `{type_name}` cannot be stored: {detail}")]
    Stored { type_name: &'static str, detail: String },
    #[error("a `{type_name}` could not be restored again: {detail}")]
    Unreadable { type_name: &'static str, detail: String },
    #[error("a `{type_name}` cannot be restored: {detail}")]
    Restored { type_name: &'static str, detail: String },
}

impl Refusal {
    /// A `T` that its own code, or the format, does not store.
    #[cold]
    pub(crate) fn stored<T>(detail: String) -> Self {
        Self::Stored { type_name: any::type_name::<T>(), detail }
    }

    /// A stored form that is no `T`.
    #[cold]
    pub(crate) fn restored<T>(detail: String) -> Self {
        Self::Restored { type_name: any::type_name::<T>(), detail }
    }

    /// The same of a form that was made a moment ago.
    #[cold]
    pub(crate) fn before_it_is_written(self) -> Self {
        match self {
            Self::Restored { type_name, detail } => Self::Unreadable { type_name, detail },
            other => other,
        }
    }
}

/// A refusal, and the field whose value it is about.
#[cfg(feature = "flatbuffers")]
pub(crate) struct FieldRefusal(String);

#[cfg(feature = "flatbuffers")]
impl Refusal {
    /// The same of the field that `path` leads to.
    #[cold]
    pub(crate) fn in_field(self, path: &[&str]) -> FieldRefusal {
        match path {
            [] => FieldRefusal(self.to_string()),
            path => FieldRefusal(format!("`{}`: {self}", path.join("."))),
        }
    }
}

#[cfg(feature = "flatbuffers")]
impl From<FieldRefusal> for DecodeError {
    fn from(FieldRefusal(detail): FieldRefusal) -> Self {
        Self::Refused { detail }
    }
}

#[cfg(feature = "flatbuffers")]
impl From<FieldRefusal> for EncodeError {
    fn from(FieldRefusal(detail): FieldRefusal) -> Self {
        Self::Refused { detail }
    }
}

impl From<Refusal> for Damage {
    #[cold]
    fn from(refusal: Refusal) -> Self {
        Self::Structure(refusal.into())
    }
}

impl From<Refusal> for DecodeError {
    #[cold]
    fn from(refusal: Refusal) -> Self {
        Self::Refused { detail: refusal.to_string() }
    }
}

/// What is wrong with bytes that should be one value of MessagePack.
#[cfg(feature = "serde")]
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub(crate) enum PackFault {
    #[error("the bytes end inside a value")]
    Ends,
    #[error("{left} bytes follow the value")]
    Follows { left: usize },
    #[error("values are nested more than {max} levels deep")]
    Depth { max: usize },
    #[error("no value begins with the byte 0xc1")]
    Unused,
}
