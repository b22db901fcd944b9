//! What a field's value has inside: characters, elements. How long it is, and whether something is in it.

use super::{Equatable, Op, Predicate, Projection, Source, Standing};
use crate::{codec::Count, error::Damage, field::Field, record::FieldRecord};
use std::{
    borrow::Cow,
    collections::{BTreeSet, HashSet, VecDeque},
    rc::Rc,
    sync::Arc,
};

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

/// A field's value that may have a `T` inside: text a part of it, a list or a set an element.
#[diagnostic::on_unimplemented(
    message = "a field that reads as `{Self}` does not contain a `{T}`",
    label = "neither text, nor a list or set of `{T}`",
    note = "`contains` is for text with `&str`, `String` or `char`, and for lists and sets with an element"
)]
pub trait Holds<T> {
    /// Whether it has.
    fn holds(&self, part: &T) -> bool;
}

/// A field's value that has a length: text in bytes, a list, set or map in elements.
#[diagnostic::on_unimplemented(
    message = "a field that reads as `{Self}` has no length",
    label = "neither text, nor a list, set or map",
    note = "`len` and `is_empty` are for text, lists, sets and maps"
)]
pub trait Counted {
    /// Its length, if there is a value.
    fn count(&self) -> Option<usize>;
}

/// A value that always has a length: what is [`Counted`], but no `Option`.
#[diagnostic::on_unimplemented(
    message = "the length of a field that reads as `{Self}` cannot be selected",
    label = "not text, a list, a set or a map that is always there",
    note = "select the field itself; of an `Option` the length can be compared: `field.len().gt(3)`"
)]
pub trait AlwaysCounted: Counted {}

/// A field's value that is true or false, or may be.
#[diagnostic::on_unimplemented(
    message = "a field that reads as `{Self}` is no predicate by itself",
    label = "not a `bool`",
    note = "compare it: `field.eq(value)`; by themselves, fields of type `bool` and `Option<bool>` are predicates"
)]
pub trait Truth {
    /// Whether it is there and true.
    fn is_true(&self) -> bool;
}

impl Truth for bool {
    #[inline]
    fn is_true(&self) -> bool {
        *self
    }
}

impl Truth for Option<bool> {
    #[inline]
    fn is_true(&self) -> bool {
        *self == Some(true)
    }
}

/// A field of type `bool` by itself; of an `Option<bool>`, `None` is not true.
impl<R, O, T, P, const N: usize> Predicate<R> for Field<O, N, T, P>
where
    R: FieldRecord,
    Self: Projection<R>,
    for<'a> <Self as Projection<R>>::Output<'a>: Truth,
{
    fn test(&self, source: &Source<'_, R>) -> Result<bool, Damage> {
        Ok(self.read(source)?.is_true())
    }
}

macro_rules! text {
    ($($ty:ty),*) => {$(
        impl Text for $ty {
            fn text(&self) -> Option<&str> {
                Some(self)
            }
        }

        impl Counted for $ty {
            fn count(&self) -> Option<usize> {
                Some(self.len())
            }
        }

        impl AlwaysCounted for $ty {}

        text! { @holds $ty: char, |part| *part; &str, |part| *part; String, |part| part.as_str(); }
        text! { @holds $ty: &String, |part| part.as_str(); }
    )*};
    (@holds $ty:ty: $($part:ty, |$name:ident| $pattern:expr;)*) => {$(
        impl Holds<$part> for $ty {
            fn holds(&self, $name: &$part) -> bool {
                self.contains($pattern)
            }
        }
    )*};
}
text!(&str, Box<str>, Rc<str>, Arc<str>, Cow<'static, str>);

macro_rules! lists {
    ($([$($generics:tt)*] $ty:ty, $element:ty;)*) => {$(
        impl<$($generics)* T> Holds<T> for $ty
        where
            $element: Equatable<T>,
        {
            fn holds(&self, part: &T) -> bool {
                self.iter().any(|element| element.equals(part) == Some(true))
            }
        }

        impl<$($generics)*> Counted for $ty {
            fn count(&self) -> Option<usize> {
                Some(self.len())
            }
        }

        impl<$($generics)*> AlwaysCounted for $ty {}
    )*};
}
lists! {
    [U,] Vec<U>, U;
    [U,] VecDeque<U>, U;
    [U,] BTreeSet<U>, U;
    [U,] Box<[U]>, U;
    [U,] Rc<[U]>, U;
    [U,] Arc<[U]>, U;
    [U: Clone,] Cow<'static, [U]>, U;
}

lists! { [U, S,] HashSet<U, S>, U; }

#[cfg(feature = "indexmap")]
lists! { [U, S,] indexmap::IndexSet<U, S>, U; }
#[cfg(feature = "arrayvec")]
lists! { [U, const N: usize,] arrayvec::ArrayVec<U, N>, U; }
#[cfg(feature = "smallvec")]
lists! { [A: smallvec::Array,] smallvec::SmallVec<A>, A::Item; }
#[cfg(feature = "bytes")]
lists! { [] bytes::Bytes, u8; }

impl<U: Equatable<T>, T, const N: usize> Holds<T> for [U; N] {
    fn holds(&self, part: &T) -> bool {
        self.iter().any(|element| element.equals(part) == Some(true))
    }
}

impl<U, const N: usize> Counted for [U; N] {
    fn count(&self) -> Option<usize> {
        Some(N)
    }
}

impl<U, const N: usize> AlwaysCounted for [U; N] {}

impl<U: Text> Text for Option<U> {
    fn text(&self) -> Option<&str> {
        self.as_ref()?.text()
    }
}

impl<U: Holds<T>, T> Holds<T> for Option<U> {
    fn holds(&self, part: &T) -> bool {
        self.as_ref().is_some_and(|value| value.holds(part))
    }
}

impl<U: Counted> Counted for Option<U> {
    fn count(&self) -> Option<usize> {
        self.as_ref()?.count()
    }
}

/// The predicate that a field's text begins or ends with other text.
#[derive(Clone, Debug)]
#[must_use = "a predicate does nothing until `filter` has it"]
pub struct TextEnd<F> {
    text: String,
    holds: fn(&str, &str) -> bool,
    field: F,
}

impl<F> TextEnd<F> {
    pub(super) fn first(field: F, text: String) -> Self {
        Self { text, holds: |text, start| text.starts_with(start), field }
    }

    pub(super) fn last(field: F, text: String) -> Self {
        Self { text, holds: |text, end| text.ends_with(end), field }
    }
}

impl<R, F> Predicate<R> for TextEnd<F>
where
    R: FieldRecord,
    F: Projection<R>,
    for<'a> F::Output<'a>: Text,
{
    fn test(&self, source: &Source<'_, R>) -> Result<bool, Damage> {
        Ok(self.field.read(source)?.text().is_some_and(|text| (self.holds)(text, &self.text)))
    }
}

/// The predicate that a field has a part or an element.
#[derive(Clone, Debug)]
#[must_use = "a predicate does nothing until `filter` has it"]
pub struct Contains<F, T>(F, T);

impl<F, T> Contains<F, T> {
    pub(super) const fn new(field: F, part: T) -> Self {
        Self(field, part)
    }
}

impl<R, F, T> Predicate<R> for Contains<F, T>
where
    R: FieldRecord,
    F: Projection<R>,
    T: Send + Sync,
    for<'a> F::Output<'a>: Holds<T>,
{
    fn test(&self, source: &Source<'_, R>) -> Result<bool, Damage> {
        Ok(self.0.read(source)?.holds(&self.1))
    }
}

/// The predicate that a field is there and has no length.
#[derive(Clone, Debug)]
#[must_use = "a predicate does nothing until `filter` has it"]
pub struct IsEmpty<F>(F);

impl<F> IsEmpty<F> {
    pub(super) const fn new(field: F) -> Self {
        Self(field)
    }
}

impl<R, F> Predicate<R> for IsEmpty<F>
where
    R: FieldRecord,
    F: Projection<R>,
    for<'a> F::Output<'a>: Counted,
{
    fn test(&self, source: &Source<'_, R>) -> Result<bool, Damage> {
        Ok(count(&self.0, source)? == Some(0))
    }
}

/// The length of a field, to select it and to compare it.
#[derive(Clone, Copy, Debug)]
pub struct Len<F>(F);

/// The length of what `field` reads as, if there is a value. The field is read only if it must be.
fn count<R, F>(field: &F, source: &Source<'_, R>) -> Result<Option<usize>, Damage>
where
    R: FieldRecord,
    F: Projection<R>,
    for<'a> F::Output<'a>: Counted,
{
    Ok(match field.count(source)? {
        Count::Unread => field.read(source)?.count(),
        Count::Missing => None,
        Count::Of(count) => Some(count),
    })
}

impl<F> Len<F> {
    pub(super) const fn new(field: F) -> Self {
        Self(field)
    }
}

impl<R, F> Projection<R> for Len<F>
where
    R: FieldRecord,
    F: Projection<R>,
    for<'a> F::Output<'a>: AlwaysCounted,
{
    type Output<'a> = usize;
    type Owned = usize;

    fn read(&self, source: &Source<'_, R>) -> Result<usize, Damage> {
        Ok(count(&self.0, source)?.unwrap_or_default())
    }

    fn own(output: usize) -> usize {
        output
    }
}

/// The predicate that the length of a field stands in a relation to a number.
#[derive(Clone, Copy, Debug)]
#[must_use = "a predicate does nothing until `filter` has it"]
pub struct CompareLen<F> {
    op: Op,
    len: usize,
    field: F,
}

impl<R, F> Predicate<R> for CompareLen<F>
where
    R: FieldRecord,
    F: Projection<R>,
    for<'a> F::Output<'a>: Counted,
{
    fn test(&self, source: &Source<'_, R>) -> Result<bool, Damage> {
        let count = count(&self.field, source)?;
        Ok(self.op.holds(
            count.map_or(Standing::Missing, |count| Standing::Ordered(count.cmp(&self.len))),
        ))
    }
}

macro_rules! comparisons {
    ($($method:ident => $op:ident, $doc:literal;)*) => {
        impl<F: Copy> Len<F> {
            $(
                #[doc = $doc]
                pub const fn $method(self, len: usize) -> CompareLen<F> {
                    CompareLen { op: Op::$op, len, field: self.0 }
                }
            )*
        }
    };
}
comparisons! {
    eq => Eq, "The predicate that the length is `len`.";
    ne => Ne, "The predicate that there is a length, and another one than `len`.";
    lt => Lt, "The predicate that the length is less than `len`.";
    le => Le, "The predicate that the length is at most `len`.";
    gt => Gt, "The predicate that the length is more than `len`.";
    ge => Ge, "The predicate that the length is at least `len`.";
}
