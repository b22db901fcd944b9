//! The order of values of any type, where they have one.

use std::cmp::Ordering;
use storage::dynamic::Value;

/// How two values stand to each other; nothing if neither is before the other, and they are not equal.
pub(crate) fn order(a: &Value, b: &Value) -> Option<Ordering> {
    match (a, b) {
        (Value::Option(None), Value::Option(None) | Value::Unit)
        | (Value::Unit, Value::Option(None)) => Some(Ordering::Equal),
        (Value::Option(Some(a)), b) => order(a, b),
        (a, Value::Option(Some(b))) => order(a, b),
        (Value::Bool(a), Value::Bool(b)) => Some(a.cmp(b)),
        (Value::Char(a), Value::Char(b)) => Some(a.cmp(b)),
        (Value::Signed(a), Value::Signed(b)) => Some(a.cmp(b)),
        (Value::Unsigned(a), Value::Unsigned(b)) => Some(a.cmp(b)),
        (Value::Signed(a), Value::Unsigned(b)) => {
            Some(u128::try_from(*a).map_or(Ordering::Less, |a| a.cmp(b)))
        }
        (Value::Unsigned(_), Value::Signed(_)) => order(b, a).map(Ordering::reverse),
        (Value::Text(a), Value::Text(b)) => Some(a.cmp(b)),
        (Value::Variant(a, None), Value::Variant(b, None)) => Some(a.cmp(b)),
        (Value::Variant(a, _), Value::Text(b)) => equal(**a == **b),
        (Value::Bytes(a), Value::Bytes(b)) => Some(a.cmp(b)),
        (Value::Uuid(a), Value::Uuid(b)) => Some(a.cmp(b)),
        (Value::Time(a), Value::Time(b)) => a.partial_cmp(b),
        (Value::Ip(a), Value::Ip(b)) => Some(a.cmp(b)),
        (Value::Socket(a), Value::Socket(b)) => Some(a.cmp(b)),
        (Value::List(a), Value::List(b)) | (Value::Tuple(a), Value::Tuple(b)) => all(a, b),
        (a, b) => match (number(a), number(b)) {
            (Some(a), Some(b)) => a.partial_cmp(&b),
            _ => equal(a == b),
        },
    }
}

fn equal(is_equal: bool) -> Option<Ordering> {
    is_equal.then_some(Ordering::Equal)
}

fn all(a: &[Value], b: &[Value]) -> Option<Ordering> {
    for (a, b) in a.iter().zip(b) {
        match order(a, b)? {
            Ordering::Equal => {}
            other => return Some(other),
        }
    }
    Some(a.len().cmp(&b.len()))
}

/// The number that a value is, as precisely as a float can say it.
#[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "the nearest is meant")]
pub(crate) fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Signed(number) => Some(*number as f64),
        Value::Unsigned(number) => Some(*number as f64),
        Value::F32(number) => Some((*number).into()),
        Value::F64(number) => Some(*number),
        Value::Option(Some(inner)) => number(inner),
        _ => None,
    }
}

/// Whether text has this text in it, or a list or a map this element or key.
pub(crate) fn contains(value: &Value, wanted: &Value) -> bool {
    let is_wanted = |value: &Value| order(value, wanted) == Some(Ordering::Equal);
    match (value, wanted) {
        (Value::Option(Some(inner)), wanted) => contains(inner, wanted),
        (Value::Text(text), Value::Text(wanted)) => text.contains(wanted.as_str()),
        (Value::List(items) | Value::Tuple(items), _) => items.iter().any(is_wanted),
        (Value::Map(entries), _) => entries.iter().any(|(key, _)| is_wanted(key)),
        (Value::Bytes(bytes), Value::Signed(byte)) => {
            u8::try_from(*byte).is_ok_and(|byte| bytes.contains(&byte))
        }
        _ => false,
    }
}

/// Whether text begins with this text.
pub(crate) fn starts_with(value: &Value, wanted: &Value) -> bool {
    match (value, wanted) {
        (Value::Option(Some(inner)), wanted) => starts_with(inner, wanted),
        (Value::Text(text), Value::Text(wanted)) => text.starts_with(wanted.as_str()),
        _ => false,
    }
}
