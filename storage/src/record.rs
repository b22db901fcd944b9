//! Records: a type tied to its key, its codec and its schema.
//!
//! This is the whole contract of the derive. It writes data and one-line projections; every loop is in this crate.

use crate::{
    codec::{Codec, OpenFields},
    error::Result,
    index::{IndexSet, Indexes},
    key::{Key, KeyBuf},
    schema::{FieldPlace, FieldSchema, RecordSchema, StoredType},
    store::Storage,
    table::Table,
};
use std::{fmt, marker::PhantomData, ops::Deref};

/// A struct that is kept in a table of its own, found by the key it carries.
///
/// Derived, never written by hand:
///
/// ```
/// use rkyv::{Archive, Deserialize, Serialize};
/// use storage::{Storage, StoredRecord};
///
/// #[derive(Archive, Serialize, Deserialize, StoredRecord)]
/// #[store(codec = "rkyv", table = "users")]
/// struct User {
///     #[store(key)]
///     id: u64,
///     name: String,
/// }
///
/// # fn main() -> storage::Result<()> {
/// # let dir = tempfile::tempdir().unwrap();
/// # let path = dir.path().join("users.redb");
/// let storage = Storage::open(path)?;
/// let users = User::table(&storage)?;
/// users.put(&User { id: 7, name: "Ada".into() })?;
/// assert_eq!(users.get(7, |user| user.name.to_string())?, Some("Ada".into()));
/// # Ok(())
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a stored record",
    label = "not a record",
    note = "derive it: `#[derive(storage::StoredRecord)] #[store(codec = \"rkyv\", table = \"...\")]`"
)]
pub trait StoredRecord: FieldSet<Root> + IndexSet + StoredType + Sized {
    /// The primary key: the type of the `#[store(key)]` field, or a tuple of their types.
    type Key: Key;
    /// How a record becomes bytes.
    type Codec: Codec<Self, Owned = Self> + OpenFields<Self>;

    /// What the file remembers of this type.
    const SCHEMA: &'static RecordSchema;
    /// A handle for each field, to project, select and filter by.
    const FIELDS: &'static <Self as FieldSet<Root>>::Fields = <Self as FieldSet<Root>>::FIELDS;

    /// A handle for each index, to find records by: `users.by(User::INDEXES.email)`.
    const INDEXES: <Self as IndexSet>::Indexes = <Self::Indexes as Indexes>::HANDLES;

    /// Appends the bytes of this record's key.
    fn encode_key(&self, out: &mut KeyBuf);

    /// The table of these records in `storage`.
    ///
    /// # Errors
    ///
    /// [`StorageError::Schema`](crate::StorageError::Schema) when the file holds the table in another shape, key
    /// type, codec or format.
    fn table(storage: &Storage) -> Result<Table<Self>> {
        Table::open(storage.autocommit())
    }
}

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

/// A handle for the field number `N` of `O`, of type `T`, reached through the parent `P`.
pub struct Field<O, const N: usize, T, P = Root>(Types<O, T, P>);

/// Names the types without holding a value of them.
type Types<O, T, P> = PhantomData<fn() -> (O, T, P)>;

impl<O, const N: usize, T, P> Field<O, N, T, P> {
    /// The only value: a handle holds no data.
    pub const HANDLE: Self = Self(PhantomData);
}

impl<O: HasField<N, T>, const N: usize, T, P> Field<O, N, T, P> {
    /// The field's name.
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
