//! Text, in the order of its UTF-8 bytes, which is the order of its code points.
//!
//! ```text
//! last    UTF-8
//! inner   UTF-8 with every 00 written as 00 FF ‖ 00 00
//! ```
//!
//! Neither case nor language changes the order: `"Z" < "a" < "é"`.

use super::{ByteRange, Key, KeyBuf, KeyReader, Lookup, Place, Prefix, PrefixEnd, escape};
use crate::{error::KeyError, schema::Shape};
#[cfg(feature = "smol_str")]
use smol_str::SmolStr;
use std::{borrow::Cow, rc::Rc, sync::Arc};

/// Makes `$key` a key of text, and implements `Lookup` and `Prefix` for each form of text that finds it.
macro_rules! text {
    ($key:ty: $($ty:ty),*) => {
        impl Key for $key {
            type Ref<'a> = Cow<'a, str>;
            const WIDTH: Option<usize> = None;

            fn describe() -> Shape {
                Shape::Text
            }

            #[inline]
            fn decode<'a>(input: &mut KeyReader<'a>, place: Place) -> Result<Cow<'a, str>, KeyError> {
                decode(input, place)
            }

            fn from_ref(borrowed: Cow<'_, str>) -> Self {
                borrowed.into()
            }
        }

        $(
            impl Lookup<$key> for $ty {
                #[inline]
                fn encode(&self, out: &mut KeyBuf, place: Place) {
                    escape::encode(self.as_bytes(), out, place);
                }
            }

            /// The keys that start with this text.
            impl Prefix<$key> for $ty {
                fn byte_range(&self, place: Place) -> ByteRange {
                    Prefix::<$key>::byte_range(&StartsWith(self), place)
                }
            }
        )*

        $crate::key::prefix::range_ends! { $key }

        impl PrefixEnd<$key> for StartsWith<'_> {
            fn finish(&self, mut start: KeyBuf, place: Place) -> ByteRange {
                escape::encode_start(self.0.as_bytes(), &mut start, place);
                ByteRange::prefix(start)
            }
        }

        impl Prefix<$key> for StartsWith<'_> {
            fn byte_range(&self, place: Place) -> ByteRange {
                PrefixEnd::<$key>::finish(self, KeyBuf::new(), place)
            }
        }
    };
}
text!(String: str, String, Cow<'_, str>, Box<str>, Rc<str>, Arc<str>);

#[cfg(feature = "smol_str")]
text!(SmolStr: str, String, Cow<'_, str>, SmolStr);

text!(Box<str>: str, String, Box<str>, Cow<'_, str>);
text!(Rc<str>: str, String, Rc<str>, Cow<'_, str>);
text!(Arc<str>: str, String, Arc<str>, Cow<'_, str>);

#[inline]
fn decode<'a>(input: &mut KeyReader<'a>, place: Place) -> Result<Cow<'a, str>, KeyError> {
    match escape::decode(input, place)? {
        Cow::Borrowed(bytes) => str::from_utf8(bytes).map(Cow::Borrowed).ok(),
        Cow::Owned(bytes) => String::from_utf8(bytes).map(Cow::Owned).ok(),
    }
    .ok_or(KeyError::NotUtf8)
}

/// The first characters of a text part, at the end of a [`Prefix`].
///
/// In a tuple, plain text means the whole part; wrapped, it means its beginning.
///
/// ```
/// use storage::key::{Place, Prefix, StartsWith, encode};
///
/// type Airport = (String, String, u32); // country, region, number
/// let england = encode::<Airport>(&("GB", "GB-ENG", 7));
///
/// let in_region = Prefix::<Airport>::byte_range(&("GB", "GB-"), Place::Last);
/// assert!(!in_region.contains(&england));
/// let in_regions = Prefix::<Airport>::byte_range(&("GB", StartsWith("GB-")), Place::Last);
/// assert!(in_regions.contains(&england));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_structs, reason = "a marker around a text")]
pub struct StartsWith<'a>(pub &'a str);
