//! What commits change in all tables, told in their order.

use crate::{
    backend::{CommitChanges, Scope, Wait, Watching},
    error::Result,
    store::Storage,
    table::{BUFFER_LEN, Row, Table, row_change::Commit},
};
use std::{fmt, future::poll_fn, iter::FusedIterator, sync::Arc, time::Duration};

/// Options for watching all tables; [`start`](Self::start) begins. Returned by [`Storage::watch`].
#[must_use = "nothing is watched before `start`"]
#[derive(Debug)]
pub struct StoreWatch {
    storage: Storage,
    rows: bool,
    buffer_len: usize,
}

/// Reports the changes of each commit in all tables, in commit order, as [`Watcher`](crate::watch::Watcher) does for
/// one.
#[derive(Debug)]
pub struct StoreWatcher {
    watching: Watching,
}

/// The changes of one commit, by table.
#[must_use = "it says what was changed"]
#[derive(Clone)]
pub struct StoreCommit(Arc<CommitChanges>);

impl Storage {
    /// Watches all tables: a [`StoreWatcher`] reports the changes of each commit, and so which tables changed together.
    /// To watch one table, use [`Table::watch`].
    ///
    /// ```
    /// # use storage::Storage;
    /// # let storage = Storage::in_memory()?;
    /// let names = storage.new_rkyv_table::<u64, String>("names");
    /// let ages = storage.new_rkyv_table::<u64, u32>("ages");
    /// let mut watcher = storage.watch().start()?;
    /// storage.write(|txn| {
    ///     txn.new_rkyv_table::<u64, String>("names").put(7, &"Ada".to_string())?;
    ///     txn.new_rkyv_table::<u64, u32>("ages").put(7, &36)?;
    ///     Ok(())
    /// })?;
    /// let commit = watcher.next().unwrap()?;
    /// assert_eq!(commit.tables().collect::<Vec<_>>(), ["names", "ages"]);
    /// for change in commit.of(&names).iter().flatten() {
    ///     assert_eq!(change.key()?, 7);
    /// }
    /// # assert_eq!(commit.of(&ages).map(|commit| commit.len()), Some(1));
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    #[doc(alias("subscribe", "listen", "observe", "events", "changes"))]
    pub fn watch(&self) -> StoreWatch {
        StoreWatch { storage: self.clone(), rows: false, buffer_len: BUFFER_LEN }
    }
}

impl StoreWatch {
    /// Includes the rows in the changes; see [`Watch::rows`](crate::watch::Watch::rows).
    ///
    /// ```
    #[doc = include_str!("guide/example/names.txt")]
    /// let mut watcher = storage.watch().rows().start()?;
    /// names.put(7, &"Ada Lovelace".to_string())?;
    /// let commit = watcher.try_next()?.unwrap();
    /// for change in commit.of(&names).iter().flatten() {
    ///     assert_eq!(change.old()?.unwrap().view().as_str(), "Ada");
    ///     assert_eq!(change.new()?.unwrap().view().as_str(), "Ada Lovelace");
    /// }
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    pub fn rows(self) -> Self {
        Self { rows: true, ..self }
    }

    /// Sets how many bytes of changes may wait; see [`Watch::buffer_size`](crate::watch::Watch::buffer_size).
    ///
    /// ```
    #[doc = include_str!("guide/example/names.txt")]
    /// let watcher = storage.watch().buffer_size(1 << 20).start()?;
    /// # drop(watcher);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    pub const fn buffer_size(mut self, bytes: usize) -> Self {
        self.buffer_len = bytes;
        self
    }

    /// Starts watching.
    ///
    /// ```
    #[doc = include_str!("guide/example/names.txt")]
    /// let mut watcher = storage.watch().start()?;
    /// names.put(9, &"Emmy".to_string())?;
    /// let commit = watcher.next().unwrap()?;
    /// assert_eq!(commit.tables().collect::<Vec<_>>(), ["names"]);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Watch::start`](crate::watch::Watch::start).
    #[track_caller]
    pub fn start(self) -> Result<StoreWatcher> {
        let Self { storage, rows, buffer_len } = self;
        let (watching, _) = storage.handle().watch(Scope::Store, rows, buffer_len)?;
        Ok(StoreWatcher { watching })
    }
}

impl StoreWatcher {
    /// Returns the next commit without waiting, or `None` if there is none yet.
    ///
    /// ```
    #[doc = include_str!("guide/example/names.txt")]
    /// let mut watcher = storage.watch().start()?;
    /// assert!(watcher.try_next()?.is_none());
    /// names.put(9, &"Emmy".to_string())?;
    /// assert!(watcher.try_next()?.is_some());
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Watcher::next_timeout`](crate::watch::Watcher::next_timeout).
    pub fn try_next(&mut self) -> Result<Option<StoreCommit>> {
        self.watching.next(Wait::Not, StoreCommit::of_all)
    }

    /// Waits for the next commit; returns `None` if none comes within `timeout`, or the store is closed.
    ///
    /// ```
    #[doc = include_str!("guide/example/names.txt")]
    /// use std::time::Duration;
    ///
    /// let mut watcher = storage.watch().start()?;
    /// assert!(watcher.next_timeout(Duration::from_millis(1))?.is_none());
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Watcher::next_timeout`](crate::watch::Watcher::next_timeout).
    #[track_caller]
    pub fn next_timeout(&mut self, timeout: Duration) -> Result<Option<StoreCommit>> {
        self.watching.next(Wait::within(timeout), StoreCommit::of_all)
    }

    /// Waits for the next commit in an async task; returns `None` when the store is closed.
    ///
    /// # Errors
    ///
    /// As [`Watcher::next_timeout`](crate::watch::Watcher::next_timeout).
    pub async fn next_async(&mut self) -> Option<Result<StoreCommit>> {
        poll_fn(|context| self.watching.poll(context, StoreCommit::of_all)).await
    }
}

impl Iterator for StoreWatcher {
    type Item = Result<StoreCommit>;

    /// Waits for the next commit; `None` when the store is closed.
    #[track_caller]
    fn next(&mut self) -> Option<Self::Item> {
        self.watching.item(StoreCommit::of_all)
    }
}

impl FusedIterator for StoreWatcher {}

impl StoreCommit {
    #[expect(
        clippy::unnecessary_wraps,
        reason = "of a commit in one table there may be nothing to tell"
    )]
    fn of_all(changes: Arc<CommitChanges>) -> Option<Self> {
        Some(Self(changes))
    }

    /// Returns the number of the commit, as [`Commit::number`] does.
    ///
    /// ```
    #[doc = include_str!("guide/example/names.txt")]
    /// let mut watcher = storage.watch().start()?;
    /// names.put(9, &"Emmy".to_string())?;
    /// names.delete(9)?;
    /// let (first, second) = (watcher.next().unwrap()?, watcher.next().unwrap()?);
    /// assert!(first.number() < second.number());
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    #[must_use]
    pub fn number(&self) -> u64 {
        self.0.number()
    }

    /// Returns the names of the tables that the commit has changed, each once.
    ///
    /// ```
    #[doc = include_str!("guide/example/names.txt")]
    /// let mut watcher = storage.watch().start()?;
    /// names.put(9, &"Emmy".to_string())?;
    /// let commit = watcher.next().unwrap()?;
    /// assert_eq!(commit.tables().collect::<Vec<_>>(), ["names"]);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    pub fn tables(&self) -> impl Iterator<Item = &str> {
        self.0.tables()
    }

    /// Returns the changes in `table`, or `None` if there are none.
    ///
    /// ```
    #[doc = include_str!("guide/example/names.txt")]
    /// let mut watcher = storage.watch().start()?;
    /// names.put(9, &"Emmy".to_string())?;
    /// let commit = watcher.next().unwrap()?;
    /// assert_eq!(commit.of(&names).map(|changes| changes.len()), Some(1));
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    #[must_use]
    pub fn of<L: Row>(&self, table: &Table<L>) -> Option<Commit<L>> {
        table.changes_in(&self.0)
    }
}

impl fmt::Debug for StoreCommit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tables: Vec<_> = self.tables().collect();
        f.debug_struct("StoreCommit")
            .field("number", &self.number())
            .field("tables", &tables)
            .finish_non_exhaustive()
    }
}
