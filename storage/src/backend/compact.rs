//! What a file holds moved to its front, and the rest cut off.

use super::{RedbBackend, engine::io_error};
use crate::error::{Action, Result};
use std::{
    panic::{Location, resume_unwind},
    sync::{Arc, atomic::Ordering, mpsc},
    thread,
    time::{Duration, Instant},
};

/// How far a compaction is, for [`Storage::compact_with`](crate::Storage::compact_with).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CompactProgress {
    /// The file's length in bytes when the compaction began.
    pub file_len_before: u64,
    /// The file's length now.
    pub file_len: u64,
    /// Bytes moved so far, bookkeeping included.
    pub bytes_written: u64,
    /// How long it has taken.
    pub elapsed: Duration,
}

/// How often progress is reported.
const INTERVAL: Duration = Duration::from_millis(100);

impl RedbBackend {
    /// Moves pages to the front of the file and cuts off the rest; `false` when there was nothing to gain. Reads and
    /// writes that begin meanwhile wait. `tell` is called with the progress ten times a second and at the end.
    ///
    /// # Errors
    ///
    /// [`StorageError::Database`](crate::StorageError::Database) when a reader holds a state, which keeps pages
    /// where they are, or when the engine cannot go on; [`StorageError::NestedWrite`](crate::StorageError::NestedWrite)
    /// inside a write of this thread. The content is as it was.
    #[track_caller]
    pub fn compact(&self, mut tell: impl FnMut(CompactProgress)) -> Result<bool> {
        self.engine.check_process()?;
        let _permit = self.gate.enter(Location::caller())?;
        let _invalidation = self.caches.clear();
        let (disk, meter) = self.engine.with(&self.path, |engine| {
            engine.health.check(Action::Compact)?;
            engine.check_file(&self.absolute_path, &self.path)?;
            Ok((Arc::clone(&engine.disk), Arc::clone(&engine.meter)))
        })?;
        let begun = Instant::now();
        let file_len = || disk.len().unwrap_or_default();
        let written = || meter.bytes_written.load(Ordering::Relaxed);
        let (file_len_before, written_before) = (file_len(), written());
        let progress = || CompactProgress {
            file_len_before,
            file_len: file_len(),
            bytes_written: written().saturating_sub(written_before),
            elapsed: begun.elapsed(),
        };
        let compacted = thread::scope(|scope| {
            let (working, ended) = mpsc::channel::<()>();
            // On a thread of its own, so that `tell` runs where nothing is locked: a read in it waits, and goes on.
            let work = thread::Builder::new().spawn_scoped(scope, move || {
                let _working = working;
                // A read that began would keep its state for the next one, and nobody would ever end it.
                let _held = self.latest.hold();
                self.engine.compact(&self.path)
            });
            let work =
                work.map_err(|error| io_error(Action::Compact, error).in_store(&self.path))?;
            while ended.recv_timeout(INTERVAL) == Err(mpsc::RecvTimeoutError::Timeout) {
                tell(progress());
            }
            work.join().unwrap_or_else(|panic| resume_unwind(panic))
        });
        if compacted.is_ok() {
            tell(progress());
        }
        compacted
    }
}
