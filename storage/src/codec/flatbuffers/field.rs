//! Fields of derived tables and variants, as the derives see them: through the kind of their type, so that a type that
//! has none is reported once.

use super::{
    bytes::Table,
    kind::{Default, FlatField, FlatType, Kind, Shown},
    payload,
    schema::FieldSlot,
    verify::{Verdict, Verifier},
    writer::{Offset, Writer},
};
use crate::schema::{FieldSchema, StoredType};
use std::fmt;

/// A kind as that of the field of a derived table, whose type is `T`.
///
/// Derived code asks the kind and not the type for it: of a type that has no kind, the compiler then says one thing.
pub trait TableField<T: 'static> {
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
    fn prepare(value: &T, out: &mut Writer) -> Self::Ready;
    /// Writes it, if it is of the width `RANK` and not what a missing field stands for.
    fn put<const RANK: usize>(
        value: &T,
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
    fn own(view: Self::View<'_>, name: &'static str) -> Verdict<T>;
    /// Prints it.
    fn show(out: &mut fmt::DebugStruct<'_, '_>, name: &str, view: &Self::View<'_>);

    /// Writes the table of a variant that holds it alone.
    fn write_payload(value: &T, out: &mut Writer) -> Offset;
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
    fn own_payload(view: Self::View<'_>) -> Verdict<T>;
    /// Prints a variant with what it holds.
    ///
    /// # Errors
    ///
    /// What `f` says.
    fn show_payload(f: &mut fmt::Formatter<'_>, name: &str, view: &Self::View<'_>) -> fmt::Result;
}

#[diagnostic::do_not_recommend]
impl<T: FlatType<Kind = K> + StoredType, K: Kind<T>> TableField<T> for K {
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

/// Whether a value is written, by itself: nothing refuses it while `prepare` is called.
#[cold]
pub fn is_written<T>(prepare: impl FnOnce(&mut Writer) -> T) -> bool {
    Writer::lend(|writer| {
        prepare(writer);
        writer.is_sound()
    })
}
