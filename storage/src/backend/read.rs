//! What can be read, whether in a snapshot or inside a write transaction.

use super::{
    ByteRow, ByteTable, Bytes, KeyBytes, VisitMany,
    engine::{ByteKeys, ByteRows},
};
use crate::{error::Result, sealed::Sealed};
use std::{fmt, ops::Bound};

/// What can be read, whether in a [`Snapshot`](super::Snapshot) or inside a write transaction. Sealed: new verbs may
/// be added.
///
/// # Laws
///
/// They hold for everything that implements this trait, and for every table.
///
/// 1. **Order.** Rows and keys come in ascending order of their keys' bytes, compared as `memcmp` does, from the front,
///    and in descending order from the back. Where the two ends meet, each row was returned once. All are within the
///    bounds.
/// 2. **One answer.** [`get`](Self::get), [`contains`](Self::contains), [`get_many`](Self::get_many),
///    [`first`](Self::first), [`last`](Self::last), [`first_key`](Self::first_key), [`last_key`](Self::last_key),
///    [`keys`](Self::keys), [`rows`](Self::rows) and [`len`](Self::len) agree with each other.
/// 3. **An absent table is empty.** To read a table that nobody has written to is no error, and does not create it.
/// 4. **Isolation.** A snapshot is one committed state: it begins with everything that was acknowledged before, and
///    nothing that is written later changes it. What a write transaction has not committed is seen by itself alone.
/// 5. **A writer reads its own writes**, from the next call on. An iterator that is open may or may not return what is
///    written ahead of it; it never returns a row twice.
/// 6. **Errors.** A read that fails has changed nothing and can be repeated. An iterator ends after an error. What was
///    returned before stays true: no error is reported as an end, or as a row that is missing.
///
/// Inside a write transaction, rows and keys are copied a chunk at a time, so that the table may be changed while it is
/// walked: a chunk of rows ends at 64 rows or 256 KiB, one of keys at 16 KiB, and each has at least one. In a snapshot
/// values are not copied.
///
/// ```
/// use std::ops::{Bound, ControlFlow};
/// use storage::{
///     Storage,
///     backend::{ByteReader as _, ByteTable},
/// };
///
/// let storage = Storage::in_memory()?;
/// let table = ByteTable::from("letters");
/// let all = (Bound::Unbounded, Bound::Unbounded);
/// storage.backend().write(|writer| {
///     for (key, value) in [(b"a", b"1"), (b"b", b"2"), (b"c", b"3")] {
///         writer.put(&table, key, value)?;
///     }
///     // Keys are copied without their values.
///     for key in writer.keys(&table, Bound::Excluded(b"a"), Bound::Unbounded)? {
///         writer.delete(&table, &key?)?;
///     }
///     Ok(())
/// })?;
///
/// let snapshot = storage.backend().snapshot()?;
/// let last = snapshot.last(&table, all.0, all.1)?;
/// assert_eq!(last.map(|row| row.value.to_vec()), Some(b"1".to_vec()));
///
/// let mut found = Vec::new();
/// let mut keys = [&b"a"[..], b"b"].into_iter();
/// snapshot.get_many(&table, &mut keys, &mut |key, value| {
///     found.push((key.to_vec(), value.is_some()));
///     ControlFlow::Continue(())
/// })?;
/// assert_eq!(found, [(b"a".to_vec(), true), (b"b".to_vec(), false)]);
/// # Ok::<(), storage::StorageError>(())
/// ```
pub trait ByteReader: fmt::Debug + Sealed {
    /// The value under `key`.
    ///
    /// # Errors
    ///
    /// [`StorageError::Database`](crate::StorageError::Database) when the engine cannot read.
    fn get(&self, table: &ByteTable, key: &[u8]) -> Result<Option<Bytes>>;

    /// Whether there is a value under `key`, which is not read.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    fn contains(&self, table: &ByteTable, key: &[u8]) -> Result<bool>;

    /// Calls `visit` with each of `keys`, in their order, and the value under it, until it breaks. Keys that are sorted
    /// cost the least.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    fn get_many(
        &self,
        table: &ByteTable,
        keys: &mut dyn Iterator<Item = &[u8]>,
        visit: &mut VisitMany<'_>,
    ) -> Result<()>;

    /// The first row between two bounds.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    fn first(
        &self,
        table: &ByteTable,
        lower: Bound<&[u8]>,
        upper: Bound<&[u8]>,
    ) -> Result<Option<ByteRow>>;

    /// The last row between two bounds.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    fn last(
        &self,
        table: &ByteTable,
        lower: Bound<&[u8]>,
        upper: Bound<&[u8]>,
    ) -> Result<Option<ByteRow>>;

    /// The first key between two bounds.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    fn first_key(
        &self,
        table: &ByteTable,
        lower: Bound<&[u8]>,
        upper: Bound<&[u8]>,
    ) -> Result<Option<KeyBytes>>;

    /// The last key between two bounds.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    fn last_key(
        &self,
        table: &ByteTable,
        lower: Bound<&[u8]>,
        upper: Bound<&[u8]>,
    ) -> Result<Option<KeyBytes>>;

    /// The keys between two bounds, from either end.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    fn keys(
        &self,
        table: &ByteTable,
        lower: Bound<&[u8]>,
        upper: Bound<&[u8]>,
    ) -> Result<ByteKeys<'_>>;

    /// The rows between two bounds, from either end.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    fn rows(
        &self,
        table: &ByteTable,
        lower: Bound<&[u8]>,
        upper: Bound<&[u8]>,
    ) -> Result<ByteRows<'_>>;

    /// The number of rows.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    fn len(&self, table: &ByteTable) -> Result<u64>;

    /// The names of all tables.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    fn table_names(&self) -> Result<Vec<String>>;

    /// Which tables there are, and what the catalogue knows of them, holds as long as this is the same: another opening
    /// of the file has another number, and so has a state after a table was removed, renamed or made, and a write
    /// in which one was. Zero where nothing that is seen holds later.
    fn generation(&self) -> u64;
}
