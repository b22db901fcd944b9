//! Types that are stored as what they hold: newtypes and pointers.
//!
//! A newtype has the kind of its content and, if that has one, its leaf. So its bytes, its place in a schema and its
//! view are those of the content, wherever it stands.

use super::{
    bytes::Table,
    choice::Union,
    kind::{Default, Extent, Fixed, FlatLeaf, FlatType, Inline, Item, Kind, Leaf},
    leaf::Number,
    list::List,
    option::Optional,
    verify::{Verdict, Verifier},
    writer::{Offset, Writer},
};
use crate::schema::Presence;
use std::{cmp::Reverse, fmt, marker::PhantomData, rc::Rc, sync::Arc};

/// A type that is stored as what it holds. Derived for structs with one unnamed field.
///
/// A type that is neither this nor any other kind is told so in the words of [`FlatType`], because the compiler looks
/// here last.
#[diagnostic::on_unimplemented(
    message = "a table in FlatBuffers cannot hold a field of type `{Self}`",
    label = "not a FlatBuffers field",
    note = "on a struct or enum of your own: `#[derive(storage::StoredType)] #[store(codec = \"flatbuffers\")]`",
    note = "on a field of another crate's type: `#[store(text)]` if it has a text of its own, `#[store(serde)]` if it \
            has serde's traits; `#[store(skip)]` on a field that need not be stored",
    note = "a fixed struct is made of numbers, enums without data, arrays of these and fixed structs: use a struct \
            that is not `fixed` for anything else; the keys of a map or set are numbers, texts, enums without data, \
            fixed structs, or lists and tuples of these; an option or a list has no `default`; the guide lists what \
            FlatBuffers can hold"
)]
pub trait FlatNewtype: Sized + 'static {
    /// What it holds.
    type Content: FlatType;

    /// Wraps what was read.
    fn wrap(content: Self::Content) -> Self;
    /// What is written.
    fn content(value: &Self) -> &Self::Content;
}

macro_rules! pointers {
    ($($pointer:ident)*) => {$(
        impl<T: FlatType> FlatNewtype for $pointer<T> {
            type Content = T;

            fn wrap(content: T) -> Self {
                Self::new(content)
            }

            fn content(value: &Self) -> &T {
                value
            }
        }
    )*};
}
pointers!(Box Rc Arc);

/// What is turned around is only the order of keys.
impl<T: FlatType> FlatNewtype for Reverse<T> {
    type Content = T;

    fn wrap(content: T) -> Self {
        Self(content)
    }

    fn content(value: &Self) -> &T {
        &value.0
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
    type Leaf = Newtype<ContentLeaf<T>>;
}

/// A kind that may be that of a newtype's content.
pub trait Around<T: 'static> {
    /// The kind of the newtype.
    type Kind: Kind<T>;
}

impl<T: FlatNewtype<Content: FlatLeaf>> Around<T> for Inline {
    type Kind = Self;
}

/// Kinds that may be those of a newtype's content.
macro_rules! around {
    ($([$($generics:ident)*] $kind:ty;)*) => {$(
        impl<T: FlatNewtype $(, $generics)*> Around<T> for $kind
        where
            Self: Kind<T::Content>,
        {
            type Kind = Newtype<Self>;
        }
    )*};
}
around! {
    [] List;
    [] Union;
    [] Optional;
    [K] Newtype<K>;
}

/// The kind of newtypes that are no leaves, and the leaf of those that are: `X` is that of the content.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Newtype<X>(PhantomData<X>);

type ContentKind<T> = <<T as FlatNewtype>::Content as FlatType>::Kind;
type ContentLeaf<T> = <<T as FlatNewtype>::Content as FlatLeaf>::Leaf;

impl<T: FlatNewtype, K: Kind<T::Content>> Kind<T> for Newtype<K> {
    const SLOTS: u16 = K::SLOTS;
    const WIDTHS: &'static [u16] = K::WIDTHS;
    const EXTENT: Extent = K::EXTENT;
    const REQUIRED: bool = K::REQUIRED;
    const PRESENCE: Presence<fn() -> u64> = K::PRESENCE;
    type Ready = K::Ready;
    type View<'a> = K::View<'a>;
    type Element = Newtype<K::Element>;
    type Nullable = Newtype<K::Nullable>;
    const TABLE: Option<fn(Self::Ready) -> Offset> = K::TABLE;

    #[inline]
    fn prepare(value: &T, out: &mut Writer) -> Self::Ready {
        K::prepare(T::content(value), out)
    }

    #[inline]
    fn put<const RANK: usize>(value: &T, ready: Self::Ready, out: &mut Writer, id: u16) {
        K::put::<RANK>(T::content(value), ready, out, id);
    }

    #[inline]
    fn is_default(value: &T, default: Default) -> bool {
        K::is_default(T::content(value), default)
    }

    #[inline]
    fn verify(verifier: &mut Verifier<'_>, table: &Table<'_>, id: u16, required: bool) -> Verdict {
        K::verify(verifier, table, id, required)
    }

    #[inline]
    fn view(table: Table<'_>, id: u16) -> Option<Self::View<'_>> {
        K::view(table, id)
    }

    fn missing(table: Table<'_>, default: Default) -> Self::View<'_> {
        K::missing(table, default)
    }

    fn own(view: Self::View<'_>) -> Verdict<T> {
        K::own(view).map(T::wrap)
    }

    fn show(view: &Self::View<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        K::show(view, f)
    }
}

impl<T: FlatNewtype, L: Leaf<T::Content>> Leaf<T> for Newtype<L> {
    const SIZE: usize = L::SIZE;
    const ALIGN: usize = L::ALIGN;
    const RANK: usize = L::RANK;
    const PLAIN: bool = L::PLAIN;
    const EXTENT: Extent = L::EXTENT;
    const REQUIRED: bool = L::REQUIRED;
    type Ready = L::Ready;
    type View<'a> = L::View<'a>;
    const TABLE: Option<fn(Self::Ready) -> Offset> = L::TABLE;

    #[inline]
    fn prepare(value: &T, out: &mut Writer) -> Self::Ready {
        L::prepare(T::content(value), out)
    }

    #[inline]
    fn store(value: &T, ready: Self::Ready, place: &mut [u8], used: usize) {
        L::store(T::content(value), ready, place, used);
    }

    #[inline]
    fn verify(verifier: &mut Verifier<'_>, at: usize) -> Verdict {
        L::verify(verifier, at)
    }

    #[inline]
    fn view(bytes: &[u8], at: usize) -> Self::View<'_> {
        L::view(bytes, at)
    }

    #[inline]
    fn own(view: Self::View<'_>) -> Verdict<T> {
        L::own(view).map(T::wrap)
    }

    fn show(view: &Self::View<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        L::show(view, f)
    }

    #[inline]
    fn missing(table: Table<'_>, default: Default) -> Self::View<'_> {
        L::missing(table, default)
    }

    #[inline]
    fn is_default(value: &T, default: Default) -> bool {
        L::is_default(T::content(value), default)
    }
}

impl<T: FlatNewtype, L: Number<T::Content>> Number<T> for Newtype<L> {
    #[inline]
    fn bits(value: &T) -> u64 {
        L::bits(T::content(value))
    }
}

impl<T: FlatNewtype, L: Fixed<T::Content>> Fixed<T> for Newtype<L> {
    #[inline]
    fn write(value: &T, place: &mut [u8]) {
        L::write(T::content(value), place);
    }

    #[inline]
    fn read(bytes: &[u8], at: usize) -> T {
        T::wrap(L::read(bytes, at))
    }

    fn print(value: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        L::print(T::content(value), f)
    }
}

impl<T: FlatNewtype, L: Item<T::Content>> Item<T> for Newtype<L> {}
