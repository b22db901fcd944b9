//! What a variant of a union holds: a table as it is, anything else as the only field of a table of the variant's own.
//!
//! A variant is found through its `place`: a table whose first field is the way to that of the variant.

use super::{
    bytes::Table,
    ids::Slots,
    kind::{FlatField, Shown, missing},
    table::write_table,
    verify::{Verdict, Verifier},
    writer::{Offset, Writer},
};
use std::{fmt, marker::PhantomData};

/// The name of the only field of a variant.
pub(super) const NAME: &str = "0";

/// The table around a `T`.
struct Only<T>(PhantomData<T>);

impl<T: FlatField> Only<T> {
    const SLOTS: &'static Slots = &Slots::new(T::WIDTHS, &[(NAME, None, T::WIDTHS)], &[0]);
}

/// The place of the variant whose offset lies at `at`.
#[inline]
pub(super) fn place(bytes: &[u8], at: usize) -> Table<'_> {
    Table::inside(bytes, at, &[1, 0])
}

/// The table of the variant at `place`.
#[inline]
#[must_use]
pub fn variant_table(place: Table<'_>) -> Table<'_> {
    let at = place.field(0);
    at.and_then(|at| Table::behind(place.bytes(), at)).unwrap_or(Table::EMPTY)
}

/// Whether the table of the variant at `place` is what it should be.
///
/// # Errors
///
/// What is wrong.
#[inline]
pub fn check_table(
    verifier: &mut Verifier<'_>,
    place: &Table<'_>,
    slots: &'static Slots,
    fields: impl FnOnce(&mut Verifier<'_>, &Table<'_>) -> Verdict,
) -> Verdict {
    let Some(at) = place.field(0) else { return missing(place, true) };
    let target = verifier.target(at)?;
    verifier.table(target, slots, |verifier, table| fields(verifier, table))
}

/// Writes the table of a variant that holds `value`.
pub(super) fn write_payload<T: FlatField>(value: &T, out: &mut Writer) -> Offset {
    match T::TABLE {
        Some(table) => table(T::prepare(value, out)),
        None => write_table(
            out,
            |out| T::prepare(value, out),
            |out, ready| {
                T::put::<8>(value, ready, out, 0, None);
                T::put::<4>(value, ready, out, 0, None);
                T::put::<2>(value, ready, out, 0, None);
                T::put::<1>(value, ready, out, 0, None);
            },
        ),
    }
}

/// Whether what the variant at `place` holds is a `T`.
pub(super) fn check_payload<T: FlatField>(
    verifier: &mut Verifier<'_>,
    place: &Table<'_>,
) -> Verdict {
    if T::TABLE.is_some() {
        return T::verify(verifier, place, 0);
    }
    check_table(verifier, place, Only::<T>::SLOTS, |verifier, table| {
        T::verify(verifier, table, 0).map_err(|fault| fault.within(NAME))
    })
}

/// What the variant at `place` holds.
pub(super) fn payload<T: FlatField>(place: Table<'_>) -> T::View<'_> {
    T::view(if T::TABLE.is_some() { place } else { variant_table(place) }, 0, None)
}

/// Owns what a variant holds.
#[inline]
pub(super) fn own_payload<T: FlatField>(view: T::View<'_>) -> Verdict<T> {
    T::own(view)
}

/// Prints a variant with what it holds.
pub(super) fn show_payload<T: FlatField>(
    f: &mut fmt::Formatter<'_>,
    name: &str,
    view: &T::View<'_>,
) -> fmt::Result {
    f.debug_tuple(name).field(&Shown::<T>(view)).finish()
}
