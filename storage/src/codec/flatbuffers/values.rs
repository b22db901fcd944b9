//! From stored bytes to a [`Value`], by the schema alone.
//!
//! *Invariant*: whatever the schema and the bytes are, the answer is a value or an error. The work is bounded by the
//! length of the bytes, and calls are no deeper than a limit.

use super::{
    bytes::{self, DEPTH_MAX, OFFSET_LEN, Table},
    inline::{default_number, layout, number},
    schema::{Elements, Fbs, elements, is_option, standard, unboxed},
    verify::{Verdict, refuse},
};
use crate::{
    error::{DecodeError, FlatFault},
    schema::{
        Definition, FieldShape, Generic, Presence, Scalar, Shape, Standard, Types, VariantShape,
    },
    value::{Value, unpack},
};
use std::{net::IpAddr, sync::Arc};

/// How often a byte may be read, and how many bytes more.
const VISITS_MAX: usize = 16;
const VISITED_FREE: usize = 1024;

/// Reads the record that `body` is, of the root of `types`.
pub(crate) fn read_value(types: &Types, body: &[u8]) -> Result<Value, DecodeError> {
    let mut reader = FlatReader::new(types, body);
    let root = reader.root()?;
    Ok(reader.table(root, root_fields(types))?)
}

/// Reads its field of the number `field`, and no other.
pub(crate) fn read_field(types: &Types, body: &[u8], field: usize) -> Result<Value, DecodeError> {
    let mut reader = FlatReader::new(types, body);
    let root = reader.root()?;
    match root_fields(types).get(field) {
        Some(field) => Ok(reader.field_of(root, field)?),
        None => Ok(Value::Option(None)),
    }
}

fn root_fields(types: &Types) -> &[FieldShape] {
    match types.root() {
        Some((_, Definition::Table(fields) | Definition::Struct(fields))) => fields,
        _ => &[],
    }
}

struct FlatReader<'r, 'b> {
    types: &'r Types,
    /// What each type is in the language of FlatBuffers.
    rules: Fbs<'r>,
    bytes: &'b [u8],
    budget: usize,
    depth: u32,
}

impl<'r, 'b> FlatReader<'r, 'b> {
    fn new(types: &'r Types, bytes: &'b [u8]) -> Self {
        let budget = bytes.len().saturating_mul(VISITS_MAX).saturating_add(VISITED_FREE);
        Self { types, rules: Fbs::new(types), bytes, budget, depth: 0 }
    }

    fn root(&self) -> Verdict<Table<'b>> {
        Table::behind(self.bytes, 0).map_or_else(|| refuse(FlatFault::NoVtable, 0), Ok)
    }

    fn spend(&mut self, len: usize, at: usize) -> Verdict {
        match self.budget.checked_sub(len) {
            Some(rest) => {
                self.budget = rest;
                Ok(())
            }
            None => refuse(FlatFault::Budget, at),
        }
    }

    /// Runs `read` a level deeper.
    fn deeper<T>(&mut self, at: usize, read: impl FnOnce(&mut Self) -> Verdict<T>) -> Verdict<T> {
        if self.depth == DEPTH_MAX {
            return refuse(FlatFault::Depth { max: DEPTH_MAX }, at);
        }
        self.depth = self.depth.saturating_add(1);
        self.spend(2 * OFFSET_LEN, at)?;
        let made = read(self)?;
        self.depth = self.depth.saturating_sub(1);
        Ok(made)
    }

    fn behind(&self, at: usize) -> Verdict<Table<'b>> {
        Table::behind(self.bytes, at).map_or_else(|| refuse(FlatFault::NoVtable, at), Ok)
    }

    fn table(&mut self, table: Table<'b>, fields: &[FieldShape]) -> Verdict<Value> {
        self.fields(table, fields).map(Value::of_fields)
    }

    fn fields(
        &mut self,
        table: Table<'b>,
        fields: &[FieldShape],
    ) -> Verdict<Vec<(Arc<str>, Value)>> {
        self.deeper(table.start(), |it| {
            let live = fields.iter().filter(|field| !field.is_removed());
            let field = |field: &FieldShape| {
                Ok((Arc::from(field.name.as_str()), it.field_of(table, field)?))
            };
            live.map(field).collect()
        })
    }

    fn field_of(&mut self, table: Table<'b>, field: &FieldShape) -> Verdict<Value> {
        let Some(slot) = &field.slot else { return Ok(Value::Option(None)) };
        self.field(table, slot.id, &field.shape, &slot.presence)
    }

    /// The fields of a table of parts: ids in their order.
    fn parts(&mut self, at: usize, parts: &[&Shape]) -> Verdict<Vec<Value>> {
        let table = self.behind(at)?;
        self.deeper(at, |it| {
            let mut id = 0_u16;
            let mut values = Vec::new();
            for part in parts {
                let presence = it.rules.presence(part);
                values.push(it.field(table, id, part, &presence)?);
                id = id.saturating_add(if it.rules.is_union(part) { 2 } else { 1 });
            }
            Ok(values)
        })
    }

    fn field(
        &mut self,
        table: Table<'b>,
        id: u16,
        shape: &Shape,
        presence: &Presence<String>,
    ) -> Verdict<Value> {
        let shape = unboxed(shape);
        let is_union = self.rules.is_union(shape) && !is_option(shape);
        match (shape, table.field(id)) {
            (Shape::Option(_), None) => Ok(Value::Option(None)),
            (Shape::Option(inner), Some(at)) => self.some(table, id, inner, at),
            (shape, Some(_)) if is_union => match self.union(table, id, shape)? {
                Some(value) => Ok(value),
                None => refuse(FlatFault::MissingField, table.start()),
            },
            (shape, Some(at)) => self.at(shape, at),
            (shape, None) => match self.missing(shape, presence) {
                Some(value) => Ok(value),
                None => refuse(FlatFault::MissingField, table.start()),
            },
        }
    }

    /// An option whose field is at `at`.
    fn some(&mut self, table: Table<'b>, id: u16, inner: &Shape, at: usize) -> Verdict<Value> {
        let value = if is_option(inner) {
            Some(self.wrapped(inner, at)?)
        } else if self.rules.is_union(inner) {
            self.union(table, id, unboxed(inner))?
        } else {
            Some(self.at(unboxed(inner), at)?)
        };
        Ok(Value::Option(value.map(Box::new)))
    }

    /// What a table around a value holds.
    fn wrapped(&mut self, shape: &Shape, at: usize) -> Verdict<Value> {
        let mut parts = self.parts(at, &[shape])?;
        Ok(parts.pop().unwrap_or(Value::Unit))
    }

    /// A union: its number, and behind the next id its variant. Nothing if it is none.
    fn union(&mut self, table: Table<'b>, id: u16, shape: &Shape) -> Verdict<Option<Value>> {
        let number = table.field(id).and_then(|at| self.bytes.get(at)).copied().unwrap_or_default();
        let Some(number) = usize::from(number).checked_sub(1) else { return Ok(None) };
        let unknown = || refuse(FlatFault::UnknownVariant, table.start());
        let Some(at) = table.field(id.saturating_add(1)) else {
            return refuse(FlatFault::MissingField, table.start());
        };
        match shape {
            Shape::Named(name) => {
                let Some(Definition::Union(variants)) = self.types.get(name) else {
                    return unknown();
                };
                let Some(VariantShape { name, fields, .. }) = variants.get(number) else {
                    return unknown();
                };
                let name = Arc::from(name.as_str());
                if let [FieldShape { shape, slot: None, .. }] = fields.as_slice() {
                    let content = self.at(unboxed(shape), at)?;
                    return Ok(Some(Value::Variant(name, Some(Box::new(content)))));
                }
                let table = self.behind(at)?;
                let fields = self.fields(table, fields)?;
                Ok(Some(Value::of_variant(&name, fields)))
            }
            Shape::Generic(generic @ Generic::Result, parts) => {
                let found = generic.part_names().iter().zip(parts).nth(number);
                let Some((name, part)) = found else { return unknown() };
                let content = match self.rules.is_table(part) {
                    true => self.at(unboxed(part), at)?,
                    false => self.wrapped(part, at)?,
                };
                Ok(Some(Value::Variant(Arc::from(*name), Some(Box::new(content)))))
            }
            _ => unknown(),
        }
    }

    /// What a field that is not there stands for.
    fn missing(&self, shape: &Shape, presence: &Presence<String>) -> Option<Value> {
        let default = match presence {
            Presence::Defaulted(default) => default.as_deref(),
            Presence::Optional => return Some(Value::Option(None)),
            _ => return None,
        };
        match shape {
            Shape::Scalar(scalar) => default_number(*scalar, default.unwrap_or("0")),
            Shape::Named(name) => match self.types.get(name)? {
                Definition::Enum { variants, .. } => {
                    let is_it = |variant: &&VariantShape| match default {
                        Some(name) => variant.name == name,
                        None => variant.number == Some(0),
                    };
                    let variant = variants.iter().find(is_it)?;
                    Some(Value::Variant(Arc::from(variant.name.as_str()), None))
                }
                _ => None,
            },
            Shape::Standard(Standard::Serde) => None,
            shape => match elements(shape)? {
                Elements::Items(Shape::Scalar(Scalar::U8)) if !is_set(shape) => {
                    Some(Value::Bytes(Vec::new()))
                }
                Elements::Items(_) => Some(Value::List(Vec::new())),
                Elements::Entries(..) => Some(Value::Map(Vec::new())),
            },
        }
    }

    /// What lies at `at`, in a table, a list or a struct.
    fn at(&mut self, shape: &Shape, at: usize) -> Verdict<Value> {
        let wrong = || refuse(FlatFault::UnknownVariant, at);
        match shape {
            Shape::Boxed(inner) => self.at(inner, at),
            Shape::Scalar(scalar) | Shape::NonZero(scalar) => self.number(*scalar, at),
            Shape::Text | Shape::Standard(Standard::Str | Standard::Text) => {
                let text = bytes::text(self.bytes, at);
                let Some(text) = text else { return refuse(FlatFault::NotUtf8, at) };
                self.spend(text.len(), at)?;
                Ok(Value::Text(text.to_owned()))
            }
            Shape::Standard(Standard::Serde) => {
                let packed = self.octets(at)?;
                unpack(packed).map_or_else(wrong, Ok)
            }
            Shape::Standard(Standard::Zoned) => {
                let parts = [Shape::Standard(Standard::Timestamp), Shape::Text];
                let parts = self.parts(at, &parts.each_ref())?;
                Value::of_standard(Standard::Zoned, parts).map_or_else(wrong, Ok)
            }
            Shape::Standard(known) => self.known(*known, at),
            Shape::Array(_, len) if self.rules.listed(shape).is_some() => {
                match self.list(shape, at)? {
                    Value::List(values) if values.len() == *len => Ok(Value::List(values)),
                    _ => refuse(FlatFault::Length, at),
                }
            }
            Shape::Array(item, len) => self.run(item, at, *len),
            Shape::Tuple(parts) => {
                let parts: Vec<&Shape> = parts.iter().collect();
                self.parts(at, &parts).map(Value::Tuple)
            }
            Shape::Unit => Ok(Value::Unit),
            Shape::Named(name) => match self.types.get(name) {
                Some(Definition::Table(fields)) => {
                    let table = self.behind(at)?;
                    self.table(table, fields)
                }
                Some(Definition::Struct(fields)) => self.fixed(fields, at),
                Some(Definition::Enum { repr: Some(repr), variants }) => {
                    let number = self.number(*repr, at)?;
                    variant(variants, &number).map_or_else(wrong, Ok)
                }
                _ => wrong(),
            },
            Shape::Generic(generic, parts) if elements(shape).is_none() => {
                self.range(*generic, parts, at)
            }
            shape => self.list(shape, at),
        }
    }

    fn range(&mut self, generic: Generic, parts: &[Shape], at: usize) -> Verdict<Value> {
        let names = generic.part_names();
        let bounds: Vec<&Shape> = parts.first().into_iter().cycle().take(names.len()).collect();
        let values = self.parts(at, &bounds)?;
        let names = names.iter().map(|name| Arc::from(*name));
        Ok(Value::Struct(names.zip(values).collect()))
    }

    /// A list, a set or a map behind the offset at `at`.
    fn list(&mut self, shape: &Shape, at: usize) -> Verdict<Value> {
        match self.rules.listed(shape) {
            Some(Elements::Items(Shape::Scalar(Scalar::U8))) if !is_set(shape) => {
                self.octets(at).map(|octets| Value::Bytes(octets.to_vec()))
            }
            Some(Elements::Items(item)) => {
                let is_wrapped = !self.rules.has_place_in_list(item);
                let size = if is_wrapped { OFFSET_LEN } else { layout(self.types, item).0 };
                let (first, count) = self.counted(at, size)?;
                self.deeper(at, |it| {
                    let mut values = Vec::new();
                    for number in 0..count {
                        let at = first.saturating_add(number.saturating_mul(size));
                        let value = if is_wrapped {
                            it.wrapped(item, at)
                        } else {
                            it.at(unboxed(item), at)
                        };
                        values.push(value?);
                    }
                    Ok(Value::List(values))
                })
            }
            Some(Elements::Entries(key, value, _)) => {
                let (first, count) = self.counted(at, OFFSET_LEN)?;
                let mut entries = Vec::new();
                for number in 0..count {
                    let at = first.saturating_add(number.saturating_mul(OFFSET_LEN));
                    let mut parts = self.parts(at, &[key, value])?.into_iter();
                    let key = parts.next().unwrap_or(Value::Unit);
                    entries.push((key, parts.next().unwrap_or(Value::Unit)));
                }
                Ok(Value::Map(entries))
            }
            None => refuse(FlatFault::UnknownVariant, at),
        }
    }

    /// Where the elements behind the offset at `at` begin, and how many they are; each has `size` bytes.
    fn counted(&mut self, at: usize, size: usize) -> Verdict<(usize, usize)> {
        let found = bytes::target(self.bytes, at).and_then(|at| bytes::counted(self.bytes, at));
        let Some((first, count)) = found else { return refuse(FlatFault::Outside, at) };
        let len = count.saturating_mul(size.max(1));
        if first.checked_add(len).is_none_or(|end| end > self.bytes.len()) {
            return refuse(FlatFault::Outside, at);
        }
        self.spend(len.saturating_add(OFFSET_LEN), at)?;
        Ok((first, count))
    }

    fn octets(&mut self, at: usize) -> Verdict<&'b [u8]> {
        let (first, count) = self.counted(at, 1)?;
        let bytes = self.bytes;
        bytes
            .get(first..)
            .and_then(|bytes| bytes.get(..count))
            .map_or_else(|| refuse(FlatFault::Outside, at), Ok)
    }

    /// The elements of an array, which lie in their place.
    fn run(&mut self, item: &Shape, at: usize, len: usize) -> Verdict<Value> {
        if *item == Shape::Scalar(Scalar::U8) {
            let bytes = self.bytes.get(at..).and_then(|bytes| bytes.get(..len));
            let Some(bytes) = bytes else { return refuse(FlatFault::Outside, at) };
            return Ok(Value::Bytes(bytes.to_vec()));
        }
        let size = layout(self.types, item).0;
        self.spend(size.max(1).saturating_mul(len), at)?;
        let place = |number: usize| at.saturating_add(number.saturating_mul(size));
        let values: Verdict<Vec<_>> =
            (0..len).map(|number| self.at(unboxed(item), place(number))).collect();
        values.map(Value::List)
    }

    /// A struct of fixed width.
    fn fixed(&mut self, fields: &[FieldShape], at: usize) -> Verdict<Value> {
        let shapes: Vec<&Shape> = fields.iter().map(|field| &field.shape).collect();
        let values = self.side_by_side(&shapes, at)?;
        let names = fields.iter().map(|field| Arc::from(field.name.as_str()));
        Ok(Value::of_fields(names.zip(values).collect()))
    }

    fn side_by_side(&mut self, shapes: &[&Shape], at: usize) -> Verdict<Vec<Value>> {
        self.deeper(at, |it| {
            let mut offset = 0_usize;
            let mut values = Vec::new();
            for shape in shapes {
                let (size, align) = layout(it.types, shape);
                offset = offset.checked_next_multiple_of(align).unwrap_or(usize::MAX);
                values.push(it.at(unboxed(shape), at.saturating_add(offset))?);
                offset = offset.saturating_add(size);
            }
            Ok(values)
        })
    }

    /// A struct that stands for a type of others.
    fn known(&mut self, of: Standard, at: usize) -> Verdict<Value> {
        let Some(known) = standard(of) else { return refuse(FlatFault::UnknownVariant, at) };
        let shapes: Vec<&Shape> = known.fields.iter().map(|(_, shape)| shape).collect();
        let parts = self.side_by_side(&shapes, at)?;
        let made = match (of, parts.as_slice()) {
            (Standard::Ip, [Value::Unsigned(4), Value::Bytes(octets)]) => {
                let octets = octets.get(..4).unwrap_or_default().to_vec();
                Value::of_standard(Standard::Ipv4, vec![Value::Bytes(octets)])
            }
            (Standard::Ip, [Value::Unsigned(6), octets]) => {
                Value::of_standard(Standard::Ipv6, vec![octets.clone()])
            }
            (Standard::Socket, [Value::Ip(IpAddr::V4(_)), ..]) => {
                Value::of_standard(Standard::Socketv4, parts)
            }
            (Standard::Socket, _) => Value::of_standard(Standard::Socketv6, parts),
            _ => Value::of_standard(of, parts),
        };
        made.map_or_else(|| refuse(FlatFault::UnknownVariant, at), Ok)
    }

    fn number(&self, scalar: Scalar, at: usize) -> Verdict<Value> {
        number(self.bytes, scalar, at).map_or_else(|| refuse(FlatFault::Outside, at), Ok)
    }
}

/// Whether it is a set: of bytes, it is no text of them.
fn is_set(shape: &Shape) -> bool {
    matches!(shape, Shape::Generic(Generic::Set | Generic::HashSet | Generic::IndexSet, _))
}

/// The variant of this number.
fn variant(variants: &[VariantShape], number: &Value) -> Option<Value> {
    let number = match number {
        Value::Signed(number) => *number,
        Value::Unsigned(number) => i128::try_from(*number).ok()?,
        _ => return None,
    };
    let variant = variants.iter().find(|variant| variant.number == Some(number))?;
    Some(Value::Variant(Arc::from(variant.name.as_str()), None))
}
