//! Archives that are read or written without the types they were made of.

use super::{DecodeError, EncodeError};
use thiserror::Error;

/// Why bytes are not an archive of the types that their schema names, or why a value has none.
///
/// It has two bytes, because every step of reading and writing returns one.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum ArchiveError {
    /// A value, or what a pointer points to, lies outside.
    #[error("a part of it lies outside its bytes")]
    OutOfBounds,
    /// Pointers point to more bytes than there are: some of them to the same.
    #[error("its pointers share bytes")]
    Shared,
    /// Values in values in values.
    #[error("it is nested too deeply")]
    TooDeep,
    /// A text that is not UTF-8.
    #[error("a text of it is not UTF-8")]
    NotUtf8,
    /// An enum has no variant of this number.
    #[error("an enum of it has no variant of the number {0}")]
    Variant(u8),
    /// The bytes of a truth value, a character or a number other than zero are not those of one.
    #[error("a truth value, a character or a number of it is none of its type")]
    Scalar,
    /// The number of entries of a map or a set, or of the bytes of a text, is not what there is.
    #[error("a length of it is wrong")]
    Length,
    /// A pointer or a length that is too large for the format.
    #[error("it is too long for the width of its format's pointers")]
    TooLong,
    /// A type that only its author knows.
    #[error("it has an opaque field, whose bytes only its type can read")]
    Opaque,
    /// A value is not of the type that the schema has in its place.
    #[error("the value is not of the type that the schema has")]
    OtherType,
}

impl From<ArchiveError> for DecodeError {
    #[cold]
    fn from(error: ArchiveError) -> Self {
        Self::Structure { detail: error.to_string() }
    }
}

impl From<ArchiveError> for EncodeError {
    #[cold]
    fn from(error: ArchiveError) -> Self {
        Self::Refused { detail: error.to_string() }
    }
}
