//! Maps: a list of tables with a key and a value, in the order of the keys, or in that in which they came.

use super::{
    array::{Arrayed, Several},
    bytes::{OFFSET_LEN, Table, narrow},
    compound::FlatCompound,
    ids::id_at,
    kind::{
        Default, Element, Extent, FlatField, FlatType, Kind, KindView, Leaf as _, Shown, missing,
    },
    leaf::store_offset,
    list::{FlatList, verify_list, write_list},
    newtype::{Around, FlatNewtype, Newtype},
    order::FlatKey,
    owned::owned,
    verify::{Verdict, Verifier, refuse},
    wrapper::Wrapper,
    writer::{Offset, Writer},
};
use crate::error::FlatFault;
use std::{
    cmp::Ordering,
    collections::{BTreeMap, HashMap},
    fmt,
    hash::{BuildHasher, Hash},
};

/// A type whose values are maps that are looked up by key.
pub trait FlatMapping: FlatType<Kind = Mapped> {
    /// The keys.
    type Key: FlatKey;
    /// The values.
    type Value: FlatType;

    /// Its entries, in any order.
    fn entries(map: &Self) -> impl ExactSizeIterator<Item = (&Self::Key, &Self::Value)>;
    /// A map of these entries.
    fn of(entries: impl Iterator<Item = (Self::Key, Self::Value)>) -> Self;
}

/// A type whose values are maps in the order in which their entries came.
pub trait FlatPaired: FlatType<Kind = Paired> {
    /// The keys.
    type Key: FlatType;
    /// The values.
    type Value: FlatType;

    /// Its entries in order.
    fn entries(map: &Self) -> impl ExactSizeIterator<Item = (&Self::Key, &Self::Value)>;
    /// A map of these entries.
    fn of(entries: impl Iterator<Item = (Self::Key, Self::Value)>) -> Self;
}

/// Types of maps: `[parameters] Type, how their keys are bounded;`.
macro_rules! maps {
    ($kind:ident $trait:ident: $([$($generics:tt)*] $ty:ty;)*) => {$(
        impl<$($generics)*> FlatType for $ty {
            type Kind = $kind;
        }

        impl<$($generics)*> $trait for $ty {
            type Key = K;
            type Value = V;

            fn entries(map: &Self) -> impl ExactSizeIterator<Item = (&K, &V)> {
                map.iter()
            }

            fn of(entries: impl Iterator<Item = (K, V)>) -> Self {
                entries.collect()
            }
        }
    )*};
}
maps! {
    Mapped FlatMapping:
    [K: FlatKey + Ord, V: FlatType] BTreeMap<K, V>;
    [K: FlatKey + Hash + Eq, V: FlatType, S: BuildHasher + std::default::Default + 'static] HashMap<K, V, S>;
}
#[cfg(feature = "indexmap")]
maps! {
    Paired FlatPaired:
    [K: FlatType + Hash + Eq, V: FlatType, S: BuildHasher + std::default::Default + 'static]
        indexmap::IndexMap<K, V, S>;
}

/// The kind of maps that are looked up by key.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Mapped;

/// The kind of maps that keep the order in which their entries came.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Paired;

/// Writes the table of a key and its value, as that of a tuple of both.
fn write_entry<K: FlatType, V: FlatType>(key: &K, value: &V, out: &mut Writer) -> Offset {
    out.table(
        |out| (<K as FlatField>::prepare(key, out), <V as FlatField>::prepare(value, out)),
        |out, (ready_key, ready)| {
            let id = const { id_at(<(K, V) as FlatCompound>::IDS, 1) };
            macro_rules! put {
                ($($rank:literal)*) => {$(
                    <V as FlatField>::put::<$rank>(value, ready, out, id, None);
                    <K as FlatField>::put::<$rank>(key, ready_key, out, 0, None);
                )*};
            }
            put!(8 4 2 1);
        },
    )
}

fn write_entries<'v, K: FlatType, V: FlatType>(
    entries: impl ExactSizeIterator<Item = (&'v K, &'v V)>,
    out: &mut Writer,
) -> Offset {
    let written: Vec<_> = entries.map(|(key, value)| write_entry(key, value, out)).collect();
    write_list(written.into_iter(), OFFSET_LEN, OFFSET_LEN, out, store_offset)
}

/// Writes entries in the order of their keys. A key that is there twice is left to the verifier, which sees each value
/// that is written and knows the field.
fn write_sorted<K: FlatKey, V: FlatType>(mut entries: Vec<(&K, &V)>, out: &mut Writer) -> Offset {
    entries.sort_unstable_by(|(left, _), (right, _)| K::order(left, right));
    write_entries(entries.into_iter(), out)
}

/// Whether the keys of the list at `at` ascend.
fn verify_order<K: FlatKey, V: FlatType>(verifier: &Verifier<'_>, at: usize) -> Verdict {
    let list = FlatList::<(K, V)>::behind(verifier.bytes(), at);
    let mut last = None;
    for (key, _) in list.iter() {
        if last.is_some_and(|last| K::order_views(&last, &key).is_ge()) {
            return refuse(FlatFault::Unsorted, at);
        }
        last = Some(key);
    }
    Ok(())
}

macro_rules! kinds {
    ($($kind:ident $trait:ident as $view:ident,
        |$value:ident, $out:ident| $write:expr, |$verifier:ident, $at:ident| $verify:expr;)*) => {$(
        impl<M: $trait> Kind<M> for $kind {
            const SLOTS: u16 = 1;
            const WIDTHS: &'static [u16] = &[narrow(OFFSET_LEN)];
            const EXTENT: Extent = Extent::Deep;
            const REQUIRED: bool = false;
            type Ready = Offset;
            type View<'a> = $view<'a, M::Key, M::Value>;
            type Element = Wrapper<Self>;
            type Nullable = Self;

            fn prepare($value: &M, $out: &mut Writer) -> Offset {
                $write
            }

            fn put<const RANK: usize>(_: &M, ready: Offset, out: &mut Writer, id: u16) {
                if RANK == OFFSET_LEN {
                    out.put_offset(ready, id);
                }
            }

            fn is_default(_: &M, _: Default) -> bool {
                false
            }

            fn verify(
                $verifier: &mut Verifier<'_>,
                table: &Table<'_>,
                id: u16,
                required: bool,
            ) -> Verdict {
                let Some($at) = table.field(id) else { return missing(table, required) };
                verify_list::<(M::Key, M::Value), Element<(M::Key, M::Value)>>($verifier, $at)?;
                $verify
            }

            fn view(table: Table<'_>, id: u16) -> Option<Self::View<'_>> {
                table.field(id).map(|at| $view { entries: FlatList::behind(table.bytes(), at) })
            }

            fn missing(_: Table<'_>, _: Default) -> Self::View<'_> {
                $view { entries: FlatList::EMPTY }
            }

            fn own(view: Self::View<'_>) -> Verdict<M> {
                let entries = view.entries.iter().map(Element::<(M::Key, M::Value)>::own);
                let map = owned(entries, |entries| M::of(entries))?;
                let is_whole = M::entries(&map).len() == view.len();
                if is_whole { Ok(map) } else { refuse(FlatFault::KeyTwice, 0) }
            }

            fn show(view: &Self::View<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(view, f)
            }
        }

        impl<T: FlatType, const N: usize> Arrayed<T, N> for $kind {
            type Kind = Several;
        }

        impl<T: FlatNewtype> Around<T> for $kind
        where
            Self: Kind<T::Content>,
        {
            type Kind = Newtype<Self>;
        }
    )*};
}
kinds! {
    Mapped FlatMapping as FlatMap, |map, out| write_sorted(M::entries(map).collect(), out),
        |verifier, at| verify_order::<M::Key, M::Value>(verifier, at);
    Paired FlatPaired as FlatPairs, |map, out| write_entries(M::entries(map), out),
        |verifier, at| Ok(());
}

macro_rules! views {
    ($($(#[$doc:meta])* $view:ident)*) => {$(
        $(#[$doc])*
        pub struct $view<'a, K, V> {
            entries: FlatList<'a, (K, V)>,
        }

        impl<K, V> Clone for $view<'_, K, V> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<K, V> Copy for $view<'_, K, V> {}

        impl<'a, K: FlatType, V: FlatType> $view<'a, K, V> {
            /// How many entries it has.
            #[must_use]
            pub const fn len(&self) -> usize {
                self.entries.len()
            }

            /// Whether it has none.
            #[must_use]
            pub const fn is_empty(&self) -> bool {
                self.entries.is_empty()
            }

            /// Its entries in the order in which they are stored: keys with their values.
            #[must_use]
            pub fn iter(
                &self,
            ) -> impl ExactSizeIterator<Item = (KindView<'a, K>, KindView<'a, V>)>
                + DoubleEndedIterator
                + use<'a, K, V> {
                self.entries.iter()
            }

            /// The entry number `index`; `None` at the end.
            #[must_use]
            pub fn entry(&self, index: usize) -> Option<(KindView<'a, K>, KindView<'a, V>)> {
                self.entries.get(index)
            }
        }

        impl<K: FlatType, V: FlatType> fmt::Debug for $view<'_, K, V> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let mut map = f.debug_map();
                for (key, value) in self.iter() {
                    map.entry(&Shown::<K>(&key), &Shown::<V>(&value));
                }
                map.finish()
            }
        }
    )*};
}
views! {
    /// A map inside a stored value, read where it lies: in the order of its keys.
    FlatMap
    /// A map inside a stored value, read where it lies: in the order in which its entries came.
    FlatPairs
}

impl<'a, K: FlatKey, V: FlatType> FlatMap<'a, K, V> {
    /// The value under `key`, which is what a key reads as: `&str` for a text, the number for a number.
    #[must_use]
    pub fn get(&self, key: KindView<'_, K>) -> Option<KindView<'a, V>> {
        let found = find(self.len(), |index| {
            let (other, _) = self.entries.get(index)?;
            Some(K::order_views(&other, &key))
        });
        self.entries.get(found?).map(|(_, value)| value)
    }

    /// Whether there is a value under `key`.
    #[must_use]
    pub fn contains_key(&self, key: KindView<'_, K>) -> bool {
        self.get(key).is_some()
    }
}

/// The index, of `len`, at which `order` is equal, in a list in ascending order.
pub(super) fn find(len: usize, order: impl Fn(usize) -> Option<Ordering>) -> Option<usize> {
    let (mut first, mut end) = (0, len);
    while first < end {
        let middle = first.midpoint(end);
        match order(middle)? {
            Ordering::Less => first = middle.saturating_add(1),
            Ordering::Equal => return Some(middle),
            Ordering::Greater => end = middle,
        }
    }
    None
}
