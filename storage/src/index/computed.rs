//! The index keys that a function returns for a record.

/// What a function may return for an index with the key type `K`: a `K`, or an `Option` or a `Vec` of it.
///
/// `K` is any key, an `Option` or a tuple as well: one key is told from several by its type alone. That it is a key is
/// asked where the index is declared, so that the compiler complains once.
#[diagnostic::on_unimplemented(
    message = "a function that returns `{Self}` does not make index keys of type `{K}`",
    label = "neither `{K}`, nor an `Option` or `Vec` of it",
    note = "write the type of one key as `key = ...` in `#[store(index(...))]`"
)]
pub trait KeysOf<K> {
    /// Calls `each` with every key.
    fn for_each_key_of(&self, each: &mut dyn FnMut(&K));
}

impl<K> KeysOf<K> for K {
    fn for_each_key_of(&self, each: &mut dyn FnMut(&K)) {
        each(self);
    }
}

impl<K> KeysOf<K> for Option<K> {
    fn for_each_key_of(&self, each: &mut dyn FnMut(&K)) {
        self.iter().for_each(each);
    }
}

impl<K> KeysOf<K> for Vec<K> {
    fn for_each_key_of(&self, each: &mut dyn FnMut(&K)) {
        self.iter().for_each(each);
    }
}

impl<K> KeysOf<K> for Option<Vec<K>> {
    fn for_each_key_of(&self, each: &mut dyn FnMut(&K)) {
        self.iter().flatten().for_each(each);
    }
}

impl<K> KeysOf<K> for Vec<Option<K>> {
    fn for_each_key_of(&self, each: &mut dyn FnMut(&K)) {
        self.iter().flatten().for_each(each);
    }
}
