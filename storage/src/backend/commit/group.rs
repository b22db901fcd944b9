//! Group commit: writes that come while another one runs share its transaction, and one wait for the disk.
//!
//! ```text
//! thread 1  ── body ──┐ baton
//! thread 2   waits    └─ body ──┐ baton
//! thread 3   waits       waits  └─ body ─ commit ─┬─ told
//! ```
//!
//! Each thread runs its own body, one after the other, on the one transaction; a body that fails or panics is undone
//! by itself, or with the transaction if that holds no other write. Whoever finds nobody waiting commits, and tells all
//! of them. A writer that is alone waits for nothing.

use super::{
    batch::{MEMBERS_MAX, Turn},
    outcome::Ending,
};
use crate::{
    backend::{ByteWriter, Durability, RedbBackend},
    error::Result,
};
use std::{
    panic::{Location, resume_unwind},
    sync::Arc,
};

impl RedbBackend {
    /// As [`write`](Self::write), in a transaction that may hold other threads' writes as well: for a write so small
    /// that remembering how to undo it costs next to nothing.
    #[track_caller]
    pub(crate) fn write_grouped<T>(
        &self,
        body: impl FnOnce(&dyn ByteWriter) -> Result<T>,
    ) -> Result<T> {
        let (result, ending) = self.with_batch(Location::caller(), |turn| turn.run_only(body))?;
        self.tell_of_old_readers();
        match result {
            Ok(value) => ending.of(value?, &self.path),
            Err(panic) => resume_unwind(panic),
        }
    }

    /// Runs `work` on the open batch, or on a new one; whoever finds nobody waiting ends it.
    pub(super) fn with_batch<T>(
        &self,
        begun_at: &'static Location<'static>,
        work: impl FnOnce(&mut Turn<'_, '_>) -> T,
    ) -> Result<(T, Ending)> {
        // Before any lock: in a fork, a thread that no longer exists may hold it.
        self.engine.check_process()?;
        let (permit, baton) = self.gate.join(begun_at)?;
        let mut batch = match baton {
            Some(batch) => batch,
            None => self.begin_batch(Durability::Immediate)?,
        };
        let outcome = Arc::clone(&batch.outcome);
        let result = batch.take_turn(work);
        let is_to_pass = (1..MEMBERS_MAX).contains(&batch.member_count) && batch.broken.is_none();
        let last = if is_to_pass { permit.pass(batch).err() } else { Some((permit, batch)) };
        if let Some((permit, batch)) = last {
            self.end_batch(permit, batch);
        }
        Ok((result, outcome.wait()))
    }
}
