//! Numbers and structs of fixed width by the schema alone: how wide they are, and what they say.

use super::{
    bytes::{self, OFFSET_LEN},
    schema::{standard, wide},
};
use crate::{
    schema::{Definition, Scalar, Shape, Types},
    value::Value,
};

/// The size and the alignment of a type in its place.
pub(super) fn layout(types: &Types, shape: &Shape) -> (usize, usize) {
    let offset = (OFFSET_LEN, OFFSET_LEN);
    match shape {
        Shape::Boxed(inner) | Shape::Option(inner) => layout(types, inner),
        Shape::Scalar(scalar) | Shape::NonZero(scalar) => match width(*scalar) {
            16 => (16, 8),
            width => (width, width),
        },
        Shape::Array(item, len) => {
            let (size, align) = layout(types, item);
            (size.saturating_mul(*len), align)
        }
        Shape::Named(name) => match types.get(name) {
            Some(Definition::Enum { repr: Some(repr), .. }) => (width(*repr), width(*repr)),
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

fn width(scalar: Scalar) -> usize {
    match scalar {
        _ if wide(scalar).is_some() => 16,
        Scalar::Bool | Scalar::I8 | Scalar::U8 => 1,
        Scalar::I16 | Scalar::U16 => 2,
        Scalar::Char | Scalar::I32 | Scalar::U32 | Scalar::F32 => 4,
        _ => 8,
    }
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
        Scalar::I8 | Scalar::I16 | Scalar::I32 | Scalar::I64 | Scalar::I128 => {
            Value::Signed(text.parse().ok()?)
        }
        _ => Value::Unsigned(text.parse().ok()?),
    })
}
