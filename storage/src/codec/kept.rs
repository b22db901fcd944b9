//! A checked value that a cache keeps, with its key.
//!
//! ```text
//! key │ padding │ body │ padding
//! ```
//!
//! In one piece of memory, with the counters of its clones before the key: a hit waits for memory more than for
//! anything else.

use super::{Codec, CodecView, Frame, Reading, Trust};
use crate::{backend::CacheRow, error::DecodeError, invariant::Invariant as _};
use std::{iter, marker::PhantomData, ops::Range, sync::Arc};

/// A value that passed its checks, copied to an address that suits it. Cheap to clone.
pub(crate) struct Kept<V, C> {
    // INVARIANT: `body` passed the checks at the address it has. The bytes do not change: all clones share them.
    bytes: Arc<[u8]>,
    key_len: usize,
    types: PhantomData<fn() -> (V, C)>,
}

impl<V: 'static, C: Codec<V>> Kept<V, C> {
    /// The body begins at a multiple of this.
    const ALIGNMENT: usize = <C::Reading as Reading<V, C>>::ALIGNMENT;
    /// How much padding there is, before and after the body together.
    const PADDING: usize = Self::ALIGNMENT.saturating_sub(1);

    #[expect(unsafe_code, reason = "checked once, when it was made")]
    // SAFETY: only `body` is read under it. INVARIANT of `bytes`: it passed the check at this address, which is on the
    // heap and does not move with `self`; and it does not change while it is shared.
    const CHECKED: Trust = unsafe { Trust::checked() };

    /// Checks the structure of `body`, which is verified.
    pub(crate) fn of_body(body: &[u8], key: &[u8]) -> Result<Self, DecodeError> {
        let len = [key.len(), body.len()].into_iter().fold(Self::PADDING, usize::saturating_add);
        let bytes: Arc<[u8]> = iter::repeat_n(0, len).collect();
        let mut kept = Self { bytes, key_len: key.len(), types: PhantomData };
        let place = kept.place();
        let bytes = Arc::get_mut(&mut kept.bytes).invariant("nobody shares what was just made");
        let mut put = |place: Range<usize>, part: &[u8]| {
            let room = bytes.get_mut(place).filter(|room| room.len() == part.len());
            room.map(|room| room.copy_from_slice(part)).invariant("there is room for key and body");
        };
        put(0..key.len(), key);
        put(place, body);
        C::Reading::with_view(kept.body(), Trust::nothing(), |_| ())?;
        Ok(kept)
    }

    /// The value as it was verified, to read single fields of.
    pub(crate) fn frame(&self) -> Frame<'_> {
        Frame::verified(self.body())
    }

    /// Calls `read` with the view.
    #[inline]
    pub(crate) fn with_view<T>(
        &self,
        read: impl FnOnce(CodecView<'_, V, C>) -> T,
    ) -> Result<T, DecodeError> {
        C::Reading::with_view(self.body(), Self::CHECKED, read)
    }

    /// Returns the owned value.
    pub(crate) fn decode(&self) -> Result<C::Owned, DecodeError> {
        C::Reading::decode(self.body(), Self::CHECKED)
    }

    /// Where the body lies: from the first address after the key that suits every value.
    #[inline]
    fn place(&self) -> Range<usize> {
        let padding = self.bytes.as_ptr().wrapping_add(self.key_len).align_offset(Self::ALIGNMENT);
        let rest = Self::PADDING.saturating_sub(padding);
        self.key_len.saturating_add(padding)..self.bytes.len().saturating_sub(rest)
    }

    #[inline]
    fn body(&self) -> &[u8] {
        self.bytes.get(self.place()).invariant("there is room for key and body")
    }
}

impl<V: 'static, C: Codec<V>> CacheRow for Kept<V, C> {
    #[inline]
    fn key(&self) -> &[u8] {
        self.bytes.get(..self.key_len).invariant("there is room for key and body")
    }

    fn heap_len(&self) -> usize {
        // With the two counters of an `Arc`.
        self.bytes.len().saturating_add(size_of::<[usize; 2]>())
    }
}

impl<V, C> Clone for Kept<V, C> {
    #[inline]
    fn clone(&self) -> Self {
        Self { bytes: Arc::clone(&self.bytes), key_len: self.key_len, types: PhantomData }
    }
}

#[cfg(test)]
#[cfg(feature = "rkyv")]
mod tests {
    use super::*;
    use crate::{
        codec::{Rkyv, RkyvValue, Seal},
        error::Damage,
    };

    /// As a value comes from the file.
    fn kept<V: RkyvValue>(value: &[u8], key: &[u8], seal: Seal) -> Result<Kept<V, Rkyv>, Damage> {
        Ok(Kept::of_body(seal.verified(key, value)?, key)?)
    }

    fn sealed(key: &[u8], text: &str) -> (Seal, Vec<u8>) {
        let (seal, mut value) = (Seal::new("table", 1, 7), Vec::new());
        Rkyv::encode(&(9_u64, text.to_owned()), &mut value).unwrap();
        seal.close(key, &mut value);
        (seal, value)
    }

    #[test]
    fn key_and_value_are_found_whatever_their_lengths() {
        for len in 0..150 {
            let (key, text) = ("k".repeat(len), "t".repeat(150 - len));
            let (seal, value) = sealed(key.as_bytes(), &text);
            let kept = kept::<(u64, String)>(&value, key.as_bytes(), seal).unwrap();
            let clone = kept.clone();
            drop(kept);
            let read = clone.with_view(|view| (view.0.to_native(), view.1.to_string()));
            assert_eq!((clone.key(), read.unwrap()), (key.as_bytes(), (9, text.clone())));
            assert_eq!(clone.decode().unwrap(), (9, text));
            assert!(clone.heap_len() > len + value.len() - 6);
        }
    }

    #[test]
    fn what_is_damaged_is_not_kept() {
        let (seal, value) = sealed(b"key", "a text that does not lie in place");
        for bit in 0..value.len() * 8 {
            let mut damaged = value.clone();
            damaged[bit / 8] ^= 1 << (bit % 8);
            assert!(kept::<(u64, String)>(&damaged, b"key", seal).is_err(), "bit {bit}");
        }
        // A checksum that fits says nothing of the type.
        assert!(kept::<Vec<Vec<String>>>(&value, b"key", seal).is_err());
        assert!(kept::<(u64, String)>(&value, b"kez", seal).is_err());
    }
}
