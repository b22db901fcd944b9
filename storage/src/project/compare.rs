//! Comparisons of a field with a value: `a.elevation_ft.gt(5000)`.

use super::{Predicate, Projection, Source};
use crate::{
    error::Damage,
    field::Field,
    record::FieldRecord,
    schema::{WholeField, for_each_scalar},
};
use std::{cmp::Ordering, marker::PhantomData};

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

macro_rules! words {
    ($($ty:ident)*) => {$(
        impl Comparable<$ty> for $ty {
            fn compare(&self, other: &$ty) -> Standing {
                Standing::Ordered(self.cmp(other))
            }
        }
    )*};
}
words!(usize isize);

/// Structs and enums that are read as a whole.
impl<T: WholeField + PartialOrd> Comparable<T> for T {
    fn compare(&self, other: &T) -> Standing {
        self.partial_cmp(other).into()
    }
}

impl Comparable<String> for &str {
    fn compare(&self, other: &String) -> Standing {
        Standing::Ordered((*self).cmp(other.as_str()))
    }
}

impl Comparable<&str> for &str {
    fn compare(&self, other: &&str) -> Standing {
        Standing::Ordered((*self).cmp(*other))
    }
}

impl<U: Comparable<T>, T> Comparable<T> for Option<U> {
    fn compare(&self, other: &T) -> Standing {
        self.as_ref().map_or(Standing::Missing, |value| value.compare(other))
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
    const fn holds(self, standing: Standing) -> bool {
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
    field: PhantomData<fn() -> F>,
}

impl<R, F, T> Predicate<R> for Compare<F, T>
where
    R: FieldRecord,
    F: Projection<R>,
    for<'a> F::Output<'a>: Comparable<T>,
{
    fn test(&self, source: &Source<'_, R>) -> Result<bool, Damage> {
        Ok(self.op.holds(F::read(source)?.compare(&self.value)))
    }
}

/// The predicate that a field's text begins with other text.
#[derive(Clone, Debug)]
#[must_use = "a predicate does nothing until `filter` has it"]
pub struct TextPrefix<F> {
    text: String,
    field: PhantomData<fn() -> F>,
}

/// A field's value that is text, or may be.
#[diagnostic::on_unimplemented(
    message = "a field that reads as `{Self}` does not start with text",
    label = "not text",
    note = "`starts_with` is for fields of type `String` and `Option<String>`"
)]
pub trait Text {
    /// The text, if there is some.
    fn text(&self) -> Option<&str>;
}

impl Text for &str {
    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

impl Text for Option<&str> {
    fn text(&self) -> Option<&str> {
        *self
    }
}

impl<R, F> Predicate<R> for TextPrefix<F>
where
    R: FieldRecord,
    F: Projection<R>,
    for<'a> F::Output<'a>: Text,
{
    fn test(&self, source: &Source<'_, R>) -> Result<bool, Damage> {
        Ok(F::read(source)?.text().is_some_and(|text| text.starts_with(&self.text)))
    }
}

/// The predicate that a field is missing.
#[derive(Clone, Debug)]
#[must_use = "a predicate does nothing until `filter` has it"]
pub struct IsNone<F>(PhantomData<fn() -> F>);

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
        Ok(F::read(source)?.is_missing())
    }
}

macro_rules! comparisons {
    ($($(#[$doc:meta])* $method:ident => $op:ident;)*) => {
        impl<O, const N: usize, T, P> Field<O, N, T, P> {
            $(
                $(#[$doc])*
                pub fn $method<V>(self, value: V) -> Compare<Self, V> {
                    Compare { op: Op::$op, value, field: PhantomData }
                }
            )*

            /// The predicate that the field's text begins with `text`.
            pub fn starts_with(self, text: impl Into<String>) -> TextPrefix<Self> {
                TextPrefix { text: text.into(), field: PhantomData }
            }

            /// The predicate that the field is `None`.
            pub const fn is_none(self) -> IsNone<Self> {
                IsNone(PhantomData)
            }

            /// The predicate that the field is not `None`.
            pub const fn is_some(self) -> super::Not<IsNone<Self>> {
                super::Not(self.is_none())
            }
        }
    };
}
comparisons! {
    /// The predicate that the field equals `value`.
    ///
    /// Floats are compared as numbers, by this and the other comparisons: `0.0` equals `-0.0`, and a NaN equals
    /// nothing. Keys and index keys are compared by their bytes, so `0.0` and `-0.0` are two, and a NaN finds itself.
    ///
    /// ```
    /// # use rkyv::{Archive, Deserialize, Serialize};
    /// # use storage::{Storage, StoredRecord};
    /// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// # #[store(codec = "rkyv", table = "changes")]
    /// # struct Change { #[store(key)] day: u32, #[store(index)] celsius: f64 }
    /// # let storage = Storage::in_memory()?;
    /// let changes = Change::table(&storage)?;
    /// changes.put_stream([(1, 0.0), (2, -0.0)].map(|(day, celsius)| Change { day, celsius }))?;
    /// assert_eq!(changes.iter()?.filter(Change::FIELDS.celsius.eq(0.0)).count()?, 2);
    /// assert_eq!(changes.by(Change::INDEXES.celsius).count(0.0)?, 1);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    eq => Eq;
    /// The predicate that the field is there and does not equal `value`.
    ne => Ne;
    /// The predicate that the field is less than `value`.
    lt => Lt;
    /// The predicate that the field is at most `value`.
    le => Le;
    /// The predicate that the field is greater than `value`.
    gt => Gt;
    /// The predicate that the field is at least `value`.
    ge => Ge;
}
