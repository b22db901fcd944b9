//! What may be passed where a key is asked for.

use super::{KeyBuf, Place};

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
