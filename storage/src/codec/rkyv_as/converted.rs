//! Archived fields whose values are converted, and the same inside `Option` and `Vec`.

use crate::{
    codec::{Conversion, Converted, Each, Maybe, RkyvField, RkyvSource, rkyv::RkyvArchived},
    error::Damage,
    schema::{Restored, Shape},
};
use ::rkyv::{
    option::ArchivedOption,
    vec::ArchivedVec,
    with::{ArchiveWith, Map},
};

/// A conversion that rkyv knows: `AsSerde`, `AsText`, or `Map` of one for what is in an `Option` or a `Vec`.
pub trait RkyvConversion<T>: Conversion<T> + ArchiveWith<T, Archived: RkyvArchived> {
    /// Restores the value. Verifies the blocks that the form lies in.
    ///
    /// # Errors
    ///
    /// The [`Damage`] found there, and that its type refuses the value.
    fn restore(form: &Self::Archived, source: &RkyvSource<'_>) -> Result<T, Damage>;
}

impl<T, C: Conversion<T>> Conversion<Option<T>> for Map<C> {
    type By = Maybe<C::By>;

    fn shape() -> Shape {
        Shape::Option(Box::new(C::shape()))
    }
}

impl<T, C: RkyvConversion<T>> RkyvConversion<Option<T>> for Map<C>
where
    ArchivedOption<C::Archived>: RkyvArchived,
{
    fn restore(form: &Self::Archived, source: &RkyvSource<'_>) -> Result<Option<T>, Damage> {
        form.as_ref().map(|form| C::restore(form, source)).transpose()
    }
}

impl<T, C: Conversion<T>> Conversion<Vec<T>> for Map<C> {
    type By = Each<C::By>;

    fn shape() -> Shape {
        Shape::List(Box::new(C::shape()))
    }
}

impl<T, C: RkyvConversion<T>> RkyvConversion<Vec<T>> for Map<C>
where
    ArchivedVec<C::Archived>: RkyvArchived,
{
    fn restore(form: &Self::Archived, source: &RkyvSource<'_>) -> Result<Vec<T>, Damage> {
        source.verify()?;
        form.iter().map(|form| C::restore(form, source)).collect()
    }
}

impl<C: RkyvConversion<T>, T: 'static> RkyvField for Converted<C, T> {
    type Form = C::Archived;

    fn view<'a>(form: &'a Self::Form, source: &'a RkyvSource<'_>) -> Result<Restored<T>, Damage> {
        C::restore(form, source).map(Restored)
    }
}
