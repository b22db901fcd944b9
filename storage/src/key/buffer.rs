//! The buffer a key is encoded into: on the stack up to 64 bytes.

use smallvec::SmallVec;
use std::ops::Deref;

/// Keys up to this many bytes are encoded without an allocation.
const INLINE_LEN: usize = 64;

/// Bytes of an encoded key. Encoding appends to it and cannot fail.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyBuf(SmallVec<[u8; INLINE_LEN]>);

impl KeyBuf {
    /// An empty buffer; allocates nothing.
    #[must_use]
    #[inline]
    pub const fn new() -> Self {
        Self(SmallVec::new_const())
    }

    /// Appends one byte.
    #[inline]
    pub fn push(&mut self, byte: u8) {
        self.0.push(byte);
    }

    /// Appends `bytes`.
    #[inline]
    pub fn extend(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    /// Forgets what was encoded, keeps the memory.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Forgets all but the first `len` bytes.
    pub fn truncate(&mut self, len: usize) {
        self.0.truncate(len);
    }

    /// The bytes from `start` on, to be changed in place; empty when `start` lies behind the end.
    pub(crate) fn tail_mut(&mut self, start: usize) -> &mut [u8] {
        self.0.get_mut(start..).unwrap_or_default()
    }
}

impl Deref for KeyBuf {
    type Target = [u8];

    #[inline]
    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl AsRef<[u8]> for KeyBuf {
    #[inline]
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl From<&[u8]> for KeyBuf {
    fn from(bytes: &[u8]) -> Self {
        Self(SmallVec::from_slice(bytes))
    }
}

#[cfg(test)]
mod tests {
    use crate::key;

    #[test]
    fn keys_up_to_64_bytes_are_encoded_on_the_stack() {
        let place = ("a station's name", 2024_u16, 6_u8, "the rest of the key");
        let bytes = key::encode::<(String, u16, u8, String)>(&place);
        assert_eq!((bytes.len(), bytes.0.spilled()), (16 + 2 + 2 + 1 + 19, false));
        assert!(!key::encode::<String>(&"x".repeat(64)).0.spilled());
        assert!(key::encode::<String>(&"x".repeat(65)).0.spilled());
    }
}
