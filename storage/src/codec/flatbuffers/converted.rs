//! Fields whose values are converted to text or bytes, and restored from them: `#[store(text)]`, `#[store(serde)]`.
//!
//! The kind of such a field is its conversion, and not that of its type, which FlatBuffers does not know.

use super::{
    Flatbuffers,
    bytes::{OFFSET_LEN, Table, narrow, text},
    fields::FlatSource,
    kind::{Default, Extent, Kind, Leaf, kind_of_leaf, missing, put_leaf},
    leaf::store_offset,
    list::{places, verify_list, write_leaves},
    schema::place,
    verify::{Fault, Verdict, Verifier},
    wrapper::Wrapper,
    writer::{Offset, Writer},
};
use crate::{
    codec::{AsText, Conversion, Converted, Each, Maybe, ReadField, TextValue, from_text, to_text},
    error::{Damage, DecodeError},
    schema::{FieldPlace, FieldSchema, Presence, Restored, StoredType},
};
use std::fmt;

/// A conversion that FlatBuffers knows, which is the kind of the fields that it converts: `AsText`, a `string`;
/// `AsSerde`, a `[ubyte]`; or, of one of them, [`Maybe`], a field that may be missing, and [`Each`], a list.
pub trait FlatConversion<T: 'static>: Conversion<T, By: Kind<T>> {}

#[diagnostic::do_not_recommend]
impl<T: 'static, C: Conversion<T, By: Kind<T>>> FlatConversion<T> for C {}

/// A form behind an offset: `kind<bounds of T>: view, extent, how it is written, verified, read, owned and shown;`.
macro_rules! forms {
    ($(
        $form:ident<$bound:ident>: $view:ty, $extent:ident,
            |$value:ident, $out:ident| $write:expr,
            |$verifier:ident, $place:ident| $verify:expr,
            |$bytes:ident, $at:ident| $read:expr,
            |$owned:ident| $own:expr;
    )*) => {$(
        impl<T: $bound> Leaf<T> for $form {
            const SIZE: usize = OFFSET_LEN;
            const ALIGN: usize = OFFSET_LEN;
            const RANK: usize = OFFSET_LEN;
            const PLAIN: bool = false;
            const EXTENT: Extent = Extent::$extent;
            const REQUIRED: bool = true;
            type Ready = Offset;
            type View<'a> = $view;

            fn prepare($value: &T, $out: &mut Writer) -> Offset {
                $write
            }

            fn store(_: &T, ready: Offset, place: &mut [u8], used: usize) {
                store_offset(ready, place, used);
            }

            fn verify($verifier: &mut Verifier<'_>, $place: usize) -> Verdict {
                $verify
            }

            fn view($bytes: &[u8], $at: usize) -> Self::View<'_> {
                $read
            }

            fn own($owned: Self::View<'_>) -> Verdict<T> {
                ($own).map_err(Fault::refused)
            }

            fn show(view: &Self::View<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(view, f)
            }

            fn missing(_: Table<'_>, _: Default) -> Self::View<'_> {
                <Self as Leaf<T>>::view(&[], 0)
            }
        }

        kind_of_leaf! { [T: $bound] T: $form, Self, Wrapper<Self> }
    )*};
}
#[cfg(feature = "serde")]
pub(super) use forms;

forms! {
    AsText<TextValue>: &'a str, Text,
        |value, out| match to_text(value) {
            Ok(text) => out.text(&text),
            Err(refusal) => out.refuse_value(refusal),
        },
        |verifier, at| verifier.text(at),
        |bytes, at| text(bytes, at).unwrap_or_default(),
        |view| from_text(view);
}

impl<T: 'static, K: Kind<T>> Kind<Option<T>> for Maybe<K> {
    const SLOTS: u16 = <K::Nullable as Kind<T>>::SLOTS;
    const WIDTHS: &'static [u16] = <K::Nullable as Kind<T>>::WIDTHS;
    const EXTENT: Extent = <K::Nullable as Kind<T>>::EXTENT;
    const REQUIRED: bool = false;
    const PRESENCE: Presence<fn() -> u64> = Presence::Optional;
    type Ready = Option<<K::Nullable as Kind<T>>::Ready>;
    type View<'a> = Option<K::View<'a>>;
    type Element = Wrapper<Self>;
    type Nullable = Wrapper<Self>;

    fn prepare(value: &Option<T>, out: &mut Writer) -> Self::Ready {
        value.as_ref().map(|value| K::Nullable::prepare(value, out))
    }

    fn put<const RANK: usize>(value: &Option<T>, ready: Self::Ready, out: &mut Writer, id: u16) {
        if let (Some(value), Some(ready)) = (value, ready) {
            K::Nullable::put::<RANK>(value, ready, out, id);
        }
    }

    fn is_default(value: &Option<T>, _: Default) -> bool {
        value.is_none()
    }

    fn verify(verifier: &mut Verifier<'_>, table: &Table<'_>, id: u16, _: bool) -> Verdict {
        K::Nullable::verify(verifier, table, id, false)
    }

    fn view(table: Table<'_>, id: u16) -> Option<Self::View<'_>> {
        Some(K::Nullable::view(table, id))
    }

    fn missing(_: Table<'_>, _: Default) -> Self::View<'_> {
        None
    }

    fn own(view: Self::View<'_>) -> Verdict<Option<T>> {
        view.map(K::Nullable::own).transpose()
    }

    fn show(view: &Self::View<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match view {
            Some(view) => f.debug_tuple("Some").field(&ShownBy::<K, T>(view)).finish(),
            None => f.write_str("None"),
        }
    }
}

impl<T: 'static, K: Kind<T>> Kind<Vec<T>> for Each<K> {
    const SLOTS: u16 = 1;
    const WIDTHS: &'static [u16] = &[narrow(OFFSET_LEN)];
    const EXTENT: Extent = Extent::Deep;
    const REQUIRED: bool = false;
    type Ready = Offset;
    type View<'a> = Vec<K::View<'a>>;
    type Element = Wrapper<Self>;
    type Nullable = Self;

    fn prepare(value: &Vec<T>, out: &mut Writer) -> Offset {
        write_leaves::<T, K::Element>(value.iter(), out)
    }

    fn put<const RANK: usize>(_: &Vec<T>, ready: Offset, out: &mut Writer, id: u16) {
        if RANK == OFFSET_LEN {
            out.put_offset(ready, id);
        }
    }

    fn is_default(_: &Vec<T>, _: Default) -> bool {
        false
    }

    fn verify(verifier: &mut Verifier<'_>, table: &Table<'_>, id: u16, required: bool) -> Verdict {
        match table.field(id) {
            Some(at) => verify_list::<T, K::Element>(verifier, at).map(|_| ()),
            None => missing(table, required),
        }
    }

    fn view(table: Table<'_>, id: u16) -> Option<Self::View<'_>> {
        let bytes = table.bytes();
        let places = places(bytes, table.field(id)?, <K::Element as Leaf<T>>::SIZE);
        Some(places.map(|at| K::Element::view(bytes, at)).collect())
    }

    fn missing(_: Table<'_>, _: Default) -> Self::View<'_> {
        Vec::new()
    }

    fn own(view: Self::View<'_>) -> Verdict<Vec<T>> {
        view.into_iter().map(K::Element::own).collect()
    }

    fn show(view: &Self::View<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(view.iter().map(ShownBy::<K, T>)).finish()
    }
}

impl<C: FlatConversion<T>, T: 'static> ReadField<Flatbuffers> for Converted<C, T> {
    fn read(
        source: &FlatSource<'_>,
        node: usize,
        place: FieldPlace,
    ) -> Result<Restored<T>, Damage> {
        let view = source.field::<C::By, T>(node, place)?;
        let value = C::By::own(view).map_err(DecodeError::from)?;
        Ok(Restored(value))
    }
}

// What derived tables call, one line a field.

/// How a `T` stands in a field when it is converted with `C`.
type KindOf<C, T> = <C as Conversion<T>>::By;

/// The view of a `T` that is converted with `C`.
pub type ViewAs<'a, C, T> = <<C as Conversion<T>>::By as Kind<T>>::View<'a>;

/// The widths of such a field.
#[must_use]
pub const fn widths_as<C: FlatConversion<T>, T: 'static>() -> &'static [u16] {
    <KindOf<C, T> as Kind<T>>::WIDTHS
}

/// The schema of such a field of a table.
#[must_use]
pub const fn slot_as<C: FlatConversion<T>, T: 'static>(
    name: &'static str,
    id: u16,
    _: Option<fn() -> u64>,
) -> FieldSchema {
    let shape = <Converted<C, T> as StoredType>::shape;
    FieldSchema::new(name, shape).at(place(id, <KindOf<C, T> as Kind<T>>::PRESENCE))
}

/// Writes what the field `name` points to.
pub fn prepare_as<C: FlatConversion<T>, T: 'static>(
    value: &T,
    out: &mut Writer,
    name: &'static str,
) -> <KindOf<C, T> as Kind<T>>::Ready {
    let ready = KindOf::<C, T>::prepare(value, out);
    out.name_refused(name);
    ready
}

/// Writes the field, if it is of the width `RANK`.
pub fn put_as<C: FlatConversion<T>, T: 'static, const RANK: usize>(
    value: &T,
    ready: <KindOf<C, T> as Kind<T>>::Ready,
    out: &mut Writer,
    id: u16,
    default: Default,
) {
    if !KindOf::<C, T>::is_default(value, default) {
        <KindOf<C, T> as Kind<T>>::put::<RANK>(value, ready, out, id);
    }
}

/// Whether the field is what it should be, its bytes in the table itself being there.
///
/// # Errors
///
/// What is wrong.
pub fn check_as<C: FlatConversion<T>, T: 'static>(
    verifier: &mut Verifier<'_>,
    table: &Table<'_>,
    id: u16,
    name: &'static str,
) -> Verdict {
    let verdict = KindOf::<C, T>::verify(verifier, table, id, <KindOf<C, T> as Kind<T>>::REQUIRED);
    verdict.map_err(|fault| fault.within(name))
}

/// Reads the field.
#[must_use]
pub fn field_as<C: FlatConversion<T>, T: 'static>(
    table: Table<'_>,
    id: u16,
    default: Default,
) -> ViewAs<'_, C, T> {
    KindOf::<C, T>::view(table, id).unwrap_or_else(|| KindOf::<C, T>::missing(table, default))
}

/// Owns what the field `name` reads as.
///
/// # Errors
///
/// Why its type refuses to make an owned value.
pub fn own_as<C: FlatConversion<T>, T: 'static>(
    view: ViewAs<'_, C, T>,
    name: &'static str,
) -> Verdict<T> {
    KindOf::<C, T>::own(view).map_err(|fault| fault.within(name))
}

/// Prints the field.
pub fn show_as<C: FlatConversion<T>, T: 'static>(
    out: &mut fmt::DebugStruct<'_, '_>,
    name: &str,
    view: &ViewAs<'_, C, T>,
) {
    out.field(name, &ShownBy::<KindOf<C, T>, T>(view));
}

/// The view of a value, printed as its kind says.
struct ShownBy<'v, 'a, K: Kind<T>, T: 'static>(&'v K::View<'a>);

impl<K: Kind<T>, T: 'static> fmt::Debug for ShownBy<'_, '_, K, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        K::show(self.0, f)
    }
}
