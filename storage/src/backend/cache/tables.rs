//! Which tables have caches, and what a write must take out of them.

use super::{CacheRow, Invalidate, TableCache, hash};
use crate::backend::{
    ByteTable,
    locks::{Mutex, MutexGuard},
};
use std::{
    any::Any,
    fmt,
    hash::{BuildHasher, RandomState},
    sync::{Arc, PoisonError},
};

/// A write that changes more keys of a table than this clears its cache.
const CHANGES_MAX: usize = 1024;

/// The caches of a store.
pub(crate) struct CachedTables {
    /// Of the hashes of keys, so that nobody can choose keys that fall together.
    seed: u64,
    state: Mutex<Registry>,
}

#[derive(Default)]
struct Registry {
    caches: Vec<Cached>,
    /// A write is being ended.
    is_ending: bool,
}

/// A cache, as a writer knows it and as its readers do.
struct Cached {
    table: ByteTable,
    writers: Arc<dyn Invalidate>,
    readers: Arc<dyn Any + Send + Sync>,
}

/// What a write has changed in the tables that had a cache when it began.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    seed: u64,
    tables: Vec<TableChanges>,
    /// Whether what is known of tables holds no more.
    is_renewal: bool,
}

#[derive(Debug)]
struct TableChanges {
    table: ByteTable,
    /// The hashes of the keys; `None` when there are too many to list.
    keys: Option<Vec<u64>>,
}

/// Keeps changed rows out of all caches for as long as it lives.
#[must_use = "to be held until whoever is told of the commit would see it"]
pub(crate) struct Invalidation<'c>(&'c CachedTables);

impl CachedTables {
    /// The cache of `table` for rows as `T`, with room for `len_max` bytes or more.
    pub(crate) fn get_or_add<T: CacheRow + Send + Sync + 'static>(
        &self,
        table: &ByteTable,
        len_max: usize,
    ) -> Arc<TableCache<T>> {
        let mut state = self.lock();
        let of_table = state.caches.iter().filter(|cached| cached.table.is_same(table));
        let mut readers = of_table.map(|cached| Arc::clone(&cached.readers));
        if let Some(cache) = readers.find_map(|cache| cache.downcast::<TableCache<T>>().ok()) {
            cache.raise(len_max);
            return cache;
        }
        let cache = Arc::new(TableCache::new(self.seed, len_max, state.is_ending));
        let (writers, readers) = (Arc::<TableCache<T>>::clone(&cache), Arc::clone(&cache));
        state.caches.push(Cached { table: table.clone(), writers, readers });
        cache
    }

    /// What a write that begins now has changed: nothing.
    pub(crate) fn changes(&self) -> Changes {
        let mut tables: Vec<TableChanges> = Vec::new();
        for Cached { table, .. } in &self.lock().caches {
            if !tables.iter().any(|changes| changes.table.is_same(table)) {
                tables.push(TableChanges { table: table.clone(), keys: Some(Vec::new()) });
            }
        }
        Changes { seed: self.seed, tables, is_renewal: false }
    }

    /// Takes what a write has changed out of the caches, before it is committed.
    pub(crate) fn invalidate(&self, changes: &Changes) -> Invalidation<'_> {
        let mut state = self.lock();
        state.is_ending = true;
        for Cached { table, writers, .. } in &state.caches {
            // A cache that came while the write ran may hold anything that the write changed.
            let keys = changes.of(table).and_then(|changes| changes.keys.as_deref());
            if keys.is_none_or(|keys| !keys.is_empty()) {
                writers.begin(keys);
            }
        }
        Invalidation(self)
    }

    /// Takes everything out of the caches.
    pub(crate) fn clear(&self) -> Invalidation<'_> {
        self.invalidate(&Changes::default())
    }

    /// The state is changed whole, so a panic of another thread leaves nothing half done.
    fn lock(&self) -> MutexGuard<'_, Registry> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Invalidation<'_> {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.is_ending = false;
        state.caches.iter().for_each(|cached| cached.writers.end());
    }
}

impl Changes {
    /// Remembers that what is under `key` changes.
    #[inline]
    pub(crate) fn add(&mut self, table: &ByteTable, key: &[u8]) {
        // Few tables have a cache, most stores have none.
        if !self.tables.is_empty() {
            self.add_cached(table, key);
        }
    }

    fn add_cached(&mut self, table: &ByteTable, key: &[u8]) {
        let seed = self.seed;
        let changes = self.tables.iter_mut().find(|changes| changes.table.is_same(table));
        let Some(changes) = changes else { return };
        if let Some(keys) = &mut changes.keys {
            keys.push(hash(key, seed));
            if keys.len() > CHANGES_MAX {
                changes.keys = None;
            }
        }
    }

    /// Remembers that anything in `table` may have changed.
    pub(crate) fn add_all(&mut self, table: &ByteTable) {
        let changes = self.tables.iter_mut().filter(|changes| changes.table.is_same(table));
        changes.for_each(|changes| changes.keys = None);
    }

    /// Remembers that a table was removed, renamed or entered in the catalogue.
    pub(crate) const fn renew(&mut self) {
        self.is_renewal = true;
    }

    /// Whether a table was removed, renamed or entered in the catalogue.
    pub(crate) const fn is_renewal(&self) -> bool {
        self.is_renewal
    }

    fn of(&self, table: &ByteTable) -> Option<&TableChanges> {
        self.tables.iter().find(|changes| changes.table.is_same(table))
    }
}

impl Default for CachedTables {
    fn default() -> Self {
        Self { seed: RandomState::new().hash_one("keys"), state: Mutex::default() }
    }
}

impl fmt::Debug for CachedTables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CachedTables").finish_non_exhaustive()
    }
}
