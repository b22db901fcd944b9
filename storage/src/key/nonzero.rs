//! Integers that are not zero.
//!
//! ```text
//! NonZero<i>   as i, without the bytes of zero
//! ```

use super::{Key, KeyBuf, KeyReader, Lookup, Place, kept_as::kept_as};
use crate::{
    error::KeyError,
    schema::{Scalar, Shape, for_each_scalar},
};
use std::num::NonZero;

macro_rules! non_zero {
    (signed $int:ident $scalar:ident $bits:ident) => {
        non_zero! { @ $int $scalar }
    };
    (unsigned $int:ident $scalar:ident $bits:ident) => {
        non_zero! { @ $int $scalar }
    };
    (@ $int:ident $scalar:ident) => {
        kept_as! {
            NonZero<$int>, concat!("nonzero<", stringify!($int), ">"),
            Shape::NonZero(Scalar::$scalar), $int, NonZero::get, NonZero::new;
        }
    };
    ($($other:ident)*) => {};
}
for_each_scalar!(non_zero);
