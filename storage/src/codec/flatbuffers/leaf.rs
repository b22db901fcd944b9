//! Leaves that every program has: numbers.

use super::{
    bytes::{Table, chunk},
    kind::{Default, Extent, Fixed, FlatLeaf, FlatType, Inline, Item, Leaf},
    verify::{Verdict, Verifier},
    writer::{Offset, Writer},
};
use crate::schema::{Scalar, for_each_scalar};
use std::fmt;

#[diagnostic::on_unimplemented(
    message = "`{T}` has no `default` in FlatBuffers",
    note = "numbers, `bool` and enums without data have one; write `Option<{T}>` for a value that may be missing"
)]
/// A leaf whose value is a number, or named by one: it may have a default of the field's own.
pub trait Number<T: 'static>: Leaf<T> {
    /// Its bits; the order of bits means nothing.
    fn bits(value: &T) -> u64;
}

/// The leaf of numbers and `bool`.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Primitive;

macro_rules! numbers {
    // The widest numbers of FlatBuffers have 64 bits, and it has no characters.
    ($kind:ident $ty:ident $scalar:ident u128) => {};
    (char $($rest:ident)*) => {};
    (bool $ty:ident $scalar:ident $bits:ident) => {
        numbers! { $ty $scalar $bits, u8::from, |bits| bits != 0 }
    };
    (unsigned $ty:ident $scalar:ident $bits:ident) => {
        numbers! { $ty $scalar $bits, |value| value, |bits| bits }
    };
    (signed $ty:ident $scalar:ident $bits:ident) => {
        numbers! { $ty $scalar $bits, $ty::cast_unsigned, $bits::cast_signed }
    };
    (float $ty:ident $scalar:ident $bits:ident) => {
        numbers! { $ty $scalar $bits, $ty::to_bits, $ty::from_bits }
    };
    ($ty:ident $scalar:ident $bits:ident, $to_bits:expr, $from_bits:expr) => {
        impl FlatType for $ty {
            type Kind = Inline;
        }

        impl FlatLeaf for $ty {
            type Leaf = Primitive;
        }

        impl Leaf<$ty> for Primitive {
            const SIZE: usize = size_of::<$ty>();
            const ALIGN: usize = size_of::<$ty>();
            const RANK: usize = size_of::<$ty>();
            const PLAIN: bool = true;
            const EXTENT: Extent = Extent::Inline;
            const REQUIRED: bool = false;
            type Ready = ();
            type View<'a> = $ty;

            #[inline]
            fn prepare(_: &$ty, _: &mut Writer) {}

            #[inline]
            fn store(value: &$ty, (): (), place: &mut [u8], _: usize) {
                <Self as Fixed<$ty>>::write(value, place);
            }

            #[inline]
            fn verify(_: &mut Verifier<'_>, _: usize) -> Verdict {
                Ok(())
            }

            #[inline]
            fn view(bytes: &[u8], at: usize) -> $ty {
                let from_bits: fn($bits) -> $ty = $from_bits;
                from_bits(<$bits>::from_le_bytes(chunk(bytes, at).unwrap_or_default()))
            }

            #[inline]
            fn own(view: $ty) -> Verdict<$ty> {
                Ok(view)
            }

            fn show(view: &$ty, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(view, f)
            }

            #[inline]
            fn missing(_: Table<'_>, default: Default) -> $ty {
                let from_bits: fn($bits) -> $ty = $from_bits;
                // The bits came from a number of this width.
                from_bits(<$bits>::try_from(default.unwrap_or(0)).unwrap_or_default())
            }

            /// By its bits: `-0.0 == 0.0`, and the sign must not be lost.
            #[inline]
            fn is_default(value: &$ty, default: Default) -> bool {
                <Self as Number<$ty>>::bits(value) == default.unwrap_or(0)
            }
        }

        impl Number<$ty> for Primitive {
            #[inline]
            fn bits(value: &$ty) -> u64 {
                let to_bits: fn($ty) -> $bits = $to_bits;
                u64::from(to_bits(*value))
            }
        }

        impl Fixed<$ty> for Primitive {
            #[inline]
            fn write(value: &$ty, place: &mut [u8]) {
                let to_bits: fn($ty) -> $bits = $to_bits;
                if let Some(place) = place.first_chunk_mut() {
                    *place = to_bits(*value).to_le_bytes();
                }
            }

            #[inline]
            fn read(bytes: &[u8], at: usize) -> $ty {
                <Self as Leaf<$ty>>::view(bytes, at)
            }

            fn print(value: &$ty, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(value, f)
            }
        }
    };
}
for_each_scalar!(numbers);

impl<T: 'static> Item<T> for Primitive where Self: Fixed<T> {}

/// The number of these bits, as it is written in a program.
pub(super) fn literal(scalar: Scalar, bits: u64) -> String {
    macro_rules! literal {
        ($kind:ident $ty:ident $scalar:ident u128) => {};
        (char $($rest:ident)*) => {
            if scalar == Scalar::Char {
                return bits.to_string();
            }
        };
        ($kind:ident $ty:ident $scalar:ident $bits:ident) => {
            if scalar == Scalar::$scalar {
                return format!(
                    "{:?}",
                    <Primitive as Leaf<$ty>>::missing(Table::EMPTY, Some(bits))
                );
            }
        };
    }
    for_each_scalar!(literal);
    String::new()
}

/// Writes the way to `target` to `place`.
#[inline]
pub(super) fn store_offset(target: Offset, place: &mut [u8], used: usize) {
    if let Some(place) = place.first_chunk_mut() {
        *place = target.from(used);
    }
}
