//! Equality of a field with a value: `eq`, `ne`, `is_in`. It asks for `PartialEq` and no more.

use super::{Operand, Predicate, Projection, Side, Source};
use crate::{
    error::Damage,
    field::Field,
    record::FieldRecord,
    schema::{WholeField, for_each_scalar, for_each_text},
};

/// A field's value that can equal a `T`.
#[diagnostic::on_unimplemented(
    message = "a field that reads as `{Self}` cannot be compared with `{T}`",
    label = "not comparable with `{T}`",
    note = "compare numbers with numbers of the same type (`5_u32`, not `5_i64`), text with `&str` or `String`, \
            and the value in an `Option` without `Some`",
    note = "on a struct or enum of your own: `#[derive(PartialEq, PartialOrd)]` beside `StoredType`"
)]
pub trait Equatable<T: ?Sized> {
    /// Whether the field's value equals `other`; `None` when there is no value.
    fn equals(&self, other: &T) -> Option<bool>;
}

/// Values that are equal by their own `PartialEq`.
macro_rules! equatable {
    ($([$($generics:tt)*] $ty:ty = $other:ty),* $(,)?) => {$(
        impl<$($generics)*> Equatable<$other> for $ty {
            #[inline]
            #[allow(clippy::float_cmp, reason = "floats are compared as numbers, as the other comparisons do")]
            fn equals(&self, other: &$other) -> Option<bool> {
                Some(*self == *other)
            }
        }
    )*};
}

macro_rules! scalars {
    ($kind:ident $ty:ident $scalar:ident $bits:ident) => {
        equatable! { [] $ty = $ty }
    };
}
for_each_scalar!(scalars);

macro_rules! text {
    ($ty:ty) => {
        equatable! { [] &str = $ty, [] $ty = $ty, [] $ty = &str }
    };
}
for_each_text!(text);

equatable! {
    [] &str = &str,
    [T: WholeField + PartialEq] T = T,
}

impl Equatable<&String> for &str {
    #[inline]
    fn equals(&self, other: &&String) -> Option<bool> {
        Some(*self == other.as_str())
    }
}

impl<U: Equatable<T>, T> Equatable<T> for Option<U> {
    #[inline]
    fn equals(&self, other: &T) -> Option<bool> {
        self.as_ref()?.equals(other)
    }
}

/// Whether there are as many of both, and each equals the other at its place.
fn all_equal<U: Equatable<T>, T>(values: &[U], others: &[T]) -> bool {
    let mut pairs = values.iter().zip(others);
    values.len() == others.len() && pairs.all(|(value, other)| value.equals(other) == Some(true))
}

impl<U: Equatable<T>, T> Equatable<Vec<T>> for Vec<U> {
    fn equals(&self, other: &Vec<T>) -> Option<bool> {
        Some(all_equal(self, other))
    }
}

impl<U: Equatable<T>, T, const N: usize> Equatable<[T; N]> for [U; N] {
    fn equals(&self, other: &[T; N]) -> Option<bool> {
        Some(all_equal(self, other))
    }
}

impl<U: Equatable<T>, F: Equatable<E>, T, E> Equatable<Result<T, E>> for Result<U, F> {
    fn equals(&self, other: &Result<T, E>) -> Option<bool> {
        match (self, other) {
            (Ok(value), Ok(other)) => value.equals(other),
            (Err(error), Err(other)) => error.equals(other),
            _ => Some(false),
        }
    }
}

/// The predicate that a field equals a value, or does not.
#[derive(Clone, Debug)]
#[must_use = "a predicate does nothing until `filter` has it"]
pub struct Equal<F, T> {
    value: T,
    expected: bool,
    field: F,
}

impl<F, T> Equal<F, T> {
    pub(super) const fn new(field: F, value: T, expected: bool) -> Self {
        Self { value, expected, field }
    }
}

impl<R, F, T> Predicate<R> for Equal<F, T>
where
    R: FieldRecord,
    F: Projection<R>,
    T: Operand + Send + Sync,
    for<'a> F::Output<'a>: Equatable<T>,
{
    #[inline]
    fn test(&self, source: &Source<'_, R>) -> Result<bool, Damage> {
        Ok(self.field.read(source)?.equals(&self.value) == Some(self.expected))
    }
}

/// Field against field: false where one of them is missing.
impl<R, F, O, T, P, const N: usize> Predicate<R> for Equal<F, Field<O, N, T, P>>
where
    R: FieldRecord,
    F: Projection<R>,
    Field<O, N, T, P>: Projection<R>,
    for<'a> <Field<O, N, T, P> as Projection<R>>::Output<'a>: Side,
    for<'a> F::Output<'a>:
        Equatable<<<Field<O, N, T, P> as Projection<R>>::Output<'a> as Side>::Value>,
{
    fn test(&self, source: &Source<'_, R>) -> Result<bool, Damage> {
        let (value, other) = (self.field.read(source)?, self.value.read(source)?);
        Ok(other.value().and_then(|other| value.equals(other)) == Some(self.expected))
    }
}

/// The predicate that a field equals one of several values.
#[derive(Clone, Debug)]
#[must_use = "a predicate does nothing until `filter` has it"]
pub struct IsIn<F, T> {
    values: Vec<T>,
    field: F,
}

impl<F, T> IsIn<F, T> {
    pub(super) const fn new(field: F, values: Vec<T>) -> Self {
        Self { values, field }
    }
}

impl<R, F, T> Predicate<R> for IsIn<F, T>
where
    R: FieldRecord,
    F: Projection<R>,
    T: Send + Sync,
    for<'a> F::Output<'a>: Equatable<T>,
{
    fn test(&self, source: &Source<'_, R>) -> Result<bool, Damage> {
        let found = self.field.read(source)?;
        Ok(self.values.iter().any(|value| found.equals(value) == Some(true)))
    }
}
