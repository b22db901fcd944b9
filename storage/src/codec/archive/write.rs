//! From a value to an archive, by the schema alone: the bytes are those that rkyv writes.
//!
//! As rkyv does: first what a value points to, for all of its parts, then the value itself.

use super::{
    format::width,
    sink::{ArchiveSink, Line, Written},
    source::Buckets,
    tree::{Nodes, TreeNode, write_tree},
    types::{ArchivedKind, ArchivedTypes, EntryType, Part, ROOT, TypeNo, Variant},
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
    /// Writes a value and what it points to: where it is.
    fn whole(&mut self, ty: TypeNo, value: &Value<'_>) -> Written<usize> {
        let mut line = self.sink.line();
        self.parts(ty, value)?;
        let at = self.sink.room(self.types.layout(ty));
        self.inline(ty, value, at, &mut line)?;
        self.sink.close(line);
        Ok(at)
    }

    /// Writes what a value points to, and puts the places in line.
    fn parts(&mut self, ty: TypeNo, value: &Value<'_>) -> Written<()> {
        match (&self.types.get(ty).kind, value) {
            (ArchivedKind::Number(_) | ArchivedKind::NonZero(_) | ArchivedKind::Octets(_), _) => {
                Ok(())
            }
            (ArchivedKind::Text, Value::Text(text)) => {
                if !self.sink.is_short(text.len()) {
                    self.sink.append_text(text.as_bytes());
                }
                Ok(())
            }
            (ArchivedKind::Str, Value::Text(text)) => {
                self.sink.append_text(text.as_bytes());
                Ok(())
            }
            (ArchivedKind::Product(_, parts), Value::Product(values)) => {
                self.parts_of(parts, values)
            }
            (ArchivedKind::Choice(_, variants), Value::Choice(number, values)) => {
                self.parts_of(&variant(variants, *number)?.parts, values)
            }
            (ArchivedKind::Array(inner, len), Value::List(values)) if *len == values.len() => {
                values.iter().try_for_each(|value| self.parts(*inner, value))
            }
            (ArchivedKind::Boxed(inner), Value::Boxed(value)) => {
                let place = self.apart(|it| it.whole(*inner, value))?;
                self.sink.queue(place);
                Ok(())
            }
            (ArchivedKind::List(inner), Value::List(values)) => {
                self.apart(|it| it.list(*inner, values))
            }
            (ArchivedKind::Tree(entries), Value::Ordered(values)) => {
                self.apart(|it| it.tree(*entries, values))
            }
            (ArchivedKind::Table(entries), Value::Hashed(table)) => {
                self.apart(|it| it.table(entries.ty, table))
            }
            (ArchivedKind::Indexed(entries), Value::Indexed(numbers, values)) => {
                self.numbers(numbers)?;
                self.apart(|it| it.list(entries.ty, values))
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

    fn parts_of(&mut self, parts: &[Part<'_>], values: &[Value<'_>]) -> Written<()> {
        if parts.len() != values.len() {
            return Err(ArchiveError::OtherType);
        }
        parts.iter().zip(values).try_for_each(|(part, value)| self.parts(part.ty, value))
    }

    /// Writes elements, and puts their place in line.
    fn list(&mut self, ty: TypeNo, values: &[Value<'_>]) -> Written<()> {
        let mut line = self.sink.line();
        values.iter().try_for_each(|value| self.parts(ty, value))?;
        let layout = self.types.layout(ty);
        let at = self.sink.room(times(layout, values.len())?);
        for (number, value) in values.iter().enumerate() {
            let to = at.saturating_add(number.saturating_mul(layout.size));
            self.inline(ty, value, to, &mut line)?;
        }
        self.sink.close(line);
        self.sink.queue(at);
        Ok(())
    }

    /// Writes the nodes of a map or a set in key order, and puts the root in line.
    fn tree(&mut self, entries: EntryType, values: &[Value<'_>]) -> Written<()> {
        if values.is_empty() {
            return Ok(());
        }
        let nodes = Nodes::new(self.types, entries).map_err(|_| ArchiveError::TooLong)?;
        let root = write_tree(values.len(), &mut |node| self.node(node, entries, &nodes, values))?;
        self.sink.queue(root);
        Ok(())
    }

    fn node(
        &mut self,
        node: &TreeNode,
        entries: EntryType,
        nodes: &Nodes,
        values: &[Value<'_>],
    ) -> Written<usize> {
        let mut line = self.sink.line();
        let types = [Some(entries.key), entries.value];
        let of_entry = |number: &usize| match values.get(*number) {
            Some(Value::Product(parts)) if parts.len() == types.iter().flatten().count() => {
                Ok(parts)
            }
            _ => Err(ArchiveError::OtherType),
        };
        for number in &node.entries {
            for (ty, value) in types.iter().flatten().zip(of_entry(number)?) {
                self.parts(*ty, value)?;
            }
        }
        let at = nodes.write(self.sink, node)?;
        for (slot, number) in node.entries.iter().enumerate() {
            let (key, value) = nodes.entry(at, slot);
            for ((ty, part), to) in types.iter().flatten().zip(of_entry(number)?).zip([key, value])
            {
                self.inline(*ty, part, to, &mut line)?;
            }
        }
        self.sink.close(line);
        Ok(at)
    }

    /// Writes the buckets and the controls of a hash table, and puts the place of these in line.
    fn table(&mut self, ty: TypeNo, table: &HashTable<'_, Value<'_>>) -> Written<()> {
        if table.buckets.is_empty() {
            return Ok(());
        }
        let mut line = self.sink.line();
        table.entries().try_for_each(|entry| self.parts(ty, entry))?;
        let layout = self.types.layout(ty);
        let buckets = self.buckets(layout, table.buckets.len())?;
        for (number, entry) in table.buckets.iter().enumerate() {
            if let Some(entry) = entry {
                self.inline(ty, entry, buckets.bucket(number, layout.size), &mut line)?;
            }
        }
        self.sink.close(line);
        let place = self.sink.append(&table.controls);
        self.sink.queue(place);
        Ok(())
    }

    /// The same of a table of numbers.
    fn numbers(&mut self, table: &HashTable<'_, usize>) -> Written<()> {
        if table.buckets.is_empty() {
            return Ok(());
        }
        let layout = self.types.format.pointers(1);
        let buckets = self.buckets(layout, table.buckets.len())?;
        for (number, entry) in table.buckets.iter().enumerate() {
            if let Some(entry) = entry {
                self.sink.put_word(buckets.bucket(number, layout.size), *entry)?;
            }
        }
        let place = self.sink.append(&table.controls);
        self.sink.queue(place);
        Ok(())
    }

    /// Room for so many buckets.
    fn buckets(&mut self, layout: ArchivedLayout, capacity: usize) -> Written<Buckets> {
        let at = self.sink.room(times(layout, capacity)?);
        Ok(Buckets { at, controls_at: 0, len: 0, capacity, controls_len: 0 })
    }

    /// Writes the value itself to where there is room for it; the places of what it points to come next in the line.
    fn inline(&mut self, ty: TypeNo, value: &Value<'_>, to: usize, line: &mut Line) -> Written<()> {
        match (&self.types.get(ty).kind, value) {
            (ArchivedKind::Number(scalar) | ArchivedKind::NonZero(scalar), value) => {
                self.sink.put_number(to, width(*scalar), bits(*scalar, value)?)
            }
            (ArchivedKind::Text, Value::Text(text)) if self.sink.is_short(text.len()) => {
                self.sink.put_short_text(to, text.as_bytes())
            }
            (ArchivedKind::Text, Value::Text(text)) => {
                let place = self.sink.next(line)?;
                self.sink.put_long_text(to, text.len(), place)
            }
            (ArchivedKind::Str, Value::Text(text)) => {
                let place = self.sink.next(line)?;
                self.sink.put_span(to, place, text.len())
            }
            (ArchivedKind::Octets(len), Value::Octets(octets)) if *len == octets.len() => {
                self.sink.put(to, octets)
            }
            (ArchivedKind::Product(_, parts), Value::Product(values)) => {
                self.inline_of(parts, values, to, line)
            }
            (ArchivedKind::Choice(_, variants), Value::Choice(number, values)) => {
                let variant = variant(variants, *number)?;
                self.sink.put(to, &[variant.tag])?;
                self.inline_of(&variant.parts, values, to, line)
            }
            (ArchivedKind::Array(inner, _), Value::List(values)) => {
                let size = self.types.layout(*inner).size;
                for (number, value) in values.iter().enumerate() {
                    let to = to.saturating_add(number.saturating_mul(size));
                    self.inline(*inner, value, to, line)?;
                }
                Ok(())
            }
            (ArchivedKind::Boxed(_), Value::Boxed(_)) => {
                let place = self.sink.next(line)?;
                self.sink.put_pointer(to, to, place)
            }
            (ArchivedKind::List(_), Value::List(values)) => {
                let place = self.sink.next(line)?;
                self.sink.put_span(to, place, values.len())
            }
            (ArchivedKind::Tree(_), Value::Ordered(values)) => {
                let root = self.place_of(values.is_empty(), to, line)?;
                self.sink.put_span(to, root, values.len())
            }
            (ArchivedKind::Table(_), Value::Hashed(table)) => {
                self.inline_table(table, to, line).map(drop)
            }
            (ArchivedKind::Indexed(_), Value::Indexed(numbers, _)) => {
                let pointer = self.inline_table(numbers, to, line)?;
                let place = self.sink.next(line)?;
                self.sink.put_pointer(pointer, pointer, place)
            }
            _ => Err(ArchiveError::OtherType),
        }
    }

    fn inline_of(
        &mut self,
        parts: &[Part<'_>],
        values: &[Value<'_>],
        to: usize,
        line: &mut Line,
    ) -> Written<()> {
        parts.iter().zip(values).try_for_each(|(part, value)| {
            self.inline(part.ty, value, to.saturating_add(part.offset), line)
        })
    }

    /// The next place in line; a pointer to nothing has the offset 1.
    fn place_of(&mut self, is_nothing: bool, to: usize, line: &mut Line) -> Written<usize> {
        if is_nothing { Ok(to.saturating_add(1)) } else { self.sink.next(line) }
    }

    /// Writes pointer, length and capacity of a hash table: where what comes next is.
    fn inline_table<T>(
        &mut self,
        table: &HashTable<'_, T>,
        to: usize,
        line: &mut Line,
    ) -> Written<usize> {
        let capacity = table.buckets.len();
        let place = self.place_of(capacity == 0, to, line)?;
        let word = self.types.format.pointer;
        self.sink.put_span(to, place, table.entries().count())?;
        let capacity_at = to.saturating_add(word.saturating_mul(2));
        self.sink.put_word(capacity_at, capacity)?;
        Ok(capacity_at.saturating_add(word))
    }
}

fn variant<'v, 't>(variants: &'v [Variant<'t>], number: usize) -> Written<&'v Variant<'t>> {
    variants.get(number).ok_or(ArchiveError::OtherType)
}

fn times(layout: ArchivedLayout, count: usize) -> Written<ArchivedLayout> {
    let size = layout.size.checked_mul(count).ok_or(ArchiveError::TooLong)?;
    Ok(ArchivedLayout { size, ..layout })
}

/// The bits of a number, which must be one of its type.
fn bits(scalar: Scalar, value: &Value<'_>) -> Written<u128> {
    let len = u32::try_from(width(scalar)).unwrap_or(16).saturating_mul(8);
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
