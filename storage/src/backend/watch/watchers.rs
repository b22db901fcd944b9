//! Who watches what.

use super::{capture::Capture, changes::CommitChanges, queue::WatchQueue};
use crate::backend::{
    ByteTable,
    guarded::guarded,
    locks::{Mutex, MutexGuard},
};
use std::{
    sync::{Arc, PoisonError, Weak},
    task::Waker,
};

/// The watchers of a store.
#[derive(Debug, Default)]
pub(crate) struct Watchers(Mutex<Registered>);

#[derive(Debug, Default)]
struct Registered {
    watchers: Vec<Registration>,
    /// What a write has to remember for all of them; `None` if there are none.
    wishes: Option<Arc<Wishes>>,
    /// The commits that were told.
    count: u64,
}

#[derive(Debug)]
struct Registration {
    scope: Scope,
    rows: bool,
    /// Held by the watcher alone: gone when it is.
    queue: Weak<WatchQueue>,
}

/// Which tables are watched.
#[derive(Clone, Debug)]
pub(crate) enum Scope {
    Table(Arc<ByteTable>),
    /// All that have rows of the user's.
    Store,
}

/// What a write has to remember.
#[derive(Debug)]
pub(super) struct Wishes {
    tables: Vec<Wish>,
    /// What is to be remembered of all other tables.
    others: Option<Others>,
}

#[derive(Clone, Copy, Debug)]
struct Others {
    rows: bool,
    len_max: usize,
}

/// What is to be remembered of a table.
#[derive(Clone, Debug)]
pub(super) struct Wish {
    pub(super) table: Arc<ByteTable>,
    /// Whether of its rows, too.
    pub(super) rows: bool,
    /// The most bytes that any watcher has room for.
    pub(super) len_max: usize,
}

/// Who is to be woken once a commit has ended.
#[derive(Debug, Default)]
#[must_use = "tasks wait"]
pub(crate) struct Woken(Vec<Waker>);

impl Watchers {
    /// Adds a watcher with room for `len_max` bytes.
    pub(super) fn add(&self, scope: Scope, rows: bool, len_max: usize) -> Arc<WatchQueue> {
        let queue = Arc::new(WatchQueue::new(len_max));
        let registration = Registration { scope, rows, queue: Arc::downgrade(&queue) };
        let mut registered = self.lock();
        registered.watchers.push(registration);
        registered.settle();
        queue
    }

    /// What a write that begins now has changed: nothing.
    pub(crate) fn capture(&self) -> Capture {
        Capture::new(self.lock().wishes.clone())
    }

    /// Tells of a commit, which has ended, and before the next one ends.
    pub(crate) fn committed(&self, capture: Capture) -> Woken {
        self.tell(capture, |queue, commit| queue.push(commit))
    }

    /// Tells of a commit of which nobody knows whether it was made.
    pub(crate) fn unknown(&self, capture: Capture) -> Woken {
        self.tell(capture, |queue, _| queue.miss())
    }

    /// The file was opened again: what was not durable may be gone.
    pub(crate) fn reopened(&self) -> Woken {
        let queues = self.lock().queues();
        Woken(queues.filter_map(|queue| queue.miss()).collect())
    }

    /// The store is closed.
    pub(crate) fn close(&self) {
        let queues = self.lock().queues();
        Woken(queues.filter_map(|queue| queue.close()).collect()).wake();
    }

    fn tell(
        &self,
        capture: Capture,
        tell: impl Fn(&WatchQueue, &Arc<CommitChanges>) -> Option<Waker>,
    ) -> Woken {
        if capture.is_idle() {
            return Woken::default();
        }
        let mut registered = self.lock();
        let number = registered.count.saturating_add(1);
        let Some(commit) = capture.into_changes(number).map(Arc::new) else {
            return Woken::default();
        };
        registered.count = number;
        let (mut woken, mut is_gone) = (Woken::default(), false);
        for watcher in &registered.watchers {
            match watcher.queue.upgrade() {
                Some(queue) if watcher.scope.concerns(&commit) => {
                    woken.0.extend(tell(&queue, &commit));
                }
                Some(_) => {}
                None => is_gone = true,
            }
        }
        if is_gone {
            registered.settle();
        }
        woken
    }

    /// The state is changed whole, so a panic of another thread leaves nothing half done.
    fn lock(&self) -> MutexGuard<'_, Registered> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Woken {
    /// Wakes them. It runs the user's code, so nobody must wait for this thread.
    pub(crate) fn wake(self) {
        self.0.into_iter().for_each(|waker| guarded(|| waker.wake()));
    }
}

impl Registered {
    /// Forgets who is gone, and finds out what is wished for.
    fn settle(&mut self) {
        self.watchers.retain(|watcher| watcher.queue.strong_count() > 0);
        self.wishes = Wishes::of(&self.watchers).map(Arc::new);
    }

    fn queues(&self) -> impl Iterator<Item = Arc<WatchQueue>> + use<> {
        let queues: Vec<_> =
            self.watchers.iter().filter_map(|watcher| watcher.queue.upgrade()).collect();
        queues.into_iter()
    }
}

impl Scope {
    /// The name of the table, if it is one.
    pub(super) fn table(&self) -> Option<String> {
        match self {
            Self::Store => None,
            Self::Table(table) => Some(table.name().to_owned()),
        }
    }

    fn concerns(&self, commit: &CommitChanges) -> bool {
        let changes = commit.changes();
        match self {
            Self::Store => true,
            Self::Table(table) => changes.iter().any(|change| change.table() == table.name()),
        }
    }
}

impl Wishes {
    fn of(watchers: &[Registration]) -> Option<Self> {
        let (mut tables, mut others) = (Vec::<Wish>::new(), None::<Others>);
        let len_max =
            watchers.iter().filter_map(|watcher| Some(watcher.queue.upgrade()?.len_max())).max()?;
        let mut rows_of_all = false;
        for watcher in watchers {
            match &watcher.scope {
                Scope::Store => {
                    rows_of_all |= watcher.rows;
                    others = Some(Others { rows: rows_of_all, len_max });
                }
                Scope::Table(table) => match tables.iter_mut().find(|wish| wish.table == *table) {
                    Some(wish) => wish.rows |= watcher.rows,
                    None => {
                        let (table, rows) = (Arc::clone(table), watcher.rows);
                        tables.push(Wish { table, rows, len_max });
                    }
                },
            }
        }
        tables.iter_mut().for_each(|wish| wish.rows |= rows_of_all);
        Some(Self { tables, others })
    }

    /// What is wished for of `table`.
    pub(super) fn of_table(&self, table: &ByteTable) -> Option<Wish> {
        let is_it = |wish: &&Wish| wish.table.is_same(table);
        if let Some(wish) = self.tables.iter().find(is_it) {
            return Some(wish.clone());
        }
        let Others { rows, len_max } = self.others.filter(|_| table.has_rows_of_users())?;
        Some(Wish { table: Arc::new(table.clone()), rows, len_max })
    }
}
