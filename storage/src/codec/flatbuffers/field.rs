//! Fields of derived tables and variants, as the derives see them: through one trait, so that a type that is none is
//! reported once.

use super::{
    bytes::Table,
    kind::{Default, FlatField, Shown},
    payload,
    schema::FieldSlot,
    verify::{Verdict, Verifier},
    writer::{Offset, Writer},
};
use crate::schema::{FieldSchema, StoredType};
use std::fmt;

/// A type that a field of a derived table may have.
#[diagnostic::on_unimplemented(
    message = "a table in FlatBuffers cannot hold a field of type `{Self}`",
    label = "not a FlatBuffers field",
    note = "on a struct or enum of your own: `#[derive(storage::StoredType)] #[store(codec = \"flatbuffers\")]`",
    note = "on a field of another crate's type: `#[store(text)]` if it has a text of its own, `#[store(serde)]` if it \
            has serde's traits; `#[store(skip)]` on a field that need not be stored",
    note = "the keys of a map or set are numbers, texts, enums without data, fixed structs, or lists and tuples of \
            these; the guide lists what FlatBuffers can hold"
)]
pub trait TableField: Sized {
    /// How many bytes stand in the table itself under each of its ids.
    const WIDTHS: &'static [u16];
    /// Its schema, but for its name and its id.
    const SLOT: FieldSlot;
    /// The schema of what a variant holds alone.
    const PAYLOAD: FieldSchema;
    /// What is known of it when its children are written.
    type Ready: Copy;
    /// Its reading in place.
    type View<'a>;

    /// Writes what it points to.
    fn prepare(value: &Self, out: &mut Writer) -> Self::Ready;
    /// Writes it, if it is of the width `RANK` and not what a missing field stands for.
    fn put<const RANK: usize>(
        value: &Self,
        ready: Self::Ready,
        out: &mut Writer,
        id: u16,
        default: Default,
    );
    /// Whether the field `name` is what it should be, its bytes in the table itself being there.
    ///
    /// # Errors
    ///
    /// What is wrong.
    fn check(
        verifier: &mut Verifier<'_>,
        table: &Table<'_>,
        id: u16,
        name: &'static str,
    ) -> Verdict;
    /// Reads it.
    fn field(table: Table<'_>, id: u16, default: Default) -> Self::View<'_>;
    /// Owns what the field `name` reads as.
    ///
    /// # Errors
    ///
    /// Why its type refuses to make an owned value.
    fn own(view: Self::View<'_>, name: &'static str) -> Verdict<Self>;
    /// Prints it.
    fn show(out: &mut fmt::DebugStruct<'_, '_>, name: &str, view: &Self::View<'_>);

    /// Writes the table of a variant that holds it alone.
    fn write_payload(value: &Self, out: &mut Writer) -> Offset;
    /// Whether the variant at `place` holds one.
    ///
    /// # Errors
    ///
    /// What is wrong.
    fn check_payload(verifier: &mut Verifier<'_>, place: &Table<'_>) -> Verdict;
    /// What the variant at `place` holds.
    fn payload(place: Table<'_>) -> Self::View<'_>;
    /// Owns what a variant holds.
    ///
    /// # Errors
    ///
    /// Why its type refuses to make an owned value.
    fn own_payload(view: Self::View<'_>) -> Verdict<Self>;
    /// Prints a variant with what it holds.
    ///
    /// # Errors
    ///
    /// What `f` says.
    fn show_payload(f: &mut fmt::Formatter<'_>, name: &str, view: &Self::View<'_>) -> fmt::Result;
}

#[diagnostic::do_not_recommend]
impl<T: FlatField + StoredType> TableField for T {
    const WIDTHS: &'static [u16] = <T as FlatField>::WIDTHS;
    const SLOT: FieldSlot = FieldSlot::of::<T>();
    const PAYLOAD: FieldSchema = FieldSlot::payload::<T>();
    type Ready = <T as FlatField>::Ready;
    type View<'a> = <T as FlatField>::View<'a>;

    #[inline]
    fn prepare(value: &T, out: &mut Writer) -> Self::Ready {
        <T as FlatField>::prepare(value, out)
    }

    #[inline]
    fn put<const RANK: usize>(
        value: &T,
        ready: Self::Ready,
        out: &mut Writer,
        id: u16,
        default: Default,
    ) {
        <T as FlatField>::put::<RANK>(value, ready, out, id, default);
    }

    #[inline]
    fn check(
        verifier: &mut Verifier<'_>,
        table: &Table<'_>,
        id: u16,
        name: &'static str,
    ) -> Verdict {
        T::verify(verifier, table, id).map_err(|fault| fault.within(name))
    }

    #[inline]
    fn field(table: Table<'_>, id: u16, default: Default) -> Self::View<'_> {
        T::view(table, id, default)
    }

    #[inline]
    fn own(view: Self::View<'_>, name: &'static str) -> Verdict<T> {
        <T as FlatField>::own(view).map_err(|fault| fault.within(name))
    }

    fn show(out: &mut fmt::DebugStruct<'_, '_>, name: &str, view: &Self::View<'_>) {
        out.field(name, &Shown::<T>(view));
    }

    fn write_payload(value: &T, out: &mut Writer) -> Offset {
        payload::write_payload(value, out)
    }

    fn check_payload(verifier: &mut Verifier<'_>, place: &Table<'_>) -> Verdict {
        payload::check_payload::<T>(verifier, place)
    }

    fn payload(place: Table<'_>) -> Self::View<'_> {
        payload::payload::<T>(place)
    }

    #[inline]
    fn own_payload(view: Self::View<'_>) -> Verdict<T> {
        payload::own_payload(view)
    }

    fn show_payload(f: &mut fmt::Formatter<'_>, name: &str, view: &Self::View<'_>) -> fmt::Result {
        payload::show_payload::<T>(f, name, view)
    }
}
