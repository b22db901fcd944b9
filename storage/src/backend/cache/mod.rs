//! A cache of rows of one table: what somebody made of their bytes, kept so that it need not be made again.
//!
//! *Law*: a row is never older than the last acknowledged commit. So a writer removes what it changes before the
//! engine commits; and from then until the shared snapshot is forgotten nothing comes in, nor does what was read
//! before:
//!
//! ```text
//! writer   version odd ─ remove ─ commit ─ forget the snapshot ─ version even ─ tell
//! reader   take the version ─ take a snapshot ─ read ─ lock: is it even, and the one that was taken? ─ insert
//! ```

mod shard;
mod tables;

pub(crate) use self::shard::CacheRow;
use self::shard::Shard;
pub(super) use self::tables::{CachedTables, Changes};
use crate::{
    backend::locks::{AtomicU64, Mutex, MutexGuard},
    hash::chain_key,
    invariant::Invariant,
};
use std::{
    fmt,
    sync::{
        PoisonError, TryLockError,
        atomic::{AtomicUsize, Ordering},
    },
};

const SHARD_COUNT: usize = 64;

/// The cache of a table's rows, each as a `T`.
pub(crate) struct TableCache<T> {
    shards: [Mutex<Shard<T>>; SHARD_COUNT],
    /// Odd from before a commit that changes the table until after it.
    version: AtomicU64,
    seed: u64,
    len_max: AtomicUsize,
}

/// What a table's cache holds and how it is used, given by [`Table::cache_stats`](crate::Table::cache_stats).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CacheStats {
    /// Reads that found their row in it. [`contains`](crate::Table::contains) reads none.
    pub hit_count: u64,
    /// Reads that did not.
    pub miss_count: u64,
    /// How many rows it holds.
    pub row_count: usize,
    /// Bytes that the rows and their keys take, with what it takes to find them.
    pub len: usize,
    /// The bound of `len`.
    pub len_max: usize,
}

/// What a cache says of a key.
pub(crate) enum Found<'c, T> {
    /// The row.
    Hit(T),
    /// It is not there, and should be put there when there is an admission.
    Miss(Option<Admission<'c, T>>),
}

/// The right to put in the row of one key, when it is read from a state that is taken from here on. It ends with the
/// next commit to the table.
pub(crate) struct Admission<'c, T> {
    cache: &'c TableCache<T>,
    hash: u64,
    version: u64,
}

/// The hash by which rows are found.
pub(crate) fn hash(key: &[u8], seed: u64) -> u64 {
    chain_key(seed, key)
}

impl<T: CacheRow> TableCache<T> {
    /// An empty cache; `is_ending` says that a commit is under way.
    pub(crate) fn new(seed: u64, len_max: usize, is_ending: bool) -> Self {
        let shards = std::array::from_fn(|_| Mutex::new(Shard::new(len_max / SHARD_COUNT)));
        let version = AtomicU64::new(u64::from(is_ending));
        Self { shards, version, seed, len_max: AtomicUsize::new(len_max) }
    }

    /// Makes room for `len_max` bytes, if that is more than before.
    pub(crate) fn raise(&self, len_max: usize) {
        if self.len_max.fetch_max(len_max, Ordering::Relaxed) < len_max {
            self.each(|shard| shard.raise(len_max / SHARD_COUNT));
        }
    }

    /// Looks for the row under `key`. What is read after a miss must be read from a state that is taken later.
    ///
    /// It waits for nobody, and would rather miss: after a fork, nobody may be there to wait for.
    pub(crate) fn find(&self, key: &[u8]) -> Found<'_, T> {
        let version = self.version.load(Ordering::Acquire);
        let hash = hash(key, self.seed);
        let Some(mut shard) = self.free_shard(hash) else { return Found::Miss(None) };
        if let Some(row) = shard.get(hash, key) {
            return Found::Hit(row);
        }
        let is_wanted = shard.is_wanted(hash) && is_current(version);
        Found::Miss(is_wanted.then_some(Admission { cache: self, hash, version }))
    }

    /// Whether the row under `key` is there. Nothing is counted, and it is no use of the row.
    pub(crate) fn holds(&self, key: &[u8]) -> bool {
        let hash = hash(key, self.seed);
        self.free_shard(hash).is_some_and(|shard| shard.holds(hash, key))
    }

    /// How full it is, and how often it had what was asked for.
    pub(crate) fn stats(&self) -> CacheStats {
        let mut stats = CacheStats {
            hit_count: 0,
            miss_count: 0,
            row_count: 0,
            len: 0,
            len_max: self.len_max.load(Ordering::Relaxed),
        };
        self.each(|shard| {
            stats.hit_count = stats.hit_count.saturating_add(shard.hit_count);
            stats.miss_count = stats.miss_count.saturating_add(shard.miss_count);
            stats.row_count = stats.row_count.saturating_add(shard.row_count());
            stats.len = stats.len.saturating_add(shard.len());
        });
        stats
    }

    fn shard(&self, hash: u64) -> Option<&Mutex<Shard<T>>> {
        // Bits that choose nothing else: the map uses the ends.
        let number = usize::try_from((hash >> 32) & 63).invariant("six bits fit");
        let shard = self.shards.get(number);
        debug_assert!(shard.is_some(), "there is a shard for each number of six bits");
        shard
    }

    /// The shard, if nobody is at it.
    fn free_shard(&self, hash: u64) -> Option<MutexGuard<'_, Shard<T>>> {
        match self.shard(hash)?.try_lock() {
            Ok(shard) => Some(shard),
            Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }

    fn each(&self, mut visit: impl FnMut(&mut Shard<T>)) {
        self.shards.iter().for_each(|shard| visit(&mut lock(shard)));
    }
}

impl<T: CacheRow> Admission<'_, T> {
    /// Puts the row in, unless the table has changed since.
    pub(crate) fn keep(self, row: T) {
        if let Some(mut shard) = self.cache.free_shard(self.hash) {
            // A writer makes the version odd before it takes this lock to remove what it changes.
            if self.cache.version.load(Ordering::Acquire) == self.version {
                shard.insert(self.hash, row);
            }
        }
    }
}

/// What a writer does to a cache, whatever is in it.
pub(crate) trait Invalidate: Send + Sync {
    /// Lets nothing in from here on, and removes what has one of these hashes; everything when there is no list.
    fn begin(&self, changed: Option<&[u64]>);

    /// Lets in what is read from here on.
    fn end(&self);
}

impl<T: CacheRow + Send + Sync> Invalidate for TableCache<T> {
    fn begin(&self, changed: Option<&[u64]>) {
        if is_current(self.version.load(Ordering::Acquire)) {
            self.version.fetch_add(1, Ordering::AcqRel);
        }
        match changed {
            Some(hashes) => hashes.iter().for_each(|hash| {
                if let Some(shard) = self.shard(*hash) {
                    lock(shard).remove(*hash);
                }
            }),
            None => self.each(Shard::clear),
        }
    }

    fn end(&self) {
        if !is_current(self.version.load(Ordering::Acquire)) {
            self.version.fetch_add(1, Ordering::AcqRel);
        }
    }
}

const fn is_current(version: u64) -> bool {
    version.is_multiple_of(2)
}

/// A shard is left whole by every call, and none of them runs caller's code.
fn lock<T>(shard: &Mutex<Shard<T>>) -> MutexGuard<'_, Shard<T>> {
    shard.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<T> fmt::Debug for TableCache<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TableCache").field("len_max", &self.len_max).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: [&[u8]; 2] = [b"one", b"two"];

    impl CacheRow for &'static [u8] {
        fn key(&self) -> &[u8] {
            self
        }

        fn heap_len(&self) -> usize {
            0
        }
    }

    type Cache = TableCache<&'static [u8]>;

    /// A cache that holds `KEYS`.
    fn filled() -> Cache {
        let cache = TableCache::new(7, 1 << 20, false);
        for key in KEYS {
            admission(&cache, key).unwrap().keep(key);
        }
        assert!(KEYS.into_iter().all(|key| is_held(&cache, key)));
        cache
    }

    /// Asks twice for what is not there.
    fn admission<'c>(cache: &'c Cache, key: &[u8]) -> Option<Admission<'c, &'static [u8]>> {
        let _ = cache.find(key);
        match cache.find(key) {
            Found::Hit(_) => None,
            Found::Miss(admission) => admission,
        }
    }

    fn is_held(cache: &Cache, key: &[u8]) -> bool {
        matches!(cache.find(key), Found::Hit(_))
    }

    #[test]
    fn what_changes_goes_and_the_rest_stays() {
        let cache = filled();
        cache.begin(Some(&[hash(b"one", 7)]));
        assert!(!is_held(&cache, b"one") && is_held(&cache, b"two"));
        cache.begin(None);
        assert!(!is_held(&cache, b"two"));
    }

    #[test]
    fn nothing_comes_in_while_a_commit_is_under_way() {
        let cache = filled();
        cache.begin(Some(&[]));
        assert!(admission(&cache, b"new").is_none());
        cache.end();
        assert!(admission(&cache, b"new").is_some());
    }

    #[test]
    fn what_was_read_before_a_commit_does_not_come_in_after_it() {
        let cache = filled();
        let (before, during) = (admission(&cache, b"a").unwrap(), admission(&cache, b"b").unwrap());
        cache.begin(Some(&[]));
        during.keep(b"b");
        cache.end();
        before.keep(b"a");
        assert!(!is_held(&cache, b"a") && !is_held(&cache, b"b"));
    }
}
