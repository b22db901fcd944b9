//! Reading rows that were read before: `with_cache`, `cache_stats`, and the road of `get`, `load`, `project` and
//! `contains` through the cache.

use super::{Access, Autocommit, Row, Table, View, row::Owned};
use crate::{
    backend::{CacheStats, Found, TableCache},
    codec::Kept,
    error::{Damage, Result},
    project,
    record::StoredRecord,
};
use std::sync::Arc;

/// A checked row of a cache.
type Cached<L> = Kept<<L as Row>::Value, <L as Row>::Codec>;

/// The checked rows of a table, shared by all its handles.
type RowCache<L> = TableCache<Cached<L>>;

impl<L: Row> Table<L, Autocommit> {
    /// The same table, read through a cache of up to `len_max` bytes: a row that is read again and again is kept in
    /// memory, checked, and then neither looked up in the file nor checked again.
    ///
    /// [`get`](Self::get), [`load`](Self::load), [`project`](Self::project) and [`contains`](Self::contains) use it.
    /// They give what they would give without it: a row is never older than the last commit that anybody was told
    /// of. It pays where a part of the rows has most of the reads; where all have about as many, it costs a little
    /// and gains nothing. What becomes of the file underneath a row that is kept goes unnoticed.
    ///
    /// All handles of the table that ask for a cache share one, of the largest size that was asked for, for as long
    /// as the store is open. A row that takes more than a 64th of it is not kept.
    ///
    /// ```
    /// # use storage::Storage;
    /// # let storage = Storage::in_memory()?;
    /// let names = storage.new_rkyv_table::<u64, String>("names").with_cache(16 << 20);
    /// names.put(7, &"Ada".to_string())?;
    /// for _ in 0..10 {
    ///     assert_eq!(names.load(7)?, Some("Ada".into()));
    /// }
    /// assert_eq!(names.cache_stats().map(|stats| stats.hit_count), Some(8));
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    #[must_use]
    pub fn with_cache(mut self, len_max: usize) -> Self {
        // In a process that came out of a fork there is nobody to share it with, and it might wait for ever.
        if self.access.backend().check_process().is_ok() {
            let cache: Arc<RowCache<L>> = self.access.backend().cache(self.byte_table(), len_max);
            self.cache = Some(cache);
        }
        self
    }

    /// How well the cache works; `None` when this handle reads without one.
    #[must_use]
    pub fn cache_stats(&self) -> Option<CacheStats> {
        self.access.backend().check_process().ok()?;
        self.row_cache().map(TableCache::stats)
    }
}

impl<L: Row, A> Table<L, A> {
    #[inline]
    fn row_cache(&self) -> Option<&RowCache<L>> {
        self.cache.as_deref()?.downcast_ref()
    }
}

impl<L: Row, A: Access> Table<L, A> {
    /// Lends `accessor` the row under an encoded key, from the cache when this handle has one.
    #[inline]
    pub(super) fn with_row<T>(
        &self,
        key: &[u8],
        accessor: impl FnOnce(View<'_, L>) -> T,
    ) -> Result<Option<T>> {
        match self.row_cache() {
            None => self.with_value(key, |value| self.lend(key, value, accessor)),
            Some(cache) => self.with_cached(cache, key, |row| match row {
                Ok(row) => row.with_view(accessor).map_err(|error| self.corrupt(key, error.into())),
                Err(value) => self.lend(key, value, accessor),
            }),
        }
    }

    /// The owned form of the row under an encoded key, from the cache when this handle has one.
    pub(super) fn load_row(&self, key: &[u8]) -> Result<Option<Owned<L>>> {
        match self.row_cache() {
            None => self.with_value(key, |value| self.decode(key, value)),
            Some(cache) => self.with_cached(cache, key, |row| match row {
                Ok(row) => row.decode().map_err(|error| self.corrupt(key, error.into())),
                Err(value) => self.decode(key, value),
            }),
        }
    }

    /// Whether there is a row under an encoded key.
    pub(super) fn has_row(&self, key: &[u8]) -> Result<bool> {
        if let Some(Found::Hit(_)) = self.row_cache().map(|cache| cache.find(key)) {
            return Ok(true);
        }
        Ok(self.with_value(key, |_| Ok(()))?.is_some())
    }

    /// Lends `read` the cached row, or the stored bytes of one that is not.
    fn with_cached<T>(
        &self,
        cache: &RowCache<L>,
        key: &[u8],
        read: impl FnOnce(Result<Cached<L>, &[u8]>) -> Result<T>,
    ) -> Result<Option<T>> {
        let admission = match cache.find(key) {
            Found::Hit(row) => return read(Ok(row)).map(Some),
            Found::Miss(admission) => admission,
        };
        // Read after the cache was asked: what the admission promises rests on it.
        self.with_value(key, |value| {
            let Some(admission) = admission else { return read(Err(value)) };
            // Checked in full even for a handle that trusts: others share it. What is damaged is not kept.
            let Ok(row) = Kept::new(value, key, self.seal()) else { return read(Err(value)) };
            admission.keep(row.clone());
            read(Ok(row))
        })
    }
}

impl<R: StoredRecord, A: Access> Table<R, A> {
    /// Runs `read` on the fields of the record under an encoded key, from the cache when this handle has one.
    pub(super) fn with_fields<T>(
        &self,
        key: &[u8],
        read: impl FnOnce(&project::Source<'_, R>) -> Result<T, Damage>,
    ) -> Result<Option<T>> {
        match self.row_cache() {
            None => self.with_value(key, |value| self.with_source(key, value, read)),
            Some(cache) => self.with_cached(cache, key, |row| match row {
                Ok(row) => read(&project::open::<R>(&row.frame()))
                    .map_err(|damage| self.corrupt(key, damage)),
                Err(value) => self.with_source(key, value, read),
            }),
        }
    }
}
