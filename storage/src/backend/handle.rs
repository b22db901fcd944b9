//! A handle of an open store, and what happens when the last one goes.

use super::{ByteWriter, RedbBackend, WriteTicket};
use crate::error::{Result, StorageError};
use std::{ops::Deref, panic::Location, sync::Arc};

/// A handle of an open store. All clones are of one store, which is closed with the last of them.
#[derive(Clone, Debug)]
pub(crate) struct Handle(Arc<InUse>);

/// A store that somebody has a handle of. The thread that runs queued writes has none: it holds the backend
/// alone, and lets go of it before whoever closes the store is told that all is done.
#[derive(Debug)]
struct InUse(Arc<RedbBackend>);

impl Handle {
    /// The first handle.
    pub(crate) fn new(backend: RedbBackend) -> Self {
        Self(Arc::new(InUse(Arc::new(backend))))
    }

    /// Queues a write to be committed with others, which takes `len` bytes of memory until then.
    #[track_caller]
    pub(crate) fn enqueue(
        &self,
        len: usize,
        body: impl FnOnce(&dyn ByteWriter) -> Result<bool> + Send + 'static,
    ) -> Result<WriteTicket> {
        RedbBackend::enqueue(&self.0.0, len, body)
    }

    /// Waits for queued writes, and closes the file.
    #[track_caller]
    pub(crate) fn close(self) -> Result<()> {
        let in_use = Arc::try_unwrap(self.0)
            .map_err(|shared| StorageError::InUse { path: shared.0.path().to_owned() })?;
        let backend = Arc::clone(&in_use.0);
        if backend.check_process().is_err() {
            return backend.close_file();
        }
        let flushed = backend.flush(Location::caller());
        if let Err(StorageError::NestedWrite { .. } | StorageError::WouldDeadlock { .. }) = flushed
        {
            return flushed;
        }
        // Waits for the thread that ran queued writes.
        drop(in_use);
        backend.close_file().and(flushed)
    }
}

impl Deref for Handle {
    type Target = RedbBackend;

    #[inline]
    fn deref(&self) -> &RedbBackend {
        &self.0.0
    }
}

impl Drop for InUse {
    fn drop(&mut self) {
        self.0.wait_until_idle();
    }
}
