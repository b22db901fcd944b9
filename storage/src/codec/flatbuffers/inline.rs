//! Numbers and structs of fixed width by the schema alone: how wide they are, what they say, and
//! how they are written.

use super::{
    bytes::{self, OFFSET_LEN},
    schema::standard,
};
use crate::{
    schema::{Definition, Scalar, Shape, Standard, Types},
    value::{Value, live_names},
};
use std::net::{IpAddr, SocketAddr};

/// The size and the alignment of a type in its place.
pub(super) fn layout(types: &Types, shape: &Shape) -> (usize, usize) {
    let offset = (OFFSET_LEN, OFFSET_LEN);
    match shape {
        Shape::Boxed(inner) | Shape::Option(inner) => layout(types, inner),
        Shape::Scalar(scalar) | Shape::NonZero(scalar) => match scalar.width() {
            16 => (16, 8),
            width => (width, width),
        },
        Shape::Array(item, len) => {
            let (size, align) = layout(types, item);
            (size.saturating_mul(*len), align)
        }
        Shape::Named(name) => match types.get(name) {
            Some(Definition::Enum { repr: Some(repr), .. }) => (repr.width(), repr.width()),
            Some(Definition::Struct(fields)) => sum(types, fields.iter().map(|field| &field.shape)),
            _ => offset,
        },
        Shape::Standard(of) => match standard(*of) {
            Some(known) => sum(types, known.fields.iter().map(|(_, shape)| shape)),
            None => offset,
        },
        _ => offset,
    }
}

#[expect(single_use_lifetimes, reason = "anonymous lifetimes in `impl Trait` are not stable")]
fn sum<'s>(types: &Types, shapes: impl Iterator<Item = &'s Shape>) -> (usize, usize) {
    let (mut whole, mut widest) = (0_usize, 1_usize);
    for shape in shapes {
        let (size, align) = layout(types, shape);
        whole = whole.checked_next_multiple_of(align).unwrap_or(usize::MAX);
        whole = whole.saturating_add(size);
        widest = widest.max(align);
    }
    (whole.checked_next_multiple_of(widest).unwrap_or(usize::MAX), widest)
}

pub(super) fn number(from: &[u8], scalar: Scalar, at: usize) -> Option<Value> {
    macro_rules! integer {
        ($ty:ty, $kind:ident) => {
            Value::$kind(<$ty>::from_le_bytes(bytes::chunk(from, at)?).into())
        };
    }
    Some(match scalar {
        Scalar::Bool => Value::Bool(*from.get(at)? != 0),
        Scalar::Char => Value::Char(char::from_u32(u32::from_le_bytes(bytes::chunk(from, at)?))?),
        Scalar::I8 => integer!(i8, Signed),
        Scalar::I16 => integer!(i16, Signed),
        Scalar::I32 => integer!(i32, Signed),
        Scalar::I64 => integer!(i64, Signed),
        Scalar::I128 => Value::Signed(i128::from_le_bytes(bytes::chunk(from, at)?)),
        Scalar::U8 => integer!(u8, Unsigned),
        Scalar::U16 => integer!(u16, Unsigned),
        Scalar::U32 => integer!(u32, Unsigned),
        Scalar::U64 => integer!(u64, Unsigned),
        Scalar::U128 => Value::Unsigned(u128::from_le_bytes(bytes::chunk(from, at)?)),
        Scalar::F32 => Value::F32(f32::from_le_bytes(bytes::chunk(from, at)?)),
        Scalar::F64 => Value::F64(f64::from_le_bytes(bytes::chunk(from, at)?)),
    })
}

/// A number as the schema writes a default.
pub(super) fn default_number(scalar: Scalar, text: &str) -> Option<Value> {
    Some(match scalar {
        Scalar::Bool => Value::Bool(matches!(text, "true" | "1")),
        Scalar::Char => Value::Char(char::from_u32(text.parse().ok()?)?),
        Scalar::F32 => Value::F32(text.parse().ok()?),
        Scalar::F64 => Value::F64(text.parse().ok()?),
        scalar if is_signed(scalar) => Value::Signed(text.parse().ok()?),
        _ => Value::Unsigned(text.parse().ok()?),
    })
}

/// Puts `value`, a number or a struct of fixed width, into `place`, which is zero and as wide as it; `None` if it is of
/// another type.
pub(super) fn put_inline(
    types: &Types,
    shape: &Shape,
    value: &Value,
    place: &mut [u8],
) -> Option<()> {
    match (shape, value) {
        (Shape::Boxed(inner), value) => put_inline(types, inner, value, place),
        (Shape::Scalar(scalar) | Shape::NonZero(scalar), value) => {
            put_number(*scalar, value, place)
        }
        (Shape::Array(_, len), Value::Bytes(bytes)) if bytes.len() == *len => {
            place.get_mut(..*len)?.copy_from_slice(bytes);
            Some(())
        }
        (Shape::Array(item, len), Value::List(values)) if values.len() == *len => {
            let size = layout(types, item).0.max(1);
            let mut places = place.chunks_exact_mut(size).zip(values);
            places.try_for_each(|(place, value)| put_inline(types, item, value, place))
        }
        (Shape::Named(name), value) => match (types.get(name)?, value) {
            (Definition::Struct(fields), value) => {
                let values = value.fields(&live_names(fields))?;
                let shapes = fields.iter().map(|field| &field.shape);
                put_side_by_side(types, shapes.zip(values), place)
            }
            (Definition::Enum { repr: Some(repr), variants }, Value::Variant(name, None)) => {
                let variant = variants.iter().find(|variant| *variant.name == **name)?;
                let number = variant.number?;
                let number = match u128::try_from(number) {
                    Ok(number) if !is_signed(*repr) => Value::Unsigned(number),
                    _ => Value::Signed(number),
                };
                put_number(*repr, &number, place)
            }
            _ => None,
        },
        (Shape::Standard(of), value) => {
            let (known, parts) = (standard(*of)?, known_parts(*of, value)?);
            let shapes = known.fields.iter().map(|(_, shape)| shape);
            put_side_by_side(types, shapes.zip(&parts), place)
        }
        _ => None,
    }
}

fn put_side_by_side<'s>(
    types: &Types,
    parts: impl Iterator<Item = (&'s Shape, &'s Value)>,
    place: &mut [u8],
) -> Option<()> {
    let mut offset = 0_usize;
    for (shape, value) in parts {
        let (size, align) = layout(types, shape);
        offset = offset.checked_next_multiple_of(align)?;
        let part = place.get_mut(offset..).and_then(|rest| rest.get_mut(..size))?;
        put_inline(types, shape, value, part)?;
        offset = offset.saturating_add(size);
    }
    Some(())
}

/// The fields of the struct that a value of the type `of` is.
fn known_parts(of: Standard, value: &Value) -> Option<Vec<Value>> {
    let unsigned = |number: u128| Value::Unsigned(number);
    match (of, value) {
        (Standard::Ip, Value::Ip(ip)) => {
            let (version, mut octets) = match ip {
                IpAddr::V4(ip) => (4, ip.octets().to_vec()),
                IpAddr::V6(ip) => (6, ip.octets().to_vec()),
            };
            octets.resize(16, 0);
            Some(vec![unsigned(version), Value::Bytes(octets)])
        }
        (Standard::Socket, Value::Socket(socket)) => {
            let (flow, scope) = match socket {
                SocketAddr::V4(_) => (0, 0),
                SocketAddr::V6(socket) => (socket.flowinfo(), socket.scope_id()),
            };
            let numbers = [socket.port().into(), flow.into(), scope.into()].map(unsigned);
            Some([vec![Value::Ip(socket.ip())], numbers.into()].concat())
        }
        (of, value) => value.standard_parts(of),
    }
}

const fn is_signed(scalar: Scalar) -> bool {
    matches!(scalar, Scalar::I8 | Scalar::I16 | Scalar::I32 | Scalar::I64 | Scalar::I128)
}

fn put_number(scalar: Scalar, value: &Value, place: &mut [u8]) -> Option<()> {
    let bytes = match (scalar, value) {
        (Scalar::Bool, Value::Bool(value)) => u128::from(*value).to_le_bytes(),
        (Scalar::Char, Value::Char(value)) => u128::from(u32::from(*value)).to_le_bytes(),
        (Scalar::F32, Value::F32(value)) => u128::from(value.to_bits()).to_le_bytes(),
        (Scalar::F64, Value::F64(value)) => u128::from(value.to_bits()).to_le_bytes(),
        (scalar, Value::Signed(number)) if is_signed(scalar) => number.to_le_bytes(),
        (scalar, Value::Unsigned(number)) if !is_signed(scalar) => number.to_le_bytes(),
        _ => return None,
    };
    place.copy_from_slice(bytes.get(..place.len())?);
    Some(())
}
