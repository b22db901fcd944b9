//! Reading one row: `get`, `view`, `load`, `contains`.

use super::{Access, Reader, Row, Stored, Table, View, encode_key, row::Owned};
use crate::{
    backend::Bytes,
    codec::{Checked, decode, with_view},
    error::Result,
    key::Lookup,
};

impl<L: Row, A: Access> Table<L, A> {
    /// Lends `accessor` the row under `key` and gives what it makes of it; `None` when there is no such row.
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
        let key = encode_key::<L::Key>(self.name(), &key)?;
        self.with_row(&key, accessor)
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
        let key = encode_key::<L::Key>(self.name(), &key)?;
        let value = self.access.with_reader(|reader| self.value(reader, &key))?;
        let Some(value) = value else { return Ok(None) };
        self.hold(&key, value).map(Some)
    }

    /// The row under `key` as an owned value.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    pub fn load(&self, key: impl Lookup<L::Key>) -> Result<Option<Owned<L>>> {
        let key = encode_key::<L::Key>(self.name(), &key)?;
        self.load_row(&key)
    }

    /// Whether there is a row under `key`. The row itself is not read.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    pub fn contains(&self, key: impl Lookup<L::Key>) -> Result<bool> {
        let key = encode_key::<L::Key>(self.name(), &key)?;
        self.has_row(&key)
    }

    /// Lends `read` the stored bytes under an encoded key.
    #[inline]
    pub(super) fn with_value<T>(
        &self,
        key: &[u8],
        read: impl FnOnce(&[u8]) -> Result<T>,
    ) -> Result<Option<T>> {
        self.access.with_reader(|reader| {
            if !self.is_written(reader.bytes())? {
                return Ok(None);
            }
            reader.get_with(self.byte_table(), key, read)?.transpose()
        })
    }

    /// The stored bytes under an encoded key, held.
    pub(super) fn value(&self, reader: &Reader<'_>, key: &[u8]) -> Result<Option<Bytes>> {
        if !self.is_written(reader.bytes())? {
            return Ok(None);
        }
        reader.bytes().get(self.byte_table(), key)
    }
}

/// What to make of stored bytes, wherever they were read.
impl<L: Row, A> Table<L, A> {
    /// Lends `accessor` a stored value after its checks.
    pub(super) fn lend<T>(
        &self,
        key: &[u8],
        value: &[u8],
        accessor: impl FnOnce(View<'_, L>) -> T,
    ) -> Result<T> {
        with_view::<L::Value, L::Codec, T>(value, key, self.seal(), self.trust, accessor)
            .map_err(|damage| self.corrupt(key, damage))
    }

    /// A guard over a stored value after its checks.
    pub(super) fn hold(&self, key: &[u8], value: Bytes) -> Result<Stored<L>> {
        Checked::new(value, key, self.seal(), self.trust)
            .map(Stored::new)
            .map_err(|damage| self.corrupt(key, damage))
    }

    /// The owned form of a stored value after its checks.
    pub(super) fn decode(&self, key: &[u8], value: &[u8]) -> Result<Owned<L>> {
        decode::<L::Value, L::Codec>(value, key, self.seal(), self.trust)
            .map_err(|damage| self.corrupt(key, damage))
    }
}
