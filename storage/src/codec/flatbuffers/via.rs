//! Types that are stored as a table of what they are made of: moments in a time zone, and spans of a calendar.

use super::{
    bytes::Table,
    kind::{Default, Extent, FlatLeaf, FlatType, Inline, Leaf},
    leaf::store_offset,
    verify::{Verdict, Verifier, refuse},
    writer::{Offset, Writer},
};
use crate::{
    codec::{NoForm, StoredAs},
    error::FlatFault,
};
use std::fmt;

/// A type that is stored as a table, which is made of it and of which it is made.
pub trait FlatVia: FlatLeaf<Leaf = Via> {
    /// The table.
    type Form: FlatLeaf<Leaf: Leaf<Self::Form, Ready = Offset>>;

    /// The table of a value.
    ///
    /// # Errors
    ///
    /// [`NoForm`] for a value that has none.
    fn to_form(value: &Self) -> Result<Self::Form, NoForm>;
    /// The value of a table.
    ///
    /// # Errors
    ///
    /// [`NoForm`] for a table of no value.
    fn of_form(form: Self::Form) -> Result<Self, NoForm>;
}

/// The leaf of such types: its view is that of the table.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Via;

type FormLeaf<T> = <<T as FlatVia>::Form as FlatLeaf>::Leaf;

impl<T: FlatVia> Leaf<T> for Via {
    const SIZE: usize = <FormLeaf<T> as Leaf<T::Form>>::SIZE;
    const ALIGN: usize = <FormLeaf<T> as Leaf<T::Form>>::ALIGN;
    const RANK: usize = <FormLeaf<T> as Leaf<T::Form>>::RANK;
    const PLAIN: bool = false;
    const EXTENT: Extent = Extent::Deep;
    const REQUIRED: bool = true;
    type Ready = Offset;
    type View<'a> = <FormLeaf<T> as Leaf<T::Form>>::View<'a>;
    const TABLE: Option<fn(Offset) -> Offset> = FormLeaf::<T>::TABLE;

    fn prepare(value: &T, out: &mut Writer) -> Offset {
        match T::to_form(value) {
            Ok(form) => FormLeaf::<T>::prepare(&form, out),
            Err(none) => out.refuse(FlatFault::NoForm(none.reason())),
        }
    }

    fn store(_: &T, ready: Offset, place: &mut [u8], used: usize) {
        store_offset(ready, place, used);
    }

    fn verify(verifier: &mut Verifier<'_>, at: usize) -> Verdict {
        FormLeaf::<T>::verify(verifier, at)
    }

    fn view(bytes: &[u8], at: usize) -> Self::View<'_> {
        FormLeaf::<T>::view(bytes, at)
    }

    fn own(view: Self::View<'_>) -> Verdict<T> {
        match T::of_form(FormLeaf::<T>::own(view)?) {
            Ok(value) => Ok(value),
            // Where it lies is not known any more, and not what is wrong.
            Err(none) => refuse(FlatFault::NoForm(none.reason()), 0),
        }
    }

    fn show(view: &Self::View<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        FormLeaf::<T>::show(view, f)
    }

    fn missing(table: Table<'_>, default: Default) -> Self::View<'_> {
        FormLeaf::<T>::missing(table, default)
    }
}

/// Types by their form: `Type as Form, to, of;`.
macro_rules! via {
    ($($ty:ty as $form:ty, $to:expr, $of:expr;)*) => {$(
        impl FlatType for $ty {
            type Kind = Inline;
        }

        impl FlatLeaf for $ty {
            type Leaf = Via;
        }

        impl FlatVia for $ty {
            type Form = $form;

            fn to_form(value: &Self) -> Result<$form, NoForm> {
                let to: fn(&Self) -> Result<$form, NoForm> = $to;
                to(value)
            }

            fn of_form(form: $form) -> Result<Self, NoForm> {
                let of: fn($form) -> Result<Self, NoForm> = $of;
                of(form)
            }
        }
    )*};
}

via! {
    jiff::Zoned as (jiff::Timestamp, String),
        |zoned| zoned.to_form().map(|(_, zone)| (zoned.timestamp(), zone)),
        |(moment, zone)| StoredAs::from_form((moment.to_form()?, zone));
    jiff::Span as <jiff::Span as StoredAs>::Form, StoredAs::to_form, StoredAs::from_form;
}
