//! Keys as values, and values as keys, by the type that a schema has for them: the same bytes as those of the types.

use super::{Key, KeyBuf, KeyReader, Lookup, Place, escape};
use crate::{
    error::{KeyError, ValueError},
    schema::{Scalar, Shape, Standard},
    value::{TimeValue, Value},
};
use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    sync::Arc,
};

/// Reads one value of the type `shape`, and leaves `input` behind it.
pub(crate) fn decode_value(
    shape: &Shape,
    input: &mut KeyReader<'_>,
    place: Place,
) -> Result<Value, KeyError> {
    Ok(match shape {
        Shape::Unit => Value::Unit,
        Shape::Scalar(scalar) | Shape::NonZero(scalar) => decode_scalar(*scalar, input, place)?,
        Shape::Text => Value::Text(String::decode(input, place)?.into_owned()),
        Shape::Bytes => Value::Bytes(escape::decode(input, place)?.into_owned()),
        Shape::Standard(standard) => decode_standard(*standard, input, place)?,
        Shape::Option(inner) => match input.take()? {
            [0] => Value::Option(None),
            [1] => Value::Option(Some(Box::new(decode_value(inner, input, place)?))),
            _ => return Err(KeyError::Invalid { expected: "option" }),
        },
        Shape::Boxed(inner) => decode_value(inner, input, place)?,
        Shape::Reverse(inner) => decode_reverse(inner, input)?,
        Shape::Array(item, len) if **item == Shape::Scalar(Scalar::U8) => {
            Value::Bytes(input.take_slice(*len)?.to_vec())
        }
        Shape::Array(item, len) => {
            let items = std::iter::repeat_n(&**item, *len);
            Value::List(decode_parts(items, input, place)?)
        }
        Shape::Tuple(parts) => Value::Tuple(decode_parts(parts, input, place)?),
        Shape::Choice(variants) => {
            let ordinal = if variants.len() > 256 {
                usize::from(u16::decode(input, place)?)
            } else {
                usize::from(u8::decode(input, place)?)
            };
            let variant = variants.get(ordinal);
            let (name, parts) = variant.ok_or(KeyError::Invalid { expected: "enum" })?;
            let parts = decode_parts(parts, input, place)?;
            let content = (!parts.is_empty()).then(|| Box::new(Value::of_parts(parts)));
            Value::Variant(Arc::from(name.as_str()), content)
        }
        _ => return Err(KeyError::Invalid { expected: "key" }),
    })
}

/// Parts side by side: the last stands where they all do.
#[expect(single_use_lifetimes, reason = "anonymous lifetimes in `impl Trait` are not stable")]
fn decode_parts<'s>(
    parts: impl IntoIterator<Item = &'s Shape, IntoIter: ExactSizeIterator>,
    input: &mut KeyReader<'_>,
    place: Place,
) -> Result<Vec<Value>, KeyError> {
    let parts = parts.into_iter();
    let last = parts.len().saturating_sub(1);
    let place_of = |number| if number == last { place } else { Place::Inner };
    parts.enumerate().map(|(number, part)| decode_value(part, input, place_of(number))).collect()
}

fn decode_reverse(inner: &Shape, input: &mut KeyReader<'_>) -> Result<Value, KeyError> {
    let plain: Vec<u8> = input.rest().iter().map(|byte| !byte).collect();
    let mut reader = KeyReader::new(&plain);
    let value = decode_value(inner, &mut reader, Place::Inner)?;
    input.take_slice(plain.len().saturating_sub(reader.rest().len()))?;
    Ok(value)
}

fn decode_scalar(
    scalar: Scalar,
    input: &mut KeyReader<'_>,
    place: Place,
) -> Result<Value, KeyError> {
    macro_rules! integer {
        ($ty:ty, $kind:ident) => {
            Value::$kind(<$ty>::decode(input, place)?.into())
        };
    }
    Ok(match scalar {
        Scalar::Bool => Value::Bool(bool::decode(input, place)?),
        Scalar::Char => Value::Char(char::decode(input, place)?),
        Scalar::I8 => integer!(i8, Signed),
        Scalar::I16 => integer!(i16, Signed),
        Scalar::I32 => integer!(i32, Signed),
        Scalar::I64 => integer!(i64, Signed),
        Scalar::I128 => integer!(i128, Signed),
        Scalar::U8 => integer!(u8, Unsigned),
        Scalar::U16 => integer!(u16, Unsigned),
        Scalar::U32 => integer!(u32, Unsigned),
        Scalar::U64 => integer!(u64, Unsigned),
        Scalar::U128 => integer!(u128, Unsigned),
        Scalar::F32 => Value::F32(f32::decode(input, place)?),
        Scalar::F64 => Value::F64(f64::decode(input, place)?),
    })
}

fn decode_standard(
    standard: Standard,
    input: &mut KeyReader<'_>,
    place: Place,
) -> Result<Value, KeyError> {
    let invalid = KeyError::Invalid { expected: standard.name() };
    let moment = |input: &mut KeyReader<'_>| <(i64, u32)>::decode(input, place);
    Ok(Value::Time(match standard {
        Standard::Duration => {
            let (seconds, nanos) = <(u64, u32)>::decode(input, place)?;
            TimeValue::Duration { seconds, nanos }
        }
        Standard::SignedDuration => {
            let (seconds, nanos) = <(i64, i32)>::decode(input, place)?;
            TimeValue::SignedDuration { seconds, nanos }
        }
        Standard::Timestamp => {
            let (seconds, nanos) = moment(input)?;
            TimeValue::Timestamp { seconds, nanos }
        }
        Standard::Datetime => {
            let (seconds, nanos) = moment(input)?;
            TimeValue::Datetime { seconds, nanos }
        }
        Standard::OffsetTimestamp => {
            let (seconds, nanos) = moment(input)?;
            TimeValue::OffsetTimestamp { seconds, nanos, offset: i32::decode(input, place)? }
        }
        Standard::Date => TimeValue::Date { days: i32::decode(input, place)? },
        Standard::Time => {
            let (seconds, nanos) = <(u32, u32)>::decode(input, place)?;
            TimeValue::Time { seconds, nanos }
        }
        Standard::Offset => TimeValue::Offset { seconds: i32::decode(input, place)? },
        Standard::Ipv4 => return Ok(Value::Ip(Ipv4Addr::decode(input, place)?.into())),
        Standard::Ipv6 => return Ok(Value::Ip(Ipv6Addr::decode(input, place)?.into())),
        Standard::Ip => return IpAddr::decode(input, place).map(Value::Ip),
        Standard::Uuid => return input.take().map(Value::Uuid),
        _ => return Err(invalid),
    }))
}

/// Appends the key that `value` is, a value of the type `shape`.
pub(crate) fn encode_value(
    shape: &Shape,
    value: &Value,
    out: &mut KeyBuf,
    place: Place,
) -> Result<(), ValueError> {
    match (shape, value) {
        (Shape::Unit, Value::Unit) => {}
        (Shape::Scalar(scalar) | Shape::NonZero(scalar), value) => {
            encode_scalar(*scalar, value, out, place).ok_or_else(|| mismatch(shape, value))?;
        }
        (Shape::Text, Value::Text(text)) => escape::encode(text.as_bytes(), out, place),
        (Shape::Bytes, Value::Bytes(bytes)) => escape::encode(bytes, out, place),
        (Shape::Standard(standard), value) => {
            encode_standard(*standard, value, out, place).ok_or_else(|| mismatch(shape, value))?;
        }
        (Shape::Option(_), Value::Option(None)) => out.push(0),
        (Shape::Option(inner), Value::Option(Some(value))) => {
            out.push(1);
            encode_value(inner, value, out, place)?;
        }
        (Shape::Boxed(inner), value) => encode_value(inner, value, out, place)?,
        (Shape::Reverse(inner), value) => {
            let start = out.len();
            encode_value(inner, value, out, Place::Inner)?;
            out.tail_mut(start).iter_mut().for_each(|byte| *byte = !*byte);
        }
        (Shape::Array(item, len), Value::Bytes(bytes))
            if **item == Shape::Scalar(Scalar::U8) && bytes.len() == *len =>
        {
            out.extend(bytes);
        }
        (Shape::Array(item, len), Value::List(items)) if items.len() == *len => {
            encode_parts(std::iter::repeat_n(&**item, *len), items, out, place)?;
        }
        (Shape::Tuple(parts), Value::Tuple(values)) if parts.len() == values.len() => {
            encode_parts(parts, values, out, place)?;
        }
        (Shape::Choice(variants), Value::Variant(name, content)) => {
            encode_choice(variants, (name, content.as_deref()), out, place)
                .unwrap_or_else(|| Err(mismatch(shape, value)))?;
        }
        (shape, value) => return Err(mismatch(shape, value)),
    }
    Ok(())
}

#[cold]
fn mismatch(shape: &Shape, value: &Value) -> ValueError {
    ValueError::Type { path: String::new(), expected: shape.to_string(), found: value.kind() }
}

#[expect(single_use_lifetimes, reason = "anonymous lifetimes in `impl Trait` are not stable")]
fn encode_parts<'s>(
    parts: impl IntoIterator<Item = &'s Shape>,
    values: &[Value],
    out: &mut KeyBuf,
    place: Place,
) -> Result<(), ValueError> {
    let last = values.len().saturating_sub(1);
    for (number, (part, value)) in parts.into_iter().zip(values).enumerate() {
        encode_value(part, value, out, if number == last { place } else { Place::Inner })?;
    }
    Ok(())
}

/// `None` if there is no such variant, or it holds something else.
fn encode_choice(
    variants: &[(String, Vec<Shape>)],
    (name, content): (&str, Option<&Value>),
    out: &mut KeyBuf,
    place: Place,
) -> Option<Result<(), ValueError>> {
    let ordinal = variants.iter().position(|(variant, _)| variant == name)?;
    let (_, parts) = variants.get(ordinal)?;
    match variants.len() > 256 {
        true => u16::try_from(ordinal).ok()?.encode(out, place),
        false => u8::try_from(ordinal).ok()?.encode(out, place),
    }
    match (parts.as_slice(), content) {
        ([], None) => Some(Ok(())),
        ([only], Some(value)) => Some(encode_value(only, value, out, place)),
        (parts, Some(Value::Tuple(values))) if parts.len() == values.len() => {
            Some(encode_parts(parts, values, out, place))
        }
        _ => None,
    }
}

fn encode_scalar(scalar: Scalar, value: &Value, out: &mut KeyBuf, place: Place) -> Option<()> {
    macro_rules! integer {
        ($ty:ty, $number:expr) => {
            <$ty>::try_from(*$number).ok()?.encode(out, place)
        };
    }
    match (scalar, value) {
        (Scalar::Bool, Value::Bool(value)) => value.encode(out, place),
        (Scalar::Char, Value::Char(value)) => value.encode(out, place),
        (Scalar::I8, Value::Signed(number)) => integer!(i8, number),
        (Scalar::I16, Value::Signed(number)) => integer!(i16, number),
        (Scalar::I32, Value::Signed(number)) => integer!(i32, number),
        (Scalar::I64, Value::Signed(number)) => integer!(i64, number),
        (Scalar::I128, Value::Signed(number)) => number.encode(out, place),
        (Scalar::U8, Value::Unsigned(number)) => integer!(u8, number),
        (Scalar::U16, Value::Unsigned(number)) => integer!(u16, number),
        (Scalar::U32, Value::Unsigned(number)) => integer!(u32, number),
        (Scalar::U64, Value::Unsigned(number)) => integer!(u64, number),
        (Scalar::U128, Value::Unsigned(number)) => number.encode(out, place),
        (Scalar::F32, Value::F32(number)) => number.encode(out, place),
        (Scalar::F64, Value::F64(number)) => number.encode(out, place),
        _ => return None,
    }
    Some(())
}

fn encode_standard(
    standard: Standard,
    value: &Value,
    out: &mut KeyBuf,
    place: Place,
) -> Option<()> {
    match (standard, value) {
        (Standard::Uuid, Value::Uuid(bytes)) => out.extend(bytes),
        (Standard::Ip, Value::Ip(ip)) => ip.encode(out, place),
        (Standard::Ipv4, Value::Ip(IpAddr::V4(ip))) => ip.encode(out, place),
        (Standard::Ipv6, Value::Ip(IpAddr::V6(ip))) => ip.encode(out, place),
        (standard, Value::Time(time)) => match (standard, time) {
            (Standard::Duration, TimeValue::Duration { seconds, nanos }) => {
                (*seconds, *nanos).encode(out, place);
            }
            (Standard::SignedDuration, TimeValue::SignedDuration { seconds, nanos }) => {
                (*seconds, *nanos).encode(out, place);
            }
            (Standard::Timestamp, TimeValue::Timestamp { seconds, nanos })
            | (Standard::Datetime, TimeValue::Datetime { seconds, nanos }) => {
                (*seconds, *nanos).encode(out, place);
            }
            (Standard::OffsetTimestamp, TimeValue::OffsetTimestamp { seconds, nanos, offset }) => {
                (*seconds, *nanos, *offset).encode(out, place);
            }
            (Standard::Date, TimeValue::Date { days }) => days.encode(out, place),
            (Standard::Time, TimeValue::Time { seconds, nanos }) => {
                (*seconds, *nanos).encode(out, place);
            }
            (Standard::Offset, TimeValue::Offset { seconds }) => seconds.encode(out, place),
            _ => return None,
        },
        _ => return None,
    }
    Some(())
}
