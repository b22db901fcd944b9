//! What commits change in all tables, told in their order.

use crate::{
    backend::{CommitChanges, Scope, Wait, Watching},
    error::Result,
    store::Storage,
    table::{BUFFER_LEN, Commit, Row, Table},
};
use std::{fmt, future::poll_fn, iter::FusedIterator, sync::Arc, time::Duration};

/// How a store is to be watched; [`start`](Self::start) begins. Made by [`Storage::watch`].
#[must_use = "nothing is watched before `start`"]
#[derive(Debug)]
pub struct StoreWatch {
    storage: Storage,
    rows: bool,
    buffer_len: usize,
}

/// Tells what each commit has changed in all tables, in the order of the commits: what
/// [`Watcher`](crate::watch::Watcher) is for one.
#[derive(Debug)]
pub struct StoreWatcher {
    watching: Watching,
}

/// What one commit has changed, table by table.
#[must_use = "it says what was changed"]
#[derive(Clone)]
pub struct StoreCommit(Arc<CommitChanges>);

impl Storage {
    /// Watches all tables: a [`StoreWatcher`] tells what each commit has changed. Where several tables change together,
    /// it tells that they do; for one table there is [`Table::watch`].
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
    /// Tells the rows, too: as [`Watch::rows`](crate::watch::Watch::rows).
    pub fn rows(self) -> Self {
        Self { rows: true, ..self }
    }

    /// How many bytes of changes may wait: as [`Watch::buffer_size`](crate::watch::Watch::buffer_size).
    pub const fn buffer_size(mut self, bytes: usize) -> Self {
        self.buffer_len = bytes;
        self
    }

    /// Begins: as [`Watch::start`](crate::watch::Watch::start).
    ///
    /// # Errors
    ///
    /// As there.
    #[track_caller]
    pub fn start(self) -> Result<StoreWatcher> {
        let Self { storage, rows, buffer_len } = self;
        let (watching, _) = storage.handle().watch(Scope::Store, rows, buffer_len)?;
        Ok(StoreWatcher { watching })
    }
}

impl StoreWatcher {
    /// The next commit that is there already; `None` if there is none yet.
    ///
    /// # Errors
    ///
    /// As [`Watcher::next_timeout`](crate::watch::Watcher::next_timeout).
    pub fn try_next(&mut self) -> Result<Option<StoreCommit>> {
        self.watching.next(Wait::Not, StoreCommit::of_all)
    }

    /// The next commit; `None` if none comes within `timeout`, or the store was closed.
    ///
    /// # Errors
    ///
    /// As [`Watcher::next_timeout`](crate::watch::Watcher::next_timeout).
    #[track_caller]
    pub fn next_timeout(&mut self, timeout: Duration) -> Result<Option<StoreCommit>> {
        self.watching.next(Wait::within(timeout), StoreCommit::of_all)
    }

    /// The next commit, for a task; `None` when the store is closed.
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

    /// The same number as [`Commit::number`].
    #[must_use]
    pub fn number(&self) -> u64 {
        self.0.number()
    }

    /// The names of the tables that it has changed, each once.
    pub fn tables(&self) -> impl Iterator<Item = &str> {
        self.0.tables()
    }

    /// What it has changed in `table`; `None` if nothing.
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
