//! What FlatBuffers adds to the model of a type: the slots of a table's fields, and the integer of an enum.
//!
//! A type may belong to another codec as well, and a record of that one has nothing of this in its model.

use super::super::{
    choice::{FlatEnum, FlatUnion, Repr},
    kind::FlatField,
    leaf::literal,
    newtype::FlatNewtype,
    payload::NAME,
    table::FlatTable,
};
use crate::schema::{
    ArchivedLayout, CodecId, Definition, FieldPlace, FieldSchema, FieldShape, FlatPlace, Presence,
    Scalar, Shape, Shapes, Slot, StoredType, VariantSchema, VariantShape, enum_shape, field_shapes,
    struct_shape,
};
use std::any::TypeId;

// What derived types call.

/// A field of a table as its type says it: its shape, and whether it may be missing.
#[derive(Clone, Copy, Debug)]
pub struct FieldSlot {
    shape: fn(&mut Shapes) -> Shape,
    presence: Presence<fn() -> u64>,
}

impl FieldSlot {
    /// Of a `T`.
    pub(in super::super) const fn of<T: FlatField + StoredType>() -> Self {
        Self { shape: T::shape, presence: T::PRESENCE }
    }

    /// What a variant holds alone: without a slot where it is a table.
    pub(in super::super) const fn payload<T: FlatField + StoredType>() -> FieldSchema {
        match T::TABLE {
            Some(_) => FieldSchema::new(NAME, T::shape),
            None => slot(Self::of::<T>(), NAME, 0, None),
        }
    }
}

/// The schema of a field of a table.
#[must_use]
pub const fn slot(
    field: FieldSlot,
    name: &'static str,
    id: u16,
    default: Option<fn() -> u64>,
) -> FieldSchema {
    let presence = match field.presence {
        Presence::Defaulted(_) => Presence::Defaulted(default),
        other => other,
    };
    FieldSchema::new(name, field.shape).at(place(id, presence))
}

/// The schema of a field that was removed from a table.
#[must_use]
pub const fn removed<T: FlatField + StoredType>(name: &'static str, id: u16) -> FieldSchema {
    FieldSchema::new(name, T::shape).at(place(id, Presence::Removed))
}

pub(in super::super) const fn place(id: u16, presence: Presence<fn() -> u64>) -> FieldPlace {
    FieldPlace::NONE.with_flat(FlatPlace::Slot(id, presence))
}

/// Defines the table `T`.
pub fn table_shape<T: FlatTable>(
    shapes: &mut Shapes,
    name: &'static str,
    fields: &'static [FieldSchema],
    archived: Option<ArchivedLayout>,
) -> Shape {
    if shapes.codec() != CodecId::Flatbuffers {
        return struct_shape::<T>(shapes, name, fields, archived);
    }
    shapes.identify(T::FILE_IDENTIFIER);
    shapes.define(TypeId::of::<T>(), name, None, &mut |shapes| {
        let mut shapes_of = |fields| slots(shapes, fields);
        Definition::Table([shapes_of(fields), shapes_of(T::REMOVED)].concat())
    })
}

/// The shape of the newtype `T`: that of what it holds.
pub fn newtype_shape<T: FlatNewtype<Content: StoredType>>(
    shapes: &mut Shapes,
    name: &'static str,
    fields: &'static [FieldSchema],
    archived: Option<ArchivedLayout>,
) -> Shape {
    if shapes.codec() != CodecId::Flatbuffers {
        return struct_shape::<T>(shapes, name, fields, archived);
    }
    T::Content::shape(shapes)
}

/// Defines the enum `T`, whose variants have no fields.
pub fn unit_enum_shape<T: FlatEnum>(
    shapes: &mut Shapes,
    name: &'static str,
    variants: &'static [VariantSchema],
    archived: Option<ArchivedLayout>,
) -> Shape {
    if shapes.codec() != CodecId::Flatbuffers {
        return enum_shape::<T>(shapes, name, variants, archived);
    }
    shapes.define(TypeId::of::<T>(), name, None, &mut |_| Definition::Enum {
        repr: Some(T::Repr::SCALAR),
        variants: T::VARIANTS.iter().map(numbered).collect(),
    })
}

fn numbered((name, number): &(&'static str, i128)) -> VariantShape {
    VariantShape { name: (*name).to_owned(), number: Some(*number), fields: Vec::new() }
}

/// Defines the union `T`.
pub fn union_shape<T: FlatUnion>(
    shapes: &mut Shapes,
    name: &'static str,
    variants: &'static [VariantSchema],
    archived: Option<ArchivedLayout>,
) -> Shape {
    if shapes.codec() != CodecId::Flatbuffers {
        return enum_shape::<T>(shapes, name, variants, archived);
    }
    shapes.define(TypeId::of::<T>(), name, None, &mut |shapes| {
        Definition::Union(variants.iter().map(|variant| of_union(shapes, variant)).collect())
    })
}

fn of_union(shapes: &mut Shapes, (name, number, fields): &VariantSchema) -> VariantShape {
    VariantShape { name: (*name).to_owned(), number: *number, fields: slots(shapes, fields) }
}

/// The shapes of fields, with their slots if they have one.
fn slots(shapes: &mut Shapes, fields: &[FieldSchema]) -> Vec<FieldShape> {
    let mut of_fields = field_shapes(shapes, fields);
    for (shape, field) in of_fields.iter_mut().zip(fields) {
        if let FlatPlace::Slot(id, presence) = field.place().flat() {
            let presence = match presence {
                Presence::Required => Presence::Required,
                Presence::Optional => Presence::Optional,
                Presence::Removed => Presence::Removed,
                Presence::Defaulted(bits) => {
                    let bits = bits.map(|bits| bits());
                    Presence::Defaulted(default_text(&|name| shapes.get(name), &shape.shape, bits))
                }
            };
            shape.slot = Some(Slot { id, presence });
        }
    }
    of_fields
}

/// What a missing field of type `shape` stands for, if the schema must say so: `bits`, or the default of the type
/// where that is not zero.
pub(super) fn default_text<'a>(
    get: &dyn Fn(&str) -> Option<&'a Definition>,
    shape: &Shape,
    bits: Option<u64>,
) -> Option<String> {
    match shape {
        Shape::Scalar(scalar) => bits.map(|bits| literal(*scalar, bits)),
        Shape::Boxed(inner) => default_text(get, inner, bits),
        Shape::Named(name) => match get(name)? {
            Definition::Enum { repr: Some(repr), variants } => {
                default_variant(*repr, variants, bits)
            }
            _ => None,
        },
        _ => None,
    }
}

/// The variant of the number `bits`, or the first where none has the number 0.
fn default_variant(repr: Scalar, variants: &[VariantShape], bits: Option<u64>) -> Option<String> {
    let number = bits.map_or_else(|| "0".to_owned(), |bits| literal(repr, bits));
    let has_number =
        |variant: &&VariantShape| variant.number.is_some_and(|n| n.to_string() == number);
    match (variants.iter().find(has_number), bits) {
        (Some(_), None) => None,
        (Some(variant), Some(_)) => Some(variant.name.clone()),
        (None, _) => variants.first().map(|variant| variant.name.clone()),
    }
}
