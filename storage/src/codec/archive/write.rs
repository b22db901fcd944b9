//! From a value to an archive, by the schema alone: the bytes are those that rkyv writes.
//!
//! As rkyv does: first what a value points to, for all of its parts, then the value itself.

use super::{
    sink::{ArchiveSink, Written},
    source::Buckets,
    tree::{Nodes, TreeNode, write_tree},
    types::{ArchivedKind, ArchivedTypes, EntryType, Part, ROOT, TypeNo},
    value::{ArchivedValue, HashTable},
};
use crate::{
    error::ArchiveError,
    schema::{ArchivedLayout, Scalar},
};

type Value<'a> = ArchivedValue<'a>;

impl ArchivedTypes<'_> {
    /// Appends to `out` the archive of a record. Places in it are counted from where `out` ended.
    ///
    /// # Errors
    ///
    /// [`ArchiveError`] when `value` is not of these types, or has an opaque field.
    pub fn write(&self, value: &ArchivedValue<'_>, out: &mut Vec<u8>) -> Result<(), ArchiveError> {
        let mut sink = ArchiveSink::new(out, self.format);
        Writer { types: self, sink: &mut sink, pointers: 0 }.whole(ROOT, value).map(drop)
    }
}

struct Writer<'w, 't, 'o> {
    types: &'w ArchivedTypes<'t>,
    sink: &'w mut ArchiveSink<'o>,
    pointers: usize,
}

/// How many pointers may lie behind one another, as in rkyv's own check: what is deeper could not be read.
const POINTERS_MAX: usize = 64;

impl Writer<'_, '_, '_> {
    /// Writes a value behind what it points to: where.
    fn whole(&mut self, ty: TypeNo, value: &Value<'_>) -> Written<usize> {
        let layout = self.types.layout(ty);
        let draft = self.sink.draft(layout.size);
        self.value(ty, value, draft.at)?;
        self.sink.settle(draft, layout.align)
    }

    /// Puts a value into a draft, and writes what it points to.
    fn value(&mut self, ty: TypeNo, value: &Value<'_>, to: usize) -> Written<()> {
        match (&self.types.get(ty).kind, value) {
            (ArchivedKind::Number(scalar) | ArchivedKind::NonZero(scalar), value) => {
                self.sink.put_number(to, scalar.width(), bits(*scalar, value)?)
            }
            (ArchivedKind::Text, Value::Text(text)) => match self.sink.is_short(text.len()) {
                true => self.sink.put_short_text(to, text.as_bytes()),
                false => self.sink.put_long_text(to, text.as_bytes()),
            },
            (ArchivedKind::Str, Value::Text(text)) => {
                let place = self.sink.append(text.as_bytes());
                self.sink.put_span(to, place, text.len())
            }
            (ArchivedKind::Octets(len), Value::Octets(octets)) if *len == octets.len() => {
                self.sink.put(to, octets)
            }
            (ArchivedKind::Product(_, parts), Value::Product(values)) => {
                self.parts(parts, values, to)
            }
            (ArchivedKind::Choice(_, variants), Value::Choice(number, values)) => {
                let variant = variants.get(*number).ok_or(ArchiveError::OtherType)?;
                self.sink.put(to, &[variant.tag])?;
                self.parts(&variant.parts, values, to)
            }
            (ArchivedKind::Array(inner, len), Value::List(values)) if *len == values.len() => {
                self.elements(*inner, values, to)
            }
            (ArchivedKind::Boxed(inner), Value::Boxed(value)) => {
                let place = self.apart(|it| it.whole(*inner, value))?;
                self.sink.point(to, to, place);
                Ok(())
            }
            (ArchivedKind::List(inner), Value::List(values)) => {
                let place = self.apart(|it| it.list(*inner, values))?;
                self.sink.put_span(to, place, values.len())
            }
            (ArchivedKind::Tree(_), Value::Ordered(values)) if values.is_empty() => {
                self.sink.put_no_span(to)
            }
            (ArchivedKind::Tree(entries), Value::Ordered(values)) => {
                let root = self.apart(|it| it.tree(*entries, values))?;
                self.sink.put_span(to, root, values.len())
            }
            (ArchivedKind::Table(entries), Value::Hashed(table)) => {
                let place = self.apart(|it| it.table(entries.ty, table))?;
                self.span_of_table(place, table, to).map(drop)
            }
            (ArchivedKind::Indexed(entries), Value::Indexed(numbers, values)) => {
                let place = self.numbers(numbers)?;
                let pointer = self.span_of_table(place, numbers, to)?;
                let place = self.apart(|it| it.list(entries.ty, values))?;
                self.sink.point(pointer, pointer, place);
                Ok(())
            }
            (ArchivedKind::Opaque(..) | ArchivedKind::Unknown, _) => Err(ArchiveError::Opaque),
            _ => Err(ArchiveError::OtherType),
        }
    }

    fn apart<T>(&mut self, write: impl FnOnce(&mut Self) -> Written<T>) -> Written<T> {
        self.pointers = self.pointers.saturating_add(1);
        if self.pointers > POINTERS_MAX {
            return Err(ArchiveError::TooDeep);
        }
        let written = write(self)?;
        self.pointers = self.pointers.saturating_sub(1);
        Ok(written)
    }

    fn parts(&mut self, parts: &[Part<'_>], values: &[Value<'_>], to: usize) -> Written<()> {
        if parts.len() != values.len() {
            return Err(ArchiveError::OtherType);
        }
        parts.iter().zip(values).try_for_each(|(part, value)| {
            self.value(part.ty, value, to.saturating_add(part.offset))
        })
    }

    fn elements(&mut self, ty: TypeNo, values: &[Value<'_>], to: usize) -> Written<()> {
        let size = self.types.layout(ty).size;
        values.iter().enumerate().try_for_each(|(number, value)| {
            self.value(ty, value, to.saturating_add(number.saturating_mul(size)))
        })
    }

    /// Writes elements: where.
    fn list(&mut self, ty: TypeNo, values: &[Value<'_>]) -> Written<usize> {
        let layout = self.types.layout(ty);
        let draft = self.sink.draft(times(layout.size, values.len())?);
        self.elements(ty, values, draft.at)?;
        self.sink.settle(draft, layout.align)
    }

    /// Writes the nodes of a map or a set in key order: where the root is.
    fn tree(&mut self, entries: EntryType, values: &[Value<'_>]) -> Written<usize> {
        let nodes = Nodes::new(self.types, entries).map_err(|_| ArchiveError::TooLong)?;
        write_tree(values.len(), &mut |node| self.node(node, entries, &nodes, values))
    }

    fn node(
        &mut self,
        node: &TreeNode,
        entries: EntryType,
        nodes: &Nodes,
        values: &[Value<'_>],
    ) -> Written<usize> {
        let (draft, align) = nodes.draft(self.sink, node)?;
        for (slot, number) in node.entries.iter().enumerate() {
            let (key_at, value_at) = nodes.entry(draft.at, slot);
            match (values.get(*number), entries.value) {
                (Some(Value::Product(parts)), value_type) => match (&**parts, value_type) {
                    ([key], None) => self.value(entries.key, key, key_at)?,
                    ([key, value], Some(ty)) => {
                        self.value(entries.key, key, key_at)?;
                        self.value(ty, value, value_at)?;
                    }
                    _ => return Err(ArchiveError::OtherType),
                },
                _ => return Err(ArchiveError::OtherType),
            }
        }
        self.sink.settle(draft, align)
    }

    /// Writes the buckets and the controls of a hash table: where these are, if there are any.
    fn table(&mut self, ty: TypeNo, table: &HashTable<'_, Value<'_>>) -> Written<Option<usize>> {
        let layout = self.types.layout(ty);
        self.buckets(layout, table, |it, entry, to| it.value(ty, entry, to))
    }

    /// The same of a table of numbers.
    fn numbers(&mut self, table: &HashTable<'_, usize>) -> Written<Option<usize>> {
        let layout = self.types.format.pointers(1);
        self.buckets(layout, table, |it, entry, to| it.sink.put_word(to, *entry))
    }

    fn buckets<T>(
        &mut self,
        layout: ArchivedLayout,
        table: &HashTable<'_, T>,
        mut put: impl FnMut(&mut Self, &T, usize) -> Written<()>,
    ) -> Written<Option<usize>> {
        let capacity = table.buckets.len();
        if capacity == 0 {
            return Ok(None);
        }
        let draft = self.sink.draft(times(layout.size, capacity)?);
        let buckets = Buckets { at: draft.at, controls_at: 0, len: 0, capacity, controls_len: 0 };
        for (number, entry) in table.buckets.iter().enumerate() {
            if let Some(entry) = entry {
                put(self, entry, buckets.bucket(number, layout.size))?;
            }
        }
        self.sink.settle(draft, layout.align)?;
        Ok(Some(self.sink.append(&table.controls)))
    }

    /// Puts pointer, length and capacity of a hash table: where what comes next is.
    fn span_of_table<T>(
        &mut self,
        place: Option<usize>,
        table: &HashTable<'_, T>,
        to: usize,
    ) -> Written<usize> {
        match place {
            Some(place) => self.sink.put_span(to, place, table.entries().count())?,
            None => self.sink.put_no_span(to)?,
        }
        let word = self.types.format.pointer;
        let capacity_at = to.saturating_add(word.saturating_mul(2));
        self.sink.put_word(capacity_at, table.buckets.len())?;
        Ok(capacity_at.saturating_add(word))
    }
}

fn times(size: usize, count: usize) -> Written<usize> {
    size.checked_mul(count).ok_or(ArchiveError::TooLong)
}

/// The bits of a number, which must be one of its type.
fn bits(scalar: Scalar, value: &Value<'_>) -> Written<u128> {
    let len = u32::try_from(scalar.width()).unwrap_or(16).saturating_mul(8);
    let spare = u128::BITS.saturating_sub(len);
    let mask = u128::MAX.wrapping_shr(spare);
    match (scalar, value) {
        (Scalar::Bool, Value::Bool(value)) => Ok((*value).into()),
        (Scalar::Char, Value::Char(value)) => Ok(u32::from(*value).into()),
        (Scalar::F32, Value::F32(value)) => Ok(value.to_bits().into()),
        (Scalar::F64, Value::F64(value)) => Ok(value.to_bits().into()),
        (
            Scalar::I8 | Scalar::I16 | Scalar::I32 | Scalar::I64 | Scalar::I128,
            Value::Signed(value),
        ) if value.wrapping_shl(spare).wrapping_shr(spare) == *value => {
            Ok(value.cast_unsigned() & mask)
        }
        (
            Scalar::U8 | Scalar::U16 | Scalar::U32 | Scalar::U64 | Scalar::U128,
            Value::Unsigned(value),
        ) if *value <= mask => Ok(*value),
        _ => Err(ArchiveError::OtherType),
    }
}
