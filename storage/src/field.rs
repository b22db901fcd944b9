//! Fields of records: handles to project, select and filter by, and what the derive says of each.

use crate::schema::{FieldPlace, FieldSchema};
use std::{fmt, marker::PhantomData, ops::Deref};

/// A struct whose fields have handles, each reached through the parent `P`.
pub trait FieldSet<P: 'static> {
    /// A struct with a handle for each field.
    type Fields: 'static;
    /// The handles themselves.
    const FIELDS: &'static Self::Fields;
}

/// The fields of a struct in declaration order: what each is called, what it is, and where the codecs find it.
///
/// One list for all, because each constant of its own would cost the compiler its time.
pub trait FieldList: 'static {
    /// The fields.
    const LIST: &'static [FieldSchema];
}

/// The field number `N` of a struct, of type `T`: what it is called and where the codecs find it.
///
/// `T` is a parameter and no associated type, because a field may be of a more private type than its struct.
pub trait HasField<const N: usize, T>: FieldList {
    /// Its name.
    #[expect(
        clippy::indexing_slicing,
        reason = "derived beside the list; a mistake does not compile"
    )]
    const NAME: &'static str = Self::LIST[N].name();
    /// Where the codecs find it.
    #[expect(
        clippy::indexing_slicing,
        reason = "derived beside the list; a mistake does not compile"
    )]
    const PLACE: FieldPlace = Self::LIST[N].place();
}

/// The record itself: where the path to a field begins.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "a marker")]
pub struct Root;

/// A handle of field number `N` of `O`, of type `T`, reached through the parent `P`: `Airport::FIELDS.ident`.
pub struct Field<O, const N: usize, T, P = Root>(Types<O, T, P>);

/// Names the types without holding a value of them.
type Types<O, T, P> = PhantomData<fn() -> (O, T, P)>;

impl<O, const N: usize, T, P> Field<O, N, T, P> {
    /// The only value: a handle holds no data.
    pub const HANDLE: Self = Self(PhantomData);
}

impl<O: HasField<N, T>, const N: usize, T, P> Field<O, N, T, P> {
    /// Returns the field's name.
    ///
    /// ```
    #[doc = include_str!("guide/example/airports.txt")]
    /// assert_eq!(Airport::FIELDS.elevation_ft.name(), "elevation_ft");
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    #[must_use]
    pub const fn name(&self) -> &'static str {
        O::NAME
    }
}

impl<O, const N: usize, T, P> Clone for Field<O, N, T, P> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<O, const N: usize, T, P> Copy for Field<O, N, T, P> {}

impl<O: HasField<N, T>, const N: usize, T, P> fmt::Debug for Field<O, N, T, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Field").field(&O::NAME).finish()
    }
}

/// The handles of the fields of a struct in a struct: `User::FIELDS.address.city`.
impl<O, const N: usize, T, P> Deref for Field<O, N, T, P>
where
    O: HasField<N, T>,
    T: FieldSet<Self> + 'static,
    P: 'static,
{
    type Target = <T as FieldSet<Self>>::Fields;

    fn deref(&self) -> &Self::Target {
        <T as FieldSet<Self>>::FIELDS
    }
}
