//! Page tokens: where a scan stopped, to go on there.
//!
//! ```text
//! token   key of the last row │ direction u8 │ version u16 │ check u32
//! ```
//!
//! Sealed as values are, with the table's seal name, the type of its keys, the index if it is one, and the range, so
//! that a token of another scan is noticed. The layout of values has no part in it. It names a key, not a position:
//! rows that come and go in between neither repeat nor hide others.

use crate::{codec::Seal, error::PageTokenError};
use std::fmt;

/// Where a scan stopped: opaque bytes that can be stored or sent, and read again with [`from_bytes`](Self::from_bytes).
///
/// It contains the last key that was read, unencrypted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PageToken {
    bytes: Vec<u8>,
}

impl PageToken {
    pub(super) fn new(key: &[u8], seal: Seal, is_reverse: bool) -> Self {
        let mut bytes = key.to_vec();
        bytes.push(u8::from(is_reverse));
        seal.close(&[], &mut bytes);
        Self { bytes }
    }

    /// The key it holds, and whether the scan ran backwards, when it belongs to this scan.
    pub(super) fn open(&self, seal: Seal) -> Result<(&[u8], bool), PageTokenError> {
        let body = seal.verified(&[], &self.bytes).map_err(|_| PageTokenError::Foreign)?;
        let (direction, key) = body.split_last().ok_or(PageTokenError::Foreign)?;
        Ok((key, *direction == 1))
    }

    /// Makes a token from bytes of [`as_bytes`](Self::as_bytes). They are checked when the token is used.
    ///
    /// ```
    #[doc = include_str!("../guide/example/names.txt")]
    /// use storage::PageToken;
    ///
    /// let mut page = names.iter()?.limit(1);
    /// page.next().transpose()?;
    /// let bytes = page.page_token().unwrap().as_bytes().to_vec(); // Sent to a client, and back.
    /// let next = names.iter()?.after(&PageToken::from_bytes(bytes))?;
    /// assert_eq!(next.keys()?, [8]);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    #[must_use]
    pub fn from_bytes(bytes: impl Into<Vec<u8>>) -> Self {
        Self { bytes: bytes.into() }
    }

    /// Returns the bytes of the token.
    ///
    /// ```
    #[doc = include_str!("../guide/example/names.txt")]
    /// let mut page = names.iter()?.limit(1);
    /// page.next().transpose()?;
    /// let bytes = page.page_token().unwrap().as_bytes().to_vec();
    /// # assert!(!bytes.is_empty());
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }
}

/// The bytes in hexadecimal.
impl fmt::Display for PageToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The reverse of `Display`. Its error converts into [`StorageError`](crate::StorageError), so `?` passes it on:
///
/// ```
#[doc = include_str!("../guide/example/names.txt")]
/// let mut page = names.iter()?.limit(1);
/// page.next().transpose()?;
/// let text = page.page_token().unwrap().to_string(); // Sent to a client, and back.
/// assert_eq!(names.iter()?.after(&text.parse()?)?.keys()?, [8]);
/// # Ok::<(), storage::StorageError>(())
/// ```
impl std::str::FromStr for PageToken {
    type Err = PageTokenError;

    fn from_str(text: &str) -> Result<Self, PageTokenError> {
        let digits = text.as_bytes();
        let (pairs, []) = digits.as_chunks::<2>() else { return Err(PageTokenError::NotHex) };
        let byte = |pair: &[u8; 2]| {
            let pair = std::str::from_utf8(pair).map_err(|_| PageTokenError::NotHex)?;
            if pair.starts_with('+') {
                return Err(PageTokenError::NotHex); // A sign is a number's, not a byte's.
            }
            u8::from_str_radix(pair, 16).map_err(|_| PageTokenError::NotHex)
        };
        Ok(Self { bytes: pairs.iter().map(byte).collect::<Result<_, _>>()? })
    }
}

/// Its text, as by `Display`, or its bytes in a format that is not for people.
#[cfg(feature = "serde")]
impl serde_core::Serialize for PageToken {
    fn serialize<S: serde_core::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match serializer.is_human_readable() {
            true => serializer.collect_str(self),
            false => serializer.serialize_bytes(&self.bytes),
        }
    }
}

#[cfg(feature = "serde")]
impl<'de> serde_core::Deserialize<'de> for PageToken {
    fn deserialize<D: serde_core::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match deserializer.is_human_readable() {
            true => deserializer.deserialize_str(TokenVisitor),
            false => deserializer.deserialize_byte_buf(TokenVisitor),
        }
    }
}

#[cfg(feature = "serde")]
struct TokenVisitor;

#[cfg(feature = "serde")]
impl serde_core::de::Visitor<'_> for TokenVisitor {
    type Value = PageToken;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a page token")
    }

    fn visit_str<E: serde_core::de::Error>(self, text: &str) -> Result<PageToken, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_bytes<E: serde_core::de::Error>(self, bytes: &[u8]) -> Result<PageToken, E> {
        Ok(PageToken::from_bytes(bytes))
    }
}
