//! Floating point, in the total order of IEEE 754 (`f64::total_cmp`).
//!
//! ```text
//! f32, f64   sign bit clear: big-endian bits with the sign bit set       4, 8 bytes
//!            sign bit set:   big-endian bits, each of them flipped
//!
//! -NaN < -inf < -1.0 < -0.0 < +0.0 < 1.0 < +inf < +NaN
//! ```
//!
//! - `-0.0` and `+0.0` are two keys, next to each other. `get(0.0)` does not find `-0.0`; the range
//!   `-0.0..=0.0` finds both.
//! - NaN is a key like any other and finds itself again, payload and all. NaNs with the sign bit set come
//!   first, the others last: `range(f64::NEG_INFINITY..=f64::INFINITY)` is all numbers and no NaN.

use super::{Key, KeyBuf, KeyReader, Lookup, Place, integer::fixed_width};
use crate::error::KeyError;

/// Bits that sort as the numbers do, and back.
macro_rules! total_order {
    ($($bits:ty, $sign:expr, $sorted:ident, $unsorted:ident;)*) => {$(
        const fn $sorted(bits: $bits) -> $bits {
            if bits & $sign == 0 { bits | $sign } else { !bits }
        }

        const fn $unsorted(bits: $bits) -> $bits {
            if bits & $sign == 0 { !bits } else { bits & !$sign }
        }
    )*};
}
total_order! {
    u32, 1 << 31, sorted_u32, unsorted_u32;
    u64, 1 << 63, sorted_u64, unsorted_u64;
}

fixed_width! {
    f32, "f32", 4, |v| sorted_u32(v.to_bits()).to_be_bytes(),
        |b| Ok(f32::from_bits(unsorted_u32(u32::from_be_bytes(b))));
    f64, "f64", 8, |v| sorted_u64(v.to_bits()).to_be_bytes(),
        |b| Ok(f64::from_bits(unsorted_u64(u64::from_be_bytes(b))));
}
