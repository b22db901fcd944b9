//! From an archive to a value, by the schema alone.

use super::{
    source::{ArchiveSource, Buckets, Read, TextPlace},
    tree::Nodes,
    types::{ArchivedKind, ArchivedTypes, EntryType, Part, ROOT, TypeNo, Variant},
    value::{ArchivedValue, HashTable},
};
use crate::{error::ArchiveError, schema::Scalar};

impl ArchivedTypes<'_> {
    /// Reads the record that `body` is.
    ///
    /// # Errors
    ///
    /// [`ArchiveError`] when it is none of these types, or has an opaque field.
    pub fn read<'b>(&self, body: &'b [u8]) -> Result<ArchivedValue<'b>, ArchiveError> {
        let (source, at) = ArchiveSource::new(body, self.format, self.layout(ROOT).size)?;
        Reader { types: self, source }.value(ROOT, at)
    }
}

struct Reader<'r, 't, 'b> {
    types: &'r ArchivedTypes<'t>,
    source: ArchiveSource<'b>,
}

impl<'b> Reader<'_, '_, 'b> {
    fn value(&mut self, ty: TypeNo, at: usize) -> Read<ArchivedValue<'b>> {
        self.source.enter(false)?;
        let value = match &self.types.get(ty).kind {
            ArchivedKind::Number(scalar) => number(&self.source, *scalar, at)?,
            ArchivedKind::NonZero(scalar) => {
                let value = number(&self.source, *scalar, at)?;
                let is_zero = [ArchivedValue::Signed(0), ArchivedValue::Unsigned(0)];
                if is_zero.contains(&value) {
                    return Err(ArchiveError::Scalar);
                }
                value
            }
            ArchivedKind::Text => self.text(self.source.text(at)?)?,
            ArchivedKind::Str => self.text(self.source.str(at)?)?,
            ArchivedKind::Octets(len) => ArchivedValue::Octets(self.source.bytes(at, *len)?.into()),
            ArchivedKind::Product(_, parts) => ArchivedValue::Product(self.parts(parts, at)?),
            ArchivedKind::Choice(_, variants) => self.choice(variants, at)?,
            ArchivedKind::Array(inner, len) => {
                let size = self.types.layout(*inner).size;
                // What has no bytes costs all the same.
                self.source.pay(if size == 0 { *len } else { 0 })?;
                ArchivedValue::List(self.elements(*inner, at, *len)?)
            }
            ArchivedKind::Boxed(inner) => {
                let target = self.source.boxed(at, self.types.layout(*inner).size)?;
                ArchivedValue::Boxed(Box::new(self.apart(|it| it.value(*inner, target))?))
            }
            ArchivedKind::List(inner) => {
                let (target, len) = self.source.list(at, self.types.layout(*inner).size)?;
                ArchivedValue::List(self.apart(|it| it.elements(*inner, target, len))?)
            }
            ArchivedKind::Tree(entries) => self.tree(*entries, at)?,
            ArchivedKind::Table(entries) => self.table(entries.ty, at)?,
            ArchivedKind::Indexed(entries) => self.indexed(entries.ty, at)?,
            ArchivedKind::Opaque(..) | ArchivedKind::Unknown => return Err(ArchiveError::Opaque),
        };
        self.source.leave(false);
        Ok(value)
    }

    fn apart<T>(&mut self, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        self.source.enter(true)?;
        let value = read(self)?;
        self.source.leave(true);
        Ok(value)
    }

    fn parts(&mut self, parts: &[Part<'_>], at: usize) -> Read<Vec<ArchivedValue<'b>>> {
        let mut values = Vec::new();
        for part in parts {
            values.push(self.value(part.ty, at.saturating_add(part.offset))?);
        }
        Ok(values)
    }

    fn elements(&mut self, ty: TypeNo, at: usize, len: usize) -> Read<Vec<ArchivedValue<'b>>> {
        let size = self.types.layout(ty).size;
        let mut values = Vec::new();
        for number in 0..len {
            values.push(self.value(ty, at.saturating_add(number.saturating_mul(size)))?);
        }
        Ok(values)
    }

    fn text(&mut self, text: TextPlace) -> Read<ArchivedValue<'b>> {
        let TextPlace { at, len, .. } = self.source.claim_text(text)?;
        let text = str::from_utf8(self.source.bytes(at, len)?);
        Ok(ArchivedValue::Text(text.map_err(|_| ArchiveError::NotUtf8)?.into()))
    }

    fn choice(&mut self, variants: &[Variant<'_>], at: usize) -> Read<ArchivedValue<'b>> {
        let tag = self.source.byte(at)?;
        let found = variants.iter().enumerate().find(|(_, variant)| variant.tag == tag);
        let (number, variant) = found.ok_or(ArchiveError::Variant(tag))?;
        Ok(ArchivedValue::Choice(number, self.parts(&variant.parts, at)?))
    }

    fn tree(&mut self, entries: EntryType, at: usize) -> Read<ArchivedValue<'b>> {
        let nodes = Nodes::new(self.types, entries).map_err(|_| ArchiveError::OutOfBounds)?;
        let placed = nodes.entries(&mut self.source, at)?;
        let mut values = Vec::new();
        self.source.enter(true)?;
        for (key, value) in placed {
            let mut entry = vec![self.value(entries.key, key)?];
            if let Some(ty) = entries.value {
                entry.push(self.value(ty, value)?);
            }
            values.push(ArchivedValue::Product(entry));
        }
        self.source.leave(true);
        Ok(ArchivedValue::Ordered(values))
    }

    fn table(&mut self, ty: TypeNo, at: usize) -> Read<ArchivedValue<'b>> {
        let size = self.types.layout(ty).size;
        let table = self.source.buckets(at, size)?;
        let buckets = self.apart(|it| it.buckets(&table, size, |it, at| it.value(ty, at)))?;
        Ok(ArchivedValue::Hashed(buckets))
    }

    fn indexed(&mut self, ty: TypeNo, at: usize) -> Read<ArchivedValue<'b>> {
        let word = self.types.format.pointer;
        let table = self.source.buckets(at, word)?;
        let numbers = self.buckets(&table, word, |it, at| it.source.word(at))?;
        let pointer = at.saturating_add(word.saturating_mul(3));
        let target = if table.len == 0 { 0 } else { self.source.target(pointer, pointer)? };
        let size = self.types.layout(ty).size;
        self.source.elements(target, size, table.len)?;
        let entries = self.apart(|it| it.elements(ty, target, table.len))?;
        Ok(ArchivedValue::Indexed(numbers, entries))
    }

    fn buckets<T>(
        &mut self,
        table: &Buckets,
        size: usize,
        mut read: impl FnMut(&mut Self, usize) -> Read<T>,
    ) -> Read<HashTable<'b, T>> {
        let mut buckets = Vec::new();
        for number in self.source.full(table)? {
            buckets.resize_with(number, || None);
            buckets.push(Some(read(self, table.bucket(number, size))?));
        }
        buckets.resize_with(table.capacity, || None);
        let controls = self.source.bytes(table.controls_at, table.controls_len)?.into();
        Ok(HashTable { buckets, controls })
    }
}

fn number(source: &ArchiveSource<'_>, scalar: Scalar, at: usize) -> Read<ArchivedValue<'static>> {
    let raw = source.number(at, scalar.width())?;
    let wrong = ArchiveError::Scalar;
    let low = u32::try_from(raw & u128::from(u32::MAX)).unwrap_or_default();
    Ok(match scalar {
        Scalar::Bool => match raw {
            0 => ArchivedValue::Bool(false),
            1 => ArchivedValue::Bool(true),
            _ => return Err(wrong),
        },
        Scalar::Char => ArchivedValue::Char(char::from_u32(low).ok_or(wrong)?),
        Scalar::F32 => ArchivedValue::F32(f32::from_bits(low)),
        Scalar::F64 => ArchivedValue::F64(f64::from_bits(u64::try_from(raw).unwrap_or_default())),
        Scalar::I8 | Scalar::I16 | Scalar::I32 | Scalar::I64 | Scalar::I128 => {
            let bits = u32::try_from(scalar.width()).unwrap_or(16).saturating_mul(8);
            let spare = u128::BITS.saturating_sub(bits);
            ArchivedValue::Signed(raw.wrapping_shl(spare).cast_signed().wrapping_shr(spare))
        }
        Scalar::U8 | Scalar::U16 | Scalar::U32 | Scalar::U64 | Scalar::U128 => {
            ArchivedValue::Unsigned(raw)
        }
    })
}
