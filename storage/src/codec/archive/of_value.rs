//! From a [`Value`] of a schema to an archive: the bytes are those that rkyv writes for the same value of its type.
//!
//! Entries in key order are put in the order of their keys, unless their type is the user's: only that knows its order,
//! so they stay in the one that they come in.

use super::{
    hashing::{hash_of, hash_table},
    types::{ArchivedKind, ArchivedTypes, EntryType, Part, ROOT, TypeNo, Variant, Word},
    value::ArchivedValue,
};
use crate::{
    error::{DecodeError, EncodeError, Unwritable, ValueError},
    schema::{Description, Generic},
    value::{Value, is_ordered, order},
};
use std::net::IpAddr;

type Made<'v> = Result<ArchivedValue<'v>, ValueError>;
type AllMade<'v> = Result<Vec<ArchivedValue<'v>>, ValueError>;

/// The key of an entry and, in a map, its value.
type Entry<'v> = (&'v Value, Option<&'v Value>);

/// Appends to `out` the archive of the record `value`, which is of the types that `description` has.
pub(crate) fn write_archive(
    description: &Description,
    value: &Value,
    out: &mut Vec<u8>,
) -> Result<(), Unwritable> {
    let types = ArchivedTypes::new(description)?;
    let made = Taking { types: &types }.value(ROOT, value)?;
    let written = types.write(&made, out).map_err(DecodeError::from);
    written.map_err(|error| EncodeError::Unreadable(error).into())
}

/// Takes values apart into what archives are made of.
struct Taking<'m, 't> {
    types: &'m ArchivedTypes<'t>,
}

impl Taking<'_, '_> {
    fn value<'v>(&self, ty: TypeNo, value: &'v Value) -> Made<'v> {
        match (&self.types.get(ty).kind, value) {
            (ArchivedKind::Text | ArchivedKind::Str, Value::Text(text)) => {
                Ok(ArchivedValue::Text(text.as_str().into()))
            }
            (ArchivedKind::Octets(_), Value::Bytes(octets)) => {
                Ok(ArchivedValue::Octets(octets.as_slice().into()))
            }
            (ArchivedKind::Product(Word::Standard(_), _), value) => self.standard(ty, value),
            (ArchivedKind::Product(_, parts), value) => {
                self.fields(ty, parts, value).map(ArchivedValue::Product)
            }
            (ArchivedKind::Choice(word, variants), value) => {
                self.choice(ty, *word, variants, value)
            }
            (ArchivedKind::Array(inner, _) | ArchivedKind::List(inner), Value::List(values)) => {
                let each = |(number, value): (usize, &'v Value)| {
                    let made = self.value(*inner, value);
                    made.map_err(|error| error.within(&number.to_string()))
                };
                let made: AllMade<'v> = values.iter().enumerate().map(each).collect();
                Ok(ArchivedValue::List(made?))
            }
            (ArchivedKind::Array(..) | ArchivedKind::List(_), Value::Bytes(bytes)) => {
                Ok(octets(bytes))
            }
            (ArchivedKind::Boxed(inner), value) => {
                Ok(ArchivedValue::Boxed(Box::new(self.value(*inner, value)?)))
            }
            (ArchivedKind::Tree(entries), value) => {
                let mut found = self.entries(ty, *entries, value)?;
                if self.types.get(entries.key).shape.is_some_and(is_ordered) {
                    found.sort_by(|(left, _), (right, _)| order(left, right));
                }
                let each = |entry: Entry<'v>| self.entry(*entries, entry);
                let made: AllMade<'v> = found.into_iter().map(each).collect();
                Ok(ArchivedValue::Ordered(made?))
            }
            (ArchivedKind::Table(entries), value) => {
                let found = self.entries(ty, *entries, value)?;
                let each = |entry: Entry<'v>| {
                    Ok((self.hash(*entries, entry.0)?, self.entry(*entries, entry)?))
                };
                let made: Result<Vec<_>, ValueError> = found.into_iter().map(each).collect();
                Ok(ArchivedValue::Hashed(hash_table(made?)))
            }
            (ArchivedKind::Indexed(entries), value) => {
                let found = self.entries(ty, *entries, value)?;
                let hash = |(number, entry): (usize, &Entry<'v>)| {
                    Ok((self.hash(*entries, entry.0)?, number))
                };
                let hashes: Result<Vec<_>, ValueError> =
                    found.iter().enumerate().map(hash).collect();
                let each = |entry: Entry<'v>| self.entry(*entries, entry);
                let made: AllMade<'v> = found.into_iter().map(each).collect();
                Ok(ArchivedValue::Indexed(hash_table(hashes?), made?))
            }
            (ArchivedKind::Opaque(..) | ArchivedKind::Unknown, _) => Err(self.type_needed(ty)),
            (_, value) => self.plain(ty, value.clone()),
        }
    }

    /// The values of `parts` in their order.
    fn fields<'v>(&self, ty: TypeNo, parts: &[Part<'_>], value: &'v Value) -> AllMade<'v> {
        let word = match &self.types.get(ty).kind {
            ArchivedKind::Product(word, _) | ArchivedKind::Choice(word, _) => *word,
            _ => Word::Entry,
        };
        let names: Vec<&str> = match word {
            Word::Generic(Generic::Result) => vec!["0"],
            Word::Generic(generic) => generic.part_names().to_vec(),
            _ => parts.iter().map(|part| part.name).collect(),
        };
        let found = match (word, value) {
            (Word::Tuple, Value::Unit) if parts.is_empty() => Some(Vec::new()),
            (Word::Tuple, Value::Tuple(values)) if values.len() == parts.len() => {
                Some(values.iter().collect())
            }
            (Word::Tuple, _) => None,
            (_, value) => value.fields(&names),
        };
        let found = found.ok_or_else(|| self.mismatch(ty, value))?;
        let each = |((part, name), value): ((&Part<'_>, &&str), &'v Value)| {
            self.value(part.ty, value).map_err(|error| error.within(name))
        };
        parts.iter().zip(&names).zip(found).map(each).collect()
    }

    fn choice<'v>(
        &self,
        ty: TypeNo,
        word: Word<'_>,
        variants: &[Variant<'_>],
        value: &'v Value,
    ) -> Made<'v> {
        let first = |number: usize| {
            let variant = variants.get(number);
            variant.and_then(|variant| variant.parts.first()).map(|part| part.ty)
        };
        let mismatch = || self.mismatch(ty, value);
        match (word, value) {
            (Word::Option, Value::Option(None)) => Ok(ArchivedValue::Choice(0, Vec::new())),
            (Word::Option, Value::Option(Some(inner))) => {
                let made = self.value(first(1).ok_or_else(mismatch)?, inner)?;
                Ok(ArchivedValue::Choice(1, vec![made]))
            }
            (Word::Standard(_), value @ (Value::Ip(_) | Value::Socket(_))) => {
                let number = match value {
                    Value::Ip(ip) => usize::from(ip.is_ipv6()),
                    Value::Socket(socket) => usize::from(socket.is_ipv6()),
                    _ => 0,
                };
                let made = self.standard(first(number).ok_or_else(mismatch)?, value)?;
                Ok(ArchivedValue::Choice(number, vec![made]))
            }
            (_, Value::Variant(name, content)) => {
                let names = word.part_names();
                let name_of = |(number, variant): (usize, &Variant<'_>)| {
                    **names.get(number).unwrap_or(&variant.name) == **name
                };
                let number = variants.iter().enumerate().position(name_of);
                let number = number.ok_or_else(mismatch)?;
                let parts = variants.get(number).map_or(&[][..], |variant| &variant.parts);
                let content = content.as_deref().unwrap_or(&Value::Unit);
                let made = self.fields(ty, parts, content);
                let made = made.map_err(|error| error.within(name))?;
                Ok(ArchivedValue::Choice(number, made))
            }
            _ => Err(mismatch()),
        }
    }

    /// A value of a standard type, made of what it is stored as.
    fn standard(&self, ty: TypeNo, value: &Value) -> Made<'static> {
        match &self.types.get(ty).kind {
            ArchivedKind::Product(Word::Standard(standard), parts) => {
                let values = value.standard_parts(*standard);
                let values = values.ok_or_else(|| self.mismatch(ty, value))?;
                let each = |(part, value): (&Part<'_>, Value)| self.plain(part.ty, value);
                let made: AllMade<'static> = parts.iter().zip(values).map(each).collect();
                Ok(ArchivedValue::Product(made?))
            }
            _ => self.plain(ty, value.clone()),
        }
    }

    /// A number, text or octets, and what is made of them alone.
    fn plain(&self, ty: TypeNo, value: Value) -> Made<'static> {
        Ok(match (&self.types.get(ty).kind, value) {
            (ArchivedKind::Number(_) | ArchivedKind::NonZero(_), value) => match value {
                Value::Bool(value) => ArchivedValue::Bool(value),
                Value::Char(value) => ArchivedValue::Char(value),
                Value::Signed(value) => ArchivedValue::Signed(value),
                Value::Unsigned(value) => ArchivedValue::Unsigned(value),
                Value::F32(value) => ArchivedValue::F32(value),
                Value::F64(value) => ArchivedValue::F64(value),
                value => return Err(self.mismatch(ty, &value)),
            },
            (ArchivedKind::Text, Value::Text(text)) => ArchivedValue::Text(text.into()),
            (ArchivedKind::Octets(_), value) => ArchivedValue::Octets(match value {
                Value::Bytes(octets) => octets.into(),
                Value::Uuid(octets) => octets.to_vec().into(),
                Value::Ip(IpAddr::V4(ip)) => ip.octets().to_vec().into(),
                Value::Ip(IpAddr::V6(ip)) => ip.octets().to_vec().into(),
                value => return Err(self.mismatch(ty, &value)),
            }),
            (ArchivedKind::List(_), Value::Bytes(bytes)) => octets(&bytes),
            (ArchivedKind::Product(Word::Standard(_), _), value) => self.standard(ty, &value)?,
            (_, value) => return Err(self.mismatch(ty, &value)),
        })
    }

    /// The entries of a map or a set.
    fn entries<'v>(
        &self,
        ty: TypeNo,
        entries: EntryType,
        value: &'v Value,
    ) -> Result<Vec<Entry<'v>>, ValueError> {
        match (entries.value, value) {
            (None, Value::List(keys)) => Ok(keys.iter().map(|key| (key, None)).collect()),
            (Some(_), Value::Map(entries)) => {
                Ok(entries.iter().map(|(key, value)| (key, Some(value))).collect())
            }
            _ => Err(self.mismatch(ty, value)),
        }
    }

    fn entry<'v>(&self, entries: EntryType, (key, value): Entry<'v>) -> Made<'v> {
        let within = |error: ValueError| error.within(&key.path_name());
        let mut parts = vec![self.value(entries.key, key).map_err(within)?];
        if let (Some(ty), Some(value)) = (entries.value, value) {
            parts.push(self.value(ty, value).map_err(within)?);
        }
        Ok(ArchivedValue::Product(parts))
    }

    fn hash(&self, entries: EntryType, key: &Value) -> Result<u64, ValueError> {
        let shape = self.types.get(entries.key).shape;
        let hash = shape.and_then(|shape| hash_of(shape, key));
        hash.ok_or_else(|| self.type_needed(entries.key))
    }

    fn name(&self, ty: TypeNo) -> String {
        let shape = self.types.get(ty).shape.map(ToString::to_string);
        let name = || self.types.names.get(ty).map(|name| (*name).to_owned());
        shape.or_else(name).unwrap_or_default()
    }

    #[cold]
    fn mismatch(&self, ty: TypeNo, value: &Value) -> ValueError {
        let expected = self.name(ty);
        ValueError::Type { path: String::new(), expected, found: value.kind() }
    }

    #[cold]
    fn type_needed(&self, ty: TypeNo) -> ValueError {
        ValueError::TypeNeeded { path: String::new(), of: self.name(ty) }
    }
}

fn octets(bytes: &[u8]) -> ArchivedValue<'static> {
    let octet = |byte: &u8| ArchivedValue::Unsigned((*byte).into());
    ArchivedValue::List(bytes.iter().map(octet).collect())
}
