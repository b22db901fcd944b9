//! Integers that are not zero.
//!
//! ```text
//! NonZero<i>   as i, without the bytes of zero
//! ```

use super::{Key, KeyBuf, KeyReader, Lookup, Place, kept_as::kept_as};
use crate::error::KeyError;
use std::num::NonZero;

macro_rules! non_zero {
    ($($int:ty, $name:literal;)*) => {
        kept_as! {
            $(NonZero<$int>, $name, $int, NonZero::get, NonZero::new;)*
        }
    };
}
non_zero! {
    u8, "nonzero<u8>";
    u16, "nonzero<u16>";
    u32, "nonzero<u32>";
    u64, "nonzero<u64>";
    u128, "nonzero<u128>";
    i8, "nonzero<i8>";
    i16, "nonzero<i16>";
    i32, "nonzero<i32>";
    i64, "nonzero<i64>";
    i128, "nonzero<i128>";
}
