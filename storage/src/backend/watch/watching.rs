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
    task::{Context, Poll},
    time::Instant,
};

/// The commits that one watcher is told of.
#[derive(Debug)]
pub(crate) struct Watching {
    queue: Arc<WatchQueue>,
    line: Arc<WritesInLine>,
    scope: Scope,
    began_at: &'static Location<'static>,
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
        let began_at = Location::caller();
        let _permit = self.gate.enter(began_at)?;
        let snapshot = self.snapshot()?;
        let queue = self.watchers.add(scope.clone(), rows, len_max);
        let line = Arc::clone(&self.line);
        Ok((Watching { queue, line, scope, began_at }, snapshot))
    }
}

impl Watching {
    /// The next commit; `None` when the store is closed, or when none came in time.
    pub(crate) fn next(&self, wait: Wait) -> Result<Option<Arc<CommitChanges>>> {
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
        self.line.check_outside(self.began_at)?;
        self.queue.wait(deadline).map_or(Ok(None), |news| self.told(news))
    }

    /// The next commit, or the task of `context` is woken when there is one.
    pub(crate) fn poll(&self, context: &Context<'_>) -> Poll<Result<Option<Arc<CommitChanges>>>> {
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
