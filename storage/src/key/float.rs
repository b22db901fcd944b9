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
use crate::{
    error::KeyError,
    schema::{Scalar, Shape, for_each_scalar},
};

macro_rules! floats {
    (float $ty:ident $scalar:ident $bits:ident) => {
        fixed_width! {
            $ty, Shape::Scalar(Scalar::$scalar),
            |v| {
                const SIGN: $bits = 1 << ($bits::BITS - 1);
                let bits = v.to_bits();
                (if bits & SIGN == 0 { bits | SIGN } else { !bits }).to_be_bytes()
            },
            |b| {
                const SIGN: $bits = 1 << ($bits::BITS - 1);
                let sorted = $bits::from_be_bytes(b);
                Ok($ty::from_bits(if sorted & SIGN == 0 { !sorted } else { sorted & !SIGN }))
            };
        }
    };
    ($($other:ident)*) => {};
}
for_each_scalar!(floats);
