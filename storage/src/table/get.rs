//! Reading one row: `get`, `view`, `load`, `contains`.

use super::{Access, Row, Stored, Table, View, row::Owned};
use crate::{error::Result, key::Lookup};

impl<L: Row, A: Access> Table<L, A> {
    /// Calls `accessor` with a view of the row under `key` and returns its result; `None` if there is no such row.
    ///
    /// The row is checked, then read where it lies; nothing is decoded.
    ///
    /// # Errors
    ///
    /// [`StorageError::Corrupt`](crate::StorageError::Corrupt) when the stored bytes are not what was written,
    /// [`StorageError::Schema`](crate::StorageError::Schema) when the table is of another type.
    #[inline]
    pub fn get<T>(
        &self,
        key: impl Lookup<L::Key>,
        accessor: impl FnOnce(View<'_, L>) -> T,
    ) -> Result<Option<T>> {
        let key = self.encode_key(&key)?;
        self.find(&key, |value| self.form().with_view(&key, value, accessor))
    }

    /// The row under `key`, checked and held: a guard that owns the bytes it views.
    ///
    /// The guard stays readable when the row is changed, deleted, or the store is dropped. As long as it is held,
    /// the file cannot reuse the pages of its snapshot: prefer [`get`](Self::get) for short work.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    pub fn view(&self, key: impl Lookup<L::Key>) -> Result<Option<Stored<L>>> {
        let key = self.encode_key(&key)?;
        let Some(value) = self.find_held(&key)? else { return Ok(None) };
        self.form().hold(&key, value).map(Some)
    }

    /// The row under `key` as an owned value.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    pub fn load(&self, key: impl Lookup<L::Key>) -> Result<Option<Owned<L>>> {
        let key = self.encode_key(&key)?;
        self.find(&key, |value| self.form().decode(&key, value))
    }

    /// Whether there is a row under `key`. The row itself is not read.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    pub fn contains(&self, key: impl Lookup<L::Key>) -> Result<bool> {
        let key = self.encode_key(&key)?;
        self.has(&key)
    }
}
