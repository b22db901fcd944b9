//! From an archive to a [`Value`]: worked out once for a layout, and run for each row. It owns what it needs.

use super::{
    format::Format,
    source::{ArchiveSource, Buckets, Read, TextPlace},
    tree::Nodes,
    types::{ArchivedKind, ArchivedTypes, EntryType, Part, ROOT, TypeNo, Variant, Word},
};
use crate::{
    error::{ArchiveError, LayoutError},
    schema::{Description, Scalar, Standard},
    value::{Value, unpack},
};
use std::sync::Arc;

/// How the archives of one layout are read as values.
#[derive(Debug)]
pub(crate) struct ArchiveValues {
    format: Format,
    types: Vec<Known>,
}

/// A type: its size, and how a value of it is made.
#[derive(Debug)]
struct Known {
    size: usize,
    making: Making,
}

#[derive(Debug)]
enum Making {
    Number(Scalar),
    NonZero(Scalar),
    Text,
    Str,
    Octets(usize, Meaning),
    Parts(Meaning, Vec<Member>),
    Variants(Meaning, Vec<(u8, Arc<str>, Vec<Member>)>),
    Array(TypeNo, usize),
    Boxed(TypeNo),
    List(TypeNo),
    Tree(EntryType, Box<Nodes>),
    Table(EntryType),
    Indexed(EntryType),
    Opaque,
    Unknown,
}

/// What parts, variants or octets mean.
#[derive(Clone, Copy, Debug)]
enum Meaning {
    Fields,
    Tuple,
    Option,
    Standard(Standard),
}

/// A part with its name.
#[derive(Debug)]
struct Member {
    name: Arc<str>,
    offset: usize,
    ty: TypeNo,
}

impl ArchiveValues {
    /// Works out how rows of the layout `description` are read.
    ///
    /// # Errors
    ///
    /// [`LayoutError`] when the layout is not known in full.
    pub(crate) fn new(description: &Description) -> Result<Self, LayoutError> {
        let types = ArchivedTypes::new(description)?;
        let known = |ty: TypeNo| {
            let making = making(&types, ty).map_err(|error| *error)?;
            Ok(Known { size: types.layout(ty).size, making })
        };
        let known: Result<_, LayoutError> = (0..types.types.len()).map(known).collect();
        Ok(Self { format: types.format, types: known? })
    }

    /// Reads the record that `body` is.
    pub(crate) fn read(&self, body: &[u8]) -> Result<Value, ArchiveError> {
        let size = self.types.get(ROOT).map_or(0, |known| known.size);
        let (source, at) = ArchiveSource::new(body, self.format, size)?;
        Reading { types: &self.types, source }.value(ROOT, at)
    }

    /// Reads the field of the number `field` of the record that `body` is, and no other.
    pub(crate) fn read_field(&self, body: &[u8], field: usize) -> Result<Value, ArchiveError> {
        let root = self.types.get(ROOT).ok_or(ArchiveError::OutOfBounds)?;
        let (source, at) = ArchiveSource::new(body, self.format, root.size)?;
        let Making::Parts(_, members) = &root.making else { return Err(ArchiveError::OtherType) };
        let member = members.get(field).ok_or(ArchiveError::OtherType)?;
        Reading { types: &self.types, source }.value(member.ty, at.saturating_add(member.offset))
    }
}

fn making(types: &ArchivedTypes<'_>, ty: TypeNo) -> Result<Making, Box<LayoutError>> {
    let found = types.get(ty);
    Ok(match &found.kind {
        ArchivedKind::Number(scalar) => Making::Number(*scalar),
        ArchivedKind::NonZero(scalar) => Making::NonZero(*scalar),
        ArchivedKind::Text => Making::Text,
        ArchivedKind::Str => Making::Str,
        ArchivedKind::Octets(len) => Making::Octets(*len, octets(*len, found.shape)),
        ArchivedKind::Product(word, parts) => {
            Making::Parts(meaning(*word), members(parts, word.part_names()))
        }
        ArchivedKind::Choice(word, variants) => {
            let names = word.part_names();
            let variant = |(number, variant): (usize, &Variant<'_>)| {
                let name = names.get(number).copied().unwrap_or(variant.name);
                (variant.tag, Arc::from(name), members(&variant.parts, &[]))
            };
            Making::Variants(meaning(*word), variants.iter().enumerate().map(variant).collect())
        }
        ArchivedKind::Array(inner, len) => Making::Array(*inner, *len),
        ArchivedKind::Boxed(inner) => Making::Boxed(*inner),
        ArchivedKind::List(inner) => Making::List(*inner),
        ArchivedKind::Tree(entries) => {
            Making::Tree(*entries, Box::new(Nodes::new(types, *entries)?))
        }
        ArchivedKind::Table(entries) => Making::Table(*entries),
        ArchivedKind::Indexed(entries) => Making::Indexed(*entries),
        ArchivedKind::Opaque(..) => Making::Opaque,
        ArchivedKind::Unknown => Making::Unknown,
    })
}

fn meaning(word: Word<'_>) -> Meaning {
    match word {
        Word::Struct(_) | Word::Enum(_) | Word::Generic(_) => Meaning::Fields,
        Word::Tuple | Word::Entry => Meaning::Tuple,
        Word::Option => Meaning::Option,
        Word::Standard(standard) => Meaning::Standard(standard),
    }
}

/// Octets that are parts of an address have no shape of their own.
fn octets(len: usize, shape: Option<&crate::schema::Shape>) -> Meaning {
    let standard = match (shape, len) {
        (Some(crate::schema::Shape::Standard(standard)), _) => *standard,
        (_, 4) => Standard::Ipv4,
        _ => Standard::Ipv6,
    };
    Meaning::Standard(standard)
}

fn members(parts: &[Part<'_>], names: &[&str]) -> Vec<Member> {
    let member = |(number, part): (usize, &Part<'_>)| {
        let name = names.get(number).copied().unwrap_or(part.name);
        let name = if name.is_empty() { Arc::from(number.to_string()) } else { Arc::from(name) };
        Member { name, offset: part.offset, ty: part.ty }
    };
    parts.iter().enumerate().map(member).collect()
}

struct Reading<'r, 'b> {
    types: &'r [Known],
    source: ArchiveSource<'b>,
}

impl Reading<'_, '_> {
    fn size(&self, ty: TypeNo) -> usize {
        self.types.get(ty).map_or(0, |known| known.size)
    }

    fn value(&mut self, ty: TypeNo, at: usize) -> Read<Value> {
        let types = self.types;
        let known = types.get(ty).ok_or(ArchiveError::OtherType)?;
        self.source.enter(false)?;
        let value = match &known.making {
            Making::Number(scalar) => self.number(*scalar, at)?,
            Making::NonZero(scalar) => match self.number(*scalar, at)? {
                Value::Signed(0) | Value::Unsigned(0) => return Err(ArchiveError::Scalar),
                value => value,
            },
            Making::Text => Value::Text(self.text(self.source.text(at)?)?),
            Making::Str => Value::Text(self.text(self.source.str(at)?)?),
            Making::Octets(len, meaning) => {
                let octets = Value::Bytes(self.source.bytes(at, *len)?.to_vec());
                meant(*meaning, vec![octets]).ok_or(ArchiveError::Scalar)?
            }
            Making::Parts(meaning, members) => self.parts(*meaning, members, at)?,
            Making::Variants(meaning, variants) => {
                let tag = self.source.byte(at)?;
                let found = variants.iter().find(|(other, ..)| *other == tag);
                let (_, name, members) = found.ok_or(ArchiveError::Variant(tag))?;
                match meaning {
                    Meaning::Fields => Value::of_variant(name, self.fields(members, at)?),
                    meaning => self.parts(*meaning, members, at)?,
                }
            }
            Making::Array(inner, len) => {
                // What has no bytes costs all the same.
                self.source.pay(if self.size(*inner) == 0 { *len } else { 0 })?;
                self.elements(*inner, at, *len)?
            }
            Making::Boxed(inner) => {
                let target = self.source.boxed(at, self.size(*inner))?;
                self.apart(|it| it.value(*inner, target))?
            }
            Making::List(inner) => {
                let (target, len) = self.source.list(at, self.size(*inner))?;
                self.apart(|it| it.elements(*inner, target, len))?
            }
            Making::Tree(entries, nodes) => self.tree(*entries, nodes, at)?,
            Making::Table(entries) => {
                let size = self.size(entries.ty);
                let table = self.source.buckets(at, size)?;
                self.apart(|it| it.buckets(*entries, &table, size))?
            }
            Making::Indexed(entries) => self.indexed(*entries, at)?,
            Making::Opaque => Value::Bytes(self.source.bytes(at, known.size)?.to_vec()),
            Making::Unknown => return Err(ArchiveError::Opaque),
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

    fn fields(&mut self, members: &[Member], at: usize) -> Read<Vec<(Arc<str>, Value)>> {
        let mut fields = Vec::with_capacity(members.len());
        for member in members {
            let value = self.value(member.ty, at.saturating_add(member.offset))?;
            fields.push((Arc::clone(&member.name), value));
        }
        Ok(fields)
    }

    fn parts(&mut self, meaning: Meaning, members: &[Member], at: usize) -> Read<Value> {
        if let Meaning::Fields = meaning {
            return Ok(Value::of_fields(self.fields(members, at)?));
        }
        let mut parts = Vec::with_capacity(members.len());
        for member in members {
            parts.push(self.value(member.ty, at.saturating_add(member.offset))?);
        }
        meant(meaning, parts).ok_or(ArchiveError::Scalar)
    }

    fn elements(&mut self, ty: TypeNo, at: usize, len: usize) -> Read<Value> {
        let known = self.types.get(ty).ok_or(ArchiveError::OtherType)?;
        if let Making::Number(Scalar::U8) = known.making {
            return Ok(Value::Bytes(self.source.bytes(at, len)?.to_vec()));
        }
        let size = known.size;
        let mut values = Vec::new();
        for number in 0..len {
            values.push(self.value(ty, at.saturating_add(number.saturating_mul(size)))?);
        }
        Ok(Value::List(values))
    }

    fn text(&mut self, text: TextPlace) -> Read<String> {
        let TextPlace { at, len, .. } = self.source.claim_text(text)?;
        let text = str::from_utf8(self.source.bytes(at, len)?);
        text.map(str::to_owned).map_err(|_| ArchiveError::NotUtf8)
    }

    fn tree(&mut self, entries: EntryType, nodes: &Nodes, at: usize) -> Read<Value> {
        let placed = nodes.entries(&mut self.source, at)?;
        self.apart(|it| {
            let mut values = Vec::new();
            for (key, value) in placed {
                let key = it.value(entries.key, key)?;
                let value = entries.value.map(|ty| it.value(ty, value)).transpose()?;
                values.push((key, value));
            }
            Ok(entries_of(entries, values))
        })
    }

    /// The entry at `at`: the product of its key and, in a map, its value.
    fn entry(&mut self, entries: EntryType, at: usize) -> Read<(Value, Option<Value>)> {
        let types = self.types;
        let known = types.get(entries.ty).ok_or(ArchiveError::OtherType)?;
        let Making::Parts(_, members) = &known.making else { return Err(ArchiveError::OtherType) };
        let mut parts = members.iter().map(|member| at.saturating_add(member.offset));
        let key = parts.next().ok_or(ArchiveError::OtherType)?;
        let key = self.value(entries.key, key)?;
        let value = match (entries.value, parts.next()) {
            (Some(ty), Some(at)) => Some(self.value(ty, at)?),
            _ => None,
        };
        Ok((key, value))
    }

    fn buckets(&mut self, entries: EntryType, table: &Buckets, size: usize) -> Read<Value> {
        let mut values = Vec::new();
        for number in self.source.full(table)? {
            values.push(self.entry(entries, table.bucket(number, size))?);
        }
        Ok(entries_of(entries, values))
    }

    fn indexed(&mut self, entries: EntryType, at: usize) -> Read<Value> {
        let word = self.source.format().pointer;
        let table = self.source.buckets(at, word)?;
        let pointer = at.saturating_add(word.saturating_mul(3));
        let target = if table.len == 0 { 0 } else { self.source.target(pointer, pointer)? };
        let size = self.size(entries.ty);
        self.source.elements(target, size, table.len)?;
        self.apart(|it| {
            let mut values = Vec::new();
            for number in 0..table.len {
                let at = target.saturating_add(number.saturating_mul(size));
                values.push(it.entry(entries, at)?);
            }
            Ok(entries_of(entries, values))
        })
    }

    fn number(&self, scalar: Scalar, at: usize) -> Read<Value> {
        let raw = self.source.number(at, scalar.width())?;
        let low = u32::try_from(raw & u128::from(u32::MAX)).unwrap_or_default();
        let wrong = ArchiveError::Scalar;
        Ok(match scalar {
            Scalar::Bool if raw > 1 => return Err(wrong),
            Scalar::Bool => Value::Bool(raw == 1),
            Scalar::Char => Value::Char(char::from_u32(low).ok_or(wrong)?),
            Scalar::F32 => Value::F32(f32::from_bits(low)),
            Scalar::F64 => Value::F64(f64::from_bits(u64::try_from(raw).unwrap_or_default())),
            Scalar::I8 | Scalar::I16 | Scalar::I32 | Scalar::I64 | Scalar::I128 => {
                let bits = u32::try_from(scalar.width()).unwrap_or(16).saturating_mul(8);
                let spare = u128::BITS.saturating_sub(bits);
                Value::Signed(raw.wrapping_shl(spare).cast_signed().wrapping_shr(spare))
            }
            Scalar::U8 | Scalar::U16 | Scalar::U32 | Scalar::U64 | Scalar::U128 => {
                Value::Unsigned(raw)
            }
        })
    }
}

fn entries_of(entries: EntryType, values: Vec<(Value, Option<Value>)>) -> Value {
    match entries.value {
        None => Value::List(values.into_iter().map(|(key, _)| key).collect()),
        Some(_) => {
            let entry = |(key, value): (Value, Option<Value>)| (key, value.unwrap_or(Value::Unit));
            Value::Map(values.into_iter().map(entry).collect())
        }
    }
}

/// What parts mean together; nothing if they are none of that meaning.
fn meant(meaning: Meaning, parts: Vec<Value>) -> Option<Value> {
    match meaning {
        Meaning::Fields | Meaning::Tuple if parts.is_empty() => Some(Value::Unit),
        Meaning::Fields | Meaning::Tuple => Some(Value::Tuple(parts)),
        Meaning::Option => Some(Value::Option(parts.into_iter().next().map(Box::new))),
        Meaning::Standard(Standard::Serde) => match parts.into_iter().next()? {
            Value::Bytes(bytes) => unpack(&bytes),
            _ => None,
        },
        Meaning::Standard(standard) => Value::of_standard(standard, parts),
    }
}
