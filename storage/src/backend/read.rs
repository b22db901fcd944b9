//! What can be read, whether in a snapshot or inside a write transaction.

use super::{ByteTable, Bytes, engine::ByteRows};
use crate::error::Result;
use std::{fmt, ops::Bound};

/// What can be read, whether in a snapshot or inside a write transaction. A table that nobody has written yet is
/// empty.
pub trait ByteReader: fmt::Debug {
    /// The value under `key`.
    ///
    /// # Errors
    ///
    /// [`StorageError::Database`](crate::StorageError::Database) when the engine cannot read.
    fn get(&self, table: &ByteTable, key: &[u8]) -> Result<Option<Bytes>>;

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

    /// The how manieth opening of the file it is by the same handle: what is known of the content of one opening
    /// need not hold for the next.
    fn generation(&self) -> u64;
}
