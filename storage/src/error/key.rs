//! Key bytes that are no key.

use thiserror::Error;

/// Bytes that are not an encoding of the key type they were read as.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyError {
    /// The bytes end in the middle of a part.
    #[error("the key ends in the middle of a part")]
    Truncated,
    /// Bytes are left behind the last part.
    #[error("{count} bytes are left over behind the key")]
    TrailingBytes {
        /// How many.
        count: usize,
    },
    /// A part has bytes that none of its values has.
    #[error("the bytes are no {expected}")]
    Invalid {
        /// The part's type.
        expected: &'static str,
    },
    /// A zero byte in text or bytes is followed by neither of the two bytes that may follow it.
    #[error("a zero byte is neither escaped nor the end of the part")]
    BadEscape,
    /// Text is not UTF-8.
    #[error("the text is not UTF-8")]
    NotUtf8,
    /// The key is longer than [`MAX_KEY_LEN`](crate::key::MAX_KEY_LEN).
    #[error(
        "the key has {len} bytes, at most {max} are allowed; store the long part in a field instead"
    )]
    TooLong {
        /// Its encoded length.
        len: usize,
        /// The longest that is accepted.
        max: usize,
    },
}
