//! What a watcher holds: its queue, and where waiting for it would take for ever.

use super::{
    changes::CommitChanges,
    queue::{News, WatchQueue},
    wishes::Scope,
};
use crate::{
    backend::{RedbBackend, Snapshot, commit::WritesInLine},
    error::{Result, StorageError},
};
use std::{
    panic::Location,
    sync::Arc,
    task::{Context, Poll, ready},
    time::{Duration, Instant},
};

/// The commits that one watcher is told of.
#[derive(Debug)]
pub(crate) struct Watching {
    queue: Arc<WatchQueue>,
    line: Arc<WritesInLine>,
    scope: Scope,
    /// It was told that nothing comes any more.
    is_closed: bool,
}

/// How long to wait for a commit.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Wait {
    Not,
    Until(Instant),
    Forever,
}

impl RedbBackend {
    /// Watches `scope` from the present state on, which is returned too. Waits for a write of another thread to end:
    /// what began before is in that state, and all that begins later is told.
    #[track_caller]
    pub(crate) fn watch(
        &self,
        scope: Scope,
        rows: bool,
        len_max: usize,
    ) -> Result<(Watching, Arc<Snapshot>)> {
        self.engine.check_process()?;
        let _permit = self.gate.enter(Location::caller())?;
        let snapshot = self.snapshot()?;
        let queue = self.watchers.add(scope.clone(), rows, len_max);
        let line = Arc::clone(&self.line);
        Ok((Watching { queue, line, scope, is_closed: false }, snapshot))
    }
}

impl Wait {
    /// Until so much time has passed.
    pub(crate) fn within(timeout: Duration) -> Self {
        Instant::now().checked_add(timeout).map_or(Self::Forever, Self::Until)
    }
}

impl Watching {
    /// What `tell` makes of the next commit of which it makes something; `None` when the store is closed, or when none
    /// came in time.
    #[track_caller]
    pub(crate) fn next<T>(
        &self,
        wait: Wait,
        tell: impl Fn(Arc<CommitChanges>) -> Option<T>,
    ) -> Result<Option<T>> {
        loop {
            let Some(changes) = self.next_changes(wait)? else { return Ok(None) };
            if let Some(told) = tell(changes) {
                return Ok(Some(told));
            }
        }
    }

    /// The same as an iterator: it waits for ever, and once it has ended it stays so.
    #[track_caller]
    pub(crate) fn item<T>(
        &mut self,
        tell: impl Fn(Arc<CommitChanges>) -> Option<T>,
    ) -> Option<Result<T>> {
        if self.is_closed {
            return None;
        }
        let item = self.next(Wait::Forever, tell).transpose();
        self.is_closed = item.is_none();
        item
    }

    /// The same for a task: that of `context` is woken when there is something.
    pub(crate) fn poll<T>(
        &mut self,
        context: &Context<'_>,
        tell: impl Fn(Arc<CommitChanges>) -> Option<T>,
    ) -> Poll<Option<Result<T>>> {
        while !self.is_closed {
            match ready!(self.poll_changes(context)) {
                Ok(Some(changes)) => {
                    if let Some(told) = tell(changes) {
                        return Poll::Ready(Some(Ok(told)));
                    }
                }
                Ok(None) => self.is_closed = true,
                Err(error) => return Poll::Ready(Some(Err(error))),
            }
        }
        Poll::Ready(None)
    }

    /// Whether it was told that the store is closed.
    #[cfg(feature = "stream")]
    pub(crate) const fn is_closed(&self) -> bool {
        self.is_closed
    }

    #[track_caller]
    fn next_changes(&self, wait: Wait) -> Result<Option<Arc<CommitChanges>>> {
        // Before any lock: in a fork, a thread that no longer exists may hold it.
        self.line.check_process()?;
        if let Some(news) = self.queue.take() {
            return self.told(news);
        }
        let deadline = match wait {
            Wait::Not => return Ok(None),
            Wait::Until(deadline) => Some(deadline),
            Wait::Forever => None,
        };
        // No other thread commits while this one writes, so nothing would come.
        self.line.check_outside(Location::caller())?;
        self.queue.wait(deadline).map_or(Ok(None), |news| self.told(news))
    }

    fn poll_changes(&self, context: &Context<'_>) -> Poll<Result<Option<Arc<CommitChanges>>>> {
        if let Err(error) = self.line.check_process() {
            return Poll::Ready(Err(error));
        }
        // Cloned outside of any lock: it is the caller's code.
        let waker = context.waker().clone();
        self.queue.take_or_wake(waker).map_or(Poll::Pending, |news| Poll::Ready(self.told(news)))
    }

    fn told(&self, news: News) -> Result<Option<Arc<CommitChanges>>> {
        match news {
            News::Commit(commit) => Ok(Some(commit)),
            News::Missed(commits) => {
                Err(StorageError::WatcherLagged { table: self.scope.table(), commits })
            }
            News::Closed => Ok(None),
        }
    }
}
