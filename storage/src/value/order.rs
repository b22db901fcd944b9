//! The order of keys in maps and sets that are in the order of their keys.

use super::Value;
use crate::schema::{Scalar, Shape, Standard};
use std::cmp::Ordering;

/// Whether values of the type `shape` are in the order of [`order`], and not in one that their type declares.
pub(crate) fn is_ordered(shape: &Shape) -> bool {
    match shape {
        Shape::Unit | Shape::Text | Shape::Bytes | Shape::NonZero(_) => true,
        Shape::Scalar(scalar) => !matches!(scalar, Scalar::F32 | Scalar::F64),
        Shape::Standard(standard) => {
            !matches!(standard, Standard::Text | Standard::Serde | Standard::Zoned)
        }
        Shape::Option(inner) | Shape::Boxed(inner) | Shape::List(inner) => is_ordered(inner),
        Shape::Array(item, _) => is_ordered(item),
        Shape::Tuple(parts) => parts.iter().all(is_ordered),
        _ => false,
    }
}

/// How two values of one type are to each other: numbers by their size, text by its bytes, and what has parts by the
/// first that differs.
pub(crate) fn order(left: &Value, right: &Value) -> Ordering {
    match (left, right) {
        (Value::Bool(left), Value::Bool(right)) => left.cmp(right),
        (Value::Char(left), Value::Char(right)) => left.cmp(right),
        (Value::Signed(left), Value::Signed(right)) => left.cmp(right),
        (Value::Unsigned(left), Value::Unsigned(right)) => left.cmp(right),
        (Value::Text(left), Value::Text(right)) => left.cmp(right),
        (Value::Bytes(left), Value::Bytes(right)) => left.cmp(right),
        (Value::Option(left), Value::Option(right)) => match (left, right) {
            (Some(left), Some(right)) => order(left, right),
            (left, right) => left.is_some().cmp(&right.is_some()),
        },
        (Value::List(left), Value::List(right)) | (Value::Tuple(left), Value::Tuple(right)) => {
            let mut orders = left.iter().zip(right).map(|(left, right)| order(left, right));
            let first = orders.find(|order| order.is_ne());
            first.unwrap_or_else(|| left.len().cmp(&right.len()))
        }
        (Value::Time(left), Value::Time(right)) => left.cmp(right),
        (Value::Ip(left), Value::Ip(right)) => left.cmp(right),
        (Value::Socket(left), Value::Socket(right)) => left.cmp(right),
        (Value::Uuid(left), Value::Uuid(right)) => left.cmp(right),
        _ => Ordering::Equal,
    }
}
