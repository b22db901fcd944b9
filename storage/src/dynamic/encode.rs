//! Values as the bytes of rows of one layout.

use super::{bounds::Keys, field_keys::as_key, form::LayoutForm};
#[cfg(feature = "rkyv")]
use crate::codec::write_archive;
#[cfg(feature = "flatbuffers")]
use crate::codec::write_value;
use crate::{
    catalog::KnownLayout,
    codec::VALUE_LEN_MAX,
    error::{Damage, EncodeError, Unwritable, ValueError},
    key::KeyBuf,
    schema::{CodecId, RowShape, Shape, Types},
    value::{Value, live_names},
};

/// A record that is to be written: its key and its fields, as their types have them.
#[derive(Debug)]
pub(super) struct NewRecord {
    pub(super) key: KeyBuf,
    pub(super) value: Value,
}

/// The record of the layout that `value` means.
pub(super) fn record(
    layout: &KnownLayout,
    keys: Keys<'_>,
    value: &Value,
) -> Result<NewRecord, ValueError> {
    let RowShape::Record { types, key_fields } = &layout.description.rows else {
        return Err(type_needed(layout));
    };
    let Some((root, _)) = types.root() else { return Err(type_needed(layout)) };
    if !is_known(layout) {
        return Err(type_needed(layout));
    }
    let value = value.clone().coerce(&Shape::Named(root.to_owned()), types)?;
    let part = |name: &String| {
        let found = field(layout, &value, name);
        found.ok_or_else(|| ValueError::Missing { path: String::new(), field: name.clone() })
    };
    let parts: Vec<Value> = key_fields.iter().map(part).collect::<Result<_, _>>()?;
    let key = as_key(Value::of_parts(parts)).coerce(keys.shape, &Types::default());
    let key = keys.encode_coerced(&key.map_err(|error| in_key(error, key_fields))?);
    Ok(NewRecord { key: key.map_err(|error| in_key(error, key_fields))?, value })
}

/// An error in a key of one field is one of that field.
fn in_key(error: ValueError, key_fields: &[String]) -> ValueError {
    match key_fields {
        [only] => error.within(only),
        _ => error,
    }
}

/// The field `name` of a record.
pub(super) fn field(layout: &KnownLayout, value: &Value, name: &str) -> Option<Value> {
    let names = live_names(layout.description.rows.fields()?);
    let number = names.iter().position(|field| *field == name)?;
    value.fields(&names)?.get(number).map(|value| (*value).clone())
}

/// The bytes of `value`, a record of the layout, checked as a read would.
pub(super) fn body(
    layout: &KnownLayout,
    form: &LayoutForm,
    value: &Value,
) -> Result<Vec<u8>, Unwritable> {
    let mut bytes = Vec::new();
    write(layout, value, &mut bytes)?;
    if bytes.len() > VALUE_LEN_MAX {
        return Err(EncodeError::TooLarge { len: bytes.len(), max: VALUE_LEN_MAX }.into());
    }
    match form.value(&bytes) {
        Ok(_) => Ok(bytes),
        Err(Damage::Structure(error)) => Err(EncodeError::Unreadable(error).into()),
        Err(damage) => Err(EncodeError::Refused { detail: damage.to_string() }.into()),
    }
}

fn write(layout: &KnownLayout, value: &Value, out: &mut Vec<u8>) -> Result<(), Unwritable> {
    let description = &layout.description;
    #[cfg(feature = "rkyv")]
    if description.codec == CodecId::Rkyv.to_string() {
        return write_archive(description, value, out);
    }
    #[cfg(feature = "flatbuffers")]
    if let (true, Some(types)) =
        (description.codec == CodecId::Flatbuffers.to_string(), description.rows.types())
    {
        return Ok(write_value(types, value, out)?);
    }
    let _ = (value, out);
    Err(type_needed(layout).into())
}

/// Whether the bytes of its rows are known by the schema.
fn is_known(layout: &KnownLayout) -> bool {
    let codec = &layout.description.codec;
    *codec == CodecId::Rkyv.to_string() || *codec == CodecId::Flatbuffers.to_string()
}

#[cold]
fn type_needed(layout: &KnownLayout) -> ValueError {
    ValueError::TypeNeeded { path: String::new(), of: layout.description.rows.name().to_owned() }
}
