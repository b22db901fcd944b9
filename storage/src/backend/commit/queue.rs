//! Queued writes, waited for later: many of them share a commit, whoever waits.
//!
//! They wait in line in the order they came. A thread that is begun when there are some and ends when there are none
//! takes as many as there are, up to a bound, runs them in one transaction, and tells each how it ended.
//!
//! *Invariant*: whoever waits for what is in line does not do so on that thread, and the thread ends by itself: the
//! user's code on it is guarded, and the line is another thread's before a callback begins, which may take its time.

use super::{
    batch::Turn,
    line::{Job, WritesInLine},
    progress::{Progress, Told},
    ticket::WriteTicket,
};
use crate::{
    backend::{ByteWriter, RedbBackend, guarded::guarded, locks::thread},
    error::{Action, Cause, Result, StorageError},
    invariant::Invariant,
};
use std::{panic::Location, sync::Arc, task::Waker};

impl RedbBackend {
    /// Queues a write to be committed with others, and returns what tells how it ended. It takes `len` bytes of
    /// memory until then.
    #[track_caller]
    pub(crate) fn enqueue(
        self: &Arc<Self>,
        len: usize,
        body: impl FnOnce(&dyn ByteWriter) -> Result<bool> + Send + 'static,
    ) -> Result<WriteTicket> {
        // The thread that serves the line is not in a process that came out of a fork.
        self.engine.check_process()?;
        let handed_in_at = Location::caller();
        // It might wait for room that only the end of this thread's write can make.
        self.gate.check_outside(handed_in_at)?;
        let progress = Arc::<Progress>::default();
        let ticket = WriteTicket::new(Arc::clone(&progress), Arc::clone(&self.line), handed_in_at);
        if self.line.push(Job { body: Box::new(body), progress, len }) && !self.begin_service() {
            // No thread is to be had: the caller's does the work.
            Arc::clone(self).serve();
        }
        Ok(ticket)
    }

    /// Begins a thread that serves the line; `false` when none is to be had.
    fn begin_service(self: &Arc<Self>) -> bool {
        let backend = Arc::clone(self);
        let serve = move || backend.serve();
        thread::Builder::new().name("storage writer".to_owned()).spawn(serve).is_ok()
    }

    /// Waits until every write that was queued before has ended, and returns the first error that nobody was told of.
    pub(crate) fn flush(&self, attempted_at: &'static Location<'static>) -> Result<()> {
        self.engine.check_process()?;
        self.line.flush(attempted_at)
    }

    /// Waits until no write is queued or running.
    pub(crate) fn wait_until_idle(&self) {
        // In a process that came out of a fork there is nobody to wait for.
        if self.engine.check_process().is_ok() {
            self.line.wait_until_idle();
        }
    }

    /// Runs what waits in line until nothing does.
    fn serve(self: Arc<Self>) {
        let service = Service::new(&self.line);
        loop {
            let jobs = service.0.take();
            if jobs.is_empty() {
                // Before the service ends: who waits for its end finds the store free.
                drop(self);
                return;
            }
            let count = u64::try_from(jobs.len()).invariant("a length in memory fits 64 bits");
            let len = jobs.iter().fold(0, |len: usize, job| len.saturating_add(job.len));
            let mut wakers = Vec::new();
            guarded(|| wakers = self.run_together(jobs, Location::caller()));
            service.0.end(count, len);
            for waker in wakers {
                guarded(|| waker.wake());
            }
            if self.readers.has_old() {
                // The callback may queue more and wait for it, or for another thread that does.
                let is_passed_on = service.0.pass_on(|| self.begin_service());
                self.tell_of_old_readers();
                if is_passed_on {
                    drop(self);
                    return;
                }
            }
        }
    }

    /// Runs queued writes in a transaction that may hold other threads' writes as well, and tells each
    /// how it ended. Returns the tasks that want to be woken.
    fn run_together(&self, jobs: Vec<Job>, begun_at: &'static Location<'static>) -> Vec<Waker> {
        let (progresses, mut bodies): (Vec<_>, Vec<_>) =
            jobs.into_iter().map(|Job { body, progress, .. }| (progress, body)).unzip();
        let run_all = |turn: &mut Turn<'_, '_>| -> Vec<_> {
            bodies.drain(..).map(|body| turn.run(body)).collect()
        };
        let results: Vec<Result<bool>> = match self.with_batch(begun_at, run_all) {
            Ok((results, ending)) => {
                let told = results.into_iter().map(|result| match result {
                    Ok(value) => value.and_then(|value| ending.clone().of(value, &self.path)),
                    Err(payload) => {
                        guarded(|| drop(payload));
                        Err(panicked())
                    }
                });
                told.collect()
            }
            Err(error) => {
                // No transaction could be begun; each is told why.
                progresses.iter().map(|_| Err(error.shared())).collect()
            }
        };
        // What was not run holds records of the user's.
        for body in bodies {
            guarded(|| drop(body));
        }
        // All results are there before the first waker runs, which may ask for any of them.
        let told = progresses.iter().zip(results).map(|(progress, result)| progress.tell(result));
        let waker = |told| match told {
            Told::Waker(waker) => waker,
            Told::Nobody(result) => {
                result.err().into_iter().for_each(|error| self.line.remember(error));
                None
            }
        };
        told.filter_map(waker).collect()
    }
}

/// That this thread serves a line, until it is dropped.
struct Service(Arc<WritesInLine>);

impl Service {
    fn new(line: &Arc<WritesInLine>) -> Self {
        line.enter();
        Self(Arc::clone(line))
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.0.leave();
    }
}

/// A queued write panicked, and was undone.
#[cold]
fn panicked() -> StorageError {
    StorageError::database(Action::Write, None, Cause::CallerPanic)
}
