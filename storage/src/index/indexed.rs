//! The index keys of a field: one, none, or many.

use crate::{
    key::{KeptAs, Key, KeyBuf, Lookup, Place, Reverse},
    schema::{for_each_scalar, for_each_text, for_each_tuple},
};
use std::{
    fmt::Debug,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    rc::Rc,
    sync::Arc,
};

/// The index keys of one record in one index.
#[derive(Debug, Default)]
pub struct IndexKeys {
    keys: Vec<KeyBuf>,
}

impl IndexKeys {
    /// Adds `key`.
    pub fn push<K: Key>(&mut self, key: &(impl Lookup<K> + ?Sized)) {
        let mut bytes = KeyBuf::new();
        key.encode(&mut bytes, Place::Inner);
        self.keys.push(bytes);
    }

    /// Adds the encoded key that `encode` appends.
    pub fn push_with(&mut self, encode: impl FnOnce(&mut KeyBuf)) {
        let mut bytes = KeyBuf::new();
        encode(&mut bytes);
        self.keys.push(bytes);
    }

    /// Forgets all keys, and keeps the memory for others.
    pub(super) fn clear(&mut self) {
        self.keys.clear();
    }

    /// Sorts the keys, and leaves each once.
    pub(super) fn sort(&mut self) {
        self.keys.sort_unstable();
        self.keys.dedup();
    }

    /// The keys one after the other.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &KeyBuf> {
        self.keys.iter()
    }

    pub(super) fn into_keys(self) -> Vec<KeyBuf> {
        self.keys
    }
}

/// A field that can be indexed: a key has one entry, an `Option` one or none, a `Vec` one for each element.
///
/// `Vec<u8>` is a byte string, and so one key, as it is where it is a primary key; so are `[u8; N]` and every other
/// array.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` cannot be indexed",
    label = "not a key, nor an `Option` or `Vec` of keys",
    note = "for a newtype or an enum: `#[derive(storage::StoredKey)]`",
    note = "for anything else, on the struct: `#[store(index(name = \"...\", with = path::to::function, key = Type))]`"
)]
pub trait Indexed {
    /// The type of its keys.
    type Key: Key;

    /// Calls `each` with every key.
    fn for_each_key(&self, each: &mut dyn FnMut(&Self::Key));
}

impl<T: Indexed> Indexed for Option<T> {
    type Key = T::Key;

    fn for_each_key(&self, each: &mut dyn FnMut(&T::Key)) {
        if let Some(value) = self {
            value.for_each_key(each);
        }
    }
}

/// A type of which a list is indexed element by element: every [`Indexed`] but `u8`, because `Vec<u8>` is one key.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` cannot be indexed",
    label = "not a key, nor an `Option` or `Vec` of keys",
    note = "for a newtype or an enum: `#[derive(storage::StoredKey)]`",
    note = "for anything else, on the struct: `#[store(index(name = \"...\", with = path::to::function, key = Type))]`"
)]
pub trait IndexedElement: Indexed {}

impl<T: Indexed> IndexedElement for Option<T> {}

impl<T> IndexedElement for Vec<T> where Self: Indexed {}

impl<T: IndexedElement> Indexed for Vec<T> {
    type Key = T::Key;

    fn for_each_key(&self, each: &mut dyn FnMut(&T::Key)) {
        for value in self {
            value.for_each_key(each);
        }
    }
}

/// Spans, moments, integers but zero, and whatever else is kept as another key.
#[diagnostic::do_not_recommend]
impl<T: KeptAs> Indexed for T {
    type Key = Self;

    fn for_each_key(&self, each: &mut dyn FnMut(&Self)) {
        each(self);
    }
}

#[diagnostic::do_not_recommend]
impl<T: KeptAs> IndexedElement for T {}

/// A key that is its own index key.
macro_rules! indexed_as_itself {
    ($([$($generics:tt)*] $ty:ty),* $(,)?) => {$(
        impl<$($generics)*> Indexed for $ty {
            type Key = Self;

            fn for_each_key(&self, each: &mut dyn FnMut(&Self)) {
                each(self);
            }
        }
    )*};
}
indexed_as_itself! {
    [] Vec<u8>,
}

/// A key that is its own index key, and of which a list has several.
macro_rules! indexed {
    ($([$($generics:tt)*] $ty:ty),* $(,)?) => {$(
        indexed_as_itself! { [$($generics)*] $ty }

        impl<$($generics)*> IndexedElement for $ty {}
    )*};
}
indexed! {
    [] Box<str>,
    [] Rc<str>,
    [] Arc<str>,
    [] IpAddr,
    [] Ipv4Addr,
    [] Ipv6Addr,
    [K: Key, const N: usize] [K; N],
    [K: Key + Debug] Reverse<K>,
}

#[cfg(feature = "uuid")]
indexed! { [] uuid::Uuid }

macro_rules! text {
    ($ty:ty) => {
        indexed! { [] $ty }
    };
}
for_each_text!(text);

macro_rules! scalars {
    (unsigned u8 $($rest:ident)*) => {
        indexed_as_itself! { [] u8 }
    };
    ($kind:ident $ty:ident $scalar:ident $bits:ident) => {
        indexed! { [] $ty }
    };
}
for_each_scalar!(scalars);

macro_rules! tuples {
    ([$([$part:ident $q:ident $i:tt])*] [$last:ident $ql:ident $l:tt]) => {
        indexed! { [$($part: Key,)* $last: Key] ($($part,)* $last,) }
    };
}
for_each_tuple!(tuples);
