//! Who watches what.

use super::{
    capture::Capture,
    changes::CommitChanges,
    queue::WatchQueue,
    wishes::{Scope, Wishes},
};
use crate::backend::{
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
        self.tell(capture, WatchQueue::push)
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
        let queues: Vec<_> = self.watchers.iter().map(|watcher| watcher.queue.upgrade()).collect();
        let watchers = self.watchers.iter().zip(&queues).filter_map(|(watcher, queue)| {
            Some((&watcher.scope, watcher.rows, queue.as_ref()?.len_max()))
        });
        self.wishes = Wishes::of(&watchers.collect::<Vec<_>>()).map(Arc::new);
    }

    fn queues(&self) -> impl Iterator<Item = Arc<WatchQueue>> + use<> {
        let queues: Vec<_> =
            self.watchers.iter().filter_map(|watcher| watcher.queue.upgrade()).collect();
        queues.into_iter()
    }
}
