//! Comparisons of a field with a value: `a.elevation_ft.gt(5000)`.

use super::{Predicate, Projection, Source};
use crate::{
    error::Damage,
    field::Field,
    record::FieldRecord,
    schema::{WholeField, for_each_scalar, for_each_text},
};
use std::{cmp::Ordering, ops::Bound};

/// How a field's value stands to another value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "there is no fourth way")]
pub enum Standing {
    /// The field is `None`: every comparison is false, also that it is not equal.
    Missing,
    /// The values have no order, as NaN and any number: they are not equal, and every other comparison is false.
    Unordered,
    /// Less, equal or greater.
    Ordered(Ordering),
}

impl From<Option<Ordering>> for Standing {
    fn from(ordering: Option<Ordering>) -> Self {
        ordering.map_or(Self::Unordered, Self::Ordered)
    }
}

/// A field's value that can be compared with a `T`.
#[diagnostic::on_unimplemented(
    message = "a field that reads as `{Self}` cannot be compared with `{T}`",
    label = "not comparable with `{T}`",
    note = "compare numbers with numbers of the same type (`5_u32`, not `5_i64`), text with `&str` or `String`, \
            and the value in an `Option` without `Some`",
    note = "on a struct or enum of your own: `#[derive(PartialEq, PartialOrd)]` beside `StoredType`"
)]
pub trait Comparable<T: ?Sized> {
    /// How the field's value stands to `other`.
    fn compare(&self, other: &T) -> Standing;
}

macro_rules! comparable {
    ($kind:ident $ty:ident $scalar:ident $bits:ident) => {
        impl Comparable<$ty> for $ty {
            fn compare(&self, other: &$ty) -> Standing {
                self.partial_cmp(other).into()
            }
        }
    };
}
for_each_scalar!(comparable);

/// Structs and enums that are read as a whole.
impl<T: WholeField + PartialOrd> Comparable<T> for T {
    fn compare(&self, other: &T) -> Standing {
        self.partial_cmp(other).into()
    }
}

impl Comparable<&str> for &str {
    fn compare(&self, other: &&str) -> Standing {
        Standing::Ordered((*self).cmp(*other))
    }
}

impl Comparable<&String> for &str {
    fn compare(&self, other: &&String) -> Standing {
        Standing::Ordered((*self).cmp(other.as_str()))
    }
}

/// Text that is read as its owner, as the value of a map is.
macro_rules! text {
    ($ty:ty) => {
        impl Comparable<$ty> for &str {
            fn compare(&self, other: &$ty) -> Standing {
                Standing::Ordered((*self).cmp(other.as_str()))
            }
        }

        impl Comparable<$ty> for $ty {
            fn compare(&self, other: &$ty) -> Standing {
                Standing::Ordered(self.cmp(other))
            }
        }

        impl Comparable<&str> for $ty {
            fn compare(&self, other: &&str) -> Standing {
                Standing::Ordered(self.as_str().cmp(*other))
            }
        }
    };
}
for_each_text!(text);

impl<U: Comparable<T>, T> Comparable<T> for Option<U> {
    fn compare(&self, other: &T) -> Standing {
        self.as_ref().map_or(Standing::Missing, |value| value.compare(other))
    }
}

/// Any `Ok` is less than any `Err`.
impl<U: Comparable<T>, F: Comparable<E>, T, E> Comparable<Result<T, E>> for Result<U, F> {
    fn compare(&self, other: &Result<T, E>) -> Standing {
        match (self, other) {
            (Ok(value), Ok(other)) => value.compare(other),
            (Err(error), Err(other)) => error.compare(other),
            (Ok(_), Err(_)) => Standing::Ordered(Ordering::Less),
            (Err(_), Ok(_)) => Standing::Ordered(Ordering::Greater),
        }
    }
}

impl<U: Comparable<T>, T> Comparable<Vec<T>> for Vec<U> {
    fn compare(&self, other: &Vec<T>) -> Standing {
        element_by_element(self, other)
    }
}

impl<U: Comparable<T>, T, const N: usize> Comparable<[T; N]> for [U; N] {
    fn compare(&self, other: &[T; N]) -> Standing {
        element_by_element(self, other)
    }
}

/// The first elements that differ decide, and if there are none the lengths.
fn element_by_element<U: Comparable<T>, T>(values: &[U], others: &[T]) -> Standing {
    let standings = values.iter().zip(others).map(|(value, other)| value.compare(other));
    let is_equal = |standing: &Standing| *standing == Standing::Ordered(Ordering::Equal);
    match standings.into_iter().find(|standing| !is_equal(standing)) {
        Some(Standing::Missing) => Standing::Unordered,
        Some(standing) => standing,
        None => Standing::Ordered(values.len().cmp(&others.len())),
    }
}

/// A value that a field can be compared with: everything but another field, which is read first.
#[diagnostic::on_unimplemented(
    message = "a field cannot be compared with a `{Self}`",
    label = "not a value of a field",
    note = "compare numbers with numbers, text with `&str` or `String`, and the value in an `Option` without `Some`"
)]
pub trait Operand {}

#[diagnostic::do_not_recommend]
impl<T: PartialEq> Operand for T {}

/// A field's value that another field is compared with.
pub trait Side {
    /// What it is compared as: itself, or what is in an `Option`.
    type Value;

    /// That, if it is there.
    fn value(&self) -> Option<&Self::Value>;
}

macro_rules! sides {
    ($([$($generics:tt)*] $ty:ty),* $(,)?) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> Side for $ty {
            type Value = Self;

            fn value(&self) -> Option<&Self> {
                Some(self)
            }
        }
    )*};
}
sides! {
    [] &str, [] &String,
    [T] Vec<T>,
    [T, const N: usize] [T; N],
    [T: WholeField] T,
}

macro_rules! side {
    ($kind:ident $ty:ident $scalar:ident $bits:ident) => {
        sides! { [] $ty }
    };
    ($ty:ty) => {
        sides! { [] $ty }
    };
}
for_each_scalar!(side);
for_each_text!(side);

impl<T> Side for Option<T> {
    type Value = T;

    fn value(&self) -> Option<&T> {
        self.as_ref()
    }
}

/// Which orderings satisfy a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "there are no more comparisons")]
pub enum Op {
    /// Equal.
    Eq,
    /// Present and not equal.
    Ne,
    /// Less.
    Lt,
    /// Less or equal.
    Le,
    /// Greater.
    Gt,
    /// Greater or equal.
    Ge,
}

impl Op {
    pub(super) const fn holds(self, standing: Standing) -> bool {
        let ordering = match standing {
            Standing::Missing => return false,
            Standing::Unordered => return matches!(self, Self::Ne),
            Standing::Ordered(ordering) => ordering,
        };
        match self {
            Self::Eq => ordering.is_eq(),
            Self::Ne => ordering.is_ne(),
            Self::Lt => ordering.is_lt(),
            Self::Le => ordering.is_le(),
            Self::Gt => ordering.is_gt(),
            Self::Ge => ordering.is_ge(),
        }
    }
}

/// The predicate that a field stands in a relation to a value.
#[derive(Clone, Debug)]
#[must_use = "a predicate does nothing until `filter` has it"]
pub struct Compare<F, T> {
    op: Op,
    value: T,
    field: F,
}

impl<F, T> Compare<F, T> {
    pub(super) const fn new(field: F, op: Op, value: T) -> Self {
        Self { op, value, field }
    }
}

impl<R, F, T> Predicate<R> for Compare<F, T>
where
    R: FieldRecord,
    F: Projection<R>,
    T: Operand + Send + Sync,
    for<'a> F::Output<'a>: Comparable<T>,
{
    fn test(&self, source: &Source<'_, R>) -> Result<bool, Damage> {
        Ok(self.op.holds(self.field.read(source)?.compare(&self.value)))
    }
}

/// Field against field: false where one of them is missing.
impl<R, F, O, T, P, const N: usize> Predicate<R> for Compare<F, Field<O, N, T, P>>
where
    R: FieldRecord,
    F: Projection<R>,
    Field<O, N, T, P>: Projection<R>,
    for<'a> <Field<O, N, T, P> as Projection<R>>::Output<'a>: Side,
    for<'a> F::Output<'a>:
        Comparable<<<Field<O, N, T, P> as Projection<R>>::Output<'a> as Side>::Value>,
{
    fn test(&self, source: &Source<'_, R>) -> Result<bool, Damage> {
        let (value, other) = (self.field.read(source)?, self.value.read(source)?);
        Ok(other.value().is_some_and(|other| self.op.holds(value.compare(other))))
    }
}

/// The predicate that a field lies in a range.
#[derive(Clone, Debug)]
#[must_use = "a predicate does nothing until `filter` has it"]
pub struct Within<F, T> {
    range: (Bound<T>, Bound<T>),
    field: F,
}

impl<F, T> Within<F, T> {
    pub(super) const fn new(field: F, range: (Bound<T>, Bound<T>)) -> Self {
        Self { range, field }
    }
}

impl<R, F, T> Predicate<R> for Within<F, T>
where
    R: FieldRecord,
    F: Projection<R>,
    T: Send + Sync,
    for<'a> F::Output<'a>: Comparable<T>,
{
    fn test(&self, source: &Source<'_, R>) -> Result<bool, Damage> {
        let found = self.field.read(source)?;
        let holds = |bound: &Bound<T>, (included, excluded): (Op, Op)| match bound {
            Bound::Included(value) => included.holds(found.compare(value)),
            Bound::Excluded(value) => excluded.holds(found.compare(value)),
            Bound::Unbounded => true,
        };
        Ok(holds(&self.range.0, (Op::Ge, Op::Gt)) && holds(&self.range.1, (Op::Le, Op::Lt)))
    }
}

/// The predicate that a field is missing.
#[derive(Clone, Debug)]
#[must_use = "a predicate does nothing until `filter` has it"]
pub struct IsNone<F>(F);

impl<F> IsNone<F> {
    pub(super) const fn new(field: F) -> Self {
        Self(field)
    }
}

/// A field's value that may be missing.
#[diagnostic::on_unimplemented(
    message = "a field that reads as `{Self}` is never missing",
    label = "not an `Option`",
    note = "`is_none` and `is_some` are for fields of type `Option<T>`"
)]
pub trait Missing {
    /// Whether it is.
    fn is_missing(&self) -> bool;
}

impl<T> Missing for Option<T> {
    fn is_missing(&self) -> bool {
        self.is_none()
    }
}

impl<R, F> Predicate<R> for IsNone<F>
where
    R: FieldRecord,
    F: Projection<R>,
    for<'a> F::Output<'a>: Missing,
{
    fn test(&self, source: &Source<'_, R>) -> Result<bool, Damage> {
        Ok(self.0.read(source)?.is_missing())
    }
}
