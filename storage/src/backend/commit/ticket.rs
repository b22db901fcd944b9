//! What a caller holds of a queued write.

use super::{line::WritesInLine, progress::Progress};
use crate::error::Result;
use std::{
    fmt,
    future::Future,
    panic::Location,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

/// The result of a queued write ([`put_async`](crate::Table::put_async)): [`wait`](Self::wait) for it, or `.await` it.
///
/// If it is dropped, the write still runs: the store is not closed before every queued write has ended.
/// When it fails, the next [`Storage::flush`](crate::Storage::flush) or [`Storage::close`](crate::Storage::close)
/// returns its error.
#[must_use = "whether the write succeeded is known when it is waited for"]
pub struct WriteTicket {
    progress: Arc<Progress>,
    line: Arc<WritesInLine>,
    handed_in_at: &'static Location<'static>,
}

impl WriteTicket {
    pub(super) const fn new(
        progress: Arc<Progress>,
        line: Arc<WritesInLine>,
        handed_in_at: &'static Location<'static>,
    ) -> Self {
        Self { progress, line, handed_in_at }
    }

    /// Fails where waiting for a write that has not ended would take for ever.
    fn check_may_wait(&self, at: &'static Location<'static>) -> Result<()> {
        self.line.check_process()?;
        if self.progress.has_ended() { Ok(()) } else { self.line.check_outside(at) }
    }

    /// Waits until the write is on the disk, or has failed. Returns `true` when it replaced something.
    ///
    /// # Errors
    ///
    /// As the write it is the ticket of; [`StorageError::CommitUnknown`](crate::StorageError::CommitUnknown) when the
    /// commit that it shared failed. Where it would wait for itself:
    /// [`StorageError::NestedWrite`](crate::StorageError::NestedWrite) inside a write of this thread, and
    /// [`StorageError::WouldDeadlock`](crate::StorageError::WouldDeadlock) in a waker that runs on the thread that the
    /// write waits for. The write goes on. [`StorageError::Forked`](crate::StorageError::Forked) in
    /// a process that came out of a fork.
    #[track_caller]
    pub fn wait(self) -> Result<bool> {
        self.check_may_wait(Location::caller())?;
        self.progress.wait()
    }
}

impl Future for WriteTicket {
    type Output = Result<bool>;

    /// As [`wait`](WriteTicket::wait), with the same errors.
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<bool>> {
        if let Err(error) = self.check_may_wait(self.handed_in_at) {
            return Poll::Ready(Err(error));
        }
        // Cloned outside of any lock: it is the caller's code.
        let waker = context.waker().clone();
        self.progress.take_or_wake(waker).map_or(Poll::Pending, Poll::Ready)
    }
}

impl Drop for WriteTicket {
    fn drop(&mut self) {
        let is_here = self.line.check_process().is_ok();
        if is_here && let Some(Err(error)) = self.progress.abandon() {
            self.line.remember(error);
        }
    }
}

impl fmt::Debug for WriteTicket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_done = self.progress.has_ended();
        f.debug_struct("WriteTicket").field("is_done", &is_done).finish_non_exhaustive()
    }
}
