//! `Option`: `None` first.
//!
//! ```text
//! None      00
//! Some(k)   01 ‖ k
//! ```
//!
//! An `Option` key is looked up by an `Option`: `Some("LHR")`, `None::<&str>`.

use super::{Key, KeyBuf, KeyReader, Lookup, Place};
use crate::{error::KeyError, schema::Shape};

const NONE: u8 = 0;
const SOME: u8 = 1;

impl<K: Key, Q: Lookup<K>> Lookup<Option<K>> for Option<Q> {
    #[inline]
    fn encode(&self, out: &mut KeyBuf, place: Place) {
        match self {
            None => out.push(NONE),
            Some(key) => {
                out.push(SOME);
                key.encode(out, place);
            }
        }
    }
}

impl<K: Key> Key for Option<K> {
    type Ref<'a> = Option<K::Ref<'a>>;
    const WIDTH: Option<usize> = None;

    fn describe() -> Shape {
        Shape::Option(Box::new(K::describe()))
    }

    #[inline]
    fn decode<'a>(input: &mut KeyReader<'a>, place: Place) -> Result<Self::Ref<'a>, KeyError> {
        match input.take()? {
            [NONE] => Ok(None),
            [SOME] => K::decode(input, place).map(Some),
            _ => Err(KeyError::Invalid { expected: "option" }),
        }
    }

    fn from_ref(borrowed: Self::Ref<'_>) -> Self {
        borrowed.map(K::from_ref)
    }
}
