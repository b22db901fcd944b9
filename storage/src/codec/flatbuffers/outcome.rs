//! `Result<T, E>`: a union of two variants, each with what it holds.

use super::{
    bytes::Table,
    choice::{FlatUnion, Union},
    kind::{FlatType, KindView},
    payload::{check_payload, own_payload, payload, show_payload, write_payload},
    verify::{Verdict, Verifier},
    writer::{Offset, Writer},
};
use crate::schema::VariantSchema;
use std::fmt;

const OK: u8 = 1;
const ERR: u8 = 2;

impl<T: FlatType, E: FlatType> FlatType for Result<T, E> {
    type Kind = Union;
}

impl<T: FlatType, E: FlatType> FlatUnion for Result<T, E> {
    /// None of its own: its shape has them.
    const VARIANTS: &'static [VariantSchema] = &[];
    type View<'a> = Result<KindView<'a, T>, KindView<'a, E>>;

    fn write(value: &Self, out: &mut Writer) -> (u8, Offset) {
        match value {
            Ok(value) => (OK, write_payload(value, out)),
            Err(error) => (ERR, write_payload(error, out)),
        }
    }

    fn verify(verifier: &mut Verifier<'_>, tag: u8, place: &Table<'_>) -> Option<Verdict> {
        match tag {
            OK => Some(check_payload::<T>(verifier, place)),
            ERR => Some(check_payload::<E>(verifier, place)),
            _ => None,
        }
    }

    fn view(tag: u8, place: Table<'_>) -> Result<KindView<'_, T>, KindView<'_, E>> {
        match tag {
            ERR => Err(payload::<E>(place)),
            // What no verified value has reads as the first variant.
            _ => Ok(payload::<T>(place)),
        }
    }

    fn own(view: Result<KindView<'_, T>, KindView<'_, E>>) -> Verdict<Self> {
        Ok(match view {
            Ok(view) => Ok(own_payload::<T>(view)?),
            Err(view) => Err(own_payload::<E>(view)?),
        })
    }

    fn show(
        view: &Result<KindView<'_, T>, KindView<'_, E>>,
        f: &mut fmt::Formatter<'_>,
    ) -> fmt::Result {
        match view {
            Ok(view) => show_payload::<T>(f, "Ok", view),
            Err(view) => show_payload::<E>(f, "Err", view),
        }
    }
}
