//! Where a type may stand in a schema of FlatBuffers, and what it is called in the names of others.

use super::{
    draft::Fbs,
    model::default_text,
    standard::{standard, wide},
};
use crate::schema::{Definition, Generic, Presence, Scalar, Shape, Standard};

impl Fbs<'_> {
    /// Lists, options and unions are no elements of a list.
    pub(in super::super) fn has_place_in_list(&self, item: &Shape) -> bool {
        self.listed(unboxed(item)).is_none() && !is_option(item) && !self.is_union(item)
    }

    /// Whether a part of this type may be missing from the table that it is in.
    pub(in super::super) fn presence(&self, shape: &Shape) -> Presence<String> {
        match unboxed(shape) {
            Shape::Option(_) => Presence::Optional,
            Shape::NonZero(_) | Shape::Array(..) => Presence::Required,
            shape if self.is_scalar(shape) => {
                Presence::Defaulted(default_text(&|name| self.types.get(name), shape, None))
            }
            shape if elements(shape).is_some() => Presence::Defaulted(None),
            _ => Presence::Required,
        }
    }

    /// Whether it is an option of a number, which is not in a table of its own.
    pub(super) fn is_nullable(&self, shape: &Shape) -> bool {
        match unboxed(shape) {
            Shape::Option(inner) => !is_option(inner) && self.is_scalar(inner),
            _ => self.is_scalar(shape),
        }
    }

    /// Whether a field of this type lies in its table as a number.
    pub(in super::super) fn is_scalar(&self, shape: &Shape) -> bool {
        match inner(shape) {
            Shape::Scalar(scalar) | Shape::NonZero(scalar) => wide(*scalar).is_none(),
            Shape::Named(name) => matches!(self.types.get(name), Some(Definition::Enum { .. })),
            _ => false,
        }
    }

    /// The elements of a list, a set or a map, and of an array that is a list.
    pub(in super::super) fn listed<'s>(&self, shape: &'s Shape) -> Option<Elements<'s>> {
        match shape {
            Shape::Array(item, _) if !self.is_fixed(item) => Some(Elements::Items(item)),
            _ => elements(shape),
        }
    }

    /// Whether it is of fixed width, so that an array of them is a struct.
    fn is_fixed(&self, shape: &Shape) -> bool {
        match unboxed(shape) {
            Shape::Scalar(_) | Shape::NonZero(_) => true,
            Shape::Named(name) => matches!(
                self.types.get(name),
                Some(Definition::Enum { .. } | Definition::Struct(_))
            ),
            Shape::Standard(known) => standard(*known).is_some(),
            _ => false,
        }
    }

    pub(in super::super) fn is_union(&self, shape: &Shape) -> bool {
        match inner(shape) {
            Shape::Named(name) => matches!(self.types.get(name), Some(Definition::Union(_))),
            Shape::Generic(Generic::Result, _) => true,
            _ => false,
        }
    }

    /// Whether it is a table by itself, so that a variant of a union is it.
    pub(in super::super) fn is_table(&self, shape: &Shape) -> bool {
        match unboxed(shape) {
            Shape::Named(name) => matches!(self.types.get(name), Some(Definition::Table(_))),
            Shape::Unit | Shape::Tuple(_) | Shape::Standard(Standard::Zoned) => true,
            Shape::Generic(generic, _) => *generic != Generic::Result && elements(shape).is_none(),
            _ => false,
        }
    }

    /// What a type is called in the name of another.
    pub(super) fn label(&mut self, shape: &Shape) -> String {
        match shape {
            Shape::Scalar(scalar) | Shape::NonZero(scalar) => capitalized(scalar.name()),
            Shape::Text | Shape::Standard(Standard::Str | Standard::Text) => "String".to_owned(),
            Shape::Standard(Standard::Serde) => "ListOfU8".to_owned(),
            Shape::Unit => "Unit".to_owned(),
            Shape::Boxed(inner) => self.label(inner),
            Shape::Option(inner) => format!("OptionOf{}", self.label(inner)),
            Shape::List(item) => format!("ListOf{}", self.label(item)),
            Shape::Map(key, value) => {
                format!("MapOf{}To{}", self.label(key), self.label(value))
            }
            Shape::Array(item, len) if self.listed(shape).is_some() => {
                format!("{}x{len}", self.label(item))
            }
            Shape::Tuple(parts) => self.labels("TupleOf", "And", parts),
            Shape::Generic(generic, parts) => {
                let (prefix, between) = match generic {
                    Generic::Slice => ("ListOf", ""),
                    Generic::Set | Generic::HashSet => ("SetOf", ""),
                    Generic::IndexSet => ("IndexSetOf", ""),
                    Generic::HashMap => ("MapOf", "To"),
                    Generic::IndexMap => ("IndexMapOf", "To"),
                    Generic::Result => ("ResultOf", "Or"),
                    Generic::Range => ("RangeOf", ""),
                    Generic::RangeInclusive => ("RangeInclusiveOf", ""),
                    Generic::RangeFrom => ("RangeFromOf", ""),
                    Generic::RangeTo => ("RangeToOf", ""),
                    Generic::RangeToInclusive => ("RangeToInclusiveOf", ""),
                };
                self.labels(prefix, between, parts)
            }
            other => self.reference(other),
        }
    }

    /// `TupleOfStringAndI64`
    fn labels(&mut self, prefix: &str, between: &str, parts: &[Shape]) -> String {
        let labels: Vec<_> = parts.iter().map(|part| self.label(part)).collect();
        format!("{prefix}{}", labels.join(between))
    }
}

/// What a list, a set or a map has.
pub(in super::super) enum Elements<'a> {
    Items(&'a Shape),
    /// Keys and values, and whether they are in the order of the keys.
    Entries(&'a Shape, &'a Shape, bool),
}

/// The elements of a list, a set or a map.
pub(in super::super) fn elements(shape: &Shape) -> Option<Elements<'_>> {
    match shape {
        Shape::List(item) => Some(Elements::Items(item)),
        Shape::Map(key, value) => Some(Elements::Entries(key, value, true)),
        Shape::Generic(generic, parts) => match (generic, parts.as_slice()) {
            (Generic::Slice | Generic::Set | Generic::HashSet | Generic::IndexSet, [item]) => {
                Some(Elements::Items(item))
            }
            (Generic::HashMap, [key, value]) => Some(Elements::Entries(key, value, true)),
            (Generic::IndexMap, [key, value]) => Some(Elements::Entries(key, value, false)),
            _ => None,
        },
        _ => None,
    }
}

/// A type without the options and boxes around it, which are none of FlatBuffers.
pub(super) fn inner(shape: &Shape) -> &Shape {
    match shape {
        Shape::Option(shape) | Shape::Boxed(shape) => inner(shape),
        _ => shape,
    }
}

/// A type without the boxes around it.
pub(in super::super) fn unboxed(shape: &Shape) -> &Shape {
    match shape {
        Shape::Boxed(shape) => unboxed(shape),
        _ => shape,
    }
}

pub(in super::super) fn is_option(shape: &Shape) -> bool {
    matches!(unboxed(shape), Shape::Option(_))
}

/// A name without the number that tells namesakes apart.
pub(super) fn plain(name: &str) -> &str {
    name.split_once('#').map_or(name, |(plain, _)| plain)
}

pub(super) fn capitalized(name: &str) -> String {
    let mut name = name.to_owned();
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    name
}

/// What the schema language calls a scalar; it has no word for the two that are structs.
pub(super) const fn keyword(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::Bool => "bool",
        Scalar::I8 => "byte",
        Scalar::U8 => "ubyte",
        Scalar::I16 => "short",
        Scalar::U16 => "ushort",
        Scalar::I32 => "int",
        Scalar::U32 | Scalar::Char => "uint",
        Scalar::I64 => "long",
        Scalar::U64 => "ulong",
        Scalar::F32 => "float",
        Scalar::F64 => "double",
        Scalar::I128 => "i128",
        Scalar::U128 => "u128",
    }
}
