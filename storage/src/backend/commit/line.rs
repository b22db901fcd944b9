//! The queued writes that nobody has run yet.

use super::{
    batch::{Batch, MEMBERS_MAX},
    gate::WriterGate,
    progress::Progress,
};
use crate::{
    backend::{
        ByteWriter,
        engine::DiskAccess,
        locks::{
            Condvar, Mutex, MutexGuard,
            thread::{self, ThreadId},
        },
    },
    error::{Result, StorageError},
};
use std::{
    collections::VecDeque,
    fmt, mem,
    panic::Location,
    sync::{Arc, PoisonError},
};

/// The most writes that wait in line: one more waits outside.
const WAITING_MAX: usize = 64 * MEMBERS_MAX;

/// What a write does; `true` when it replaced something.
type WriteBody = dyn FnOnce(&dyn ByteWriter) -> Result<bool> + Send;

/// A queued write.
pub(super) struct Job {
    pub(super) body: Box<WriteBody>,
    pub(super) progress: Arc<Progress>,
    /// How many bytes of memory it takes.
    pub(super) len: usize,
}

/// The line of writes that nobody has run yet.
pub(crate) struct WritesInLine {
    line: Mutex<Line>,
    /// Writes have ended, or a thread has left.
    moved: Condvar,
    gate: Arc<WriterGate<Batch>>,
    access: Arc<DiskAccess>,
    /// The most bytes that writes take which have not ended.
    len_max: usize,
}

#[derive(Default)]
struct Line {
    jobs: VecDeque<Job>,
    /// How many bytes the writes take that have not ended.
    len: usize,
    /// How many were queued, and how many of them have ended.
    handed_in: u64,
    ended: u64,
    /// Whether a thread takes from it.
    is_served: bool,
    /// The threads that take from it.
    servers: Vec<ThreadId>,
    /// Those that have left it to another, and still hold the store: they run code of the user's.
    leaving: Vec<ThreadId>,
    /// The first error that nobody was told of, because the ticket was dropped.
    untold: Option<StorageError>,
}

impl WritesInLine {
    /// An empty line before `gate`, for whom `access` lets in, with room for `len_max` bytes.
    pub(crate) fn new(
        gate: &Arc<WriterGate<Batch>>,
        access: Arc<DiskAccess>,
        len_max: usize,
    ) -> Self {
        let (line, moved, gate) = (Mutex::default(), Condvar::new(), Arc::clone(gate));
        Self { line, moved, gate, access, len_max }
    }

    /// Fails in a process that came out of a fork, where nobody serves the line. Asked before any lock: a thread that
    /// does not exist there may hold it.
    pub(crate) fn check_process(&self) -> Result<()> {
        self.access.check_process()
    }

    /// Fails where waiting for what is in line would be waiting for oneself: inside a write of this thread, and where
    /// this is the thread that runs what is in line.
    pub(crate) fn check_outside(&self, attempted_at: &'static Location<'static>) -> Result<()> {
        self.gate.check_outside(attempted_at)?;
        if self.lock().is_served_by(thread::current().id()) {
            return Err(StorageError::WouldDeadlock { attempted_at });
        }
        Ok(())
    }

    /// Waits for room and hands `job` in; `true` when nobody serves the line, which is then the caller's to see to.
    pub(super) fn push(&self, job: Job) -> bool {
        let thread = thread::current().id();
        let mut line = self.lock();
        // The thread that makes room does not wait for it.
        while line.is_full_for(job.len, self.len_max) && !line.is_served_by(thread) {
            line = self.moved.wait(line).unwrap_or_else(PoisonError::into_inner);
        }
        line.len = line.len.saturating_add(job.len);
        line.handed_in = line.handed_in.saturating_add(1);
        line.jobs.push_back(job);
        !mem::replace(&mut line.is_served, true)
    }

    /// This thread serves the line from here on.
    pub(super) fn enter(&self) {
        self.lock().servers.push(thread::current().id());
    }

    /// The next writes to run together; none, and the line is not served any more, when none wait.
    pub(super) fn take(&self) -> Vec<Job> {
        let mut line = self.lock();
        let count = line.jobs.len().min(MEMBERS_MAX);
        let jobs: Vec<Job> = line.jobs.drain(..count).collect();
        line.is_served = !jobs.is_empty();
        jobs
    }

    /// Leaves the line to another thread, which `begin` begins when there is something to take; `false` when no thread
    /// is to be had, and this one goes on.
    pub(super) fn pass_on(&self, begin: impl FnOnce() -> bool) -> bool {
        let thread = thread::current().id();
        let mut line = self.lock();
        let is_served = !line.jobs.is_empty();
        line.is_served = is_served;
        line.servers.retain(|server| *server != thread);
        line.leaving.push(thread);
        drop(line);
        let is_passed_on = !is_served || begin();
        if !is_passed_on {
            self.leave();
            self.enter();
        }
        is_passed_on
    }

    /// `count` writes have ended, which took `len` bytes.
    pub(super) fn end(&self, count: u64, len: usize) {
        let mut line = self.lock();
        line.ended = line.ended.saturating_add(count);
        line.len = line.len.saturating_sub(len);
        drop(line);
        self.moved.notify_all();
    }

    /// This thread serves the line no more, and has let go of the store.
    pub(super) fn leave(&self) {
        let thread = thread::current().id();
        let mut line = self.lock();
        let threads = if line.is_served_by(thread) { &mut line.servers } else { &mut line.leaving };
        threads.retain(|other| *other != thread);
        drop(line);
        self.moved.notify_all();
    }

    /// Remembers an error that nobody was told of.
    pub(super) fn remember(&self, error: StorageError) {
        self.lock().untold.get_or_insert(error);
    }

    /// Waits until every write that was queued before has ended, and returns the first error that nobody was told of.
    pub(super) fn flush(&self, attempted_at: &'static Location<'static>) -> Result<()> {
        self.check_outside(attempted_at)?;
        let mut line = self.lock();
        let handed_in = line.handed_in;
        while line.ended < handed_in {
            line = self.moved.wait(line).unwrap_or_else(PoisonError::into_inner);
        }
        line.untold.take().map_or(Ok(()), Err)
    }

    /// Waits until nothing is in line and no other thread that served it holds the store; unless that would be waiting
    /// for oneself.
    pub(super) fn wait_until_idle(&self) {
        if self.check_outside(Location::caller()).is_err() {
            return;
        }
        let thread = thread::current().id();
        let mut line = self.lock();
        while line.is_held_by_others(thread) {
            line = self.moved.wait(line).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// A line is changed in one step, so a panic of another thread leaves nothing half done.
    fn lock(&self) -> MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Line {
    /// Whether a write of `len` bytes has to wait for room. One that is longer than all room there is goes in alone.
    fn is_full_for(&self, len: usize, len_max: usize) -> bool {
        let is_too_long = self.len > 0 && self.len.saturating_add(len) > len_max;
        is_too_long || self.jobs.len() >= WAITING_MAX
    }

    fn is_served_by(&self, thread: ThreadId) -> bool {
        self.servers.contains(&thread)
    }

    /// Whether something is in line, or another thread than `thread` holds the store for it.
    fn is_held_by_others(&self, thread: ThreadId) -> bool {
        let mut holders = self.servers.iter().chain(&self.leaving);
        self.is_served || holders.any(|holder| *holder != thread)
    }
}

impl fmt::Debug for WritesInLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WritesInLine").field("waiting", &self.lock().jobs.len()).finish()
    }
}
