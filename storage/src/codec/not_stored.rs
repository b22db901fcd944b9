//! Fields that the derives refuse.

use super::{FieldCodec, ReadField};
use crate::{
    error::Damage,
    schema::{FieldPlace, FieldType, Restored, Shape, Shapes, StoredType},
};
use std::marker::PhantomData;

/// The field type of a `T` beside an error of the derives: so that no use of the field is an error, too.
///
/// No program has it, so nothing is read.
#[derive(Debug)]
pub struct NotStored<T>(PhantomData<fn() -> T>);

impl<T: 'static> StoredType for NotStored<T> {
    fn shape(_: &mut Shapes) -> Shape {
        Shape::Unit
    }
}

impl<T: 'static> FieldType for NotStored<T> {
    type View<'a> = Restored<T>;
    type Owned = T;
    const INLINE: bool = false;

    fn own(view: Restored<T>) -> T {
        view.0
    }
}

impl<C: FieldCodec, T: 'static> ReadField<C> for NotStored<T> {
    fn read(_: &C::Source<'_>, _: C::Node, _: FieldPlace) -> Result<Restored<T>, Damage> {
        Err(Damage::Length { len: 0 })
    }
}
