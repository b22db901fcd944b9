//! From a [`Value`] to stored bytes, by the schema alone: those that the derive writes for the same value of its type.
//!
//! A table's children are written in the order of their ids, then its fields by width, the last id first. What a value
//! does not have, because it is of another type, is noted in the writer, which refuses it in the end.

use super::{
    bytes::OFFSET_LEN,
    inline::{default_number, layout, put_inline},
    leaf::store_offset,
    list::write_list,
    schema::{Elements, Fbs, is_option, unboxed},
    writer::{Offset, Writer},
};
use crate::{
    error::{EncodeError, FlatFault},
    schema::{
        Definition, FieldShape, Generic, Presence, Scalar, Shape, Standard, Types, VariantShape,
    },
    value::{Value, is_ordered, live_names, order},
};

/// The widths by which the fields of a table are written.
const RANKS: [usize; 4] = [8, 4, 2, 1];

/// Replaces the content of `out` with the record `value`, of the root of `types`.
pub(crate) fn write_value(
    types: &Types,
    value: &Value,
    out: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    out.clear();
    Writer::lend(|writer| {
        let values = FlatValues { types, rules: Fbs::new(types) };
        let root = match types.root() {
            Some((_, Definition::Table(fields) | Definition::Struct(fields))) => {
                values.table(fields, value, writer)
            }
            _ => writer.refuse(FlatFault::OutOfRange),
        };
        out.extend_from_slice(writer.finish(root, types.file_identifier())?);
        Ok(())
    })
}

struct FlatValues<'t> {
    types: &'t Types,
    rules: Fbs<'t>,
}

/// A field of a table: its id, its type, and what it stands for where it is missing.
struct Place<'f> {
    id: u16,
    shape: &'f Shape,
    presence: Presence<String>,
}

/// A field whose children are written.
enum Ready {
    /// It is left out.
    Absent,
    /// Bytes, by their alignment, that are written by their rank.
    Inline {
        bytes: Vec<u8>,
        align: usize,
        rank: usize,
    },
    Offset(Offset),
    Union(u8, Offset),
}

impl FlatValues<'_> {
    /// A table of these fields, as a struct has them.
    fn table(&self, fields: &[FieldShape], value: &Value, out: &mut Writer) -> Offset {
        let names = live_names(fields);
        let Some(values) = value.fields(&names) else { return out.refuse(FlatFault::OutOfRange) };
        let live = fields.iter().filter(|field| !field.is_removed());
        let mut places: Vec<(Place<'_>, &Value)> = Vec::new();
        for (field, value) in live.zip(values) {
            let Some(slot) = &field.slot else { return out.refuse(FlatFault::OutOfRange) };
            let presence = slot.presence.clone();
            places.push((Place { id: slot.id, shape: &field.shape, presence }, value));
        }
        places.sort_by_key(|(place, _)| place.id);
        self.placed(&places, out)
    }

    /// A table of parts, with ids in their order.
    fn parts(&self, parts: &[(&Shape, &Value)], out: &mut Writer) -> Offset {
        let mut id = 0_u16;
        let mut places = Vec::new();
        for (shape, value) in parts {
            let presence = self.rules.presence(shape);
            places.push((Place { id, shape, presence }, *value));
            id = id.saturating_add(if self.rules.is_union(shape) { 2 } else { 1 });
        }
        self.placed(&places, out)
    }

    fn placed(&self, places: &[(Place<'_>, &Value)], out: &mut Writer) -> Offset {
        out.table(
            |out| {
                let ready = places.iter().map(|(place, value)| self.ready(place, value, out));
                ready.collect::<Vec<_>>()
            },
            |out, ready| {
                for rank in RANKS {
                    let all = places.iter().zip(&ready).rev();
                    all.for_each(|((place, _), ready)| put(ready, place.id, rank, out));
                }
            },
        )
    }

    /// Writes what a field points to.
    fn ready(&self, place: &Place<'_>, value: &Value, out: &mut Writer) -> Ready {
        match (unboxed(place.shape), value) {
            (_, Value::Option(None)) if place.presence == Presence::Optional => Ready::Absent,
            (Shape::Option(inner), Value::Option(Some(value))) if is_option(inner) => {
                Ready::Offset(self.wrapped(inner, value, out))
            }
            (Shape::Option(inner), Value::Option(Some(value))) => {
                self.present(unboxed(inner), value, out)
            }
            (shape, value) => match self.present(shape, value, out) {
                Ready::Inline { bytes, .. }
                    if self.default_bytes(shape, &place.presence).as_ref() == Some(&bytes) =>
                {
                    Ready::Absent
                }
                ready => ready,
            },
        }
    }

    /// The bytes of the number that a missing field stands for.
    fn default_bytes(&self, shape: &Shape, presence: &Presence<String>) -> Option<Vec<u8>> {
        let Presence::Defaulted(default) = presence else { return None };
        let default = default.as_deref();
        let value = match shape {
            Shape::Scalar(scalar) => default_number(*scalar, default.unwrap_or("0"))?,
            Shape::Named(name) => {
                let Definition::Enum { variants, .. } = self.types.get(name)? else { return None };
                let is_it = |variant: &&VariantShape| match default {
                    Some(name) => variant.name == name,
                    None => variant.number == Some(0),
                };
                Value::Variant(variants.iter().find(is_it)?.name.as_str().into(), None)
            }
            _ => return None,
        };
        let mut bytes = vec![0; layout(self.types, shape).0];
        put_inline(self.types, shape, &value, &mut bytes)?;
        Some(bytes)
    }

    /// A value that is there, in a table or in a list.
    fn present(&self, shape: &Shape, value: &Value, out: &mut Writer) -> Ready {
        let offset = match (shape, value) {
            _ if self.rules.is_union(shape) => return self.union(shape, value, out),
            (Shape::Text | Shape::Standard(Standard::Str | Standard::Text), Value::Text(text)) => {
                out.text(text)
            }
            (Shape::Standard(Standard::Serde), value) => {
                match value.standard_parts(Standard::Serde).as_deref() {
                    Some([Value::Bytes(bytes)]) => octets(bytes, out),
                    _ => out.refuse(FlatFault::Depth { max: super::bytes::DEPTH_MAX }),
                }
            }
            (Shape::Standard(Standard::Zoned), value) => {
                match value.standard_parts(Standard::Zoned).as_deref() {
                    Some([moment, zone]) => {
                        let shapes = [Shape::Standard(Standard::Timestamp), Shape::Text];
                        self.parts(&[(&shapes[0], moment), (&shapes[1], zone)], out)
                    }
                    _ => out.refuse(FlatFault::OutOfRange),
                }
            }
            (Shape::Unit, _) => self.parts(&[], out),
            (Shape::Tuple(shapes), Value::Tuple(values)) if shapes.len() == values.len() => {
                let parts: Vec<_> = shapes.iter().zip(values).collect();
                self.parts(&parts, out)
            }
            (Shape::Named(name), value) if self.is_table(name) => match self.types.get(name) {
                Some(Definition::Table(fields)) => self.table(fields, value, out),
                _ => out.refuse(FlatFault::OutOfRange),
            },
            (shape, value) if self.rules.listed(shape).is_some() => self.list(shape, value, out),
            (Shape::Generic(generic, bound), value) => self.range(*generic, bound, value, out),
            (shape, value) => return self.inline(shape, value, out),
        };
        Ready::Offset(offset)
    }

    fn is_table(&self, name: &str) -> bool {
        matches!(self.types.get(name), Some(Definition::Table(_)))
    }

    /// A number, or a struct of fixed width.
    fn inline(&self, shape: &Shape, value: &Value, out: &mut Writer) -> Ready {
        let (size, align) = layout(self.types, shape);
        let mut bytes = vec![0; size];
        if put_inline(self.types, shape, value, &mut bytes).is_none() {
            out.refuse(FlatFault::OutOfRange);
        }
        // Structs count among the offsets, whatever their width.
        let rank = if self.rules.is_scalar(shape) { size } else { OFFSET_LEN };
        Ready::Inline { bytes, align, rank }
    }

    /// A table around a value.
    fn wrapped(&self, shape: &Shape, value: &Value, out: &mut Writer) -> Offset {
        self.parts(&[(shape, value)], out)
    }

    fn range(&self, generic: Generic, bound: &[Shape], value: &Value, out: &mut Writer) -> Offset {
        match (bound, value.fields(generic.part_names())) {
            ([bound], Some(values)) => {
                let parts: Vec<_> = values.into_iter().map(|value| (bound, value)).collect();
                self.parts(&parts, out)
            }
            _ => out.refuse(FlatFault::OutOfRange),
        }
    }

    fn union(&self, shape: &Shape, value: &Value, out: &mut Writer) -> Ready {
        let written = match (shape, value) {
            (Shape::Named(name), Value::Variant(variant, content)) => {
                self.variant(name, variant, content.as_deref().unwrap_or(&Value::Unit), out)
            }
            (
                Shape::Generic(generic @ Generic::Result, parts),
                Value::Variant(variant, Some(content)),
            ) => {
                let number = generic.part_names().iter().position(|name| **name == **variant);
                number.and_then(|number| Some((number, parts.get(number)?))).map(
                    |(number, part)| match self.rules.is_table(part) {
                        true => (number, self.offset(unboxed(part), content, out)),
                        false => (number, self.wrapped(part, content, out)),
                    },
                )
            }
            _ => None,
        };
        match written {
            // The first has the number 1.
            Some((number, offset)) => match u8::try_from(number.saturating_add(1)) {
                Ok(tag) => Ready::Union(tag, offset),
                Err(_) => Ready::Offset(out.refuse(FlatFault::OutOfRange)),
            },
            None => Ready::Offset(out.refuse(FlatFault::OutOfRange)),
        }
    }

    /// The number of a variant, and the table of what it holds.
    fn variant(
        &self,
        union: &str,
        name: &str,
        content: &Value,
        out: &mut Writer,
    ) -> Option<(usize, Offset)> {
        let Definition::Union(variants) = self.types.get(union)? else { return None };
        let number = variants.iter().position(|variant| variant.name == name)?;
        let offset = match variants.get(number)?.fields.as_slice() {
            [FieldShape { shape, slot: None, .. }] => self.offset(unboxed(shape), content, out),
            fields => self.table(fields, content, out),
        };
        Some((number, offset))
    }

    /// What is behind an offset.
    fn offset(&self, shape: &Shape, value: &Value, out: &mut Writer) -> Offset {
        match self.present(shape, value, out) {
            Ready::Offset(offset) => offset,
            _ => out.refuse(FlatFault::OutOfRange),
        }
    }

    /// A list, a set or a map.
    fn list(&self, shape: &Shape, value: &Value, out: &mut Writer) -> Offset {
        match (self.rules.listed(shape), value) {
            (Some(Elements::Items(Shape::Scalar(Scalar::U8))), Value::Bytes(bytes)) => {
                octets(bytes, out)
            }
            (Some(Elements::Items(item)), Value::List(values)) => {
                let mut values: Vec<&Value> = values.iter().collect();
                let is_sorted = matches!(shape, Shape::Generic(Generic::Set | Generic::HashSet, _));
                if is_sorted && self.has_order(item) {
                    values.sort_by(|left, right| self.order(item, left, right));
                }
                self.items(item, &values, out)
            }
            (Some(Elements::Entries(key, item, is_sorted)), Value::Map(entries)) => {
                let mut entries: Vec<&(Value, Value)> = entries.iter().collect();
                if is_sorted && self.has_order(key) {
                    entries.sort_by(|(left, _), (right, _)| self.order(key, left, right));
                }
                let entry =
                    |(of, value): &&(Value, Value)| self.parts(&[(key, of), (item, value)], out);
                let written: Vec<_> = entries.iter().map(entry).collect();
                write_list(written.into_iter(), OFFSET_LEN, OFFSET_LEN, out, store_offset)
            }
            _ => out.refuse(FlatFault::OutOfRange),
        }
    }

    fn items(&self, item: &Shape, values: &[&Value], out: &mut Writer) -> Offset {
        if !self.rules.has_place_in_list(item) {
            let wrapper = |value: &&Value| self.wrapped(item, value, out);
            let written: Vec<_> = values.iter().map(wrapper).collect();
            return write_list(written.into_iter(), OFFSET_LEN, OFFSET_LEN, out, store_offset);
        }
        let item = unboxed(item);
        let written: Vec<_> = values.iter().map(|value| self.present(item, value, out)).collect();
        let (size, align) = layout(self.types, item);
        write_list(written.into_iter(), size, align, out, |ready, place, used| match ready {
            Ready::Offset(offset) => store_offset(offset, place, used),
            Ready::Inline { bytes, .. } if bytes.len() == place.len() => {
                place.copy_from_slice(&bytes);
            }
            _ => {}
        })
    }

    /// Whether the order of keys of the type `shape` is known: flatc sorts enums by their numbers.
    fn has_order(&self, shape: &Shape) -> bool {
        match unboxed(shape) {
            Shape::Named(name) => matches!(self.types.get(name), Some(Definition::Enum { .. })),
            shape => is_ordered(shape),
        }
    }

    fn order(&self, shape: &Shape, left: &Value, right: &Value) -> std::cmp::Ordering {
        let number = |value: &Value| match (unboxed(shape), value) {
            (Shape::Named(name), Value::Variant(variant, _)) => match self.types.get(name) {
                Some(Definition::Enum { variants, .. }) => {
                    let found = variants.iter().find(|other| *other.name == **variant);
                    found.and_then(|variant| variant.number)
                }
                _ => None,
            },
            _ => None,
        };
        number(left).cmp(&number(right)).then_with(|| order(left, right))
    }
}

/// Writes a field whose rank it is.
fn put(ready: &Ready, id: u16, rank: usize, out: &mut Writer) {
    match ready {
        Ready::Inline { bytes, align, rank: own } if *own == rank => {
            let room = out.aligned_room(bytes.len(), *align);
            if room.len() == bytes.len() {
                room.copy_from_slice(bytes);
            }
            out.note_field(id);
        }
        Ready::Offset(offset) if rank == OFFSET_LEN => out.put_offset(*offset, id),
        Ready::Union(_, offset) if rank == OFFSET_LEN => {
            out.put_offset(*offset, id.wrapping_add(1));
        }
        Ready::Union(tag, _) if rank == 1 => {
            out.push([*tag], 1);
            out.note_field(id);
        }
        _ => {}
    }
}

fn octets(bytes: &[u8], out: &mut Writer) -> Offset {
    out.align(bytes.len(), OFFSET_LEN);
    if let Some(room) = out.room(bytes.len()).get_mut(..bytes.len()) {
        room.copy_from_slice(bytes);
    }
    out.count(bytes.len())
}
