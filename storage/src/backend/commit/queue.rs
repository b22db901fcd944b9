//! Writes that are handed in and waited for later: many of them share a commit, whoever waits.
//!
//! They wait in line in the order they came. A thread that is begun when there are some and ends when there are none
//! takes as many as there are, up to a bound, runs them in one transaction, and tells each how it ended.

use super::{batch::Turn, line::Job, ticket::WriteTicket};
use crate::{
    backend::{ByteWriter, RedbBackend, locks::thread},
    error::{Action, Cause, Result, StorageError},
};
use std::{panic::Location, sync::Arc};

impl RedbBackend {
    /// Hands in a write to be committed with others, and gives what tells how it ended.
    pub(crate) fn enqueue(
        self: &Arc<Self>,
        body: impl FnOnce(&dyn ByteWriter) -> Result<bool> + Send + 'static,
    ) -> WriteTicket {
        let (ticket, state) = WriteTicket::new(&self.gate);
        if let Err(forked) = self.engine.check_process() {
            // The thread that serves the line is not in a process that came out of a fork.
            state.tell(Err(forked));
            return ticket;
        }
        let job = Job { body: Box::new(body), ticket: state };
        if self.line.push(job) {
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
            let jobs = self.line.take();
            if jobs.is_empty() {
                return;
            }
            self.run_together(jobs, Location::caller());
        }
    }

    /// Runs writes that were handed in, in a transaction that may hold other threads' writes as well, and tells each
    /// how it ended.
    fn run_together(&self, jobs: Vec<Job>, begun_at: &'static Location<'static>) {
        let (tickets, bodies): (Vec<_>, Vec<_>) =
            jobs.into_iter().map(|Job { body, ticket }| (ticket, body)).unzip();
        let run_all = |turn: &mut Turn<'_, '_>| -> Vec<_> {
            bodies.into_iter().map(|body| turn.run(body)).collect()
        };
        match self.with_batch(begun_at, run_all) {
            Ok((results, ending)) => {
                for (ticket, result) in tickets.iter().zip(results) {
                    ticket.tell(match result {
                        Ok(value) => value.and_then(|value| ending.clone().of(value, &self.path)),
                        Err(_) => Err(panicked()),
                    });
                }
            }
            Err(error) => {
                // No transaction could be begun; each is told why.
                let error = Arc::new(error);
                for ticket in tickets {
                    ticket.tell(Err(not_begun(&error)));
                }
            }
        }
    }
}

/// The error that kept a transaction from being begun, for one of those who wanted it.
fn not_begun(error: &Arc<StorageError>) -> StorageError {
    if let StorageError::FileReplaced { path } = &**error {
        return StorageError::FileReplaced { path: path.clone() };
    }
    StorageError::database(Action::BeginWrite, None, Cause::NotBegun(Arc::clone(error)))
}

/// A write that was handed in panicked, and was undone.
#[cold]
fn panicked() -> StorageError {
    StorageError::database(Action::Write, None, Cause::CallerPanic)
}
