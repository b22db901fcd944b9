//! Scalars: the numbers, truth values and characters that every codec, key and predicate knows.

use super::words::words;

/// Every scalar: its kind, its type, its [`Scalar`] and the unsigned integer of its width. The only list of them.
macro_rules! scalars {
    ($then:ident $($with:ident)?) => {
        $then! {
            $($with)?
            bool bool Bool u8;
            char char Char u32;
            signed i8 I8 u8;
            signed i16 I16 u16;
            signed i32 I32 u32;
            signed i64 I64 u64;
            signed i128 I128 u128;
            unsigned u8 U8 u8;
            unsigned u16 U16 u16;
            unsigned u32 U32 u32;
            unsigned u64 U64 u64;
            unsigned u128 U128 u128;
            float f32 F32 u32;
            float f64 F64 u64;
        }
    };
}
pub(crate) use scalars;

/// Calls `$each!` with the row of every scalar in [`scalars!`]: `$each! { signed i8 I8 u8 }`.
macro_rules! for_each_scalar {
    ($each:ident) => {
        $crate::schema::scalars! { for_each_scalar $each }
    };
    ($each:ident $($kind:ident $ty:ident $scalar:ident $bits:ident;)*) => {
        $($each! { $kind $ty $scalar $bits })*
    };
}
pub(crate) use for_each_scalar;

/// Calls `$each!` with the type and the [`Scalar`] of every integer: `$each! { i8 I8 }`.
macro_rules! for_each_integer {
    ($each:ident) => {
        $crate::schema::scalars! { for_each_integer $each }
    };
    ($each:ident $($kind:ident $ty:ident $scalar:ident $bits:ident;)*) => {
        $(for_each_integer! { @ $kind $each $ty $scalar })*
    };
    (@ signed $each:ident $ty:ident $scalar:ident) => {
        $each! { $ty $scalar }
    };
    (@ unsigned $each:ident $ty:ident $scalar:ident) => {
        $each! { $ty $scalar }
    };
    (@ $($other:ident)*) => {};
}
pub(crate) use for_each_integer;

/// Calls `$each!` with every type that is text: `$each! { String }`.
macro_rules! for_each_text {
    ($each:ident) => {
        $each! { String }

        #[cfg(feature = "smol_str")]
        $each! { smol_str::SmolStr }
    };
}
pub(crate) use for_each_text;

/// Calls a macro with every type that is bytes in a row, after its parameters.
macro_rules! for_each_bytes {
    ($each:ident) => {
        $each! { [] Vec<u8> }
        $each! { [const N: usize] [u8; N] }
        $each! { [] Box<[u8]> }
        $each! { [] std::rc::Rc<[u8]> }
        $each! { [] std::sync::Arc<[u8]> }

        #[cfg(feature = "bytes")]
        $each! { [] bytes::Bytes }
    };
}
pub(crate) use for_each_bytes;

macro_rules! define {
    ($($kind:ident $ty:ident $scalar:ident $bits:ident;)*) => {
        words! {
            /// A fixed-width primitive.
            #[expect(missing_docs, reason = "named as in Rust")]
            Scalar { $($scalar => stringify!($ty);)* }
        }
    };
}
scalars!(define);

macro_rules! width {
    ($($kind:ident $ty:ident $scalar:ident $bits:ident;)*) => {
        impl Scalar {
            /// How many bytes a value has.
            #[must_use]
            pub const fn width(self) -> usize {
                match self {
                    $(Self::$scalar => size_of::<$ty>(),)*
                }
            }
        }
    };
}
scalars!(width);
