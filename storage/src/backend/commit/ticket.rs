//! What a caller holds of a write that was handed in.

use super::{batch::Batch, gate::WriterGate};
use crate::{
    backend::locks::{Condvar, Mutex, MutexGuard},
    error::Result,
};
use std::{
    fmt,
    future::Future,
    panic::Location,
    pin::Pin,
    sync::{Arc, PoisonError},
    task::{Context, Poll, Waker},
};

/// Tells how a write that was handed in ended: [`wait`](Self::wait) for it, or `.await` it.
///
/// Dropped, the write goes on all the same. The store stays open until the last one that was handed in has ended.
#[must_use = "whether the write succeeded is known when it is waited for"]
pub struct WriteTicket {
    state: Arc<TicketState>,
    gate: Arc<WriterGate<Batch>>,
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
    /// The ticket of a write that goes in by `gate`, and what the one who runs it has of it.
    pub(super) fn new(gate: &Arc<WriterGate<Batch>>) -> (Self, Arc<TicketState>) {
        let state = Arc::<TicketState>::default();
        (Self { state: Arc::clone(&state), gate: Arc::clone(gate) }, state)
    }

    /// Waits until the write is on the disk, or has failed; `true` when it replaced something.
    ///
    /// # Errors
    ///
    /// As the write it is the ticket of; [`StorageError::CommitUnknown`](crate::StorageError::CommitUnknown) when the
    /// commit that it shared failed; [`StorageError::NestedWrite`](crate::StorageError::NestedWrite) inside a
    /// transaction of this thread, which the write waits for.
    #[track_caller]
    pub fn wait(self) -> Result<bool> {
        if self.state.lock().result.is_none() {
            self.gate.check_outside(Location::caller())?;
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
