//! Arrays: of values of fixed width, one after the other in a struct; of anything else, a list of as many elements.

use super::{
    bytes::{OFFSET_LEN, Table, narrow},
    choice::{Enum, Union},
    compound::Compound,
    fields::FlatProject,
    fixed::{Array, Struct},
    form::As,
    kind::{
        Default, Element, Extent, FlatLeaf, FlatType, Inline, Item, Kind, KindView, Leaf, missing,
    },
    leaf::Primitive,
    list::{FlatList, List, verify_list, write_items},
    newtype::{Around, FlatNewtype, Newtype},
    option::Optional,
    owned::owned,
    table::TableLeaf,
    text::TextLeaf,
    verify::{Verdict, Verifier, refuse},
    wrapper::Wrapper,
    writer::{Offset, Writer},
};
use crate::{error::FlatFault, schema::FieldType};
use std::fmt;

/// A kind of which there are arrays.
pub trait Arrayed<T: 'static, const N: usize> {
    /// The kind of an array of `N`.
    type Kind: Kind<[T; N]>;
}

/// A leaf of which there are arrays.
pub trait ArrayedLeaf<T: 'static, const N: usize> {
    /// The kind of an array of `N`. That it is one is asked where it is used: asked here, it would be asked of a
    /// newtype for ever.
    type Kind;
}

#[diagnostic::do_not_recommend]
impl<T: FlatType<Kind: Arrayed<T, N>>, const N: usize> FlatType for [T; N] {
    type Kind = <T::Kind as Arrayed<T, N>>::Kind;
}

impl<T, const N: usize> FlatLeaf for [T; N]
where
    T: FlatLeaf<Leaf: Item<T> + ArrayedLeaf<T, N, Kind = Inline>>,
{
    type Leaf = Array;
}

impl<T, const N: usize> Arrayed<T, N> for Inline
where
    T: FlatLeaf<Leaf: ArrayedLeaf<T, N, Kind: Kind<[T; N]>>>,
{
    type Kind = <T::Leaf as ArrayedLeaf<T, N>>::Kind;
}

/// Kinds of which an array is a list: `[parameters] Kind;`.
macro_rules! listed {
    ($([$($generics:tt)*] $kind:ty;)*) => {$(
        impl<T: FlatType, $($generics)* const N: usize> Arrayed<T, N> for $kind {
            type Kind = Several;
        }
    )*};
}
listed! {
    [] List;
    [] Union;
    [] Optional;
    [] Several;
    [K,] Newtype<K>;
}

/// Leaves of which an array is of this kind: `Kind of [leaves] that are this;`.
macro_rules! leaves {
    ($($kind:ident of [$($leaf:ident)*]: $bound:path;)*) => {$($(
        impl<T: FlatLeaf<Leaf = $leaf>, const N: usize> ArrayedLeaf<T, N> for $leaf
        where
            Self: $bound,
        {
            type Kind = $kind;
        }
    )*)*};
}
leaves! {
    Inline of [Primitive Enum Struct As]: Item<T>;
    Several of [Array Compound TableLeaf TextLeaf]: Leaf<T>;
}

#[cfg(feature = "jiff")]
impl<T: FlatLeaf<Leaf = Self>, const N: usize> ArrayedLeaf<T, N> for super::via::Via {
    type Kind = Several;
}

/// An array of newtypes is one of what they hold.
impl<T, L, const N: usize> ArrayedLeaf<T, N> for Newtype<L>
where
    T: FlatNewtype,
    L: ArrayedLeaf<T::Content, N>,
{
    type Kind = L::Kind;
}

/// The kind of arrays that are lists.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Several;

impl<T: FlatType, const N: usize> Kind<[T; N]> for Several {
    const SLOTS: u16 = 1;
    const WIDTHS: &'static [u16] = &[narrow(OFFSET_LEN)];
    const EXTENT: Extent = Extent::Deep;
    const REQUIRED: bool = true;
    type Ready = Offset;
    type View<'a> = FlatList<'a, T>;
    type Element = Wrapper<Self>;
    type Nullable = Self;

    fn prepare(value: &[T; N], out: &mut Writer) -> Offset {
        write_items(value.iter(), out)
    }

    fn put<const RANK: usize>(_: &[T; N], ready: Offset, out: &mut Writer, id: u16) {
        if RANK == OFFSET_LEN {
            out.put_offset(ready, id);
        }
    }

    fn is_default(_: &[T; N], _: Default) -> bool {
        false
    }

    fn verify(verifier: &mut Verifier<'_>, table: &Table<'_>, id: u16, required: bool) -> Verdict {
        match table.field(id) {
            Some(at) if verify_list::<T, Element<T>>(verifier, at)? != N => {
                refuse(FlatFault::Length, at)
            }
            Some(_) => Ok(()),
            None => missing(table, required),
        }
    }

    fn view(table: Table<'_>, id: u16) -> Option<FlatList<'_, T>> {
        table.field(id).map(|at| FlatList::behind(table.bytes(), at))
    }

    fn missing(_: Table<'_>, _: Default) -> FlatList<'_, T> {
        FlatList::EMPTY
    }

    fn own(view: FlatList<'_, T>) -> Verdict<[T; N]> {
        let items = view.iter().map(Element::<T>::own);
        array(owned(items, |items| items.collect())?)
    }

    fn show(view: &FlatList<'_, T>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(view, f)
    }
}

impl<T: FlatNewtype> Around<T> for Several
where
    Self: Kind<T::Content>,
{
    type Kind = Newtype<Self>;
}

fn array<T, const N: usize>(items: Vec<T>) -> Verdict<[T; N]> {
    items.try_into().or_else(|_| refuse(FlatFault::Length, 0))
}

/// A kind of arrays that are read alone.
pub trait PlainArray<T: FieldType, const N: usize>: Kind<[T; N]> {
    /// The plain form of a view.
    ///
    /// # Errors
    ///
    /// Why the type of an element refuses to make an owned value.
    fn plain<'a>(body: &'a [u8], view: Self::View<'a>) -> Verdict<[T::View<'a>; N]>;
}

impl<T, const N: usize> PlainArray<T, N> for Inline
where
    T: FlatLeaf<Leaf: Item<T> + ArrayedLeaf<T, N, Kind = Self>>,
    T: for<'a> FieldType<View<'a> = T>,
{
    fn plain(_: &[u8], view: [T; N]) -> Verdict<[T::View<'_>; N]> {
        Ok(view)
    }
}

impl<T: FlatProject, const N: usize> PlainArray<T, N> for Several {
    fn plain<'a>(body: &'a [u8], view: FlatList<'a, T>) -> Verdict<[T::View<'a>; N]> {
        let items = view.iter().map(|view| T::plain(body, view));
        array(owned(items, |items| items.collect())?)
    }
}

impl<T, const N: usize> FlatProject for [T; N]
where
    Self: FlatType<Kind: PlainArray<T, N>>,
    T: FieldType,
{
    fn plain<'a>(body: &'a [u8], view: KindView<'a, Self>) -> Verdict<[T::View<'a>; N]> {
        <<Self as FlatType>::Kind as PlainArray<T, N>>::plain(body, view)
    }
}
