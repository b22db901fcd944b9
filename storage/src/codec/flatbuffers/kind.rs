//! What a field of a FlatBuffers table may be, in three steps.
//!
//! - [`FlatField`]: a field, which every [`FlatType`] is; derived types ask its kind, which is a
//!   [`TableField`](super::TableField).
//! - [`FlatType`]: a type, by its [`Kind`]: [`Inline`], a list, a union, or an option of one.
//! - [`FlatLeaf`]: a type with a place of its own in a table or a list, by its [`Leaf`]: a number, a text, a struct,
//!   the way to a table.
//!
//! A type names its kind, and the kind has the functions. So a derive says what a type is in one line, and a field is
//! never judged by the name of its type. No function here has a receiver: none can hide a method of the user's.

use super::{
    bytes::{Table, narrow},
    verify::{Verdict, Verifier, refuse},
    writer::{Offset, Writer},
};
use crate::{error::FlatFault, schema::Presence};
use std::fmt;

/// How much must be verified before a field can be read alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// The bytes in the table itself.
    Inline,
    /// Those, and the text behind an offset.
    Text,
    /// Anything in the value.
    Deep,
}

/// What a missing field stands for, as bits: the type's own default, or one that the field declares.
pub type Default = Option<u64>;

/// A type that FlatBuffers can hold in a field.
#[diagnostic::on_unimplemented(
    message = "a table in FlatBuffers cannot hold a field of type `{Self}`",
    label = "not a FlatBuffers field",
    note = "on a struct or enum of your own: `#[derive(storage::StoredType)] #[store(codec = \"flatbuffers\")]`",
    note = "on a field of another crate's type: `#[store(text)]` if it has a text of its own, `#[store(serde)]` if it \
            has serde's traits; `#[store(skip)]` on a field that need not be stored",
    note = "the keys of a map or set are numbers, texts, enums without data, structs with `#[store(fixed)]`, or lists \
            and tuples of these; the guide lists what FlatBuffers can hold"
)]
pub trait FlatType: Sized + 'static {
    /// Its kind.
    type Kind: Kind<Self>;
}

/// A type that has a place of its own in a table, a list or an option.
#[diagnostic::on_unimplemented(
    message = "an array or a fixed struct in FlatBuffers cannot hold `{Self}`",
    label = "not of fixed width in FlatBuffers",
    note = "on a struct or enum of your own: `#[derive(storage::StoredType)] #[store(codec = \"flatbuffers\")]`",
    note = "a fixed struct holds numbers, enums without data, arrays and fixed structs; an option or a list has no \
            `default`"
)]
pub trait FlatLeaf: FlatType<Kind = Inline> {
    /// What it is.
    type Leaf: Leaf<Self>;
}

/// How a `T` stands in a field.
pub trait Kind<T: 'static> {
    /// How many ids it takes.
    const SLOTS: u16;
    /// How many bytes stand in the table itself under each of its ids.
    const WIDTHS: &'static [u16];
    /// How much must be verified before it can be read.
    const EXTENT: Extent;
    /// Whether it must be there, without `Option`; if not, a missing one has a default.
    const REQUIRED: bool;
    /// Whether it may be missing, if the field declares no default.
    const PRESENCE: Presence<fn() -> u64> =
        if Self::REQUIRED { Presence::Required } else { Presence::Defaulted(None) };
    /// What is known of it when its children are written.
    type Ready: Copy;
    /// Its reading in place.
    type View<'a>;
    /// Its table, if it is one: then a variant of a union holds it as it is.
    const TABLE: Option<fn(Self::Ready) -> Offset> = None;
    /// How it stands in a list.
    type Element: for<'a> Leaf<T, View<'a> = Self::View<'a>>;
    /// How it stands in an `Option`.
    type Nullable: for<'a> Kind<T, View<'a> = Self::View<'a>>;

    /// Writes what it points to.
    fn prepare(value: &T, out: &mut Writer) -> Self::Ready;
    /// Writes it into the open table, if it is of the width `RANK`.
    fn put<const RANK: usize>(value: &T, ready: Self::Ready, out: &mut Writer, id: u16);
    /// Whether it is what a missing field stands for.
    fn is_default(value: &T, default: Default) -> bool;
    /// Whether it is what it should be, its bytes in the table itself being there; and whether it is there at all,
    /// if it must be.
    ///
    /// # Errors
    ///
    /// What is wrong.
    fn verify(verifier: &mut Verifier<'_>, table: &Table<'_>, id: u16, required: bool) -> Verdict;
    /// It, where it lies.
    fn view(table: Table<'_>, id: u16) -> Option<Self::View<'_>>;
    /// What a missing field stands for.
    fn missing(table: Table<'_>, default: Default) -> Self::View<'_>;
    /// The owned form.
    ///
    /// # Errors
    ///
    /// Why its type refuses to make one.
    fn own(view: Self::View<'_>) -> Verdict<T>;
    /// Prints it.
    ///
    /// # Errors
    ///
    /// What `f` says.
    fn show(view: &Self::View<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

/// How a `T` stands in its place.
pub trait Leaf<T: 'static> {
    /// Its width there.
    const SIZE: usize;
    /// Its alignment.
    const ALIGN: usize;
    /// The pass in which the fields of its kind are written: 8, 4, 2 or 1.
    const RANK: usize;
    /// Whether any bytes of its width are a value.
    const PLAIN: bool;
    /// As for a [`Kind`].
    const EXTENT: Extent;
    /// As for a [`Kind`].
    const REQUIRED: bool;
    /// As for a [`Kind`].
    type Ready: Copy;
    /// As for a [`Kind`].
    type View<'a>;
    /// As for a [`Kind`].
    const TABLE: Option<fn(Self::Ready) -> Offset> = None;

    /// Writes what it points to.
    fn prepare(value: &T, out: &mut Writer) -> Self::Ready;
    /// Writes it to `place`, which begins `used` bytes from the end of the buffer and holds anything.
    fn store(value: &T, ready: Self::Ready, place: &mut [u8], used: usize);
    /// Whether what lies at `at` is one; `SIZE` bytes are there.
    ///
    /// # Errors
    ///
    /// What is wrong.
    fn verify(verifier: &mut Verifier<'_>, at: usize) -> Verdict;
    /// What lies at `at`.
    fn view(bytes: &[u8], at: usize) -> Self::View<'_>;
    /// The owned form.
    ///
    /// # Errors
    ///
    /// Why its type refuses to make one.
    fn own(view: Self::View<'_>) -> Verdict<T>;
    /// Prints it.
    ///
    /// # Errors
    ///
    /// What `f` says.
    fn show(view: &Self::View<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result;
    /// What a missing one stands for.
    fn missing(table: Table<'_>, default: Default) -> Self::View<'_>;
    /// Whether it is what a missing one stands for.
    #[must_use]
    fn is_default(_: &T, _: Default) -> bool {
        false
    }
}

/// A leaf that points to nothing.
#[diagnostic::on_unimplemented(
    message = "a fixed struct in FlatBuffers cannot hold `{T}`",
    note = "it is made of numbers, enums without data, arrays and fixed structs; without `fixed` it is a table, which \
            holds texts, lists and options as well"
)]
pub trait Fixed<T: 'static>: Leaf<T> {
    /// Writes it to `place`, which holds zeros or an older value.
    fn write(value: &T, place: &mut [u8]);
    /// Reads what lies at `at`.
    fn read(bytes: &[u8], at: usize) -> T;
    /// Prints an owned one.
    ///
    /// # Errors
    ///
    /// What `f` says.
    fn print(value: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

/// A fixed leaf that an array may be made of.
#[diagnostic::on_unimplemented(
    message = "an array in a fixed struct in FlatBuffers cannot hold `{T}`",
    note = "there an array is made of numbers, enums without data or fixed structs: put an inner array into a fixed \
            struct of its own, or leave `fixed` out"
)]
pub trait Item<T: 'static>: Fixed<T> {}

/// The kind of the types that are leaves.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Inline;

/// The kind of what is a leaf where it stands: `[parameters] Type: the kind, its leaf, how it stands in a list`.
macro_rules! kind_of_leaf {
    ([$($parameters:tt)*] $ty:ty: $kind:ty, $leaf:ty, $element:ty) => {
        impl<$($parameters)*> Kind<$ty> for $kind {
            const SLOTS: u16 = 1;
            const WIDTHS: &'static [u16] = &[narrow(<$leaf as Leaf<$ty>>::SIZE)];
            const EXTENT: Extent = <$leaf as Leaf<$ty>>::EXTENT;
            const REQUIRED: bool = <$leaf as Leaf<$ty>>::REQUIRED;
            type Ready = <$leaf as Leaf<$ty>>::Ready;
            type View<'a> = <$leaf as Leaf<$ty>>::View<'a>;
            const TABLE: Option<fn(Self::Ready) -> Offset> = <$leaf as Leaf<$ty>>::TABLE;
            type Element = $element;
            type Nullable = Self;

            #[inline]
            fn prepare(value: &$ty, out: &mut Writer) -> Self::Ready {
                <$leaf as Leaf<$ty>>::prepare(value, out)
            }

            #[inline]
            fn put<const RANK: usize>(value: &$ty, ready: Self::Ready, out: &mut Writer, id: u16) {
                put_leaf::<$ty, $leaf, RANK>(value, ready, out, id);
            }

            #[inline]
            fn is_default(value: &$ty, default: Default) -> bool {
                <$leaf as Leaf<$ty>>::is_default(value, default)
            }

            #[inline]
            fn verify(
                verifier: &mut Verifier<'_>,
                table: &Table<'_>,
                id: u16,
                required: bool,
            ) -> Verdict {
                match table.field(id) {
                    Some(_) if <$leaf as Leaf<$ty>>::PLAIN => Ok(()),
                    Some(at) => <$leaf as Leaf<$ty>>::verify(verifier, at),
                    None => missing(table, required),
                }
            }

            #[inline]
            fn view(table: Table<'_>, id: u16) -> Option<Self::View<'_>> {
                table.field(id).map(|at| <$leaf as Leaf<$ty>>::view(table.bytes(), at))
            }

            #[inline]
            fn missing(table: Table<'_>, default: Default) -> Self::View<'_> {
                <$leaf as Leaf<$ty>>::missing(table, default)
            }

            #[inline]
            fn own(view: Self::View<'_>) -> Verdict<$ty> {
                <$leaf as Leaf<$ty>>::own(view)
            }

            fn show(view: &Self::View<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                <$leaf as Leaf<$ty>>::show(view, f)
            }
        }
    };
}
pub(super) use kind_of_leaf;

kind_of_leaf! { [T: FlatLeaf] T: Inline, T::Leaf, T::Leaf }

/// Writes a leaf into the open table, if it is of the width `RANK`.
#[inline]
pub(super) fn put_leaf<T: 'static, L: Leaf<T>, const RANK: usize>(
    value: &T,
    ready: L::Ready,
    out: &mut Writer,
    id: u16,
) {
    if RANK == L::RANK {
        out.align(L::SIZE, L::ALIGN);
        let used = out.used().wrapping_add(L::SIZE);
        L::store(value, ready, out.room(L::SIZE), used);
        out.note_field(id);
    }
}

/// Whether a field may be missing.
#[inline]
pub(super) fn missing(table: &Table<'_>, required: bool) -> Verdict {
    if required { refuse(FlatFault::MissingField, table.start()) } else { Ok(()) }
}

/// How a `T` stands in a list.
pub(super) type Element<T> = <<T as FlatType>::Kind as Kind<T>>::Element;

/// The view of a `T`.
pub(super) type KindView<'a, T> = <<T as FlatType>::Kind as Kind<T>>::View<'a>;

/// What a field of a table may be: every [`FlatType`].
#[diagnostic::on_unimplemented(
    message = "a table in FlatBuffers cannot hold a field of type `{Self}`",
    label = "not a FlatBuffers field",
    note = "on a struct or enum of your own: `#[derive(storage::StoredType)] #[store(codec = \"flatbuffers\")]`",
    note = "the keys of a map or set are numbers, texts, enums without data, structs with `#[store(fixed)]`, or lists \
            and tuples of these; the guide lists what FlatBuffers can hold"
)]
pub trait FlatField: Sized + 'static {
    /// How many ids it takes.
    const SLOTS: u16;
    /// How many bytes stand in the table itself under each of its ids.
    const WIDTHS: &'static [u16];
    /// How much must be verified before it can be read.
    const EXTENT: Extent;
    /// Whether it may be missing, if the field declares no default.
    const PRESENCE: Presence<fn() -> u64>;
    /// What is known of it when its children are written.
    type Ready: Copy;
    /// Its reading in place.
    type View<'a>;
    /// As for a [`Kind`].
    const TABLE: Option<fn(Self::Ready) -> Offset> = None;

    /// Writes what it points to.
    fn prepare(value: &Self, out: &mut Writer) -> Self::Ready;
    /// Writes it into the open table, if it is of the width `RANK` and not what a missing field stands for.
    fn put<const RANK: usize>(
        value: &Self,
        ready: Self::Ready,
        out: &mut Writer,
        id: u16,
        default: Default,
    );
    /// Whether it is what it should be, its bytes in the table itself being there.
    ///
    /// # Errors
    ///
    /// What is wrong.
    fn verify(verifier: &mut Verifier<'_>, table: &Table<'_>, id: u16) -> Verdict;
    /// It, where it lies.
    fn view(table: Table<'_>, id: u16, default: Default) -> Self::View<'_>;
    /// The owned form.
    ///
    /// # Errors
    ///
    /// Why its type refuses to make one.
    fn own(view: Self::View<'_>) -> Verdict<Self>;
    /// Prints it.
    ///
    /// # Errors
    ///
    /// What `f` says.
    fn show(view: &Self::View<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

#[diagnostic::do_not_recommend]
impl<T: FlatType> FlatField for T {
    const SLOTS: u16 = <T::Kind as Kind<T>>::SLOTS;
    const WIDTHS: &'static [u16] = <T::Kind as Kind<T>>::WIDTHS;
    const EXTENT: Extent = <T::Kind as Kind<T>>::EXTENT;
    const PRESENCE: Presence<fn() -> u64> = <T::Kind as Kind<T>>::PRESENCE;
    type Ready = <T::Kind as Kind<T>>::Ready;
    type View<'a> = KindView<'a, T>;
    const TABLE: Option<fn(Self::Ready) -> Offset> = <T::Kind as Kind<T>>::TABLE;

    #[inline]
    fn prepare(value: &T, out: &mut Writer) -> Self::Ready {
        T::Kind::prepare(value, out)
    }

    #[inline]
    fn put<const RANK: usize>(
        value: &T,
        ready: Self::Ready,
        out: &mut Writer,
        id: u16,
        default: Default,
    ) {
        if !T::Kind::is_default(value, default) {
            <T::Kind as Kind<T>>::put::<RANK>(value, ready, out, id);
        }
    }

    #[inline]
    fn verify(verifier: &mut Verifier<'_>, table: &Table<'_>, id: u16) -> Verdict {
        <T::Kind as Kind<T>>::verify(verifier, table, id, <T::Kind as Kind<T>>::REQUIRED)
    }

    #[inline]
    fn view(table: Table<'_>, id: u16, default: Default) -> KindView<'_, T> {
        match T::Kind::view(table, id) {
            Some(view) => view,
            None => T::Kind::missing(table, default),
        }
    }

    #[inline]
    fn own(view: KindView<'_, T>) -> Verdict<T> {
        T::Kind::own(view)
    }

    fn show(view: &KindView<'_, T>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        T::Kind::show(view, f)
    }
}

/// The view of a field, printed as its type says.
pub struct Shown<'v, 'a, T: FlatField>(pub &'v T::View<'a>);

impl<T: FlatField> fmt::Debug for Shown<'_, '_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        T::show(self.0, f)
    }
}

/// An owned value of fixed width, printed as its type says.
pub(super) struct Printed<'v, T>(pub(super) &'v T);

impl<T: FlatLeaf<Leaf: Fixed<T>>> fmt::Debug for Printed<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        T::Leaf::print(self.0, f)
    }
}
