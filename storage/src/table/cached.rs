//! Reading rows that were read before: `with_cache`, `cache_stats`.

use super::{Autocommit, Row, Table, find::RowCache};
use crate::backend::{CacheStats, TableCache};
use std::sync::Arc;

impl<L: Row> Table<L, Autocommit> {
    /// Returns a handle that reads through a cache of up to `len_max` bytes. A row that is read repeatedly is kept in
    /// memory, and then neither looked up in the file nor checked again.
    ///
    /// [`get`](Self::get), [`load`](Self::load), [`project`](Self::project) and [`contains`](Self::contains) use it;
    /// the last, which reads no row, neither fills it nor is counted in [`cache_stats`](Self::cache_stats). A cached
    /// row is never older than the last acknowledged commit. A cache pays off if a part of the rows has most of the
    /// reads; otherwise it costs a little and gains nothing. Damage to the file goes unnoticed while a row is served
    /// from the cache.
    ///
    /// All cached handles of a table share one cache, of the largest size requested, for as long as the store is open.
    /// A row that takes more than a 64th of it is not cached.
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
        if self.access.store().check_process().is_ok() {
            let cache: Arc<RowCache<L>> = self.access.store().cache(self.byte_table(), len_max);
            self.cache = Some(cache);
        }
        self
    }

    /// Returns the hits, misses and size of the cache, or `None` if this handle has none.
    ///
    /// ```
    #[doc = include_str!("../guide/example/names.txt")]
    /// let names = names.with_cache(1 << 20);
    /// for _ in 0..10 {
    ///     names.load(7)?;
    /// }
    /// let stats = names.cache_stats().unwrap();
    /// assert_eq!(stats.hit_count + stats.miss_count, 10);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    #[must_use]
    pub fn cache_stats(&self) -> Option<CacheStats> {
        self.access.store().check_process().ok()?;
        self.row_cache().map(TableCache::stats)
    }
}
