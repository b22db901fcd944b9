//! Finding one value by its key: in the cache of rows or in the file.

use super::{
    Access, Reader, Row, Table,
    form::{CachedRow, StoredValue},
    row::Owned,
};
use crate::{
    backend::{ByteReader, Bytes, Found, TableCache},
    error::Result,
};

/// The checked rows of a table, shared by all its handles.
pub(super) type RowCache<L> = TableCache<CachedRow<L>>;

impl<L: Row, A> Table<L, A> {
    /// The cache that this handle reads through, if it has one.
    #[inline]
    pub(super) fn row_cache(&self) -> Option<&RowCache<L>> {
        self.cache.as_deref()?.downcast_ref()
    }
}

impl<L: Row, A: Access> Table<L, A> {
    /// Calls `read` with the value under an encoded key and returns its result; `None` if there is no such row.
    #[inline]
    pub(super) fn find<T>(
        &self,
        key: &[u8],
        read: impl FnOnce(StoredValue<'_, L>) -> Result<T>,
    ) -> Result<Option<T>> {
        match self.row_cache() {
            None => self.find_in_file(key, |value| read(StoredValue::InFile(value))),
            Some(cache) => self.find_in_cache(cache, key, read),
        }
    }

    /// As [`find`](Self::find), past the cache.
    #[inline]
    fn find_in_file<T>(
        &self,
        key: &[u8],
        read: impl FnOnce(&[u8]) -> Result<T>,
    ) -> Result<Option<T>> {
        self.with_reading(None, |reader| reader.get_with(self.byte_table(), key, read)?.transpose())
    }

    /// As [`find`](Self::find), in `cache` first.
    fn find_in_cache<T>(
        &self,
        cache: &RowCache<L>,
        key: &[u8],
        read: impl FnOnce(StoredValue<'_, L>) -> Result<T>,
    ) -> Result<Option<T>> {
        let admission = match cache.find(key) {
            Found::Hit(row) => return read(StoredValue::InCache(row)).map(Some),
            Found::Miss(admission) => admission,
        };
        // Read after the cache was asked: what the admission promises rests on it.
        self.find_in_file(key, |value| {
            let Some(admission) = admission else { return read(StoredValue::InFile(value)) };
            // What is damaged is not kept.
            let Ok(row) = self.form().keep(key, value) else {
                return read(StoredValue::InFile(value));
            };
            admission.keep(row.clone());
            read(StoredValue::InCache(row))
        })
    }

    /// Returns the bytes under an encoded key, held. The cache has no pages to hold.
    pub(super) fn find_held(&self, key: &[u8]) -> Result<Option<Bytes>> {
        self.with_reading(None, |reader| reader.bytes().get(self.byte_table(), key))
    }

    /// Whether there is a row under an encoded key. It is not read.
    pub(super) fn has(&self, key: &[u8]) -> Result<bool> {
        if self.row_cache().is_some_and(|cache| cache.holds(key)) {
            return Ok(true);
        }
        let contains = |reader: &Reader<'_>| reader.contains(self.byte_table(), key).map(Some);
        self.with_reading(None, contains).map(Option::unwrap_or_default)
    }
}

/// Finding inside a write, which sees what it wrote.
impl<L: Row, A> Table<L, A> {
    /// Whether there is a row under an encoded key. It is not read.
    pub(super) fn has_in(&self, reader: &dyn ByteReader, key: &[u8]) -> Result<bool> {
        reader.contains(self.byte_table(), key)
    }

    /// Returns the owned row under an encoded key.
    pub(super) fn load_in(&self, reader: &dyn ByteReader, key: &[u8]) -> Result<Option<Owned<L>>> {
        let Some(value) = reader.get(self.byte_table(), key)? else { return Ok(None) };
        self.form().decode(key, StoredValue::InFile(&value)).map(Some)
    }
}
