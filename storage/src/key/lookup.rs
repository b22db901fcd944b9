//! What may be passed where a key or the start of a key is asked for.

use super::{ByteRange, Key, KeyBuf, Place};

/// A value that finds keys of type `K`: `K` itself, a reference to it, or its borrowed form, such as
/// `&str` for `String` and `("GB", 7)` for `(String, u32)`.
#[diagnostic::on_unimplemented(
    message = "a key of type `{K}` cannot be looked up by `{Self}`",
    label = "not a form of `{K}`",
    note = "pass a `{K}`, a reference to one, or its borrowed form (`&str` for `String`, a tuple for a composite key)"
)]
pub trait Lookup<K: ?Sized> {
    /// Appends the bytes of the key.
    fn encode(&self, out: &mut KeyBuf, place: Place);

    /// Appends the bytes of keys that follow one another, the last of them at `place`.
    ///
    /// `u8` appends them all at once, as in [`Hash::hash_slice`](std::hash::Hash::hash_slice).
    #[inline]
    fn encode_slice(keys: &[Self], out: &mut KeyBuf, place: Place)
    where
        Self: Sized,
    {
        if let Some((last, leading)) = keys.split_last() {
            for key in leading {
                key.encode(out, Place::Inner);
            }
            last.encode(out, place);
        }
    }
}

impl<K, Q: Lookup<K> + ?Sized> Lookup<K> for &Q {
    #[inline]
    fn encode(&self, out: &mut KeyBuf, place: Place) {
        (**self).encode(out, place);
    }
}

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
    /// The bytes of the keys with this prefix.
    ///
    /// `place` tells where these keys stand: [`Last`](Place::Last) when they are whole keys of a table,
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
    /// The bytes of the keys that go on behind `start` as this element says, with a part that stands at `place`.
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
