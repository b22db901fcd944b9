//! Integers, `bool` and `char`.
//!
//! ```text
//! u8..u128   big-endian                                      1, 2, 4, 8, 16 bytes
//! i8..i128   big-endian of the value with its sign bit flipped
//! bool       00 false, 01 true                               1 byte
//! char       big-endian code point                           4 bytes
//! ```

use super::{Key, KeyBuf, KeyReader, Lookup, Place};
use crate::{
    error::KeyError,
    schema::{Scalar, Shape, for_each_scalar},
};

/// Implements `Key` for types whose keys are as wide as they are: how to write them, how to read them back, and how to
/// write many at once where that is faster.
macro_rules! fixed_width {
    ($(
        $ty:ty, $shape:expr, $encode:expr, $decode:expr
        $(, slice: $slice:expr)?;
    )*) => {$(
        impl Lookup<$ty> for $ty {
            #[inline]
            fn encode(&self, out: &mut KeyBuf, _: Place) {
                let encode: fn($ty) -> [u8; size_of::<$ty>()] = $encode;
                out.extend(&encode(*self));
            }
            $(
                #[inline]
                fn encode_slice(keys: &[$ty], out: &mut KeyBuf, _: Place) {
                    let encode: fn(&[$ty], &mut KeyBuf) = $slice;
                    encode(keys, out);
                }
            )?
        }

        impl Key for $ty {
            type Ref<'a> = $ty;
            const WIDTH: Option<usize> = Some(size_of::<$ty>());

            fn describe() -> Shape {
                $shape
            }

            #[inline]
            fn decode(input: &mut KeyReader<'_>, _: Place) -> Result<$ty, KeyError> {
                let decode: fn([u8; size_of::<$ty>()]) -> Result<$ty, KeyError> = $decode;
                decode(input.take()?)
            }

            fn from_ref(borrowed: $ty) -> $ty {
                borrowed
            }
        }

        $crate::key::prefix::range_ends! { $ty }
    )*};
}
pub(super) use fixed_width;

macro_rules! scalars {
    (unsigned u8 $($rest:ident)*) => {
        fixed_width! { u8, Shape::Scalar(Scalar::U8), |v| [v], |[b]| Ok(b), slice: |v, out| out.extend(v); }
    };
    (unsigned $ty:ident $scalar:ident $bits:ident) => {
        fixed_width! {
            $ty, Shape::Scalar(Scalar::$scalar), $ty::to_be_bytes, |b| Ok($ty::from_be_bytes(b));
        }
    };
    (signed $ty:ident $scalar:ident $bits:ident) => {
        fixed_width! {
            $ty, Shape::Scalar(Scalar::$scalar), |v| (v ^ $ty::MIN).to_be_bytes(),
            |b| Ok($ty::from_be_bytes(b) ^ $ty::MIN);
        }
    };
    (bool $($rest:ident)*) => {
        fixed_width! {
            bool, Shape::Scalar(Scalar::Bool), |v| [u8::from(v)], |[b]| match b {
                0 => Ok(false),
                1 => Ok(true),
                _ => Err(KeyError::Invalid { expected: "bool" }),
            };
        }
    };
    (char $($rest:ident)*) => {
        fixed_width! {
            char, Shape::Scalar(Scalar::Char), |v| u32::from(v).to_be_bytes(), |b| {
                char::from_u32(u32::from_be_bytes(b)).ok_or(KeyError::Invalid { expected: "char" })
            };
        }
    };
    // In `float.rs`.
    (float $($rest:ident)*) => {};
}
for_each_scalar!(scalars);
