//! Integers, `bool` and `char`.
//!
//! ```text
//! u8..u128   big-endian                                      1, 2, 4, 8, 16 bytes
//! i8..i128   big-endian of the value with its sign bit flipped
//! bool       00 false, 01 true                               1 byte
//! char       big-endian code point                           4 bytes
//! ```

use super::{Key, KeyBuf, KeyReader, Lookup, Place};
use crate::error::KeyError;

/// Implements `Key` for types of one width: how to write them, how to read them back, and
/// how to write many at once where that is faster.
macro_rules! fixed_width {
    ($(
        $ty:ty, $name:literal, $width:literal, $encode:expr, $decode:expr
        $(, slice: $slice:expr)?;
    )*) => {$(
        impl Lookup<$ty> for $ty {
            #[inline]
            fn encode(&self, out: &mut KeyBuf, _: Place) {
                let encode: fn($ty) -> [u8; $width] = $encode;
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
            const WIDTH: Option<usize> = Some($width);

            fn describe(out: &mut String) {
                out.push_str($name);
            }

            #[inline]
            fn decode(input: &mut KeyReader<'_>, _: Place) -> Result<$ty, KeyError> {
                let decode: fn([u8; $width]) -> Result<$ty, KeyError> = $decode;
                decode(input.take()?)
            }

            fn from_ref(borrowed: $ty) -> $ty {
                borrowed
            }
        }
    )*};
}
pub(super) use fixed_width;

fixed_width! {
    u8, "u8", 1, u8::to_be_bytes, |b| Ok(u8::from_be_bytes(b)), slice: |v, out| out.extend(v);
    u16, "u16", 2, u16::to_be_bytes, |b| Ok(u16::from_be_bytes(b));
    u32, "u32", 4, u32::to_be_bytes, |b| Ok(u32::from_be_bytes(b));
    u64, "u64", 8, u64::to_be_bytes, |b| Ok(u64::from_be_bytes(b));
    u128, "u128", 16, u128::to_be_bytes, |b| Ok(u128::from_be_bytes(b));
    i8, "i8", 1, |v| (v ^ i8::MIN).to_be_bytes(), |b| Ok(i8::from_be_bytes(b) ^ i8::MIN);
    i16, "i16", 2, |v| (v ^ i16::MIN).to_be_bytes(), |b| Ok(i16::from_be_bytes(b) ^ i16::MIN);
    i32, "i32", 4, |v| (v ^ i32::MIN).to_be_bytes(), |b| Ok(i32::from_be_bytes(b) ^ i32::MIN);
    i64, "i64", 8, |v| (v ^ i64::MIN).to_be_bytes(), |b| Ok(i64::from_be_bytes(b) ^ i64::MIN);
    i128, "i128", 16, |v| (v ^ i128::MIN).to_be_bytes(), |b| Ok(i128::from_be_bytes(b) ^ i128::MIN);
    bool, "bool", 1, |v| [u8::from(v)], |[b]| match b {
        0 => Ok(false),
        1 => Ok(true),
        _ => Err(KeyError::Invalid { expected: "bool" }),
    };
    char, "char", 4, |v| u32::from(v).to_be_bytes(), |b| {
        char::from_u32(u32::from_be_bytes(b)).ok_or(KeyError::Invalid { expected: "char" })
    };
}
