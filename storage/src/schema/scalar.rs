//! Scalars: the numbers, truth values and characters that every codec, key and predicate knows.

use std::fmt;

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

macro_rules! define {
    ($($kind:ident $ty:ident $scalar:ident $bits:ident;)*) => {
        /// A fixed-width primitive.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        #[expect(missing_docs, reason = "named as in Rust")]
        pub enum Scalar {
            $($scalar,)*
        }

        impl Scalar {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$scalar,)*];

            /// The one whose name is `word`.
            pub(super) fn called(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|named| named.name() == word)
            }

            /// Its name, as in Rust.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$scalar => stringify!($ty),)*
                }
            }
        }
    };
}
scalars!(define);

impl fmt::Display for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
