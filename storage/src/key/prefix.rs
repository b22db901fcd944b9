//! What may be passed where the start of a key is asked for.

use super::{ByteRange, Key, KeyBuf, Lookup, Place};

/// The start of keys of type `K`: the leading parts of a composite key as a tuple (`("GB",)`,
/// `("GB", "GB-ENG")`), with the last of them cut short by [`StartsWith`](super::StartsWith) if need be;
/// or the first characters of a `String`.
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

/// The last element of a prefix tuple: a whole part, or [`StartsWith`](super::StartsWith) for the beginning
/// of one.
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
