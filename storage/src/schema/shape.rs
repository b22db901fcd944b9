//! The shape of a value: which types it is made of, down to the scalars.

use super::Scalar;
use std::{any::TypeId, fmt};

/// The type of a field, a list element or a key part, free of names that Rust may change.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Shape {
    /// `()`, no bytes at all.
    Unit,
    /// A number, a truth value or a character.
    Scalar(Scalar),
    /// UTF-8 text.
    Text,
    /// A value or nothing.
    Option(Box<Shape>),
    /// A value kept apart from its owner.
    Boxed(Box<Shape>),
    /// Any number of values.
    List(Box<Shape>),
    /// Exactly so many values.
    Array(Box<Shape>, usize),
    /// Several values side by side.
    Tuple(Vec<Shape>),
    /// Values by key, in key order.
    Map(Box<Shape>, Box<Shape>),
    /// A struct or enum, by its name in [`Shapes`].
    Named(String),
    /// A type whose author vouches for its layout, by a name of their choice.
    Opaque(String),
}

/// What a name in a [`Shape`] stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Definition {
    /// Fields in declaration order.
    Struct(Vec<FieldShape>),
    /// Variants in declaration order.
    Enum(Vec<VariantShape>),
}

/// A field of a struct or of an enum variant.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "derived code builds it")]
pub struct FieldShape {
    /// Its name; `0`, `1`, … in tuples.
    pub name: String,
    /// Its type.
    pub shape: Shape,
}

/// A variant of an enum.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "derived code builds it")]
pub struct VariantShape {
    /// Its name.
    pub name: String,
    /// Its fields; none for a unit variant.
    pub fields: Vec<FieldShape>,
}

/// The structs and enums that a record is made of, each defined once, in the order they were met.
#[derive(Clone, Debug, Default)]
pub struct Shapes {
    definitions: Vec<(String, TypeId, Option<Definition>)>,
}

impl Shapes {
    /// Defines the type `id` under `name` unless it was defined before, and gives the shape that names it.
    ///
    /// The name is taken before `define` runs, so a type may contain itself. Two types of one name are told
    /// apart by a number: `Color`, `Color#2`.
    ///
    /// Not generic over the type: a copy for each type would cost every crate that declares records its time.
    pub fn define(
        &mut self,
        id: TypeId,
        name: &str,
        define: &mut dyn FnMut(&mut Self) -> Definition,
    ) -> Shape {
        if let Some((known, ..)) = self.definitions.iter().find(|(_, other, _)| *other == id) {
            return Shape::Named(known.clone());
        }
        let namesakes =
            self.definitions.iter().filter(|(other, ..)| plain_name(other) == name).count();
        let unique = match namesakes {
            0 => name.to_owned(),
            count => format!("{name}#{}", count.saturating_add(1)),
        };
        self.definitions.push((unique.clone(), id, None));
        let definition = define(self);
        if let Some(slot) = self.definitions.iter_mut().find(|(_, other, _)| *other == id) {
            slot.2 = Some(definition);
        }
        Shape::Named(unique)
    }

    /// The definitions with their names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Definition)> {
        self.definitions.iter().filter_map(|(name, _, definition)| {
            definition.as_ref().map(|definition| (name.as_str(), definition))
        })
    }
}

/// A name without the number that tells namesakes apart.
fn plain_name(name: &str) -> &str {
    name.split_once('#').map_or(name, |(plain, _)| plain)
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unit => f.write_str("()"),
            Self::Scalar(scalar) => scalar.fmt(f),
            Self::Text => f.write_str("string"),
            Self::Option(inner) => write!(f, "option<{inner}>"),
            Self::Boxed(inner) => write!(f, "box<{inner}>"),
            Self::List(inner) => write!(f, "list<{inner}>"),
            Self::Array(inner, len) => write!(f, "[{inner}; {len}]"),
            Self::Tuple(parts) => {
                f.write_str("(")?;
                for (index, part) in parts.iter().enumerate() {
                    if index > 0 {
                        f.write_str(", ")?;
                    }
                    part.fmt(f)?;
                }
                f.write_str(")")
            }
            Self::Map(key, value) => write!(f, "map<{key}, {value}>"),
            Self::Named(name) => f.write_str(name),
            Self::Opaque(name) => write!(f, "opaque<{name}>"),
        }
    }
}
