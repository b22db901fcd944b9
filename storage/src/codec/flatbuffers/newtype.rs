//! Types that are stored as what they hold: newtypes and boxes.
//!
//! A newtype has the kind of its content and, if that has one, its leaf. So its bytes, its place in a schema and its
//! view are those of the content, wherever it stands.

use super::{
    bytes::Table,
    choice::Union,
    kind::{Default, Extent, Fixed, FlatLeaf, FlatType, Inline, Item, Kind, KindView, Leaf},
    leaf::Number,
    list::List,
    verify::{Verdict, Verifier},
    writer::{Offset, Writer},
};
use std::fmt;

/// A type that is stored as what it holds. Derived for structs with one unnamed field.
///
/// A type that is neither this nor any other kind is told so in the words of [`FlatType`], because the compiler looks
/// here last.
#[diagnostic::on_unimplemented(
    message = "a table in FlatBuffers cannot hold a field of type `{Self}`",
    label = "not a FlatBuffers type",
    note = "on a struct or enum of your own: `#[derive(storage::StoredType)] #[store(codec = \"flatbuffers\")]`",
    note = "a list of lists, of options or of data enums needs a struct around its elements; a map is a list of \
            structs with key and value; an array is made of numbers, enums without data and fixed structs, and so is \
            a fixed struct; an option or a list has no `default`; integers of 128 bits, `usize`, `char` and tuples \
            have no FlatBuffers type"
)]
pub trait FlatNewtype: Sized + 'static {
    /// What it holds.
    type Content: FlatType;

    /// Wraps what was read.
    fn wrap(content: Self::Content) -> Self;
    /// What is written.
    fn content(value: &Self) -> &Self::Content;
}

impl<T: FlatType> FlatNewtype for Box<T> {
    type Content = T;

    fn wrap(content: T) -> Self {
        Self::new(content)
    }

    fn content(value: &Self) -> &T {
        value
    }
}

#[diagnostic::do_not_recommend]
impl<T: FlatNewtype> FlatType for T
where
    ContentKind<T>: Around<T>,
{
    type Kind = <ContentKind<T> as Around<T>>::Kind;
}

#[diagnostic::do_not_recommend]
impl<T: FlatNewtype<Content: FlatLeaf>> FlatLeaf for T {
    type Leaf = Newtype;
}

/// A kind that may be that of a newtype's content.
pub trait Around<T: 'static> {
    /// The kind of the newtype.
    type Kind: Kind<T>;
}

impl<T: FlatNewtype<Content: FlatLeaf>> Around<T> for Inline {
    type Kind = Self;
}

impl<T: FlatNewtype> Around<T> for List {
    type Kind = Newtype;
}

impl<T: FlatNewtype> Around<T> for Union {
    type Kind = Newtype;
}

impl<T: FlatNewtype> Around<T> for Newtype {
    type Kind = Self;
}

/// The kind of newtypes that are no leaves, and the leaf of those that are.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Newtype;

type ContentKind<T> = <<T as FlatNewtype>::Content as FlatType>::Kind;
type ContentLeaf<T> = <<T as FlatNewtype>::Content as FlatLeaf>::Leaf;

impl<T: FlatNewtype> Kind<T> for Newtype {
    const SLOTS: u16 = <ContentKind<T> as Kind<T::Content>>::SLOTS;
    const WIDTHS: &'static [u16] = <ContentKind<T> as Kind<T::Content>>::WIDTHS;
    const EXTENT: Extent = <ContentKind<T> as Kind<T::Content>>::EXTENT;
    const REQUIRED: bool = <ContentKind<T> as Kind<T::Content>>::REQUIRED;
    type Ready = <ContentKind<T> as Kind<T::Content>>::Ready;
    type View<'a> = KindView<'a, T::Content>;
    const TABLE: Option<fn(Self::Ready) -> Offset> = <ContentKind<T> as Kind<T::Content>>::TABLE;

    #[inline]
    fn prepare(value: &T, out: &mut Writer) -> Self::Ready {
        ContentKind::<T>::prepare(T::content(value), out)
    }

    #[inline]
    fn put<const RANK: usize>(value: &T, ready: Self::Ready, out: &mut Writer, id: u16) {
        <ContentKind<T> as Kind<T::Content>>::put::<RANK>(T::content(value), ready, out, id);
    }

    #[inline]
    fn is_default(value: &T, default: Default) -> bool {
        ContentKind::<T>::is_default(T::content(value), default)
    }

    #[inline]
    fn verify(verifier: &mut Verifier<'_>, table: &Table<'_>, id: u16, required: bool) -> Verdict {
        <ContentKind<T> as Kind<T::Content>>::verify(verifier, table, id, required)
    }

    #[inline]
    fn view(table: Table<'_>, id: u16) -> Option<Self::View<'_>> {
        <ContentKind<T> as Kind<T::Content>>::view(table, id)
    }

    fn missing(table: Table<'_>, default: Default) -> Self::View<'_> {
        <ContentKind<T> as Kind<T::Content>>::missing(table, default)
    }

    fn own(view: Self::View<'_>) -> T {
        T::wrap(ContentKind::<T>::own(view))
    }

    fn show(view: &Self::View<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        <ContentKind<T> as Kind<T::Content>>::show(view, f)
    }
}

impl<T: FlatNewtype<Content: FlatLeaf>> Leaf<T> for Newtype {
    const SIZE: usize = ContentLeaf::<T>::SIZE;
    const ALIGN: usize = ContentLeaf::<T>::ALIGN;
    const RANK: usize = ContentLeaf::<T>::RANK;
    const PLAIN: bool = ContentLeaf::<T>::PLAIN;
    const EXTENT: Extent = ContentLeaf::<T>::EXTENT;
    const REQUIRED: bool = ContentLeaf::<T>::REQUIRED;
    type Ready = <ContentLeaf<T> as Leaf<T::Content>>::Ready;
    type View<'a> = <ContentLeaf<T> as Leaf<T::Content>>::View<'a>;
    const TABLE: Option<fn(Self::Ready) -> Offset> = ContentLeaf::<T>::TABLE;

    #[inline]
    fn prepare(value: &T, out: &mut Writer) -> Self::Ready {
        ContentLeaf::<T>::prepare(T::content(value), out)
    }

    #[inline]
    fn store(value: &T, ready: Self::Ready, place: &mut [u8], used: usize) {
        ContentLeaf::<T>::store(T::content(value), ready, place, used);
    }

    #[inline]
    fn verify(verifier: &mut Verifier<'_>, at: usize) -> Verdict {
        ContentLeaf::<T>::verify(verifier, at)
    }

    #[inline]
    fn view(bytes: &[u8], at: usize) -> Self::View<'_> {
        ContentLeaf::<T>::view(bytes, at)
    }

    #[inline]
    fn own(view: Self::View<'_>) -> T {
        T::wrap(ContentLeaf::<T>::own(view))
    }

    fn show(view: &Self::View<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        ContentLeaf::<T>::show(view, f)
    }

    #[inline]
    fn missing(table: Table<'_>, default: Default) -> Self::View<'_> {
        ContentLeaf::<T>::missing(table, default)
    }

    #[inline]
    fn is_default(value: &T, default: Default) -> bool {
        ContentLeaf::<T>::is_default(T::content(value), default)
    }
}

impl<T: FlatNewtype<Content: FlatLeaf<Leaf: Number<T::Content>>>> Number<T> for Newtype {
    #[inline]
    fn bits(value: &T) -> u64 {
        ContentLeaf::<T>::bits(T::content(value))
    }
}

impl<T: FlatNewtype<Content: FlatLeaf<Leaf: Fixed<T::Content>>>> Fixed<T> for Newtype {
    #[inline]
    fn write(value: &T, place: &mut [u8]) {
        ContentLeaf::<T>::write(T::content(value), place);
    }

    fn print(value: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        ContentLeaf::<T>::print(T::content(value), f)
    }
}

impl<T: FlatNewtype<Content: FlatLeaf<Leaf: Item<T::Content>>>> Item<T> for Newtype {}
