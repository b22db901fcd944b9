//! The line of writes that were handed in and that nobody has run yet.

use super::{batch::MEMBERS_MAX, ticket::TicketState};
use crate::{
    backend::{
        ByteWriter,
        locks::{Condvar, Mutex, MutexGuard},
    },
    error::Result,
};
use std::{
    collections::VecDeque,
    fmt, mem,
    sync::{Arc, PoisonError},
};

/// The most writes that wait in line: one more waits outside.
const WAITING_MAX: usize = 64 * MEMBERS_MAX;

/// What a write does; `true` when it replaced something.
type WriteBody = dyn FnOnce(&dyn ByteWriter) -> Result<bool> + Send;

/// A write that was handed in.
pub(crate) struct Job {
    pub(crate) body: Box<WriteBody>,
    pub(crate) ticket: Arc<TicketState>,
}

/// The line of writes that nobody has run yet.
#[derive(Default)]
pub(crate) struct WritesInLine {
    line: Mutex<Line>,
    room: Condvar,
}

#[derive(Default)]
struct Line {
    jobs: VecDeque<Job>,
    /// Whether a thread takes from it.
    is_served: bool,
}

impl WritesInLine {
    /// Waits for room and hands `job` in; `true` when nobody serves the line, which is then the caller's to see to.
    pub(super) fn push(&self, job: Job) -> bool {
        let mut line = self.lock();
        while line.jobs.len() >= WAITING_MAX {
            line = self.room.wait(line).unwrap_or_else(PoisonError::into_inner);
        }
        line.jobs.push_back(job);
        !mem::replace(&mut line.is_served, true)
    }

    /// The next writes to run together; none, and the line is not served any more, when none wait.
    pub(super) fn take(&self) -> Vec<Job> {
        let mut line = self.lock();
        let count = line.jobs.len().min(MEMBERS_MAX);
        let jobs: Vec<Job> = line.jobs.drain(..count).collect();
        line.is_served = !jobs.is_empty();
        drop(line);
        self.room.notify_all();
        jobs
    }

    /// A line is changed in one step, so a panic of another thread leaves nothing half done.
    fn lock(&self) -> MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for WritesInLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WritesInLine").field("waiting", &self.lock().jobs.len()).finish()
    }
}
