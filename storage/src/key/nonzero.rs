//! Integers that are not zero.
//!
//! ```text
//! NonZero<i>   as i, without the bytes of zero
//! ```

use super::{Key, KeyBuf, KeyReader, Lookup, Place, kept_as::kept_as};
use crate::{
    error::KeyError,
    schema::{Scalar, Shape, for_each_integer},
};
use std::num::NonZero;

macro_rules! non_zero {
    ($int:ident $scalar:ident) => {
        kept_as! {
            NonZero<$int>, concat!("nonzero<", stringify!($int), ">"),
            Shape::NonZero(Scalar::$scalar), $int, NonZero::get, NonZero::new;
        }
    };
}
for_each_integer!(non_zero);
