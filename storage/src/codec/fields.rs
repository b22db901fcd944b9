//! Reading single fields: what a codec must be able to do for projections.

use super::{Codec, Frame};
use crate::{
    error::Damage,
    schema::{BytesType, FieldPlace, FieldType},
    sealed::Sealed,
};

/// A codec whose values can be read a field at a time.
pub trait FieldCodec: Sealed {
    /// The stored bytes of a value, and what of them is verified.
    type Source<'a>;
    /// A struct inside a value.
    type Node: Copy;

    /// The struct in the field at `place` of the struct `node`.
    ///
    /// # Errors
    ///
    /// The [`Damage`] found on the way.
    fn child(
        source: &Self::Source<'_>,
        node: Self::Node,
        place: FieldPlace,
    ) -> Result<Self::Node, Damage>;
}

/// A codec that can open the fields of a `V`.
pub trait OpenFields<V: 'static>: FieldCodec + Codec<V> {
    /// A source over a stored value.
    #[doc(hidden)]
    fn open<'a>(frame: &'a Frame<'a>) -> Self::Source<'a>;

    /// The value itself.
    ///
    /// # Errors
    ///
    /// The [`Damage`] found on the way.
    fn root(source: &Self::Source<'_>) -> Result<Self::Node, Damage>;
}

/// A codec that reads the part number `N` of a tuple `O` by itself.
#[diagnostic::on_unimplemented(
    message = "the part number {N} of `{O}` cannot be read by itself",
    label = "not a tuple whose parts are read alone",
    note = "read the tuple, and take its part: `.map(|pair| pair.0)`"
)]
pub trait TupleCodec<O, const N: usize>: FieldCodec {
    /// Where it is in the tuple.
    const PLACE: FieldPlace;
}

/// A field type that codec `C` can read by itself.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` cannot be read by itself",
    label = "its layout is not known",
    note = "on a struct or enum of your own: `#[derive(storage::StoredType)]` beside the derives of its codec"
)]
pub trait ReadField<C: FieldCodec>: FieldType {
    /// Reads the field at `place` of the struct `node`.
    ///
    /// # Errors
    ///
    /// The [`Damage`] found in the bytes that were touched.
    fn read<'a>(
        source: &'a C::Source<'_>,
        node: C::Node,
        place: FieldPlace,
    ) -> Result<Self::View<'a>, Damage>;

    /// Counts what the field at `place` of the struct `node` has, where its content is not needed for that.
    ///
    /// # Errors
    ///
    /// The [`Damage`] found in the bytes that were touched.
    #[doc(hidden)]
    #[inline]
    fn count(_: &C::Source<'_>, _: C::Node, _: FieldPlace) -> Result<Count, Damage> {
        Ok(Count::Unread)
    }
}

/// What is known of a field's length before the field is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "there is no fourth case")]
pub enum Count {
    /// Nothing.
    Unread,
    /// That there is no value.
    Missing,
    /// The length.
    Of(usize),
}

/// A field of bytes that codec `C` can lend.
pub trait ReadBytes<C: FieldCodec>: BytesType {
    /// Borrows the bytes of the field at `place` of the struct `node`; `None` when it has no value.
    ///
    /// # Errors
    ///
    /// The [`Damage`] found in the bytes that were touched.
    fn read_bytes<'a>(
        source: &'a C::Source<'_>,
        node: C::Node,
        place: FieldPlace,
    ) -> Result<Option<&'a [u8]>, Damage>;
}
