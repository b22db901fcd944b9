//! `Option<T>`: a field that may be missing.

use super::{
    bytes::Table,
    kind::{Default, Extent, FlatType, Kind, KindView, Shown},
    verify::{Verdict, Verifier},
    wrapper::Wrapper,
    writer::Writer,
};
use crate::schema::Presence;
use std::fmt;

/// The kind of `Option<T>`.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Optional;

impl<T: FlatType> FlatType for Option<T> {
    type Kind = Optional;
}

/// How a `T` stands in an `Option`.
type Nullable<T> = <<T as FlatType>::Kind as Kind<T>>::Nullable;

impl<T: FlatType> Kind<Option<T>> for Optional {
    const SLOTS: u16 = <Nullable<T> as Kind<T>>::SLOTS;
    const WIDTHS: &'static [u16] = <Nullable<T> as Kind<T>>::WIDTHS;
    const EXTENT: Extent = <Nullable<T> as Kind<T>>::EXTENT;
    const REQUIRED: bool = false;
    const PRESENCE: Presence<fn() -> u64> = Presence::Optional;
    type Ready = Option<<Nullable<T> as Kind<T>>::Ready>;
    type View<'a> = Option<KindView<'a, T>>;
    type Element = Wrapper<Self>;
    type Nullable = Wrapper<Self>;

    #[inline]
    fn prepare(value: &Option<T>, out: &mut Writer) -> Self::Ready {
        value.as_ref().map(|value| Nullable::<T>::prepare(value, out))
    }

    /// `Some(0)` is stored: that it is there is what it says.
    #[inline]
    fn put<const RANK: usize>(value: &Option<T>, ready: Self::Ready, out: &mut Writer, id: u16) {
        if let (Some(value), Some(ready)) = (value, ready) {
            <Nullable<T> as Kind<T>>::put::<RANK>(value, ready, out, id);
        }
    }

    #[inline]
    fn is_default(value: &Option<T>, _: Default) -> bool {
        value.is_none()
    }

    #[inline]
    fn verify(verifier: &mut Verifier<'_>, table: &Table<'_>, id: u16, _: bool) -> Verdict {
        <Nullable<T> as Kind<T>>::verify(verifier, table, id, false)
    }

    #[inline]
    fn view(table: Table<'_>, id: u16) -> Option<Self::View<'_>> {
        Some(Nullable::<T>::view(table, id))
    }

    #[inline]
    fn missing(_: Table<'_>, _: Default) -> Self::View<'_> {
        None
    }

    #[inline]
    fn own(view: Self::View<'_>) -> Verdict<Option<T>> {
        view.map(Nullable::<T>::own).transpose()
    }

    fn show(view: &Self::View<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match view {
            Some(view) => f.debug_tuple("Some").field(&Shown::<T>(view)).finish(),
            None => f.write_str("None"),
        }
    }
}
