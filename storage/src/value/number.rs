//! Numbers, truth values and characters of no certain type as those of one that has them.

use super::Value;
use crate::schema::Scalar;
use std::ops::RangeInclusive;

/// The value of the type `scalar` that `value` means; `value` itself if there is none.
pub(super) fn number(scalar: Scalar, value: Value) -> Result<Value, Value> {
    match (scalar, &value) {
        (Scalar::Bool, Value::Bool(_)) | (Scalar::Char, Value::Char(_)) => Ok(value),
        (Scalar::Char, Value::Text(text)) => match (text.chars().next(), text.chars().nth(1)) {
            (Some(c), None) => Ok(Value::Char(c)),
            _ => Err(value),
        },
        (Scalar::F32 | Scalar::F64, _) => match (float(&value), scalar) {
            (Some(number), Scalar::F64) => Ok(Value::F64(number)),
            (Some(_), _) => match &value {
                Value::F32(number) => Ok(Value::F32(*number)),
                // Read once more: what is rounded twice is not what is rounded once.
                value => value
                    .to_string()
                    .trim_matches('"')
                    .parse()
                    .map(Value::F32)
                    .map_err(|_| value.clone()),
            },
            (None, _) => Err(value),
        },
        (Scalar::Bool, _) => Err(value),
        _ => integer(scalar, &value).ok_or(value),
    }
}

#[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "the nearest is meant")]
fn float(value: &Value) -> Option<f64> {
    match value {
        Value::F32(number) => Some((*number).into()),
        Value::F64(number) => Some(*number),
        Value::Signed(number) => Some(*number as f64),
        Value::Unsigned(number) => Some(*number as f64),
        Value::Text(text) => match text.as_str() {
            "NaN" => Some(f64::NAN),
            "inf" => Some(f64::INFINITY),
            "-inf" => Some(f64::NEG_INFINITY),
            _ => None,
        },
        _ => None,
    }
}

/// The integer of a type that has it.
fn integer(scalar: Scalar, value: &Value) -> Option<Value> {
    let signed = |range: RangeInclusive<i128>| {
        let number = match value {
            Value::Signed(number) => *number,
            Value::Unsigned(number) => i128::try_from(*number).ok()?,
            _ => return None,
        };
        range.contains(&number).then_some(Value::Signed(number))
    };
    let unsigned = |max: u128| {
        let number = match value {
            Value::Signed(number) => u128::try_from(*number).ok()?,
            Value::Unsigned(number) => *number,
            _ => return None,
        };
        (number <= max).then_some(Value::Unsigned(number))
    };
    match scalar {
        Scalar::I8 => signed(i8::MIN.into()..=i8::MAX.into()),
        Scalar::I16 => signed(i16::MIN.into()..=i16::MAX.into()),
        Scalar::I32 => signed(i32::MIN.into()..=i32::MAX.into()),
        Scalar::I64 => signed(i64::MIN.into()..=i64::MAX.into()),
        Scalar::I128 => signed(i128::MIN..=i128::MAX),
        Scalar::U8 => unsigned(u8::MAX.into()),
        Scalar::U16 => unsigned(u16::MAX.into()),
        Scalar::U32 => unsigned(u32::MAX.into()),
        Scalar::U64 => unsigned(u64::MAX.into()),
        Scalar::U128 => unsigned(u128::MAX),
        _ => None,
    }
}
