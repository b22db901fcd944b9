//! Sets: a list of their elements in ascending order.

use super::{
    array::{Arrayed, Several},
    bytes::{OFFSET_LEN, Table, narrow},
    kind::{Default, Element, Extent, FlatType, Kind, KindView, Leaf as _, missing},
    list::{FlatList, verify_list, write_items},
    map::find,
    newtype::{Around, FlatNewtype, Newtype},
    order::FlatKey,
    owned::owned,
    verify::{Verdict, Verifier, refuse},
    wrapper::Wrapper,
    writer::{Offset, Writer},
};
use crate::error::FlatFault;
use std::{
    collections::{BTreeSet, HashSet},
    fmt,
    hash::{BuildHasher, Hash},
};

/// A type whose values are sets.
pub trait FlatDistinct: FlatType<Kind = Set> {
    /// What it is a set of.
    type Item: FlatKey;

    /// Its elements, in any order.
    fn items(set: &Self) -> impl ExactSizeIterator<Item = &Self::Item>;
    /// A set of these elements.
    fn of(items: impl Iterator<Item = Self::Item>) -> Self;
}

macro_rules! sets {
    ($([$($generics:tt)*] $ty:ty;)*) => {$(
        impl<$($generics)*> FlatType for $ty {
            type Kind = Set;
        }

        impl<$($generics)*> FlatDistinct for $ty {
            type Item = T;

            fn items(set: &Self) -> impl ExactSizeIterator<Item = &T> {
                set.iter()
            }

            fn of(items: impl Iterator<Item = T>) -> Self {
                items.collect()
            }
        }
    )*};
}
sets! {
    [T: FlatKey + Ord] BTreeSet<T>;
    [T: FlatKey + Hash + Eq, S: BuildHasher + std::default::Default + 'static] HashSet<T, S>;
}

/// The kind of sets.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Set;

impl<S: FlatDistinct> Kind<S> for Set {
    const SLOTS: u16 = 1;
    const WIDTHS: &'static [u16] = &[narrow(OFFSET_LEN)];
    const EXTENT: Extent = Extent::Deep;
    const REQUIRED: bool = false;
    type Ready = Offset;
    type View<'a> = FlatSet<'a, S::Item>;
    type Element = Wrapper<Self>;
    type Nullable = Self;

    fn prepare(value: &S, out: &mut Writer) -> Offset {
        let mut items: Vec<_> = S::items(value).collect();
        items.sort_unstable_by(|left, right| S::Item::order(left, right));
        // One that is there twice is left to the verifier, as in a map.
        write_items(items.iter().copied(), out)
    }

    fn put<const RANK: usize>(_: &S, ready: Offset, out: &mut Writer, id: u16) {
        if RANK == OFFSET_LEN {
            out.put_offset(ready, id);
        }
    }

    fn is_default(_: &S, _: Default) -> bool {
        false
    }

    fn verify(verifier: &mut Verifier<'_>, table: &Table<'_>, id: u16, required: bool) -> Verdict {
        let Some(at) = table.field(id) else { return missing(table, required) };
        verify_list::<S::Item, Element<S::Item>>(verifier, at)?;
        let mut last = None;
        for item in FlatList::<S::Item>::behind(verifier.bytes(), at).iter() {
            if last.is_some_and(|last| S::Item::order_views(&last, &item).is_ge()) {
                return refuse(FlatFault::Unsorted, at);
            }
            last = Some(item);
        }
        Ok(())
    }

    fn view(table: Table<'_>, id: u16) -> Option<Self::View<'_>> {
        table.field(id).map(|at| FlatSet { items: FlatList::behind(table.bytes(), at) })
    }

    fn missing(_: Table<'_>, _: Default) -> Self::View<'_> {
        FlatSet { items: FlatList::EMPTY }
    }

    fn own(view: Self::View<'_>) -> Verdict<S> {
        let set = owned(view.iter().map(Element::<S::Item>::own), |items| S::of(items))?;
        if S::items(&set).len() == view.len() { Ok(set) } else { refuse(FlatFault::KeyTwice, 0) }
    }

    fn show(view: &Self::View<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&view.items, f)
    }
}

impl<T: FlatType, const N: usize> Arrayed<T, N> for Set {
    type Kind = Several;
}

impl<T: FlatNewtype> Around<T> for Set
where
    Self: Kind<T::Content>,
{
    type Kind = Newtype<Self>;
}

/// A set inside a stored value, read where it lies: in ascending order.
pub struct FlatSet<'a, T> {
    items: FlatList<'a, T>,
}

impl<T> Clone for FlatSet<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for FlatSet<'_, T> {}

impl<'a, T: FlatType> FlatSet<'a, T> {
    /// How many elements it has.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether it has none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Its elements in ascending order.
    #[must_use]
    pub fn iter(
        &self,
    ) -> impl ExactSizeIterator<Item = KindView<'a, T>> + DoubleEndedIterator + use<'a, T> {
        self.items.iter()
    }
}

impl<T: FlatKey> FlatSet<'_, T> {
    /// Whether it has `item`, which is what an element reads as: `&str` for a text, the number for a number.
    #[must_use]
    pub fn contains(&self, item: KindView<'_, T>) -> bool {
        let order = |index| Some(T::order_views(&self.items.get(index)?, &item));
        find(self.len(), order).is_some()
    }
}

impl<T: FlatType> fmt::Debug for FlatSet<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.items, f)
    }
}
