//! The index keys that a function returns for a record.

use super::IndexKeys;
use crate::key::Key;

/// What a function may return for an index with the key type `K`: a `K`, or an `Option` or a `Vec` of it.
///
/// `K` is any key, an `Option` or a tuple as well: what is returned is told from several of it by its type alone.
#[diagnostic::on_unimplemented(
    message = "a function that returns `{Self}` does not make index keys of type `{K}`",
    label = "neither `{K}`, nor an `Option` or `Vec` of it",
    note = "write the type of one key as `key = ...` in `#[store(index(...))]`"
)]
pub trait KeysOf<K: Key> {
    /// Adds them to `keys`.
    fn push_to(&self, keys: &mut IndexKeys);
}

impl<K: Key> KeysOf<K> for K {
    fn push_to(&self, keys: &mut IndexKeys) {
        keys.push::<K>(self);
    }
}

impl<K: Key> KeysOf<K> for Option<K> {
    fn push_to(&self, keys: &mut IndexKeys) {
        self.iter().for_each(|key| keys.push::<K>(key));
    }
}

impl<K: Key> KeysOf<K> for Vec<K> {
    fn push_to(&self, keys: &mut IndexKeys) {
        self.iter().for_each(|key| keys.push::<K>(key));
    }
}

impl<K: Key> KeysOf<K> for Option<Vec<K>> {
    fn push_to(&self, keys: &mut IndexKeys) {
        self.iter().flatten().for_each(|key| keys.push::<K>(key));
    }
}

impl<K: Key> KeysOf<K> for Vec<Option<K>> {
    fn push_to(&self, keys: &mut IndexKeys) {
        self.iter().flatten().for_each(|key| keys.push::<K>(key));
    }
}
