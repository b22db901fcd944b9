//! Predicates on records, joined by `and`, `or` and `not`.

use super::Source;
use crate::{codec::Frame, error::Damage, record::FieldRecord};

/// A condition on a stored record that reads only some of its fields.
///
/// Combine predicates with `&`, `|` and `!`, or with the methods here. One that is put together at run time is a
/// `Box<dyn Predicate<R>>` ([`boxed`](Self::boxed)), or a `Vec` of predicates, which must all match. `Option<P>` is a
/// predicate, too: `None` matches every record. So is a field of type `bool`.
///
/// The methods `and` and `or` of an `Option` are those of the standard library and combine no predicates: combine
/// options by calling `filter` with each, in a `Vec`, or as `first.boxed() & second`.
///
/// ```
/// # use rkyv::{Archive, Deserialize, Serialize};
/// # use storage::{Predicate, Storage, StoredRecord};
/// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
/// # #[store(codec = "rkyv", table = "offers")]
/// # struct Offer { #[store(key)] id: u32, price: u32, usual: u32, sold: bool }
/// # let storage = Storage::in_memory()?;
/// # let offers = Offer::table(&storage)?;
/// # offers.put_stream((1..10).map(|id| Offer { id, price: id, usual: 5, sold: id == 3 }))?;
/// let o = Offer::FIELDS;
/// let most: Option<u32> = Some(8);
/// let cheap: Box<dyn Predicate<Offer>> = Box::new(o.price.lt(o.usual) | o.id.is_in([7, 9]));
/// let found = offers.iter()?.filter(cheap).filter(!o.sold).filter(most.map(|most| o.price.le(most)));
/// assert_eq!(found.select(o.id).collect::<Result<Vec<_>, _>>()?, [1, 2, 4, 7]);
/// # Ok::<(), storage::StorageError>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot filter records of type `{R}`",
    label = "not a predicate on `{R}`",
    note = "compare a field of `{R}`: `{R}::FIELDS.name.eq(\"Ada\")`, and join what must hold: `a.and(b)`, `a.or(b)`, \
            `a.not()`",
    note = "a closure asks the view of a record: `rows.filter_view(|view| ..)`"
)]
pub trait Predicate<R: FieldRecord>: Send + Sync {
    /// Returns whether a record matches.
    ///
    /// # Errors
    ///
    /// The [`Damage`] found in the bytes that were touched.
    fn test(&self, source: &Source<'_, R>) -> Result<bool, Damage>;

    /// Matches if both this and `other` match. `other` is evaluated only if this matches.
    fn and<Q: Predicate<R>>(self, other: Q) -> And<Self, Q>
    where
        Self: Sized,
    {
        And(self, other)
    }

    /// Matches if this or `other` matches. `other` is evaluated only if this does not match.
    fn or<Q: Predicate<R>>(self, other: Q) -> Or<Self, Q>
    where
        Self: Sized,
    {
        Or(self, other)
    }

    /// Boxes the predicate, so that conditions that are put together at run time have one type.
    ///
    /// ```
    /// # use rkyv::{Archive, Deserialize, Serialize};
    /// # use storage::{Predicate, Storage, StoredRecord};
    /// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// # #[store(codec = "rkyv", table = "offers")]
    /// # struct Offer { #[store(key)] id: u32, price: u32, sold: bool }
    /// # let storage = Storage::in_memory()?;
    /// # let offers = Offer::table(&storage)?;
    /// # offers.put_stream((1..10).map(|id| Offer { id, price: id, sold: id % 2 == 0 }))?;
    /// # let (most, is_sold) = (Some(5), None::<bool>);
    /// let o = Offer::FIELDS;
    /// let mut wanted = o.id.gt(1).boxed();
    /// if let Some(most) = most {
    ///     wanted = (wanted & o.price.le(most)).boxed();
    /// }
    /// if let Some(is_sold) = is_sold {
    ///     wanted = (wanted & o.sold.eq(is_sold)).boxed();
    /// }
    /// assert_eq!(offers.iter()?.filter(wanted).count()?, 4);
    ///
    /// // All predicates of a `Vec` must match; an empty one matches every record.
    /// let all = vec![o.price.ge(3).boxed(), (!o.sold).boxed()];
    /// assert_eq!(offers.iter()?.filter(all).count()?, 4);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    #[doc(alias("into_boxed", "dyn"))]
    fn boxed<'a>(self) -> Box<dyn Predicate<R> + 'a>
    where
        Self: Sized + 'a,
    {
        Box::new(self)
    }

    /// Matches if this does not match.
    fn not(self) -> Not<Self>
    where
        Self: Sized,
    {
        Not(self)
    }
}

/// Every record.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "a marker")]
pub struct All;

/// Two predicates that must both hold.
#[derive(Clone, Copy, Debug)]
#[must_use = "a predicate does nothing until `filter` has it"]
pub struct And<P, Q>(P, Q);

/// Two predicates of which one must hold.
#[derive(Clone, Copy, Debug)]
#[must_use = "a predicate does nothing until `filter` has it"]
pub struct Or<P, Q>(P, Q);

/// A predicate that must not hold.
#[derive(Clone, Copy, Debug)]
#[must_use = "a predicate does nothing until `filter` has it"]
pub struct Not<P>(P);

impl<P, Q> And<P, Q> {
    pub(crate) const fn new(first: P, second: Q) -> Self {
        Self(first, second)
    }
}

impl<P, Q> Or<P, Q> {
    pub(super) const fn new(first: P, second: Q) -> Self {
        Self(first, second)
    }
}

impl<P> Not<P> {
    pub(super) const fn new(question: P) -> Self {
        Self(question)
    }
}

impl<R: FieldRecord> Predicate<R> for All {
    fn test(&self, _: &Source<'_, R>) -> Result<bool, Damage> {
        Ok(true)
    }
}

impl<R: FieldRecord, P: Predicate<R>, Q: Predicate<R>> Predicate<R> for And<P, Q> {
    fn test(&self, source: &Source<'_, R>) -> Result<bool, Damage> {
        Ok(self.0.test(source)? && self.1.test(source)?)
    }
}

impl<R: FieldRecord, P: Predicate<R>, Q: Predicate<R>> Predicate<R> for Or<P, Q> {
    fn test(&self, source: &Source<'_, R>) -> Result<bool, Damage> {
        Ok(self.0.test(source)? || self.1.test(source)?)
    }
}

impl<R: FieldRecord, P: Predicate<R>> Predicate<R> for Not<P> {
    fn test(&self, source: &Source<'_, R>) -> Result<bool, Damage> {
        Ok(!self.0.test(source)?)
    }
}

/// `None` lets every record through.
impl<R: FieldRecord, P: Predicate<R>> Predicate<R> for Option<P> {
    fn test(&self, source: &Source<'_, R>) -> Result<bool, Damage> {
        self.as_ref().map_or(Ok(true), |question| question.test(source))
    }
}

/// All of them must hold.
impl<R: FieldRecord, P: Predicate<R>> Predicate<R> for Vec<P> {
    fn test(&self, source: &Source<'_, R>) -> Result<bool, Damage> {
        for question in self {
            if !question.test(source)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

impl<R: FieldRecord, P: Predicate<R> + ?Sized> Predicate<R> for Box<P> {
    fn test(&self, source: &Source<'_, R>) -> Result<bool, Damage> {
        (**self).test(source)
    }
}

impl<R: FieldRecord, P: Predicate<R> + ?Sized> Predicate<R> for &P {
    fn test(&self, source: &Source<'_, R>) -> Result<bool, Damage> {
        (**self).test(source)
    }
}

/// What decides which records an iterator returns: [`All`], which asks nothing of them, or predicates on their fields.
pub trait Filter<R> {
    /// Whether it reads records at all.
    #[doc(hidden)]
    const READS: bool;

    /// Whether the record passes whose stored value `open` takes apart.
    #[doc(hidden)]
    fn passes<'v>(&self, open: impl FnOnce() -> Result<Frame<'v>, Damage>) -> Result<bool, Damage>;
}

impl<R> Filter<R> for All {
    const READS: bool = false;

    #[inline]
    fn passes<'v>(&self, _: impl FnOnce() -> Result<Frame<'v>, Damage>) -> Result<bool, Damage> {
        Ok(true)
    }
}

impl<R: FieldRecord, P: Predicate<R>, Q: Predicate<R>> Filter<R> for And<P, Q> {
    const READS: bool = true;

    #[inline]
    fn passes<'v>(&self, open: impl FnOnce() -> Result<Frame<'v>, Damage>) -> Result<bool, Damage> {
        self.test(&super::open::<R>(&open()?))
    }
}
