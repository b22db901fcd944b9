//! Types of a schema that have no name in Rust: the struct that an array is in, `U8x16`; the table around what a list
//! cannot hold by itself, `ListOfF32Wrapper`; those of tuples and ranges, `TupleOfStringAndI64`; the entry of a map,
//! `StringToU32Entry`; the union of a `Result`; and the structs of standard types.

use super::{
    draft::{Fbs, NameOwner},
    place::{Elements, capitalized, keyword, unboxed},
    standard::{Known, wide},
};
use crate::schema::{FieldShape, Generic, Scalar, Shape, Slot, Standard, VariantShape};

impl Fbs<'_> {
    pub(super) fn scalar(&mut self, scalar: Scalar) -> String {
        match wide(scalar) {
            Some(known) => self.known(&known),
            None => keyword(scalar).to_owned(),
        }
    }

    /// The name of the struct of a type of others.
    pub(super) fn known(&mut self, Known { name, doc, fields }: &Known) -> String {
        self.define(NameOwner::Known(name), name, |out, unique| {
            let line = |(name, shape): &(&str, Shape)| format!("  {name}:{};\n", out.inside(shape));
            let lines: Vec<_> = fields.iter().map(line).collect();
            out.block(&format!("/// {doc}\nstruct {unique}"), &lines);
        })
    }

    /// The struct around an array in a table.
    pub(super) fn array(&mut self, item: &Shape, len: usize) -> String {
        let item_type = self.reference(item);
        let item_name = match item {
            Shape::Scalar(scalar) | Shape::NonZero(scalar) => capitalized(scalar.name()),
            _ => item_type.clone(),
        };
        let name = format!("{item_name}x{len}");
        self.define(NameOwner::Array(item_type.clone(), len), &name, |out, unique| {
            out.block(&format!("struct {unique}"), &[format!("  v:[{item_type}:{len}];\n")]);
        })
    }

    /// A list, a set or a map: `[ubyte]`.
    pub(super) fn elements(&mut self, shape: &Shape) -> String {
        let element = match self.listed(shape) {
            Some(Elements::Items(item)) if self.has_place_in_list(item) => self.reference(item),
            Some(Elements::Items(item)) => self.wrapper(item),
            Some(Elements::Entries(key, value, is_sorted)) => self.entry(key, value, is_sorted),
            None => String::new(),
        };
        format!("[{element}]")
    }

    /// The table around a value that has no place by itself.
    pub(super) fn wrapper(&mut self, shape: &Shape) -> String {
        let shape = unboxed(shape);
        let name = format!("{}Wrapper", self.label(shape));
        self.define(NameOwner::Wrapper(shape.to_string()), &name, |out, unique| {
            let fields = out.parts([("value", shape)]);
            out.table(unique, &fields);
        })
    }

    /// The table of a key and its value. Numbers and texts are keys for flatc, too.
    fn entry(&mut self, key: &Shape, value: &Shape, is_sorted: bool) -> String {
        let name = format!("{}To{}Entry", self.label(key), self.label(value));
        let owner = format!("{key} to {value}{}", if is_sorted { ", sorted" } else { "" });
        self.define(NameOwner::Entry(owner), &name, |out, unique| {
            let of_flatc = out.is_scalar(key) || is_text(key);
            let fields = out.parts([("key", key), ("value", value)]);
            let line =
                |field: &FieldShape| out.line(field, is_sorted && of_flatc && field.name == "key");
            let lines: Vec<_> = fields.iter().map(line).collect();
            out.block(&format!("table {unique}"), &lines);
        })
    }

    /// The table of a tuple or a range, of a moment in a time zone, or of nothing.
    pub(super) fn compound(&mut self, shape: &Shape) -> String {
        let zoned = [Shape::Standard(Standard::Timestamp), Shape::Text];
        let numbers: Vec<_> = (0..12).map(|number: u8| number.to_string()).collect();
        let parts: Vec<(&str, &Shape)> = match shape {
            Shape::Tuple(parts) => numbers.iter().map(String::as_str).zip(parts).collect(),
            Shape::Standard(Standard::Zoned) => {
                ["timestamp", "time_zone"].into_iter().zip(&zoned).collect()
            }
            Shape::Generic(generic, parts) => match (generic.part_names(), parts.as_slice()) {
                (names @ [_, ..], [item]) => names.iter().map(|name| (*name, item)).collect(),
                _ => return shape.to_string(),
            },
            Shape::Unit => Vec::new(),
            // No type of FlatBuffers.
            other => return other.to_string(),
        };
        let name = match shape {
            Shape::Standard(_) => "Zoned".to_owned(),
            shape => self.label(shape),
        };
        self.define(NameOwner::Compound(shape.to_string()), &name, |out, unique| {
            let fields = out.parts(parts);
            out.table(unique, &fields);
        })
    }

    /// The union of a `Result`.
    pub(super) fn result(&mut self, shape: &Shape) -> String {
        let Shape::Generic(generic @ Generic::Result, parts) = shape else {
            return shape.to_string();
        };
        let name = self.label(shape);
        let variant = |(name, shape): (&str, &Shape)| {
            let fields = match self.is_table(shape) {
                true => vec![FieldShape { name: "0".into(), shape: shape.clone(), slot: None }],
                false => self.parts([("0", shape)]),
            };
            VariantShape { name: name.to_owned(), number: None, fields }
        };
        let names = generic.part_names().iter().copied();
        let variants: Vec<_> = names.zip(parts).map(variant).collect();
        self.define(NameOwner::Compound(shape.to_string()), &name, |out, unique| {
            out.union(unique, unique, &variants);
        })
    }

    /// The fields of a table of these parts.
    fn parts<'s>(&self, parts: impl IntoIterator<Item = (&'s str, &'s Shape)>) -> Vec<FieldShape> {
        let mut next: u16 = 0;
        let field = |(name, shape): (&str, &Shape)| {
            let slot = Some(Slot { id: next, presence: self.presence(shape) });
            next = next.saturating_add(if self.is_union(shape) { 2 } else { 1 });
            FieldShape { name: name.to_owned(), shape: shape.clone(), slot }
        };
        parts.into_iter().map(field).collect()
    }
}

fn is_text(shape: &Shape) -> bool {
    matches!(unboxed(shape), Shape::Text | Shape::Standard(Standard::Str))
}
