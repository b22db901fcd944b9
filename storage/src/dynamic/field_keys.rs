//! The keys of a row in an index over fields.

use crate::{
    key::{KeyBuf, Place, encode_value},
    schema::{Description, FieldShape, IndexShape, Scalar, Shape},
    value::Value,
};

/// The fields that the keys of an index are made of.
#[derive(Debug)]
pub(super) struct FieldKeys<'d> {
    fields: Vec<&'d FieldShape>,
    key: &'d Shape,
}

impl<'d> FieldKeys<'d> {
    /// Those of `index` in rows of the layout `description`; `None` if code computes its keys, only some rows are in
    /// it, or rows of that layout do not have the fields.
    pub(super) fn new(index: &'d IndexShape, description: &'d Description) -> Option<Self> {
        let names = index.field_names()?;
        let live = |field: &&FieldShape| !field.is_removed();
        let fields = description.rows.fields()?;
        let named = |name: &str| fields.iter().filter(live).find(|field| field.name == name);
        let fields = names.map(named).collect::<Option<_>>()?;
        Some(Self { fields, key: &index.key })
    }

    /// Whether they have the same types in `other`.
    pub(super) fn are_same(&self, other: &Self) -> bool {
        let shapes = self.fields.iter().zip(&other.fields);
        self.fields.len() == other.fields.len()
            && shapes.into_iter().all(|(own, other)| own.shape == other.shape)
    }

    /// The keys of the row whose fields `field` returns, sorted, each once; `None` if it has other fields.
    pub(super) fn of<E>(
        &self,
        mut field: impl FnMut(&str) -> Result<Option<Value>, E>,
    ) -> Result<Option<Vec<KeyBuf>>, E> {
        let mut combined: Vec<Vec<Value>> = vec![Vec::new()];
        for FieldShape { name, shape, .. } in &self.fields {
            let Some(value) = field(name)? else { return Ok(None) };
            let mut parts = Vec::new();
            each_key(shape, value, &mut parts);
            let with =
                |key: &Vec<Value>, part: &Value| [&**key, std::slice::from_ref(part)].concat();
            combined = combined
                .iter()
                .flat_map(|key| parts.iter().map(move |part| with(key, part)))
                .collect();
        }
        let keys: Option<Vec<_>> = combined.into_iter().map(|parts| self.encode(parts)).collect();
        Ok(keys.map(|mut keys| {
            keys.sort_unstable();
            keys.dedup();
            keys
        }))
    }

    fn encode(&self, parts: Vec<Value>) -> Option<KeyBuf> {
        let mut bytes = KeyBuf::new();
        let whole = if parts.len() == 1 { Value::of_parts(parts) } else { Value::Tuple(parts) };
        encode_value(self.key, &whole, &mut bytes, Place::Inner).ok().map(|()| bytes)
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
pub(super) fn as_key(value: Value) -> Value {
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
