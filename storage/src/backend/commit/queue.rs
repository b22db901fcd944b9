//! Writes that are handed in and waited for later: many of them share a commit, whoever waits.
//!
//! They wait in line in the order they came. A thread that is begun when there are some and ends when there are none
//! takes as many as there are, up to a bound, runs them in one transaction, and tells each how it ended.

use super::group::MEMBERS_MAX;
use crate::{
    backend::{
        ByteWriter, RedbBackend,
        locks::{Condvar, Mutex, MutexGuard, thread},
    },
    error::{DatabaseError, Result, StorageError},
};
use std::{
    collections::VecDeque,
    fmt,
    future::Future,
    panic::Location,
    pin::Pin,
    sync::{Arc, PoisonError, Weak},
    task::{Context, Poll, Waker},
};

/// The most writes that wait in line: one more waits outside.
const WAITING_MAX: usize = 64 * MEMBERS_MAX;

/// What a write does; `true` when it replaced something.
type Body = dyn FnOnce(&dyn ByteWriter) -> Result<bool> + Send;

/// A write that was handed in.
pub(crate) struct Job {
    pub(crate) body: Box<Body>,
    pub(crate) ticket: Arc<TicketState>,
}

/// The line of writes that nobody has run yet.
#[derive(Default)]
pub(crate) struct WriteQueue {
    line: Mutex<Line>,
    room: Condvar,
}

#[derive(Default)]
struct Line {
    jobs: VecDeque<Job>,
    /// Whether a thread takes from it.
    is_served: bool,
}

impl WriteQueue {
    /// Waits for room and hands `job` in; `true` when nobody serves the line, which is then the caller's to see to.
    fn push(&self, job: Job) -> bool {
        let mut line = self.lock();
        while line.jobs.len() >= WAITING_MAX {
            line = self.room.wait(line).unwrap_or_else(PoisonError::into_inner);
        }
        line.jobs.push_back(job);
        !std::mem::replace(&mut line.is_served, true)
    }

    /// The next writes to run together; none, and the line is not served any more, when none wait.
    fn take(&self) -> Vec<Job> {
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

impl fmt::Debug for WriteQueue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WriteQueue").field("waiting", &self.lock().jobs.len()).finish()
    }
}

impl RedbBackend {
    /// Hands in a write to be committed with others, and gives what tells how it ended.
    pub(crate) fn enqueue(
        self: &Arc<Self>,
        body: impl FnOnce(&dyn ByteWriter) -> Result<bool> + Send + 'static,
    ) -> WriteTicket {
        let state = Arc::<TicketState>::default();
        if let Err(forked) = self.engine.check_process() {
            // The thread that serves the line is not in a process that came out of a fork.
            state.tell(Err(forked));
            return WriteTicket { state, backend: Weak::new() };
        }
        let ticket = WriteTicket { state: Arc::clone(&state), backend: Arc::downgrade(self) };
        let job = Job { body: Box::new(body), ticket: state };
        if self.queue.push(job) {
            let backend = Arc::clone(self);
            let serve = move || backend.serve();
            let begun = thread::Builder::new().name("storage writer".to_owned()).spawn(serve);
            if begun.is_err() {
                // No thread is to be had: the caller's does the work.
                self.serve();
            }
        }
        ticket
    }

    /// Runs what waits in line until nothing does.
    fn serve(&self) {
        loop {
            let jobs = self.queue.take();
            if jobs.is_empty() {
                return;
            }
            self.run_together(jobs, Location::caller());
        }
    }
}

/// Tells how a write that was handed in ended: [`wait`](Self::wait) for it, or `.await` it.
///
/// Dropped, the write goes on all the same. The store stays open until the last one that was handed in has ended.
#[must_use = "whether the write succeeded is known when it is waited for"]
pub struct WriteTicket {
    state: Arc<TicketState>,
    backend: Weak<RedbBackend>,
}

/// What a ticket and the one who runs the write share.
#[derive(Default)]
pub(crate) struct TicketState {
    progress: Mutex<Progress>,
    told: Condvar,
}

#[derive(Default)]
struct Progress {
    result: Option<Result<bool>>,
    waker: Option<Waker>,
}

impl WriteTicket {
    /// Waits until the write is on the disk, or has failed; `true` when it replaced something.
    ///
    /// # Errors
    ///
    /// As the write it is the ticket of; [`StorageError::CommitUnknown`] when the commit that it shared failed;
    /// [`StorageError::NestedWrite`] inside a transaction of this thread, which the write waits for.
    #[track_caller]
    pub fn wait(self) -> Result<bool> {
        if self.state.lock().result.is_none()
            && let Some(backend) = self.backend.upgrade()
        {
            backend.gate.check_outside(Location::caller())?;
        }
        let mut progress = self.state.lock();
        loop {
            if let Some(result) = progress.result.take() {
                return result;
            }
            progress = self.state.told.wait(progress).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Future for WriteTicket {
    type Output = Result<bool>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<bool>> {
        let mut progress = self.state.lock();
        match progress.result.take() {
            Some(result) => Poll::Ready(result),
            None => {
                progress.waker = Some(context.waker().clone());
                Poll::Pending
            }
        }
    }
}

impl fmt::Debug for WriteTicket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_done = self.state.lock().result.is_some();
        f.debug_struct("WriteTicket").field("is_done", &is_done).finish_non_exhaustive()
    }
}

impl TicketState {
    pub(crate) fn tell(&self, result: Result<bool>) {
        let mut progress = self.lock();
        progress.result = Some(result);
        let waker = progress.waker.take();
        drop(progress);
        self.told.notify_all();
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    /// It is changed in one step, so a panic of another thread leaves nothing half done.
    fn lock(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A write that was handed in panicked, and was undone.
#[cold]
pub(crate) fn panicked() -> StorageError {
    let source = "a function of the record panicked".into();
    DatabaseError { action: "write", table: None, path: None, advice: None, source }.into()
}
