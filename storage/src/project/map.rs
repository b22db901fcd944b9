//! What a field that is a map has under a key: whether it has something, and what.

use super::{
    AlwaysCounted, Counted, Equatable, Predicate, Projection, Source, comparisons::comparisons,
};
use crate::{error::Damage, record::FieldRecord};
use std::collections::{BTreeMap, HashMap};

/// A field's value that may have something under a key `T`: a map.
#[diagnostic::on_unimplemented(
    message = "a field that reads as `{Self}` has no key `{T}`",
    label = "not a map with keys of this type",
    note = "`get` and `contains_key` are for maps, with a key of theirs; of a list or a set: `contains`"
)]
pub trait HoldsKey<T> {
    /// Whether it has.
    fn holds_key(&self, key: &T) -> bool;
}

/// A field's value with the values of a map, each under a key `T`.
#[diagnostic::on_unimplemented(
    message = "a field that reads as `{Self}` has no key `{T}`",
    label = "not a map with keys of this type",
    note = "`get` and `contains_key` are for maps, with a key of theirs; of a list or a set: `contains`"
)]
pub trait MapValues<T> {
    /// The values.
    type Value;

    /// The value under `key`.
    fn under(self, key: &T) -> Option<Self::Value>;
}

macro_rules! maps {
    ($([$($generics:tt)*] $ty:ty;)*) => {$(
        impl<$($generics)* T> HoldsKey<T> for $ty
        where
            K: Equatable<T>,
        {
            fn holds_key(&self, key: &T) -> bool {
                self.keys().any(|found| found.equals(key) == Some(true))
            }
        }

        impl<$($generics)* T> MapValues<T> for $ty
        where
            K: Equatable<T>,
        {
            type Value = V;

            fn under(self, key: &T) -> Option<V> {
                let mut entries = self.into_iter();
                entries.find(|(found, _)| found.equals(key) == Some(true)).map(|(_, value)| value)
            }
        }

        impl<$($generics)*> Counted for $ty {
            fn count(&self) -> Option<usize> {
                Some(self.len())
            }
        }

        impl<$($generics)*> AlwaysCounted for $ty {}
    )*};
}
maps! {
    [K, V,] BTreeMap<K, V>;
    [K, V, S,] HashMap<K, V, S>;
}

#[cfg(feature = "indexmap")]
maps! { [K, V, S,] indexmap::IndexMap<K, V, S>; }

impl<U: HoldsKey<T>, T> HoldsKey<T> for Option<U> {
    fn holds_key(&self, key: &T) -> bool {
        self.as_ref().is_some_and(|value| value.holds_key(key))
    }
}

impl<U: MapValues<T>, T> MapValues<T> for Option<U> {
    type Value = U::Value;

    fn under(self, key: &T) -> Option<U::Value> {
        self?.under(key)
    }
}

/// The predicate that a field has something under a key.
#[derive(Clone, Debug)]
#[must_use = "a predicate does nothing until `filter` has it"]
pub struct ContainsKey<F, T>(F, T);

impl<F, T> ContainsKey<F, T> {
    pub(super) const fn new(field: F, key: T) -> Self {
        Self(field, key)
    }
}

impl<R, F, T> Predicate<R> for ContainsKey<F, T>
where
    R: FieldRecord,
    F: Projection<R>,
    T: Send + Sync,
    for<'a> F::Output<'a>: HoldsKey<T>,
{
    fn test(&self, source: &Source<'_, R>) -> Result<bool, Damage> {
        Ok(self.0.read(source)?.holds_key(&self.1))
    }
}

/// What a field has under a key, to select it and to compare it.
#[derive(Clone, Copy, Debug)]
pub struct Get<F, T>(F, T);

impl<F, T> Get<F, T> {
    pub(super) const fn new(field: F, key: T) -> Self {
        Self(field, key)
    }
}

comparisons! {
    /// The predicate that there is a value, and it equals `value`.
    [F, T] Get<F, T>
}

impl<R, F, T> Projection<R> for Get<F, T>
where
    R: FieldRecord,
    F: Projection<R, Owned: MapValues<T>>,
    T: Send + Sync,
    for<'a> F::Output<'a>: MapValues<T, Value = <F::Owned as MapValues<T>>::Value>,
{
    type Output<'a> = Option<<F::Owned as MapValues<T>>::Value>;
    type Owned = Option<<F::Owned as MapValues<T>>::Value>;

    fn read<'a>(&self, source: &'a Source<'_, R>) -> Result<Self::Output<'a>, Damage> {
        Ok(self.0.read(source)?.under(&self.1))
    }

    fn own(output: Self::Output<'_>) -> Self::Owned {
        output
    }
}
