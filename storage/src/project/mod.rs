//! Projections: some fields of a record, without the rest.
//!
//! A projection reads through a codec's *source*: the stored bytes, of which it verifies and checks what it touches.
//! A scalar costs the checksum of its block and a bounds check; text costs its own blocks and UTF-8 as well. Damage
//! elsewhere in the record goes unnoticed, and what is read is never wrong.

mod bytes;
mod compare;
mod comparisons;
mod contents;
mod equal;
mod map;
mod methods;
mod operators;
mod predicate;
mod restored;
mod tuple;

pub use self::{
    bytes::{AsBytes, BytesStart},
    compare::{Comparable, Compare, IsNone, Missing, Op, Operand, Side, Standing, Within},
    contents::{
        AlwaysCounted, CompareLen, Contains, Counted, Holds, IsEmpty, Len, Text, TextEnd, Truth,
    },
    equal::{Equal, Equatable, IsIn},
    map::{ContainsKey, Get, HoldsKey, MapValues},
    predicate::{All, And, Filter, Not, Or, Predicate},
    restored::MayBe,
    tuple::InTuple,
};
use crate::{
    codec::{Count, FieldCodec, Frame, OpenFields, ReadField},
    error::Damage,
    field::Field,
    record::StoredRecord,
    schema::{FieldPlace, FieldType, for_each_tuple},
};
pub use crate::{
    field::{FieldList, FieldSet, HasField, Root},
    record::FieldRecord,
};

/// Where the fields of `R` are read from.
pub type Source<'a, R> = <<R as StoredRecord>::Codec as FieldCodec>::Source<'a>;
/// A struct inside a source.
pub type Node<R> = <<R as StoredRecord>::Codec as FieldCodec>::Node;

/// What to read from a stored record: a [`Field`], or a tuple of up to twelve projections.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a stored `{R}`",
    label = "not a projection of `{R}`",
    note = "take a field from `{R}::FIELDS`, or a tuple of up to 12 of them"
)]
pub trait Projection<R: FieldRecord>: Send + Sync {
    /// The borrowed form: plain Rust types, the same for every codec (`u64`, `&str`, `Option<i32>`).
    type Output<'a>;
    /// The owned form.
    type Owned;

    /// Reads it from a stored record.
    ///
    /// # Errors
    ///
    /// The [`Damage`] found in the bytes that were touched.
    fn read<'a>(&self, source: &'a Source<'_, R>) -> Result<Self::Output<'a>, Damage>;

    /// Counts what it has, where that needs no more than the length.
    ///
    /// # Errors
    ///
    /// The [`Damage`] found in the bytes that were touched.
    #[doc(hidden)]
    #[inline]
    fn count(&self, _: &Source<'_, R>) -> Result<Count, Damage> {
        Ok(Count::Unread)
    }

    /// Converts the borrowed form to the owned one.
    fn own(output: Self::Output<'_>) -> Self::Owned;
}

/// The way from a record `R` to a struct `O` inside it.
#[diagnostic::on_unimplemented(
    message = "a field of `{O}` cannot be read from a stored `{R}`",
    label = "not a field of `{R}`",
    note = "take a field from `{R}::FIELDS`, or a tuple of up to 12 of them"
)]
pub trait Path<R: FieldRecord, O> {
    /// Walks it.
    ///
    /// # Errors
    ///
    /// The [`Damage`] found on the way.
    fn walk(source: &Source<'_, R>) -> Result<Node<R>, Damage>;

    /// Where a field of `O` is that the codecs find at `declared`.
    #[doc(hidden)]
    #[inline]
    #[must_use]
    fn place(declared: FieldPlace) -> FieldPlace {
        declared
    }
}

impl<R: FieldRecord> Path<R, R> for Root {
    fn walk(source: &Source<'_, R>) -> Result<Node<R>, Damage> {
        <R::Codec as OpenFields<R>>::root(source)
    }
}

impl<R, O, T, P, const N: usize> Path<R, T> for Field<O, N, T, P>
where
    R: FieldRecord,
    O: HasField<N, T>,
    P: Path<R, O>,
{
    fn walk(source: &Source<'_, R>) -> Result<Node<R>, Damage> {
        <R::Codec as FieldCodec>::child(source, P::walk(source)?, P::place(O::PLACE))
    }
}

impl<R, O, T, P, const N: usize> Projection<R> for Field<O, N, T, P>
where
    R: FieldRecord,
    O: HasField<N, T>,
    T: ReadField<R::Codec>,
    P: Path<R, O>,
{
    type Output<'a> = <T as FieldType>::View<'a>;
    type Owned = <T as FieldType>::Owned;

    fn read<'a>(&self, source: &'a Source<'_, R>) -> Result<Self::Output<'a>, Damage> {
        let value = T::read(source, P::walk(source)?, P::place(O::PLACE));
        value.map_err(|damage| damage.in_field(O::NAME))
    }

    fn count(&self, source: &Source<'_, R>) -> Result<Count, Damage> {
        let count = T::count(source, P::walk(source)?, P::place(O::PLACE));
        count.map_err(|damage| damage.in_field(O::NAME))
    }

    fn own(output: Self::Output<'_>) -> Self::Owned {
        <T as FieldType>::own(output)
    }
}

macro_rules! tuples {
    ([$([$part:ident $q:ident $index:tt])*] [$last:ident $ql:ident $l:tt]) => {
        impl<R: FieldRecord, $($part: Projection<R>,)* $last: Projection<R>> Projection<R>
            for ($($part,)* $last,)
        {
            type Output<'a> = ($($part::Output<'a>,)* $last::Output<'a>,);
            type Owned = ($($part::Owned,)* $last::Owned,);

            fn read<'a>(&self, source: &'a Source<'_, R>) -> Result<Self::Output<'a>, Damage> {
                Ok(($(self.$index.read(source)?,)* self.$l.read(source)?,))
            }

            fn own(output: Self::Output<'_>) -> Self::Owned {
                ($($part::own(output.$index),)* $last::own(output.$l),)
            }
        }
    };
}
for_each_tuple!(tuples);

/// The source of a record's fields in a stored value that was taken apart.
#[inline]
pub(crate) fn open<'a, R: FieldRecord>(frame: &'a Frame<'a>) -> Source<'a, R> {
    <R::Codec as OpenFields<R>>::open(frame)
}
