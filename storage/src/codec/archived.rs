//! What a type is archived as, asked by derived code that does not know whether it can be.

use crate::schema::ArchivedLayout;
use std::marker::PhantomData;

/// `ArchivedOf::<T>::LAYOUT` is the layout of what rkyv archives `T` as.
///
/// An associated constant of its own goes before one of a trait, and it is there only for what can be archived:
/// [`NotArchived`] has the answer for everything else. Where `T` has parameters, that is what no value of them could
/// change.
#[derive(Debug)]
pub struct ArchivedOf<T>(PhantomData<T>);

/// The same for a field of type `T` that is archived with `W`.
#[derive(Debug)]
pub struct ArchivedWith<W, T>(PhantomData<(W, T)>);

/// The layout of what is not archived, as far as is known: none.
pub trait NotArchived {
    /// None.
    const LAYOUT: Option<ArchivedLayout> = None;
}

impl<T> NotArchived for ArchivedOf<T> {}

impl<W, T> NotArchived for ArchivedWith<W, T> {}
