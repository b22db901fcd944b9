//! Keys: what is wrong with their bytes, and how an error reports them.

use std::fmt::{self, Write};
use thiserror::Error;

/// Bytes that are not an encoding of the key type they are read as.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyError {
    /// The bytes end in the middle of a part.
    #[error("the key ends in the middle of a part")]
    Truncated,
    /// Bytes follow the last part.
    #[error("{count} trailing bytes after the key")]
    TrailingBytes {
        /// How many.
        count: usize,
    },
    /// A part's bytes are not a value of its type.
    #[error("the bytes are not a valid `{expected}`")]
    Invalid {
        /// The part's type.
        expected: &'static str,
    },
    /// A zero byte in text or bytes is followed by something else than `00` or `FF`.
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

/// A key as an error reports it: its text for people, its bytes for programs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ReportedKey {
    text: String,
    bytes: Box<[u8]>,
}

impl ReportedKey {
    /// The key `bytes`, which reads as `text`.
    pub(crate) fn new(text: String, bytes: &[u8]) -> Self {
        Self { text, bytes: bytes.into() }
    }

    /// A key whose type is not known, or whose bytes are not one of its type: its first bytes in hexadecimal.
    pub(crate) fn untyped(bytes: &[u8]) -> Self {
        const SHOWN_MAX: usize = 32;
        let mut text = String::from("0x");
        for byte in bytes.iter().take(SHOWN_MAX) {
            let _ = write!(text, "{byte:02x}");
        }
        if bytes.len() > SHOWN_MAX {
            let _ = write!(text, "… ({} bytes)", bytes.len());
        }
        Self::new(text, bytes)
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn into_text(self) -> String {
        self.text
    }

    pub(crate) const fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl fmt::Display for ReportedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
