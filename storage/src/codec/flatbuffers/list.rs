//! Lists: `Vec<T>` as a vector of FlatBuffers. A missing one is empty, so that a list may be added later.

use super::{
    bytes::{OFFSET_LEN, Table, counted, narrow, target},
    kind::{Default, Extent, FlatLeaf, FlatType, Kind, Leaf, Shown, missing},
    verify::{Verdict, Verifier},
    writer::{Offset, Writer},
};
use std::{fmt, marker::PhantomData};

/// The kind of `Vec<T>`.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct List;

impl<T: FlatLeaf> FlatType for Vec<T> {
    type Kind = List;
}

impl<T: FlatLeaf> Kind<Vec<T>> for List {
    const SLOTS: u16 = 1;
    const WIDTHS: &'static [u16] = &[narrow(OFFSET_LEN)];
    const EXTENT: Extent = Extent::Deep;
    const REQUIRED: bool = false;
    type Ready = Offset;
    type View<'a> = FlatList<'a, T>;

    fn prepare(value: &Vec<T>, out: &mut Writer) -> Offset {
        // Nothing is kept for elements that point to nothing.
        let ready: Vec<_> = value.iter().map(|value| T::Leaf::prepare(value, out)).collect();
        let size = T::Leaf::SIZE;
        let len = value.len().saturating_mul(size);
        out.align(len, T::Leaf::ALIGN.max(size_of::<Offset>()));
        let mut used = out.used().wrapping_add(len);
        let places = out.room(len).chunks_exact_mut(size);
        for ((place, value), ready) in places.zip(value).zip(ready) {
            T::Leaf::store(value, ready, place, used);
            used = used.wrapping_sub(size);
        }
        out.count(value.len())
    }

    #[inline]
    fn put<const RANK: usize>(_: &Vec<T>, ready: Offset, out: &mut Writer, id: u16) {
        if RANK == size_of::<Offset>() {
            out.put_offset(ready, id);
        }
    }

    #[inline]
    fn is_default(_: &Vec<T>, _: Default) -> bool {
        false
    }

    #[inline]
    fn verify(verifier: &mut Verifier<'_>, table: &Table<'_>, id: u16, required: bool) -> Verdict {
        let Some(at) = table.field(id) else { return missing(table, required) };
        let (first, count) = verifier.list(at, T::Leaf::SIZE)?;
        if !T::Leaf::PLAIN {
            let mut places =
                (0..count).map(|number| first.wrapping_add(number.wrapping_mul(T::Leaf::SIZE)));
            places.try_for_each(|at| T::Leaf::verify(verifier, at))?;
        }
        Ok(())
    }

    #[inline]
    fn view(table: Table<'_>, id: u16) -> Option<FlatList<'_, T>> {
        table.field(id).map(|at| FlatList::behind(table.bytes(), at))
    }

    fn missing(_: Table<'_>, _: Default) -> FlatList<'_, T> {
        FlatList::new(&[], 0, 0)
    }

    fn own(view: FlatList<'_, T>) -> Vec<T> {
        view.to_vec()
    }

    fn show(view: &FlatList<'_, T>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(view, f)
    }
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

impl<'a, T: FlatLeaf> FlatList<'a, T> {
    fn new(bytes: &'a [u8], first: usize, count: usize) -> Self {
        Self { bytes, first, count, element: PhantomData }
    }

    /// The list that the offset at `at` leads to.
    #[inline]
    fn behind(bytes: &'a [u8], at: usize) -> Self {
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
    pub fn get(&self, index: usize) -> Option<<T::Leaf as Leaf<T>>::View<'a>> {
        (index < self.count).then(|| self.element(index))
    }

    /// Its elements in order.
    #[must_use]
    pub fn iter(
        &self,
    ) -> impl ExactSizeIterator<Item = <T::Leaf as Leaf<T>>::View<'a>> + DoubleEndedIterator + use<'a, T>
    {
        let list = *self;
        (0..list.count).map(move |index| list.element(index))
    }

    /// Its elements, owned.
    #[must_use]
    pub fn to_vec(&self) -> Vec<T> {
        self.iter().map(T::Leaf::own).collect()
    }

    #[inline]
    fn element(&self, index: usize) -> <T::Leaf as Leaf<T>>::View<'a> {
        T::Leaf::view(self.bytes, self.first.wrapping_add(index.wrapping_mul(T::Leaf::SIZE)))
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

impl<T: FlatLeaf> fmt::Debug for FlatList<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut list = f.debug_list();
        for view in self.iter() {
            list.entry(&Shown::<T>(&view));
        }
        list.finish()
    }
}
