//! Values of any type of a schema, for programs that do not have the types.
//!
//! A [`Value`] says itself what it is. It comes from a row, a key, or text (`parse`, then `coerce` to a type), and goes
//! to text (`display`) or through serde (`serialize`).

mod calendar;
mod coerce;
mod display;
mod number;
mod order;
mod pack;
mod parse;
#[cfg(feature = "serde")]
mod serialize;
mod standard;
mod time;
mod unpack;

pub use self::time::TimeValue;
pub(crate) use self::{
    order::{is_ordered, order},
    unpack::unpack,
};
use crate::schema::FieldShape;
use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

/// A value of any type that a schema has a word for.
///
/// [`Display`](std::fmt::Display) prints it as JSON, in which text, moments, addresses and UUIDs are strings, bytes are
/// a string of hexadecimal digits behind `0x`, a variant with data is an object of its name, and floats that JSON lacks
/// are the strings `"NaN"`, `"inf"` and `"-inf"`. Control characters are escaped. `{:#}` prints it over several lines.
///
/// ```
/// use storage::dynamic::Value;
///
/// let value = Value::Struct(vec![
///     ("name".into(), Value::Text("Ada".into())),
///     ("born".into(), Value::Signed(1815)),
///     ("email".into(), Value::Option(None)),
/// ]);
/// assert_eq!(value.to_string(), r#"{"name":"Ada","born":1815,"email":null}"#);
/// assert_eq!(value.field("born"), Some(&Value::Signed(1815)));
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Value {
    /// Nothing, of a type that has no other value.
    Unit,
    /// A truth value.
    Bool(bool),
    /// A character.
    Char(char),
    /// An integer of a type that has negative ones.
    Signed(i128),
    /// An integer of a type that has none.
    Unsigned(u128),
    /// A number of 32 bits with a fraction.
    F32(f32),
    /// A number of 64 bits with a fraction.
    F64(f64),
    /// Text.
    Text(String),
    /// Bytes, and whatever is stored and only its own type can read.
    Bytes(Vec<u8>),
    /// A value or nothing.
    Option(Option<Box<Self>>),
    /// The elements of a list, an array or a set.
    List(Vec<Self>),
    /// Values by key.
    Map(Vec<(Self, Self)>),
    /// Values side by side: a tuple, or a struct whose fields have no names.
    Tuple(Vec<Self>),
    /// Values by the names of their fields: a struct or a range.
    Struct(Vec<(Arc<str>, Self)>),
    /// A variant of an enum, and what it holds.
    Variant(Arc<str>, Option<Box<Self>>),
    /// A moment, a day, a time of day, a span of time.
    Time(TimeValue),
    /// An internet address.
    Ip(IpAddr),
    /// An internet address and a port.
    Socket(SocketAddr),
    /// A UUID.
    Uuid([u8; 16]),
}

impl Value {
    /// The field `name` of a struct.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Struct(fields) => {
                fields.iter().find(|(field, _)| **field == *name).map(|(_, value)| value)
            }
            Self::Option(Some(inner)) => inner.field(name),
            _ => None,
        }
    }

    /// The value at `path`: the names of fields from the outside in, with dots between them, and the numbers of parts
    /// of tuples and lists.
    ///
    /// ```
    /// use storage::dynamic::Value;
    ///
    /// let place = Value::Tuple(vec![Value::Unsigned(1), Value::Unsigned(2)]);
    /// let value = Value::Struct(vec![("place".into(), place)]);
    /// assert_eq!(value.at("place.1"), Some(&Value::Unsigned(2)));
    /// assert_eq!(value.at("place.2"), None);
    /// ```
    #[must_use]
    pub fn at(&self, path: &str) -> Option<&Self> {
        path.split('.').try_fold(self, |value, name| value.part(name))
    }

    fn part(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Option(Some(inner)) => inner.part(name),
            Self::Tuple(parts) | Self::List(parts) => parts.get(name.parse::<usize>().ok()?),
            Self::Map(entries) => {
                let is_named = |key: &Self| matches!(key, Self::Text(text) if text == name);
                entries.iter().find(|(key, _)| is_named(key)).map(|(_, value)| value)
            }
            Self::Variant(variant, Some(inner)) => {
                if **variant == *name {
                    Some(inner)
                } else {
                    inner.part(name)
                }
            }
            other => other.field(name),
        }
    }

    /// What the entry with this key is called in a path.
    pub(crate) fn path_name(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            key => key.to_string(),
        }
    }

    /// Whether it is an option of nothing.
    #[must_use]
    pub const fn is_none(&self) -> bool {
        matches!(self, Self::Option(None))
    }

    /// What it is called in messages: `text`, `a list`.
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::Unit => "nothing",
            Self::Bool(_) => "a truth value",
            Self::Char(_) => "a character",
            Self::Signed(_) | Self::Unsigned(_) => "an integer",
            Self::F32(_) | Self::F64(_) => "a number with a fraction",
            Self::Text(_) => "text",
            Self::Bytes(_) => "bytes",
            Self::Option(None) => "`null`",
            Self::Option(Some(inner)) => inner.kind(),
            Self::List(_) => "a list",
            Self::Map(_) => "a map",
            Self::Tuple(_) => "a tuple",
            Self::Struct(_) => "an object",
            Self::Variant(..) => "a variant",
            Self::Time(_) => "a time",
            Self::Ip(_) | Self::Socket(_) => "an address",
            Self::Uuid(_) => "a UUID",
        }
    }

    /// Several fields without names: one is itself.
    pub(crate) fn of_parts(mut parts: Vec<Self>) -> Self {
        match (parts.len(), parts.pop()) {
            (1, Some(only)) => only,
            (_, None) => Self::Unit,
            (_, Some(last)) => {
                parts.push(last);
                Self::Tuple(parts)
            }
        }
    }

    /// The fields of a struct or a variant, in their order. Those of a tuple struct have numbers for names.
    pub(crate) fn of_fields(fields: Vec<(Arc<str>, Self)>) -> Self {
        match fields.first() {
            None => Self::Unit,
            Some((name, _)) if is_number(name) => {
                Self::of_parts(fields.into_iter().map(|(_, value)| value).collect())
            }
            Some(_) => Self::Struct(fields),
        }
    }

    /// The values of `fields`, those that are removed left out; `None` if this is none that
    /// [`of_fields`](Self::of_fields) makes of them.
    pub(crate) fn fields<'v>(&'v self, fields: &[&str]) -> Option<Vec<&'v Self>> {
        match (fields, self) {
            ([], Self::Unit) => Some(Vec::new()),
            ([only], value) if is_number(only) => Some(vec![value]),
            ([first, ..], Self::Tuple(parts)) if is_number(first) => {
                (parts.len() == fields.len()).then(|| parts.iter().collect())
            }
            (names, Self::Struct(_)) => names.iter().map(|name| self.field(name)).collect(),
            _ => None,
        }
    }

    /// A variant and its fields.
    pub(crate) fn of_variant(name: &Arc<str>, fields: Vec<(Arc<str>, Self)>) -> Self {
        let content = (!fields.is_empty()).then(|| Box::new(Self::of_fields(fields)));
        Self::Variant(Arc::clone(name), content)
    }
}

/// The names of the fields that are not removed, in their order.
pub(crate) fn live_names(fields: &[FieldShape]) -> Vec<&str> {
    fields.iter().filter(|field| !field.is_removed()).map(|field| field.name.as_str()).collect()
}

/// Whether `name` is that of a field without a name.
pub(crate) fn is_number(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_digit())
}
