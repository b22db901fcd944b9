//! The buffer a key is encoded into: on the stack up to 64 bytes.

use crate::invariant::Invariant as _;
use std::{
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
    ops::Deref,
};

/// Keys up to this many bytes are encoded without an allocation.
const INLINE_LEN: usize = 64;

/// Why the length of a short key is that of bytes that are there.
const IN_ROOM: &str = "a length only grows into the room that was found";

/// Bytes of an encoded key. Encoding appends to it and cannot fail.
#[derive(Clone)]
pub struct KeyBuf(Bytes);

// No vector of a crate: theirs append a number by a call, which takes as long as half a read from a cache of rows.
#[derive(Clone)]
enum Bytes {
    /// The first `len` bytes, which is never more than there are.
    Short { len: usize, bytes: [u8; INLINE_LEN] },
    /// What has been longer.
    Long(Vec<u8>),
}

impl KeyBuf {
    /// An empty buffer; allocates nothing.
    #[must_use]
    #[inline]
    pub const fn new() -> Self {
        Self(Bytes::Short { len: 0, bytes: [0; INLINE_LEN] })
    }

    /// Appends one byte.
    #[inline]
    pub fn push(&mut self, byte: u8) {
        self.extend(&[byte]);
    }

    /// Appends `bytes`.
    #[inline]
    pub fn extend(&mut self, bytes: &[u8]) {
        if let Bytes::Short { len, bytes: short } = &mut self.0 {
            let room = short.get_mut(*len..).and_then(|rest| rest.get_mut(..bytes.len()));
            if let Some(room) = room {
                room.copy_from_slice(bytes);
                *len =
                    len.checked_add(bytes.len()).invariant("the sum is at most the room's length");
                return;
            }
        }
        self.extend_long(bytes);
    }

    #[cold]
    fn extend_long(&mut self, bytes: &[u8]) {
        match &mut self.0 {
            Bytes::Long(long) => long.extend_from_slice(bytes),
            Bytes::Short { .. } => self.0 = Bytes::Long([&**self, bytes].concat()),
        }
    }

    /// Forgets what was encoded, keeps the memory.
    pub fn clear(&mut self) {
        self.truncate(0);
    }

    /// Forgets all but the first `len` bytes.
    pub fn truncate(&mut self, new_len: usize) {
        match &mut self.0 {
            Bytes::Short { len, .. } => *len = new_len.min(*len),
            Bytes::Long(long) => long.truncate(new_len),
        }
    }

    /// The bytes from `start` on, to be changed in place; empty when `start` lies behind the end.
    pub(crate) fn tail_mut(&mut self, start: usize) -> &mut [u8] {
        let bytes = match &mut self.0 {
            Bytes::Short { len, bytes } => bytes.get_mut(..*len).invariant(IN_ROOM),
            Bytes::Long(long) => long,
        };
        bytes.get_mut(start..).unwrap_or_default()
    }
}

impl Deref for KeyBuf {
    type Target = [u8];

    #[inline]
    fn deref(&self) -> &[u8] {
        match &self.0 {
            Bytes::Short { len, bytes } => bytes.get(..*len).invariant(IN_ROOM),
            Bytes::Long(long) => long,
        }
    }
}

impl AsRef<[u8]> for KeyBuf {
    #[inline]
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl From<&[u8]> for KeyBuf {
    #[inline]
    fn from(bytes: &[u8]) -> Self {
        let mut buffer = Self::new();
        buffer.extend(bytes);
        buffer
    }
}

impl Default for KeyBuf {
    #[inline]
    fn default() -> Self {
        Self::new()
    }
}

impl PartialEq for KeyBuf {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for KeyBuf {}

impl PartialOrd for KeyBuf {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for KeyBuf {
    fn cmp(&self, other: &Self) -> Ordering {
        (**self).cmp(&**other)
    }
}

impl Hash for KeyBuf {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

impl fmt::Debug for KeyBuf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("KeyBuf").field(&&**self).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::{Bytes, KeyBuf};
    use crate::key;

    const fn is_on_stack(key: &KeyBuf) -> bool {
        matches!(key.0, Bytes::Short { .. })
    }

    #[test]
    fn keys_up_to_64_bytes_are_encoded_on_the_stack() {
        let place = ("a station's name", 2024_u16, 6_u8, "the rest of the key");
        let bytes = key::encode::<(String, u16, u8, String)>(&place);
        assert_eq!((bytes.len(), is_on_stack(&bytes)), (16 + 2 + 2 + 1 + 19, true));
        assert!(is_on_stack(&key::encode::<String>(&"x".repeat(64))));
        assert!(!is_on_stack(&key::encode::<String>(&"x".repeat(65))));
    }

    #[test]
    fn what_is_appended_and_cut_off_is_as_in_a_vector() {
        for step in 1..40 {
            let (mut key, mut vec) = (KeyBuf::new(), Vec::new());
            for byte in 0..60_u8 {
                let part = vec![byte; usize::from(byte) % step];
                key.extend(&part);
                key.push(byte);
                vec.extend(&part);
                vec.push(byte);
                if byte % 23 == 22 {
                    let len = vec.len() / 2;
                    key.truncate(len);
                    vec.truncate(len);
                }
                assert_eq!(*key, vec);
                key.tail_mut(vec.len() / 3).reverse();
                let third = vec.len() / 3;
                vec[third..].reverse();
                assert_eq!(*key, vec);
                assert!(key.tail_mut(vec.len() + 1).is_empty());
            }
            key.clear();
            assert!(key.is_empty() && key == KeyBuf::from(&[][..]));
        }
    }

    #[test]
    fn where_the_bytes_lie_makes_no_difference() {
        let (mut long, short) = (KeyBuf::from(&[7; 100][..]), KeyBuf::from(&[7; 9][..]));
        assert!(long > short);
        long.truncate(9);
        assert_eq!((long.cmp(&short), &long), (std::cmp::Ordering::Equal, &short));
    }
}
