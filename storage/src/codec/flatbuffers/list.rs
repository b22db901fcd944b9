//! Lists: `Vec<T>` and its like as a vector of FlatBuffers. A missing one is empty, so that a list may be added later.

use super::{
    bytes::{OFFSET_LEN, Table, counted, narrow, target},
    kind::{Default, Element, Extent, FlatType, Kind, KindView, Leaf, Shown, missing},
    owned::owned,
    verify::{Verdict, Verifier, refuse},
    wrapper::Wrapper,
    writer::{Offset, Writer},
};
use crate::error::{DecodeError, FlatFault};
use std::{
    borrow::Cow, collections::VecDeque, fmt, marker::PhantomData, ops::Deref, rc::Rc, sync::Arc,
};

/// A type whose values are lists.
pub trait FlatSequence: FlatType<Kind = List> {
    /// What it is a list of.
    type Item: FlatType;
    /// The most elements that it can have.
    const MOST: usize = usize::MAX;

    /// Its elements in order.
    fn items(list: &Self) -> impl ExactSizeIterator<Item = &Self::Item> + Clone;
    /// A list of these elements.
    fn of(items: impl Iterator<Item = Self::Item>) -> Self;
}

/// Types of lists: `[parameters] Type, the type of an element, the most of them;`.
macro_rules! sequences {
    ($([$($generics:tt)*] $ty:ty, $item:ty $(, $most:expr)?;)*) => {$(
        impl<$($generics)*> FlatType for $ty {
            type Kind = List;
        }

        impl<$($generics)*> FlatSequence for $ty {
            type Item = $item;
            $(const MOST: usize = $most;)?

            #[inline]
            fn items(list: &Self) -> impl ExactSizeIterator<Item = &$item> + Clone {
                list.iter()
            }

            #[inline]
            fn of(items: impl Iterator<Item = $item>) -> Self {
                items$(.take($most))?.collect()
            }
        }
    )*};
}
sequences! {
    [T: FlatType] Vec<T>, T;
    [T: FlatType] Box<[T]>, T;
    [T: FlatType] Rc<[T]>, T;
    [T: FlatType] Arc<[T]>, T;
    [T: FlatType] VecDeque<T>, T;
    [T: FlatType + Clone] Cow<'static, [T]>, T;
}
#[cfg(feature = "arrayvec")]
sequences! {
    [T: FlatType, const N: usize] arrayvec::ArrayVec<T, N>, T, N;
}
#[cfg(feature = "smallvec")]
sequences! {
    [A: smallvec::Array<Item: FlatType> + 'static] smallvec::SmallVec<A>, A::Item;
}
#[cfg(feature = "indexmap")]
sequences! {
    [T: FlatType + std::hash::Hash + Eq, S: std::hash::BuildHasher + std::default::Default + 'static]
        indexmap::IndexSet<T, S>, T;
}
#[cfg(feature = "bytes")]
sequences! {
    [] bytes::Bytes, u8;
}

/// The kind of lists.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct List;

impl<S: FlatSequence> Kind<S> for List {
    const SLOTS: u16 = 1;
    const WIDTHS: &'static [u16] = &[narrow(OFFSET_LEN)];
    const EXTENT: Extent = Extent::Deep;
    const REQUIRED: bool = false;
    type Ready = Offset;
    type View<'a> = FlatList<'a, S::Item>;
    type Element = Wrapper<Self>;
    type Nullable = Self;

    fn prepare(value: &S, out: &mut Writer) -> Offset {
        write_items(S::items(value), out)
    }

    #[inline]
    fn put<const RANK: usize>(_: &S, ready: Offset, out: &mut Writer, id: u16) {
        if RANK == size_of::<Offset>() {
            out.put_offset(ready, id);
        }
    }

    #[inline]
    fn is_default(_: &S, _: Default) -> bool {
        false
    }

    #[inline]
    fn verify(verifier: &mut Verifier<'_>, table: &Table<'_>, id: u16, required: bool) -> Verdict {
        match table.field(id) {
            Some(at) => match verify_list::<S::Item, Element<S::Item>>(verifier, at)? {
                count if count > S::MOST => refuse(FlatFault::Length, at),
                _ => Ok(()),
            },
            None => missing(table, required),
        }
    }

    #[inline]
    fn view(table: Table<'_>, id: u16) -> Option<FlatList<'_, S::Item>> {
        table.field(id).map(|at| FlatList::behind(table.bytes(), at))
    }

    fn missing(_: Table<'_>, _: Default) -> FlatList<'_, S::Item> {
        FlatList::EMPTY
    }

    fn own(view: FlatList<'_, S::Item>) -> Verdict<S> {
        let list = owned(view.iter().map(Element::<S::Item>::own), |items| S::of(items))?;
        // What has each element once has fewer if one comes twice.
        if S::items(&list).len() == view.len() { Ok(list) } else { refuse(FlatFault::KeyTwice, 0) }
    }

    fn show(view: &FlatList<'_, S::Item>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(view, f)
    }
}

/// Writes what `items` point to, then the list of them.
#[inline]
pub(super) fn write_items<T: FlatType>(
    items: impl ExactSizeIterator<Item: Deref<Target = T>> + Clone,
    out: &mut Writer,
) -> Offset {
    write_leaves::<T, Element<T>>(items, out)
}

/// The same of elements that stand there as an `L`.
#[inline]
pub(super) fn write_leaves<T: 'static, L: Leaf<T>>(
    items: impl ExactSizeIterator<Item: Deref<Target = T>> + Clone,
    out: &mut Writer,
) -> Offset {
    // Nothing is kept for elements that point to nothing.
    let ready: Vec<_> = items.clone().map(|item| L::prepare(&item, out)).collect();
    write_list(items.zip(ready), L::SIZE, L::ALIGN, out, |(item, ready), place, used| {
        L::store(&item, ready, place, used);
    })
}

/// Writes a list of elements of `size` bytes, each with `store`.
#[inline]
pub(super) fn write_list<I>(
    items: impl ExactSizeIterator<Item = I>,
    size: usize,
    align: usize,
    out: &mut Writer,
    store: impl Fn(I, &mut [u8], usize),
) -> Offset {
    let count = items.len();
    let len = count.saturating_mul(size);
    out.align(len, align.max(size_of::<Offset>()));
    let mut used = out.used().wrapping_add(len);
    for (place, item) in out.room(len).chunks_exact_mut(size).zip(items) {
        store(item, place, used);
        used = used.wrapping_sub(size);
    }
    out.count(count)
}

/// How many elements the list has that lies behind the offset at `at`, each of which is an `L`.
#[inline]
pub(super) fn verify_list<T: 'static, L: Leaf<T>>(
    verifier: &mut Verifier<'_>,
    at: usize,
) -> Verdict<usize> {
    let (first, count) = verifier.list(at, L::SIZE)?;
    if !L::PLAIN {
        let mut places = (0..count).map(|number| first.wrapping_add(number.wrapping_mul(L::SIZE)));
        places.try_for_each(|at| L::verify(verifier, at))?;
    }
    Ok(count)
}

/// Where the elements of the list are that the offset at `at` leads to.
pub(super) fn places(bytes: &[u8], at: usize, size: usize) -> impl ExactSizeIterator<Item = usize> {
    let (first, count) = target(bytes, at).and_then(|at| counted(bytes, at)).unwrap_or((0, 0));
    (0..count.min(bytes.len())).map(move |number| first.wrapping_add(number.wrapping_mul(size)))
}

/// A list inside a stored value, read where it lies.
pub struct FlatList<'a, T> {
    bytes: &'a [u8],
    first: usize,
    count: usize,
    element: PhantomData<fn() -> T>,
}

impl<T> Clone for FlatList<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for FlatList<'_, T> {}

impl<'a, T: FlatType> FlatList<'a, T> {
    /// A list without elements.
    pub(super) const EMPTY: Self = Self { bytes: &[], first: 0, count: 0, element: PhantomData };

    fn new(bytes: &'a [u8], first: usize, count: usize) -> Self {
        Self { bytes, first, count, element: PhantomData }
    }

    /// The list that the offset at `at` leads to.
    #[inline]
    pub(super) fn behind(bytes: &'a [u8], at: usize) -> Self {
        let (first, count) = target(bytes, at).and_then(|at| counted(bytes, at)).unwrap_or((0, 0));
        // A count that the verifier has not seen: no more elements than there are bytes.
        Self::new(bytes, first, count.min(bytes.len()))
    }

    /// How many elements it has.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.count
    }

    /// Whether it has none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The element number `index`; `None` at the end.
    #[must_use]
    #[inline]
    pub fn get(&self, index: usize) -> Option<KindView<'a, T>> {
        (index < self.count).then(|| self.element(index))
    }

    /// Its elements in order.
    #[must_use]
    pub fn iter(
        &self,
    ) -> impl ExactSizeIterator<Item = KindView<'a, T>> + DoubleEndedIterator + use<'a, T> {
        let list = *self;
        (0..list.count).map(move |index| list.element(index))
    }

    /// Its elements, owned.
    ///
    /// # Errors
    ///
    /// [`DecodeError::Refused`] when the type of one refuses to make an owned value.
    pub fn to_vec(&self) -> Result<Vec<T>, DecodeError> {
        Ok(owned(self.iter().map(Element::<T>::own), |items| items.collect())?)
    }

    #[inline]
    fn element(&self, index: usize) -> KindView<'a, T> {
        let at = self.first.wrapping_add(index.wrapping_mul(Element::<T>::SIZE));
        Element::<T>::view(self.bytes, at)
    }
}

impl<'a> FlatList<'a, u8> {
    /// Its bytes, where they lie.
    #[must_use]
    #[inline]
    pub fn as_bytes(&self) -> &'a [u8] {
        self.bytes.get(self.first..).and_then(|bytes| bytes.get(..self.count)).unwrap_or_default()
    }
}

impl<T: FlatType> fmt::Debug for FlatList<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut list = f.debug_list();
        for view in self.iter() {
            list.entry(&Shown::<T>(&view));
        }
        list.finish()
    }
}
