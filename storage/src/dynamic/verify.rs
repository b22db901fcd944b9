//! The entries of an index beside the rows that they are of.

use super::{DynamicIndex, DynamicRow, DynamicRows};
use crate::{
    error::{DynamicError, StorageError},
    key::{ByteRange, KeyBuf, Place, encode_value},
    schema::{FieldShape, Scalar, Shape},
    table::State as _,
    value::Value,
};

/// How the entries of an index stand to the rows of its table.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct IndexFindings {
    /// How many entries rows should have, and how many of these are missing.
    pub expected: u64,
    /// The keys of rows that lack an entry, 100 at most.
    pub missing: Vec<Value>,
    /// How many rows lack one.
    pub missing_count: u64,
    /// How many entries there are beside those: of no row, of a row that has no such key, or of one that was not read.
    pub extra_count: u64,
    /// What could not be read: rows, and their entries with them.
    pub unread: Vec<StorageError>,
}

/// The most that is listed.
const LISTED_MAX: usize = 100;

impl IndexFindings {
    /// Whether the index has exactly the entries of all rows.
    #[must_use]
    pub const fn is_right(&self) -> bool {
        self.missing_count == 0 && self.extra_count == 0 && self.unread.is_empty()
    }
}

impl DynamicIndex {
    /// Compares the index with the rows of its table, in both directions; `None` if its keys are computed by code, or
    /// only some rows are in it, or if they are of fields that rows of an older layout do not have.
    ///
    /// # Errors
    ///
    /// [`StorageError::Database`] when the engine cannot read.
    pub fn verify(&self) -> Result<Option<IndexFindings>, DynamicError> {
        let Some(fields) = self.fields() else { return Ok(None) };
        let mut found = IndexFindings::default();
        for row in DynamicRows::new(&self.open, &self.state, None, &ByteRange::ALL)? {
            let keys = row.and_then(|row| Ok((self.keys_of(&row, &fields)?, row)));
            let (keys, row) = match keys {
                Ok((Some(keys), row)) => (keys, row),
                Ok((None, _)) => return Ok(None),
                Err(DynamicError::Storage(error)) if error.is_corrupt() => {
                    if found.unread.len() < LISTED_MAX {
                        found.unread.push(error);
                    }
                    continue;
                }
                Err(error) => return Err(error),
            };
            for key in keys {
                found.expected = found.expected.saturating_add(1);
                if !self.has_entry(&key, row.key_bytes())? {
                    found.missing_count = found.missing_count.saturating_add(1);
                    if found.missing.len() < LISTED_MAX {
                        found.missing.push(row.key()?);
                    }
                }
            }
        }
        let there = found.expected.saturating_sub(found.missing_count);
        found.extra_count = self.len()?.saturating_sub(there);
        Ok(Some(found))
    }

    /// The number of its entries.
    ///
    /// # Errors
    ///
    /// [`StorageError::Database`] when the engine cannot read.
    pub fn len(&self) -> Result<u64, DynamicError> {
        match self.open.known.indexes.get(self.number) {
            Some(index) => Ok(self.state.reader().bytes().len(&index.table)?),
            None => Ok(0),
        }
    }

    /// Whether it has no entries.
    ///
    /// # Errors
    ///
    /// As [`len`](Self::len).
    pub fn is_empty(&self) -> Result<bool, DynamicError> {
        Ok(self.len()? == 0)
    }

    /// The fields that its keys are made of; `None` if code computes them.
    fn fields(&self) -> Option<Vec<&FieldShape>> {
        let source = &self.shape().source;
        if source.starts_with("with ") || source.contains(" if ") {
            return None;
        }
        let fields = self.open.known.description.rows.fields()?;
        source.split(", ").map(|name| fields.iter().find(|field| field.name == name)).collect()
    }

    /// The keys of `row`, sorted, each once; `None` if it has other fields.
    fn keys_of(
        &self,
        row: &DynamicRow,
        fields: &[&FieldShape],
    ) -> Result<Option<Vec<KeyBuf>>, DynamicError> {
        let mut combined: Vec<Vec<Value>> = vec![Vec::new()];
        for field in fields {
            let Some(value) = row.field(&field.name)? else { return Ok(None) };
            let mut parts = Vec::new();
            each_key(&field.shape, value, &mut parts);
            let with =
                |key: &Vec<Value>, part: &Value| [&**key, std::slice::from_ref(part)].concat();
            combined = combined
                .iter()
                .flat_map(|key| parts.iter().map(move |part| with(key, part)))
                .collect();
        }
        let key_shape = &self.shape().key;
        let encode = |parts: Vec<Value>| {
            let mut bytes = KeyBuf::new();
            let whole = if parts.len() == 1 { Value::of_parts(parts) } else { Value::Tuple(parts) };
            encode_value(key_shape, &whole, &mut bytes, Place::Inner).ok().map(|()| bytes)
        };
        let keys: Option<Vec<_>> = combined.into_iter().map(encode).collect();
        Ok(keys.map(|mut keys| {
            keys.sort_unstable();
            keys.dedup();
            keys
        }))
    }

    fn has_entry(&self, key: &[u8], primary_key: &[u8]) -> Result<bool, DynamicError> {
        let Some(index) = self.open.known.indexes.get(self.number) else { return Ok(false) };
        let entry = [key, primary_key].concat();
        let found = self.state.reader().bytes().get(&index.table, &entry)?;
        Ok(found.is_some_and(|value| index.seal.verify(&entry, &value).is_ok()))
    }
}

/// The keys of a field: of an option one or none, of a list one for each element, of anything else itself.
fn each_key(shape: &Shape, value: Value, keys: &mut Vec<Value>) {
    match (shape, value) {
        (Shape::Option(_), Value::Option(None)) => {}
        (Shape::Option(inner), Value::Option(Some(value))) => each_key(inner, *value, keys),
        (Shape::List(item), Value::List(values)) if **item != Shape::Scalar(Scalar::U8) => {
            for value in values {
                each_key(item, value, keys);
            }
        }
        (_, value) => keys.push(as_key(value)),
    }
}

/// A key of several fields is a tuple of them.
fn as_key(value: Value) -> Value {
    match value {
        Value::Struct(fields) => {
            Value::Tuple(fields.into_iter().map(|(_, value)| as_key(value)).collect())
        }
        Value::Variant(name, Some(content)) => {
            Value::Variant(name, Some(Box::new(as_key(*content))))
        }
        Value::Tuple(parts) => Value::Tuple(parts.into_iter().map(as_key).collect()),
        Value::Option(Some(inner)) => Value::Option(Some(Box::new(as_key(*inner)))),
        value => value,
    }
}
