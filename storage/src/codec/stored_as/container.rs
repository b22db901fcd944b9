//! What contains values that are stored in another form: it contains the forms.

use super::{NoForm, StoredAs};
use crate::schema::{FieldType, Shape, Shapes};
use std::cmp::Reverse;

impl<T: StoredAs> StoredAs for Vec<T> {
    type Form = Vec<T::Form>;

    const INLINE: bool = false;

    fn shape(shapes: &mut Shapes) -> Shape {
        Shape::List(Box::new(T::shape(shapes)))
    }

    fn to_form(&self) -> Result<Self::Form, NoForm> {
        self.iter().map(T::to_form).collect()
    }

    fn from_form(form: Self::Form) -> Result<Self, NoForm> {
        form.into_iter().map(T::from_form).collect()
    }
}

impl<T: StoredAs> StoredAs for Option<T> {
    type Form = Option<T::Form>;

    const INLINE: bool = T::INLINE;

    fn shape(shapes: &mut Shapes) -> Shape {
        Shape::Option(Box::new(T::shape(shapes)))
    }

    fn to_form(&self) -> Result<Self::Form, NoForm> {
        self.as_ref().map(T::to_form).transpose()
    }

    fn from_form(form: Self::Form) -> Result<Self, NoForm> {
        form.map(T::from_form).transpose()
    }
}

/// What is turned around is only the order of keys.
impl<T: FieldType + Clone> StoredAs for Reverse<T> {
    type Form = T;

    const INLINE: bool = T::INLINE;

    fn shape(shapes: &mut Shapes) -> Shape {
        T::shape(shapes)
    }

    fn to_form(&self) -> Result<T, NoForm> {
        Ok(self.0.clone())
    }

    fn from_form(form: T) -> Result<Self, NoForm> {
        Ok(Self(form))
    }
}
