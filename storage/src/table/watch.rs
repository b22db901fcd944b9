//! What commits change in a table, told in the order of the commits: `watch`.

use super::{
    Form, Row, Table, View,
    form::StoredValue,
    row_change::Commit,
    watched_rows::{Question, WatchedRows},
};
use crate::{
    backend::{CommitChanges, Scope, Snapshot, Wait, Watching},
    error::Result,
    project::{Predicate, Source},
    record::FieldRecord,
};
use std::{
    fmt,
    future::poll_fn,
    iter::FusedIterator,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

/// How many bytes of changes wait for a watcher that was not asked, if nothing else is said.
pub(crate) const BUFFER_LEN: usize = 16 * 1024 * 1024;

/// How a table is to be watched; [`start`](Self::start) begins. Made by [`Table::watch`].
#[must_use = "nothing is watched before `start`"]
pub struct Watch<L: Row> {
    table: Table<L>,
    rows: bool,
    buffer_len: usize,
    questions: Vec<Box<Question<L>>>,
}

/// Tells what each commit has changed in a table, in the order of the commits. Made by [`Watch::start`].
///
/// An iterator that waits for the next commit, and ends when the store is closed. A task awaits
/// [`next_async`](Self::next_async) instead. It does not keep the store open; dropped, it costs nothing any more.
///
/// Commits wait for it in memory, up to the [`buffer_size`](Watch::buffer_size). Nobody waits for a watcher: where
/// there is no room, the oldest are dropped, and the next item is
/// [`StorageError::WatcherLagged`](crate::StorageError::WatcherLagged). After it comes the oldest that is left.
pub struct Watcher<L: Row> {
    watching: Watching,
    seen: Arc<WatchedRows<L>>,
}

impl<L: Row> Table<L> {
    /// Watches the table: a [`Watcher`] tells which rows each commit has inserted, updated and removed.
    ///
    /// One change is told for each row that a commit has changed, however often and in whatever way: by the verbs of
    /// any handle, in bulk, by [`clear`](Self::clear), or because the table was dropped, renamed or given other keys.
    /// What was undone, is not told. A row that is written with the value it had, is updated; one that a migration
    /// rewrites, is not.
    ///
    /// ```
    /// # use rkyv::{Archive, Deserialize, Serialize};
    /// # use storage::{Storage, StoredRecord};
    /// use storage::watch::ChangeKind;
    ///
    /// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// # #[store(codec = "rkyv", table = "tickets")]
    /// # struct Ticket { #[store(key)] id: u64, title: String, open: bool }
    /// # let storage = Storage::in_memory()?;
    /// let tickets = Ticket::table(&storage)?;
    /// let mut watcher = tickets.watch().rows().start()?;
    ///
    /// tickets.put(&Ticket { id: 7, title: "Leak".into(), open: true })?;
    /// tickets.update(7, |ticket| ticket.open = false)?;
    ///
    /// let first = watcher.next().unwrap()?;
    /// let change = first.iter().next().unwrap();
    /// assert_eq!((change.kind(), change.key()?), (ChangeKind::Inserted, 7));
    ///
    /// let second = watcher.next().unwrap()?;
    /// let change = second.iter().next().unwrap();
    /// assert_eq!(change.kind(), ChangeKind::Updated);
    /// let (old, new) = (change.old()?.unwrap(), change.new()?.unwrap());
    /// assert_eq!((old.open, new.open, &*new.title), (true, false, "Leak"));
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    #[doc(alias("subscribe", "listen", "observe", "events", "changes"))]
    pub fn watch(&self) -> Watch<L> {
        let (table, questions) = (self.clone(), Vec::new());
        Watch { table, rows: false, buffer_len: BUFFER_LEN, questions }
    }
}

impl<L: Row> Watch<L> {
    /// Tells the rows, too, as they were before and as they are. Otherwise their keys are told, and no row is copied.
    pub fn rows(self) -> Self {
        Self { rows: true, ..self }
    }

    /// How many bytes of changes may wait for the watcher, in memory; 16 MiB if nothing is said. A commit that changes
    /// more is not told: the watcher has lagged.
    pub const fn buffer_size(mut self, bytes: usize) -> Self {
        self.buffer_len = bytes;
        self
    }

    /// Only changes of rows that pass `predicate` before the change or after it: a row that ceases to pass is told as
    /// well as one that begins to. Of several filters, a row has to pass all. The rows are told, too.
    ///
    /// It is the watcher that asks, when it is asked for the next commit; commits are not slower for it. A change whose
    /// row cannot be read is told.
    ///
    /// ```
    /// # use rkyv::{Archive, Deserialize, Serialize};
    /// # use storage::{Storage, StoredRecord};
    /// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// # #[store(codec = "rkyv", table = "tickets")]
    /// # struct Ticket { #[store(key)] id: u64, open: bool }
    /// # let storage = Storage::in_memory()?;
    /// let tickets = Ticket::table(&storage)?;
    /// let watcher = tickets.watch().filter(Ticket::FIELDS.open.eq(true)).start()?;
    /// tickets.put(&Ticket { id: 1, open: false })?; // not told
    /// tickets.put(&Ticket { id: 2, open: true })?;
    /// tickets.put(&Ticket { id: 2, open: false })?; // it was open
    /// tickets.delete(2)?; // not told
    /// let commits = watcher.take(2).collect::<Result<Vec<_>, _>>()?;
    /// assert!(commits.iter().flatten().all(|change| change.key().unwrap() == 2));
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    pub fn filter(self, predicate: impl Predicate<L> + 'static) -> Self
    where
        L: FieldRecord,
    {
        self.ask(move |form, key, value| {
            let test = |source: &Source<'_, L>| predicate.test(source);
            form.with_fields(key, StoredValue::InFile(value), test)
        })
    }

    /// As [`filter`](Self::filter), with a question that the view of the row answers.
    pub fn filter_view(
        self,
        question: impl for<'v> Fn(View<'v, L>) -> bool + Send + Sync + 'static,
    ) -> Self {
        self.ask(move |form, key, value| form.with_view(key, StoredValue::InFile(value), &question))
    }

    fn ask(
        mut self,
        question: impl Fn(Form<'_, L>, &[u8], &[u8]) -> Result<bool> + Send + Sync + 'static,
    ) -> Self {
        self.questions.push(Box::new(question));
        self.rows()
    }

    /// Begins: every commit that begins from here on is told. Waits for a write of another thread to end, so that none
    /// is half seen; what it has written, a read sees from here on.
    ///
    /// # Errors
    ///
    /// [`StorageError::NestedWrite`](crate::StorageError::NestedWrite) inside a write of this thread, and the errors of
    /// a read: the table has another schema, or the store is closed.
    #[track_caller]
    pub fn start(self) -> Result<Watcher<L>> {
        self.begin().map(|(watcher, ..)| watcher)
    }

    /// The same, with the table and the state that the first commit comes after.
    #[track_caller]
    pub(crate) fn begin(self) -> Result<(Watcher<L>, Table<L>, Arc<Snapshot>)> {
        let Self { table, rows, buffer_len, questions } = self;
        // What rows are sealed with is known before the first is told.
        table.form_to_write()?;
        let scope = Scope::Table(Arc::new(table.byte_table().clone()));
        let (watching, snapshot) = table.access.store().watch(scope, rows, buffer_len)?;
        let seen = Arc::new(WatchedRows { table: table.without_place(), questions });
        Ok((Watcher { watching, seen }, table, snapshot))
    }
}

impl<L: Row> Watcher<L> {
    /// The next commit that is there already; `None` if there is none yet.
    ///
    /// # Errors
    ///
    /// As [`next_timeout`](Self::next_timeout).
    pub fn try_next(&mut self) -> Result<Option<Commit<L>>> {
        self.wait(Wait::Not)
    }

    /// The next commit; `None` if none comes within `timeout`, or the store was closed.
    ///
    /// # Errors
    ///
    /// [`StorageError::WatcherLagged`](crate::StorageError::WatcherLagged) when commits are missing before the next
    /// one, which can be asked for then. Where it would wait for ever:
    /// [`StorageError::NestedWrite`](crate::StorageError::NestedWrite) inside a write of this thread, and
    /// [`StorageError::WouldDeadlock`](crate::StorageError::WouldDeadlock) on the thread that runs what was handed in.
    /// [`StorageError::Forked`](crate::StorageError::Forked) in a process that came out of a fork.
    #[track_caller]
    pub fn next_timeout(&mut self, timeout: Duration) -> Result<Option<Commit<L>>> {
        self.wait(Wait::within(timeout))
    }

    /// The next commit, for a task; `None` when the store is closed. Dropped before it is there, it has taken nothing.
    ///
    /// # Errors
    ///
    /// As [`next_timeout`](Self::next_timeout).
    pub async fn next_async(&mut self) -> Option<Result<Commit<L>>> {
        poll_fn(|context| self.poll(context)).await
    }

    pub(super) fn poll(&mut self, context: &Context<'_>) -> Poll<Option<Result<Commit<L>>>> {
        self.watching.poll(context, |changes| Commit::of(&self.seen, &changes))
    }

    #[cfg(feature = "stream")]
    pub(super) const fn is_closed(&self) -> bool {
        self.watching.is_closed()
    }

    #[track_caller]
    fn wait(&self, wait: Wait) -> Result<Option<Commit<L>>> {
        self.watching.next(wait, |changes| Commit::of(&self.seen, &changes))
    }
}

impl<L: Row> Iterator for Watcher<L> {
    type Item = Result<Commit<L>>;

    /// Waits for the next commit; `None` when the store is closed.
    #[track_caller]
    fn next(&mut self) -> Option<Self::Item> {
        self.watching.item(|changes| Commit::of(&self.seen, &changes))
    }
}

impl<L: Row> FusedIterator for Watcher<L> {}

impl<L: Row> Table<L> {
    /// What a commit has changed in this table, if anything.
    pub(crate) fn changes_in(&self, changes: &Arc<CommitChanges>) -> Option<Commit<L>> {
        let seen = WatchedRows { table: self.without_place(), questions: Vec::new() };
        Commit::of(&Arc::new(seen), changes)
    }
}

impl<L: Row> fmt::Debug for Watch<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch").field("table", &self.table.name()).finish_non_exhaustive()
    }
}

impl<L: Row> fmt::Debug for Watcher<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watcher").field("table", &self.seen.table.name()).finish_non_exhaustive()
    }
}
