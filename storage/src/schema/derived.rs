//! The shapes of derived types, from the constants that the derive writes.

use super::{Definition, FieldSchema, Shape, Shapes, VariantSchema};
use std::any::TypeId;

/// Defines the struct `T`.
pub fn struct_shape<T: 'static>(
    shapes: &mut Shapes,
    name: &'static str,
    fields: &'static [FieldSchema],
) -> Shape {
    shapes.define(TypeId::of::<T>(), name, &mut |shapes| Definition::Struct(shapes.fields(fields)))
}

/// Defines the enum `T`.
pub fn enum_shape<T: 'static>(
    shapes: &mut Shapes,
    name: &'static str,
    variants: &'static [VariantSchema],
) -> Shape {
    shapes.define(TypeId::of::<T>(), name, &mut |shapes| Definition::Enum {
        repr: None,
        variants: shapes.variants(variants),
    })
}

/// The shape of a field whose author vouches for its layout.
#[must_use]
pub fn opaque_shape(name: &'static str) -> Shape {
    Shape::Opaque(name.to_owned())
}

/// The shape of a key that is the ordinal of one of `names`.
#[must_use]
pub fn ordinal_shape(names: &[&str]) -> Shape {
    Shape::Ordinal(names.iter().map(|&name| name.to_owned()).collect())
}
