//! One writer at a time, and none that waits for itself.

use crate::error::{Result, StorageError};
use std::{
    panic::Location,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    thread::{self, ThreadId},
};

/// Lets one write in; a second one of the same thread is an error, one of another thread waits.
#[derive(Debug, Default)]
pub(super) struct WriterGate {
    holder: Mutex<Option<Holder>>,
    freed: Condvar,
}

#[derive(Clone, Copy, Debug)]
struct Holder {
    thread: ThreadId,
    begun_at: &'static Location<'static>,
}

/// The right to write, given back when dropped.
#[derive(Debug)]
pub(super) struct Permit<'gate>(&'gate WriterGate);

impl WriterGate {
    /// Waits for the right to write.
    pub(super) fn enter(&self, attempted_at: &'static Location<'static>) -> Result<Permit<'_>> {
        let thread = thread::current().id();
        let mut holder = self.lock();
        while let Some(Holder { thread: other, begun_at }) = *holder {
            if other == thread {
                return Err(StorageError::NestedWrite { begun_at, attempted_at });
            }
            holder = self.freed.wait(holder).unwrap_or_else(PoisonError::into_inner);
        }
        *holder = Some(Holder { thread, begun_at: attempted_at });
        Ok(Permit(self))
    }

    /// The holder is replaced whole, so a panic of another thread leaves nothing half done.
    fn lock(&self) -> MutexGuard<'_, Option<Holder>> {
        self.holder.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        *self.0.lock() = None;
        self.0.freed.notify_one();
    }
}
