//! What may be passed where the start of a key is asked for.

use super::{ByteRange, Key, KeyBuf, Lookup, Place};

/// The start of keys of type `K`: the leading parts of a composite key as a tuple (`("GB",)`,
/// `("GB", "GB-ENG")`), with a range of numbers, moments or texts in the place of the last (`("OPS", 3..7)`), or text
/// that is cut short by [`StartsWith`](super::StartsWith); or the first characters of a `String`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the start of a key of type `{K}`",
    label = "not a prefix of `{K}`",
    note = "a prefix is a tuple of the leading parts of a composite key, such as `(\"GB\",)`, \
            or a `&str` for a `String` key"
)]
pub trait Prefix<K: Key> {
    /// Returns the range of the keys with this prefix.
    ///
    /// `place` says where these keys stand: [`Last`](Place::Last) when they are whole keys of a table,
    /// [`Inner`](Place::Inner) when more bytes follow, as the primary key follows an index key.
    fn byte_range(&self, place: Place) -> ByteRange;
}

impl<K: Key, Q: Prefix<K> + ?Sized> Prefix<K> for &Q {
    fn byte_range(&self, place: Place) -> ByteRange {
        (**self).byte_range(place)
    }
}

/// The last element of a prefix tuple: a whole part, a range of parts, or [`StartsWith`](super::StartsWith) for the
/// beginning of one.
///
/// ```
/// use storage::key::{Place, Prefix, encode};
///
/// type Ticket = (String, i64);
/// let range = Prefix::<Ticket>::byte_range(&("OPS", 3..), Place::Last);
/// assert!(range.contains(&encode::<Ticket>(&("OPS", i64::MAX))));
/// // A range of whole keys would go on into the next project.
/// assert!(!range.contains(&encode::<Ticket>(&("WEB", 5))));
/// ```
pub trait PrefixEnd<K: Key> {
    /// Returns the range of the keys that continue `start` with this element, a part that stands at `place`.
    fn finish(&self, start: KeyBuf, place: Place) -> ByteRange;
}

impl<K: Key, Q: Lookup<K>> PrefixEnd<K> for Q {
    fn finish(&self, mut start: KeyBuf, place: Place) -> ByteRange {
        self.encode(&mut start, place);
        match place {
            Place::Inner => ByteRange::prefix(start),
            Place::Last => ByteRange::exact(start),
        }
    }
}

/// Implements `PrefixEnd` for ranges of keys of type `$key`.
macro_rules! range_ends {
    ($key:ty) => {
        $crate::key::prefix::range_ends! {
            @each $key: Range<Q>, RangeInclusive<Q>, RangeFrom<Q>, RangeTo<Q>, RangeToInclusive<Q>
        }
    };
    (@each $key:ty: $($range:ident<Q>),*) => {$(
        impl<Q: $crate::key::Lookup<$key>> $crate::key::PrefixEnd<$key> for std::ops::$range<Q> {
            fn finish(
                &self,
                start: $crate::key::KeyBuf,
                place: $crate::key::Place,
            ) -> $crate::key::ByteRange {
                $crate::key::ByteRange::of_parts(start, self, place)
            }
        }
    )*};
}
pub(super) use range_ends;
