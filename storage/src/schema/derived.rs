//! The shapes of derived types, from the constants that the derive writes.

use super::{
    ArchivedLayout, CodecId, Definition, FieldSchema, FieldShape, Shape, Shapes, VariantSchema,
    VariantShape,
};
use std::any::TypeId;

/// Defines the struct `T`, which is archived as `archived`, if it can be.
pub fn struct_shape<T: 'static>(
    shapes: &mut Shapes,
    name: &'static str,
    fields: &'static [FieldSchema],
    archived: Option<ArchivedLayout>,
) -> Shape {
    shapes.define(TypeId::of::<T>(), name, archived, &mut |shapes| {
        Definition::Struct(field_shapes(shapes, fields))
    })
}

/// Defines the enum `T`, which is archived as `archived`, if it can be.
pub fn enum_shape<T: 'static>(
    shapes: &mut Shapes,
    name: &'static str,
    variants: &'static [VariantSchema],
    archived: Option<ArchivedLayout>,
) -> Shape {
    shapes.define(TypeId::of::<T>(), name, archived, &mut |shapes| Definition::Enum {
        repr: None,
        variants: variants.iter().map(|variant| variant_shape(shapes, variant)).collect(),
    })
}

/// The shape of a type whose author vouches for its layout by a `name`, and which is archived as `archived`, if it can
/// be.
#[must_use]
pub fn opaque_shape(
    shapes: &Shapes,
    name: &'static str,
    archived: Option<ArchivedLayout>,
) -> Shape {
    Shape::Opaque(name.to_owned(), archived.filter(|_| shapes.codec() == CodecId::Rkyv))
}

/// A variant of a key: its name, and what its parts are.
type ChoiceSchema = (&'static str, &'static [fn() -> Shape]);

/// The shape of a key that is one of `variants`.
#[must_use]
pub fn choice_shape(variants: &[ChoiceSchema]) -> Shape {
    let variant = |&(name, parts): &ChoiceSchema| {
        (name.to_owned(), parts.iter().map(|part| part()).collect())
    };
    Shape::Choice(variants.iter().map(variant).collect())
}

/// The shapes of fields, as a struct has them.
pub(crate) fn field_shapes(shapes: &mut Shapes, fields: &[FieldSchema]) -> Vec<FieldShape> {
    let shape = |field: &FieldSchema| FieldShape {
        name: field.name().to_owned(),
        shape: field.shape(shapes),
        slot: None,
    };
    fields.iter().map(shape).collect()
}

fn variant_shape(shapes: &mut Shapes, (name, number, fields): &VariantSchema) -> VariantShape {
    VariantShape { name: (*name).to_owned(), number: *number, fields: field_shapes(shapes, fields) }
}
