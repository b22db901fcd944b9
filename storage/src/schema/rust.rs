//! A type as Rust writes it, for messages that say what to write.

use super::{Generic, Shape, Standard};
use std::fmt;

/// Writes the type that a shape most likely is in Rust: some types share one.
pub(crate) struct RustType<'a>(pub(crate) &'a Shape);

impl fmt::Display for RustType<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Shape::Unit => f.write_str("()"),
            Shape::Scalar(scalar) => scalar.fmt(f),
            Shape::NonZero(scalar) => write!(f, "NonZero<{scalar}>"),
            Shape::Text => f.write_str("String"),
            Shape::Bytes => f.write_str("Vec<u8>"),
            Shape::Standard(standard) => f.write_str(standard_type(*standard)),
            Shape::Option(inner) => write!(f, "Option<{}>", Self(inner)),
            Shape::Boxed(inner) => write!(f, "Box<{}>", Self(inner)),
            Shape::Reverse(inner) => write!(f, "Reverse<{}>", Self(inner)),
            Shape::List(inner) => write!(f, "Vec<{}>", Self(inner)),
            Shape::Array(inner, len) => write!(f, "[{}; {len}]", Self(inner)),
            Shape::Tuple(parts) => match parts.as_slice() {
                [only] => write!(f, "({},)", Self(only)),
                parts => write!(f, "({})", List(parts)),
            },
            Shape::Map(key, value) => write!(f, "BTreeMap<{}, {}>", Self(key), Self(value)),
            Shape::Generic(Generic::Slice, parts) => write!(f, "[{}]", List(parts)),
            Shape::Generic(generic, parts) => {
                write!(f, "{}<{}>", generic_type(*generic), List(parts))
            }
            // Two types of one name are told apart by a number, which is not a part of it.
            Shape::Named(name) => f.write_str(name.split('#').next().unwrap_or(name)),
            Shape::Choice(_) | Shape::Opaque(..) => self.0.fmt(f),
        }
    }
}

/// Types with commas between them.
struct List<'a>(&'a [Shape]);

impl fmt::Display for List<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, shape) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(", ")?;
            }
            RustType(shape).fmt(f)?;
        }
        Ok(())
    }
}

const fn standard_type(standard: Standard) -> &'static str {
    match standard {
        Standard::Duration => "Duration",
        Standard::SignedDuration => "SignedDuration",
        Standard::Timestamp => "Timestamp",
        Standard::Datetime => "DateTime",
        Standard::OffsetTimestamp => "OffsetDateTime",
        Standard::Zoned => "Zoned",
        Standard::Date => "Date",
        Standard::Time => "Time",
        Standard::Offset => "Offset",
        Standard::Ip => "IpAddr",
        Standard::Ipv4 => "Ipv4Addr",
        Standard::Ipv6 => "Ipv6Addr",
        Standard::Socket => "SocketAddr",
        Standard::Socketv4 => "SocketAddrV4",
        Standard::Socketv6 => "SocketAddrV6",
        Standard::Str => "str",
        Standard::Uuid => "Uuid",
        Standard::Serde => "_ by serde",
        Standard::Text => "_ as text",
    }
}

const fn generic_type(generic: Generic) -> &'static str {
    match generic {
        Generic::Slice => "[_]",
        Generic::Set => "BTreeSet",
        Generic::HashSet => "HashSet",
        Generic::HashMap => "HashMap",
        Generic::IndexSet => "IndexSet",
        Generic::IndexMap => "IndexMap",
        Generic::Result => "Result",
        Generic::Range => "Range",
        Generic::RangeInclusive => "RangeInclusive",
        Generic::RangeFrom => "RangeFrom",
        Generic::RangeTo => "RangeTo",
        Generic::RangeToInclusive => "RangeToInclusive",
    }
}
