//! Fields whose values are converted to a form that says nothing of their type, and restored from it.

use crate::schema::{FieldType, Restored, Shape, Shapes, StoredType};
use std::marker::PhantomData;

/// A way to convert values of type `T`, whatever the codec.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot store a field of type `{T}`",
    label = "not a field that it converts",
    note = "`AsSerde` converts what has serde's traits, `AsText` what is printed and parsed, and `Map` of one of them \
            what is in an `Option` or a `Vec`"
)]
pub trait Conversion<T>: 'static {
    /// The conversion under the name that every codec knows: `AsText`, `AsSerde`, `Maybe<AsText>`.
    type By;

    /// The shape of the form.
    fn shape() -> Shape;
}

/// The conversion of what is in an `Option`; `None` is `None`.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Maybe<C>(PhantomData<C>);

impl<T, C: Conversion<T>> Conversion<Option<T>> for Maybe<C> {
    type By = Maybe<C::By>;

    fn shape() -> Shape {
        Shape::Option(Box::new(C::shape()))
    }
}

/// The conversion of what is in a list, each element by itself.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Each<C>(PhantomData<C>);

impl<T, C: Conversion<T>> Conversion<Vec<T>> for Each<C> {
    type By = Each<C::By>;

    fn shape() -> Shape {
        Shape::List(Box::new(C::shape()))
    }
}

/// The field type of a `T` that is converted with `C`.
#[derive(Debug)]
pub struct Converted<C, T>(PhantomData<fn() -> (C, T)>);

impl<C: Conversion<T>, T: 'static> StoredType for Converted<C, T> {
    fn shape(_: &mut Shapes) -> Shape {
        C::shape()
    }
}

impl<C: Conversion<T>, T: 'static> FieldType for Converted<C, T> {
    type View<'a> = Restored<T>;
    type Owned = T;
    const INLINE: bool = false;

    fn own(view: Restored<T>) -> T {
        view.0
    }
}
