//! Byte strings, in the order of their bytes.
//!
//! ```text
//! last    the bytes
//! inner   the bytes with every 00 written as 00 FF ‖ 00 00
//! ```
//!
//! Of all vectors only `Vec<u8>` is a key. `[u8; N]` is one of a fixed width, without escape or end; it is at
//! home with the other arrays.

use super::{ByteRange, Key, KeyBuf, KeyReader, Lookup, Place, Prefix, escape};
use crate::{error::KeyError, schema::Shape};
use std::borrow::Cow;

impl Key for Vec<u8> {
    type Ref<'a> = Cow<'a, [u8]>;
    const WIDTH: Option<usize> = None;

    fn describe() -> Shape {
        Shape::Bytes
    }

    #[inline]
    fn decode<'a>(input: &mut KeyReader<'a>, place: Place) -> Result<Cow<'a, [u8]>, KeyError> {
        escape::decode(input, place)
    }

    fn from_ref(borrowed: Cow<'_, [u8]>) -> Self {
        borrowed.into_owned()
    }
}

/// Implements `Lookup` and `Prefix` for every form of a byte string.
macro_rules! bytes {
    ($([$($generics:tt)*] $ty:ty),*) => {$(
        impl<$($generics)*> Lookup<Vec<u8>> for $ty {
            #[inline]
            fn encode(&self, out: &mut KeyBuf, place: Place) {
                escape::encode(self, out, place);
            }
        }

        /// The keys that start with these bytes.
        impl<$($generics)*> Prefix<Vec<u8>> for $ty {
            fn byte_range(&self, place: Place) -> ByteRange {
                let mut start = KeyBuf::new();
                escape::encode_start(self, &mut start, place);
                ByteRange::prefix(start)
            }
        }
    )*};
}
bytes!([] [u8], [] Vec<u8>, [] Cow<'_, [u8]>, [] Box<[u8]>, [const N: usize] [u8; N]);
