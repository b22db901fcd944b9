//! Arrays of keys, compared from the first to the last.
//!
//! ```text
//! [k; N]   k, as an inner part, N - 1 times ‖ k, in the place of the array
//! ```
//!
//! There is no length: it is part of the type. `[u8; 16]` is sixteen bytes.

use super::{Key, KeyBuf, KeyReader, Lookup, Place};
use crate::{error::KeyError, schema::Shape};
use std::array;

impl<K: Key, Q: Lookup<K>, const N: usize> Lookup<[K; N]> for [Q; N] {
    #[inline]
    fn encode(&self, out: &mut KeyBuf, place: Place) {
        Q::encode_slice(self, out, place);
    }
}

impl<K: Key, const N: usize> Key for [K; N] {
    type Ref<'a> = [K::Ref<'a>; N];
    const WIDTH: Option<usize> = match (N, K::WIDTH) {
        (0, _) => Some(0),
        (_, Some(width)) => width.checked_mul(N),
        (_, None) => None,
    };

    fn describe() -> Shape {
        Shape::Array(Box::new(K::describe()), N)
    }

    #[inline]
    #[expect(clippy::expect_used, reason = "every slot is filled, or an error returned")]
    fn decode<'a>(input: &mut KeyReader<'a>, place: Place) -> Result<Self::Ref<'a>, KeyError> {
        let mut parts: [Option<K::Ref<'a>>; N] = array::from_fn(|_| None);
        if let Some((last, leading)) = parts.split_last_mut() {
            for part in leading {
                *part = Some(K::decode(input, Place::Inner)?);
            }
            *last = Some(K::decode(input, place)?);
        }
        Ok(parts.map(|part| part.expect("every slot is filled")))
    }

    fn from_ref(borrowed: Self::Ref<'_>) -> Self {
        borrowed.map(K::from_ref)
    }
}
