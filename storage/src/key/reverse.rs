//! `Reverse`: descending order.
//!
//! ```text
//! Reverse(k)   k as an inner part, every byte complemented
//!
//! Reverse(1_u16)   FF FE
//! Reverse("a")     9E FF FF
//! ```
//!
//! The part delimits itself even where it is the last one: complementing turns the order around only when no
//! encoding is a prefix of another.

use super::{Key, KeyBuf, KeyReader, Lookup, Place};
use crate::{error::KeyError, schema::Shape};
use std::{cmp::Reverse, fmt::Debug};

fn complement(bytes: &mut [u8]) {
    for byte in bytes {
        *byte = !*byte;
    }
}

impl<K: Key, Q: Lookup<K>> Lookup<Reverse<K>> for Reverse<Q> {
    #[inline]
    fn encode(&self, out: &mut KeyBuf, _: Place) {
        let start = out.len();
        self.0.encode(out, Place::Inner);
        complement(out.tail_mut(start));
    }
}

/// A key in descending order. Its borrowed form is itself: what is complemented cannot be borrowed.
impl<K: Key + Debug> Key for Reverse<K> {
    type Ref<'a> = Self;
    const WIDTH: Option<usize> = K::WIDTH;

    fn describe() -> Shape {
        Shape::Reverse(Box::new(K::describe()))
    }

    fn decode(input: &mut KeyReader<'_>, _: Place) -> Result<Self, KeyError> {
        let available = match K::WIDTH {
            Some(width) => input.clone().take_slice(width)?,
            None => input.rest(),
        };
        let mut plain = KeyBuf::from(available);
        complement(plain.tail_mut(0));

        let mut reader = KeyReader::new(&plain);
        let key = K::from_ref(K::decode(&mut reader, Place::Inner)?);
        input.take_slice(plain.len().saturating_sub(reader.rest().len()))?;
        Ok(Self(key))
    }

    fn from_ref(borrowed: Self) -> Self {
        borrowed
    }
}
