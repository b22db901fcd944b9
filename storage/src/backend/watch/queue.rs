//! What a watcher has not been told yet: commits up to a bound, and how many there was no room for.

use super::changes::CommitChanges;
use crate::backend::locks::{Condvar, Mutex, MutexGuard};
use std::{
    collections::VecDeque,
    sync::{Arc, PoisonError},
    task::Waker,
    time::{Duration, Instant},
};

/// Shared by a watcher and by whoever commits.
#[derive(Debug)]
pub(crate) struct WatchQueue {
    state: Mutex<Waiting>,
    came: Condvar,
    /// The most bytes that wait.
    len_max: usize,
}

#[derive(Debug, Default)]
struct Waiting {
    commits: VecDeque<Arc<CommitChanges>>,
    len: usize,
    /// Commits before the first of `commits` of which the watcher was not told.
    missed: u64,
    is_closed: bool,
    waker: Option<Waker>,
}

/// What a watcher is told.
#[derive(Debug)]
pub(super) enum News {
    Commit(Arc<CommitChanges>),
    /// So many commits are not known any more.
    Missed(u64),
    /// Nothing comes any more.
    Closed,
}

impl WatchQueue {
    pub(super) fn new(len_max: usize) -> Self {
        Self { state: Mutex::default(), came: Condvar::new(), len_max }
    }

    pub(super) const fn len_max(&self) -> usize {
        self.len_max
    }

    /// Adds a commit; the oldest go where there is no room. Returns who is to be woken.
    #[must_use]
    pub(super) fn push(&self, commit: &Arc<CommitChanges>) -> Option<Waker> {
        let mut state = self.lock();
        if commit.is_too_much() {
            state.miss_one();
            return self.tell(state);
        }
        state.len = state.len.saturating_add(commit.len());
        state.commits.push_back(Arc::clone(commit));
        while state.len > self.len_max {
            let Some(oldest) = state.commits.pop_front() else { break };
            state.len = state.len.saturating_sub(oldest.len());
            state.missed = state.missed.saturating_add(1);
        }
        self.tell(state)
    }

    /// A commit was made of which nothing is known.
    #[must_use]
    pub(super) fn miss(&self) -> Option<Waker> {
        let mut state = self.lock();
        state.miss_one();
        self.tell(state)
    }

    /// Nothing comes any more.
    #[must_use]
    pub(super) fn close(&self) -> Option<Waker> {
        let mut state = self.lock();
        state.is_closed = true;
        self.tell(state)
    }

    /// What is there already.
    pub(super) fn take(&self) -> Option<News> {
        self.lock().take()
    }

    /// Waits for what comes, until `deadline` if there is one.
    pub(super) fn wait(&self, deadline: Option<Instant>) -> Option<News> {
        let mut state = self.lock();
        loop {
            if let Some(news) = state.take() {
                return Some(news);
            }
            let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
            state = match left {
                Some(Duration::ZERO) => return None,
                Some(left) => {
                    let waited = self.came.wait_timeout(state, left);
                    waited.unwrap_or_else(PoisonError::into_inner).0
                }
                None => self.came.wait(state).unwrap_or_else(PoisonError::into_inner),
            };
        }
    }

    /// What is there already; `waker` is woken when something comes.
    pub(super) fn take_or_wake(&self, waker: Waker) -> Option<News> {
        let mut state = self.lock();
        let news = state.take();
        let unused = if news.is_some() { Some(waker) } else { state.waker.replace(waker) };
        // To drop a waker is to run the user's code.
        drop(state);
        drop(unused);
        news
    }

    fn tell(&self, mut state: MutexGuard<'_, Waiting>) -> Option<Waker> {
        let waker = state.waker.take();
        drop(state);
        self.came.notify_all();
        waker
    }

    /// The state is changed whole, so a panic of another thread leaves nothing half done.
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Waiting {
    fn take(&mut self) -> Option<News> {
        if self.missed > 0 {
            return Some(News::Missed(std::mem::take(&mut self.missed)));
        }
        if let Some(commit) = self.commits.pop_front() {
            self.len = self.len.saturating_sub(commit.len());
            return Some(News::Commit(commit));
        }
        self.is_closed.then_some(News::Closed)
    }

    /// The last commit is not known. What waits came before it, and would be told after it.
    fn miss_one(&mut self) {
        let count = u64::try_from(self.commits.len()).unwrap_or(u64::MAX);
        self.missed = self.missed.saturating_add(count).saturating_add(1);
        self.commits.clear();
        self.len = 0;
    }
}
