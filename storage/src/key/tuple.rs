//! Tuples of one to twelve keys, compared from the first to the last.
//!
//! ```text
//! (a, b, c)   a as an inner part ‖ b as an inner part ‖ c in the place of the tuple
//!
//! ("GB", 7_u16)   47 42 00 00 | 00 07
//! (7_u16, "GB")   00 07 | 47 42
//! ```
//!
//! A struct with several key fields has the bytes of the tuple of these fields.

use super::{ByteRange, Key, KeyBuf, KeyReader, Lookup, Place, Prefix, PrefixEnd};
use crate::{
    error::KeyError,
    schema::{Shape, for_each_tuple},
};

/// The width of two parts side by side.
const fn sum(a: Option<usize>, b: Option<usize>) -> Option<usize> {
    match (a, b) {
        (Some(a), Some(b)) => a.checked_add(b),
        _ => None,
    }
}

/// The key made of the leading parts and the last one, and its prefixes. A part is its key type, what it is looked up
/// by, and its index.
macro_rules! tuples {
    ([$([$K:ident $Q:ident $i:tt])*] [$L:ident $QL:ident $l:tt]) => {
        impl<$($K: Key, $Q: Lookup<$K>,)* $L: Key, $QL: Lookup<$L>>
            Lookup<($($K,)* $L,)> for ($($Q,)* $QL,)
        {
            #[inline]
            fn encode(&self, out: &mut KeyBuf, place: Place) {
                $(self.$i.encode(out, Place::Inner);)*
                self.$l.encode(out, place);
            }
        }

        impl<$($K: Key,)* $L: Key> Key for ($($K,)* $L,) {
            type Ref<'a> = ($($K::Ref<'a>,)* $L::Ref<'a>,);
            const WIDTH: Option<usize> = {
                let width = Some(0);
                $(let width = sum(width, $K::WIDTH);)*
                sum(width, $L::WIDTH)
            };

            fn describe() -> Shape {
                Shape::Tuple(vec![$($K::describe(),)* $L::describe()])
            }

            #[inline]
            fn decode<'a>(
                input: &mut KeyReader<'a>,
                place: Place,
            ) -> Result<Self::Ref<'a>, KeyError> {
                Ok(($($K::decode(input, Place::Inner)?,)* $L::decode(input, place)?,))
            }

            fn from_ref(borrowed: Self::Ref<'_>) -> Self {
                ($($K::from_ref(borrowed.$i),)* $L::from_ref(borrowed.$l),)
            }
        }

        prefixes! { [] $($K $Q $i)* $L $QL $l }
    };
}

/// `prefixes!([leading parts] end of the prefix, parts that follow it)`: this prefix and all longer ones.
macro_rules! prefixes {
    ([$($K:ident $Q:ident $i:tt)*] $L:ident $QL:ident $l:tt $($F:ident $QF:ident $f:tt)+) => {
        prefixes! { @impl [$($K $Q $i)*] $L $QL $l [$($F)+] |_place| Place::Inner }
        prefixes! { [$($K $Q $i)* $L $QL $l] $($F $QF $f)+ }
    };
    // All parts of the key: it is one key, or what follows it in an index.
    ([$($K:ident $Q:ident $i:tt)*] $L:ident $QL:ident $l:tt) => {
        prefixes! { @impl [$($K $Q $i)*] $L $QL $l [] |place| place }
    };
    (@impl [$($K:ident $Q:ident $i:tt)*] $L:ident $QL:ident $l:tt [$($F:ident)*]
        |$place:ident| $end:expr
    ) => {
        impl<$($K: Key, $Q: Lookup<$K>,)* $L: Key, $QL: PrefixEnd<$L>, $($F: Key),*>
            Prefix<($($K,)* $L, $($F,)*)> for ($($Q,)* $QL,)
        {
            #[allow(unused_mut, reason = "a prefix of one part has no leading ones")]
            fn byte_range(&self, $place: Place) -> ByteRange {
                let mut start = KeyBuf::new();
                $(self.$i.encode(&mut start, Place::Inner);)*
                self.$l.finish(start, $end)
            }
        }
    };
}

for_each_tuple!(tuples);
