//! Values of no certain type as values of one: what a person or a JSON file says, by the schema.

use super::{TimeValue, Value, is_number, number::number};
use crate::{
    error::ValueError,
    schema::{
        Definition, FieldShape, Generic, Presence, Scalar, Shape, Standard, Types, VariantShape,
    },
};
use std::{collections::HashSet, sync::Arc};

type Made = Result<Value, ValueError>;

impl Value {
    /// Reads `text` as a person writes a value of the type `shape`: text, days and UUIDs need no quotes, and all else
    /// is as in JSON, with `(..)` for tuples.
    pub(crate) fn parse_as(text: &str, shape: &Shape, types: &Types) -> Made {
        let trimmed = text.trim();
        let is_quoted = trimmed.starts_with(['"', '\'']);
        match is_word(shape, types) && !is_quoted {
            true if is_option(shape) && matches!(trimmed, "" | "null") => Ok(Self::Option(None)),
            true => Self::Text(text.to_owned()).coerce(shape, types),
            false => Self::parse(text)?.coerce(shape, types),
        }
    }

    /// The value of the type `shape` that this one means.
    pub(crate) fn coerce(self, shape: &Shape, types: &Types) -> Made {
        let wrong = |value: &Self| Err(mismatch(shape, value));
        match (shape, self) {
            (Shape::Option(_), Self::Option(None)) => Ok(Self::Option(None)),
            (Shape::Option(inner), Self::Option(Some(value))) => {
                value.coerce(inner, types).map(some)
            }
            (Shape::Option(inner), value) => value.coerce(inner, types).map(some),
            (Shape::Boxed(inner) | Shape::Reverse(inner), value) => value.coerce(inner, types),
            (_, Self::Option(Some(value))) => value.coerce(shape, types),
            (Shape::Unit, Self::Unit | Self::Option(None)) => Ok(Self::Unit),
            (Shape::Unit, Self::Tuple(parts) | Self::List(parts)) if parts.is_empty() => {
                Ok(Self::Unit)
            }
            (Shape::Scalar(scalar) | Shape::NonZero(scalar), value) => {
                let is_zero = matches!(value, Self::Signed(0) | Self::Unsigned(0));
                if is_zero && matches!(shape, Shape::NonZero(_)) {
                    return wrong(&value);
                }
                number(*scalar, value).or_else(|value| wrong(&value))
            }
            (Shape::Text | Shape::Standard(Standard::Text | Standard::Str), value) => match value {
                Self::Text(text) => Ok(Self::Text(text)),
                value => wrong(&value),
            },
            (Shape::Standard(Standard::Serde), value) => Ok(value),
            (Shape::Standard(standard), value) => {
                known(*standard, &value).map_or_else(|| wrong(&value), Ok)
            }
            (Shape::Bytes | Shape::Opaque(..), value) => {
                bytes(&value).map_or_else(|| wrong(&value), |bytes| Ok(Self::Bytes(bytes)))
            }
            (Shape::List(item), value) => list(item, value, types, shape),
            (Shape::Array(item, len), value) => match list(item, value, types, shape)? {
                value @ (Self::List(_) | Self::Bytes(_)) if value.len() == *len => Ok(value),
                value => wrong(&value),
            },
            (Shape::Tuple(parts), value) => tuple(parts, value, types, shape),
            (Shape::Map(key, item), value) => map(key, item, value, types, shape),
            (Shape::Generic(generic, parts), value) => {
                of_generic(*generic, parts, value, types, shape)
            }
            (Shape::Choice(variants), value) => of_choice(variants, value, types, shape),
            (Shape::Named(name), value) => match types.get(name) {
                Some(definition) => of_definition(definition, value, types, shape),
                None => Ok(value),
            },
            (_, value) => wrong(&value),
        }
    }

    /// How many elements or bytes it has.
    fn len(&self) -> usize {
        match self {
            Self::List(items) | Self::Tuple(items) => items.len(),
            Self::Bytes(bytes) => bytes.len(),
            _ => 0,
        }
    }
}

fn some(value: Value) -> Value {
    Value::Option(Some(Box::new(value)))
}

fn is_option(shape: &Shape) -> bool {
    matches!(shape, Shape::Option(_))
}

#[cold]
fn mismatch(shape: &Shape, value: &Value) -> ValueError {
    ValueError::Type { path: String::new(), expected: shape.to_string(), found: value.kind() }
}

/// Whether its values are written as a word or as text.
fn is_word(shape: &Shape, types: &Types) -> bool {
    match shape {
        Shape::Text | Shape::Scalar(Scalar::Char) | Shape::Bytes | Shape::Opaque(..) => true,
        Shape::Standard(standard) => *standard != Standard::Serde,
        Shape::Option(inner) | Shape::Boxed(inner) | Shape::Reverse(inner) => is_word(inner, types),
        Shape::Array(item, _) => **item == Shape::Scalar(Scalar::U8),
        Shape::Choice(variants) => variants.iter().all(|(_, parts)| parts.is_empty()),
        Shape::Named(name) => match types.get(name) {
            Some(Definition::Enum { variants, .. }) => {
                variants.iter().all(|variant| variant.fields.is_empty())
            }
            Some(Definition::Struct(fields)) => match fields.as_slice() {
                [only] => is_number(&only.name) && is_word(&only.shape, types),
                _ => false,
            },
            _ => false,
        },
        _ => false,
    }
}

fn known(standard: Standard, value: &Value) -> Option<Value> {
    let text = match (standard, value) {
        (_, Value::Text(text)) => text.trim(),
        (Standard::Uuid, Value::Uuid(_))
        | (Standard::Ip | Standard::Ipv4 | Standard::Ipv6, Value::Ip(_))
        | (Standard::Socket | Standard::Socketv4 | Standard::Socketv6, Value::Socket(_)) => {
            return Some(value.clone());
        }
        (_, Value::Time(time)) => {
            return TimeValue::parse(standard, &time.to_string()).map(Value::Time);
        }
        _ => return None,
    };
    match standard {
        Standard::Uuid => {
            let digits: String = text.chars().filter(|c| *c != '-').collect();
            from_hex(&digits)?.try_into().ok().map(Value::Uuid)
        }
        Standard::Ip => text.parse().ok().map(Value::Ip),
        Standard::Ipv4 => text.parse().ok().map(|ip| Value::Ip(std::net::IpAddr::V4(ip))),
        Standard::Ipv6 => text.parse().ok().map(|ip| Value::Ip(std::net::IpAddr::V6(ip))),
        Standard::Socket => text.parse().ok().map(Value::Socket),
        Standard::Socketv4 => {
            text.parse().ok().map(|socket| Value::Socket(std::net::SocketAddr::V4(socket)))
        }
        Standard::Socketv6 => {
            text.parse().ok().map(|socket| Value::Socket(std::net::SocketAddr::V6(socket)))
        }
        _ => TimeValue::parse(standard, text).map(Value::Time),
    }
}

fn bytes(value: &Value) -> Option<Vec<u8>> {
    match value {
        Value::Bytes(bytes) => Some(bytes.clone()),
        Value::Text(text) => from_hex(text.trim().strip_prefix("0x")?),
        Value::List(items) => items.iter().map(octet).collect(),
        _ => None,
    }
}

fn octet(value: &Value) -> Option<u8> {
    match value {
        Value::Signed(number) => u8::try_from(*number).ok(),
        Value::Unsigned(number) => u8::try_from(*number).ok(),
        _ => None,
    }
}

fn from_hex(digits: &str) -> Option<Vec<u8>> {
    let (pairs, []) = digits.as_bytes().as_chunks::<2>() else { return None };
    let digit = |digit: u8| char::from(digit).to_digit(16);
    let pair = |[high, low]: &[u8; 2]| u8::try_from((digit(*high)? << 4) | digit(*low)?).ok();
    pairs.iter().map(pair).collect()
}

fn list(item: &Shape, value: Value, types: &Types, shape: &Shape) -> Made {
    if *item == Shape::Scalar(Scalar::U8) {
        return bytes(&value).map(Value::Bytes).ok_or_else(|| mismatch(shape, &value));
    }
    items(item, value, types, shape)
}

fn items(item: &Shape, value: Value, types: &Types, shape: &Shape) -> Made {
    let (Value::List(items) | Value::Tuple(items)) = value else {
        return Err(mismatch(shape, &value));
    };
    let each = |(number, value): (usize, Value)| {
        value.coerce(item, types).map_err(|error| error.within(&number.to_string()))
    };
    items.into_iter().enumerate().map(each).collect::<Result<_, _>>().map(Value::List)
}

fn tuple(parts: &[Shape], value: Value, types: &Types, shape: &Shape) -> Made {
    match (value, parts) {
        (Value::Tuple(values) | Value::List(values), parts) if values.len() == parts.len() => {
            let each = |(number, (value, part)): (usize, (Value, &Shape))| {
                value.coerce(part, types).map_err(|error| error.within(&number.to_string()))
            };
            let values = values.into_iter().zip(parts).enumerate().map(each);
            values.collect::<Result<_, _>>().map(Value::Tuple)
        }
        (value @ (Value::Tuple(_) | Value::List(_)), _) => Err(mismatch(shape, &value)),
        (value, [only]) => Ok(Value::Tuple(vec![value.coerce(only, types)?])),
        (value, _) => Err(mismatch(shape, &value)),
    }
}

fn map(key: &Shape, item: &Shape, value: Value, types: &Types, shape: &Shape) -> Made {
    let entries: Vec<(Value, Value)> = match value {
        Value::Map(entries) => entries,
        Value::Struct(fields) => {
            fields.into_iter().map(|(name, value)| (Value::Text(name.to_string()), value)).collect()
        }
        Value::List(pairs) => {
            let pair = |pair: Value| match pair {
                Value::List(mut pair) | Value::Tuple(mut pair) if pair.len() == 2 => {
                    let value = pair.pop()?;
                    Some((pair.pop()?, value))
                }
                _ => None,
            };
            let pairs: Option<Vec<_>> = pairs.into_iter().map(pair).collect();
            pairs.ok_or_else(|| mismatch(shape, &Value::List(Vec::new())))?
        }
        value => return Err(mismatch(shape, &value)),
    };
    let each = |(entry_key, value): (Value, Value)| {
        let name = entry_key.path_name();
        let value = value.coerce(item, types).map_err(|error| error.within(&name))?;
        Ok((entry_key.coerce(key, types).map_err(|error| error.within(&name))?, value))
    };
    let entries = entries.into_iter().map(each).collect::<Result<Vec<_>, ValueError>>()?;
    each_once(entries.iter().map(|(key, _)| key))?;
    Ok(Value::Map(entries))
}

/// Fails if one of these keys comes twice.
#[expect(single_use_lifetimes, reason = "anonymous lifetimes in `impl Trait` are not stable")]
fn each_once<'v>(keys: impl Iterator<Item = &'v Value>) -> Result<(), ValueError> {
    let mut found = HashSet::new();
    for key in keys.map(ToString::to_string) {
        if let Some(key) = found.replace(key) {
            return Err(ValueError::KeyTwice { path: String::new(), key });
        }
    }
    Ok(())
}

fn of_generic(
    generic: Generic,
    parts: &[Shape],
    value: Value,
    types: &Types,
    shape: &Shape,
) -> Made {
    let field = |name: &str, shape: &Shape| FieldShape {
        name: name.to_owned(),
        shape: shape.clone(),
        slot: None,
    };
    match (generic, parts) {
        (Generic::HashMap | Generic::IndexMap, [key, item]) => map(key, item, value, types, shape),
        (Generic::Slice, [item]) => list(item, value, types, shape),
        (Generic::Set | Generic::HashSet | Generic::IndexSet, [item]) => {
            let made = items(item, value, types, shape)?;
            if let Value::List(keys) = &made {
                each_once(keys.iter())?;
            }
            Ok(made)
        }
        (Generic::Result, [ok, err]) => {
            let variant = |name: &str, shape: &Shape| VariantShape {
                name: name.to_owned(),
                number: None,
                fields: vec![field("0", shape)],
            };
            of_variants(&[variant("Ok", ok), variant("Err", err)], value, types, shape)
        }
        (Generic::Range | Generic::RangeInclusive, [bound]) => {
            of_fields(&[field("start", bound), field("end", bound)], value, types, shape)
        }
        (Generic::RangeFrom, [bound]) => of_fields(&[field("start", bound)], value, types, shape),
        (Generic::RangeTo | Generic::RangeToInclusive, [bound]) => {
            of_fields(&[field("end", bound)], value, types, shape)
        }
        _ => Err(mismatch(shape, &value)),
    }
}

fn of_choice(
    variants: &[(String, Vec<Shape>)],
    value: Value,
    types: &Types,
    shape: &Shape,
) -> Made {
    let field = |(number, shape): (usize, &Shape)| FieldShape {
        name: number.to_string(),
        shape: shape.clone(),
        slot: None,
    };
    let variant = |(name, parts): &(String, Vec<Shape>)| VariantShape {
        name: name.clone(),
        number: None,
        fields: parts.iter().enumerate().map(field).collect(),
    };
    let variants: Vec<_> = variants.iter().map(variant).collect();
    of_variants(&variants, value, types, shape)
}

fn of_definition(definition: &Definition, value: Value, types: &Types, shape: &Shape) -> Made {
    match definition {
        Definition::Struct(fields) | Definition::Table(fields) => {
            of_fields(fields, value, types, shape)
        }
        Definition::Enum { variants, .. } | Definition::Union(variants) => {
            of_variants(variants, value, types, shape)
        }
    }
}

fn of_variants(variants: &[VariantShape], value: Value, types: &Types, shape: &Shape) -> Made {
    let (name, content): (Arc<str>, Option<Value>) = match value {
        Value::Text(name) => (name.into(), None),
        Value::Variant(name, content) => (name, content.map(|content| *content)),
        Value::Struct(mut fields) if fields.len() == 1 => match fields.pop() {
            Some((name, content)) => (name, Some(content)),
            None => return Err(mismatch(shape, &Value::Unit)),
        },
        value => return Err(mismatch(shape, &value)),
    };
    let Some(variant) = variants.iter().find(|variant| *variant.name == *name) else {
        let known = variants.iter().map(|variant| variant.name.clone()).collect();
        return Err(ValueError::Variant { path: String::new(), name: name.to_string(), known });
    };
    let content = match (variant.fields.is_empty(), content) {
        (true, None | Some(Value::Unit | Value::Option(None))) => None,
        (_, content) => {
            let value = content.unwrap_or(Value::Unit);
            let made = of_fields(&variant.fields, value, types, shape);
            Some(Box::new(made.map_err(|error| error.within(&name))?))
        }
    };
    Ok(Value::Variant(name, content))
}

/// The fields of a struct, or of a variant; those that are missing are `null` where they may be.
fn of_fields(fields: &[FieldShape], value: Value, types: &Types, shape: &Shape) -> Made {
    let live: Vec<_> = fields.iter().filter(|field| !field.is_removed()).collect();
    match live.as_slice() {
        [only] if is_number(&only.name) => return value.coerce(&only.shape, types),
        [first, ..] if is_number(&first.name) => {
            let parts: Vec<_> = live.iter().map(|field| field.shape.clone()).collect();
            return tuple(&parts, value, types, shape);
        }
        [] if matches!(value, Value::Unit | Value::Option(None)) => return Ok(Value::Unit),
        _ => {}
    }
    let Value::Struct(mut given) = value else { return Err(mismatch(shape, &value)) };
    let mut made = Vec::with_capacity(live.len());
    for field in live {
        let found = given.iter().position(|(name, _)| **name == *field.name);
        let value = match found {
            Some(at) => given.swap_remove(at).1,
            None if may_be_missing(field) => Value::Option(None),
            None => {
                return Err(ValueError::Missing { path: String::new(), field: field.name.clone() });
            }
        };
        let value = match value {
            Value::Option(None) if is_optional_slot(field) => Value::Option(None),
            value => {
                value.coerce(&field.shape, types).map_err(|error| error.within(&field.name))?
            }
        };
        made.push((Arc::from(field.name.as_str()), value));
    }
    match given.first() {
        None => Ok(Value::of_fields(made)),
        Some((name, _)) => {
            let known = fields.iter().map(|field| field.name.clone()).collect();
            Err(ValueError::Field { path: String::new(), name: name.to_string(), known })
        }
    }
}

fn may_be_missing(field: &FieldShape) -> bool {
    is_option(&field.shape) || is_optional_slot(field)
}

fn is_optional_slot(field: &FieldShape) -> bool {
    field.slot.as_ref().is_some_and(|slot| slot.presence == Presence::Optional)
}
