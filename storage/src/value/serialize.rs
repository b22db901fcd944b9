//! Values through serde: the same model that [`Display`](std::fmt::Display) prints as JSON, but for floats, which stay
//! floats, and for bytes and UUIDs, which are bytes in formats for machines.

use super::{
    Value,
    display::{Hex, HyphenatedUuid},
};
use serde_core::ser::{Serialize, SerializeMap as _, Serializer};

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let is_for_people = serializer.is_human_readable();
        match self {
            Self::Unit => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Char(value) => serializer.serialize_char(*value),
            Self::Signed(value) => match i64::try_from(*value) {
                Ok(short) => serializer.serialize_i64(short),
                Err(_) => serializer.serialize_i128(*value),
            },
            Self::Unsigned(value) => match u64::try_from(*value) {
                Ok(short) => serializer.serialize_u64(short),
                Err(_) => serializer.serialize_u128(*value),
            },
            Self::F32(value) => serializer.serialize_f32(*value),
            Self::F64(value) => serializer.serialize_f64(*value),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Bytes(bytes) if is_for_people => serializer.collect_str(&Hex(bytes)),
            Self::Bytes(bytes) => serializer.serialize_bytes(bytes),
            Self::Option(None) => serializer.serialize_none(),
            Self::Option(Some(inner)) => serializer.serialize_some(&**inner),
            Self::List(values) | Self::Tuple(values) => serializer.collect_seq(values),
            Self::Map(entries) => {
                let is_object = entries.iter().all(|(key, _)| matches!(key, Self::Text(_)));
                if is_for_people && !is_object {
                    return serializer.collect_seq(entries);
                }
                serializer.collect_map(entries.iter().map(|(key, value)| (key, value)))
            }
            Self::Struct(fields) => {
                serializer.collect_map(fields.iter().map(|(name, value)| (&**name, value)))
            }
            Self::Variant(name, None) => serializer.serialize_str(name),
            Self::Variant(name, Some(content)) => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry(&**name, &**content)?;
                map.end()
            }
            Self::Time(time) => serializer.collect_str(time),
            Self::Ip(ip) => serializer.collect_str(ip),
            Self::Socket(socket) => serializer.collect_str(socket),
            Self::Uuid(bytes) if is_for_people => serializer.collect_str(&HyphenatedUuid(bytes)),
            Self::Uuid(bytes) => serializer.serialize_bytes(bytes),
        }
    }
}
