//! Records: a type tied to its key, its codec and its schema.
//!
//! This is the whole contract of the derive. It writes data and one-line projections; every loop is in this crate.

use crate::{
    codec::{Codec, CodecView, OpenFields},
    error::{Result, StorageError},
    field::{FieldSet, Root},
    index::{IndexSet, Indexes},
    key::{self, AutoKey, Key, KeyBuf},
    older_type::OlderType,
    schema::{RecordSchema, StoredType},
    sealed::SealedPlace,
};
use std::{fmt, ops::Deref};

/// A struct that is stored in a table of its own and found by its key.
///
/// Derive it; it is not meant to be implemented by hand:
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
    /// The codec that encodes the record.
    type Codec: Codec<Self, Owned = Self>;

    /// What the file remembers of this type.
    const SCHEMA: &'static RecordSchema;
    /// The type that the records were of before: `#[store(from = OrderV1)]`.
    #[doc(hidden)]
    const OLDER: Option<OlderType<Self>> = None;
    /// The fields that may be refused, where the codec does not say which of them it was.
    #[doc(hidden)]
    const TRIALS: &'static [Trial<Self>] = &[];
    /// A handle for each field, for projections and predicates.
    const FIELDS: &'static <Self as FieldSet<Root>>::Fields = <Self as FieldSet<Root>>::FIELDS;

    /// A handle for each index, to find records by: `users.by(User::INDEXES.email)`.
    const INDEXES: <Self as IndexSet>::Indexes = <Self::Indexes as Indexes>::HANDLES;

    /// Appends the bytes of this record's key.
    fn encode_key(&self, out: &mut KeyBuf);

    /// Returns this record's key.
    ///
    /// ```
    /// # use rkyv::{Archive, Deserialize, Serialize};
    /// # use storage::StoredRecord;
    /// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// # #[store(codec = "rkyv", table = "readings")]
    /// # struct Reading { #[store(key)] station: String, #[store(key)] hour: u32, pm25: f64 }
    /// let reading = Reading { station: "Dingling".into(), hour: 7, pm25: 12.5 };
    /// assert_eq!(reading.key()?, ("Dingling".to_string(), 7));
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`StorageError::Key`] if a handwritten [`Key`] type cannot decode what it encodes.
    #[doc(alias("id", "primary_key"))]
    fn key(&self) -> Result<Self::Key> {
        let mut bytes = KeyBuf::new();
        self.encode_key(&mut bytes);
        let key = key::decode::<Self::Key>(&bytes).map(Self::Key::from_ref);
        key.map_err(|reason| StorageError::Key { table: Self::SCHEMA.table().to_owned(), reason })
    }

    /// Opens the table of these records at `place`: a [`Storage`](crate::Storage), a [`ReadTxn`](crate::ReadTxn) or a
    /// [`WriteTxn`](crate::WriteTxn).
    ///
    /// If `place` is the store itself, indexes that the file lacks are built first, in transactions of a thousand
    /// records; see [the guide](crate::guide).
    ///
    /// # Errors
    ///
    /// [`StorageError::Schema`] if the table in the file has another shape, key type,
    /// codec or format; [`StorageError::Newer`] if a newer release has written something
    /// about it that this one does not understand.
    fn table<P: Opens + ?Sized>(place: &P) -> Result<P::Table<Self>> {
        place.open()
    }
}

/// A record whose fields can be read alone, for projections and predicates. Implemented if its codec supports it.
#[diagnostic::on_unimplemented(
    message = "the fields of `{Self}` cannot be read alone",
    label = "its codec reads whole values only",
    note = "read the record itself: `get`, `load`, `scan`, `iter`",
    note = "of the codecs of `storage`, `Rkyv` and `Flatbuffers` read single fields"
)]
pub trait FieldRecord: StoredRecord<Codec: OpenFields<Self>> {}

#[diagnostic::do_not_recommend]
impl<R: StoredRecord<Codec: OpenFields<R>>> FieldRecord for R {}

/// A record whose keys are assigned by its table: `#[store(key, auto)]`. Derived with [`StoredRecord`].
#[diagnostic::on_unimplemented(
    message = "the keys of `{Self}` are not counted",
    label = "its key is not `auto`",
    note = "say so at the field, which is an integer: `#[store(key, auto)] id: u64`"
)]
pub trait AutoRecord: StoredRecord<Key: AutoKey> {
    /// Sets the key of the record.
    #[doc(hidden)]
    fn set_key(&mut self, key: Self::Key);
}

/// A record whose table has a [feed](crate::feed): `#[store(feed)]`. Derived with [`StoredRecord`].
#[diagnostic::on_unimplemented(
    message = "the table of `{Self}` has no feed",
    label = "its changes are not logged",
    note = "to log the changes of its table, add `#[store(feed)]` to the struct; `#[store(feed(keep = 1_000_000))]` \
            keeps no more than the last million"
)]
pub trait FedRecord: StoredRecord {}

/// A record whose fields can all be compared, as [`compare_and_set`](crate::Table::compare_and_set) does.
///
/// Derived with [`StoredRecord`], for each record whose fields are of types with [`PartialEq`]. Code that is generic
/// over records asks for it as `R: for<'a> EqFields<'a>`.
#[diagnostic::on_unimplemented(
    message = "the fields of `{Self}` cannot be compared",
    label = "not known to have fields with `PartialEq`",
    note = "a record has it whose fields are all of types with `PartialEq`",
    note = "code that is generic over records asks for it: `R: StoredRecord + for<'a> EqFields<'a>`"
)]
pub trait EqFields<'a> {
    /// Whether each field equals that of `other`.
    #[doc(hidden)]
    fn eq_fields(&'a self, other: &'a Self) -> bool;
}

/// A place that opens tables of records: a [`Storage`](crate::Storage), a [`ReadTxn`](crate::ReadTxn), a
/// [`WriteTxn`](crate::WriteTxn), or a pointer to one of them. Sealed.
///
/// [`StoredRecord::table`] calls it; each of the three has a method `table`, which does the same.
#[diagnostic::on_unimplemented(
    message = "no tables are opened at a `{Self}`",
    label = "not a store, nor a transaction",
    note = "give a reference to one: `User::table(&storage)`, `User::table(&storage.read()?)`, or \
            `storage.write(|txn| User::table(txn)?.put(&user))`"
)]
pub trait Opens: SealedPlace {
    /// The type of a table of records `R` at this place.
    type Table<R: StoredRecord>;

    /// Opens that table.
    #[doc(hidden)]
    fn open<R: StoredRecord>(&self) -> Result<Self::Table<R>>;
}

#[diagnostic::do_not_recommend]
impl<D: Deref<Target: Opens>> Opens for D {
    type Table<R: StoredRecord> = <D::Target as Opens>::Table<R>;

    fn open<R: StoredRecord>(&self) -> Result<Self::Table<R>> {
        (**self).open()
    }
}

#[diagnostic::do_not_recommend]
impl<D: Deref<Target: Opens>> SealedPlace for D {}

/// A field that may be refused, and how it is tried by itself once its record was refused: rkyv's derives stop at the
/// first field that is, and do not say which.
#[doc(hidden)]
pub struct Trial<R: StoredRecord> {
    name: &'static str,
    is_written: fn(&R) -> bool,
    is_restored: fn(CodecView<'_, R, R::Codec>) -> bool,
}

impl<R: StoredRecord> Trial<R> {
    /// The field `name`, of which the functions say whether it alone is written, and restored.
    #[must_use]
    pub const fn new(
        name: &'static str,
        is_written: fn(&R) -> bool,
        is_restored: fn(CodecView<'_, R, R::Codec>) -> bool,
    ) -> Self {
        Self { name, is_written, is_restored }
    }

    /// The first field that cannot be written of `record`.
    #[cold]
    pub(crate) fn not_written(record: &R) -> Option<&'static str> {
        R::TRIALS.iter().find(|trial| !(trial.is_written)(record)).map(|trial| trial.name)
    }

    /// The first field that cannot be restored from `view`.
    #[cold]
    pub(crate) fn not_restored(view: CodecView<'_, R, R::Codec>) -> Option<&'static str> {
        R::TRIALS.iter().find(|trial| !(trial.is_restored)(view)).map(|trial| trial.name)
    }
}

impl<R: StoredRecord> fmt::Debug for Trial<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Trial").field("name", &self.name).finish_non_exhaustive()
    }
}
