//! The one way a write transaction ends.

use super::{batch::Batch, gate::Permit, outcome::Ending};
use crate::{
    backend::{
        RedbBackend,
        snapshot::ForgetOnDrop,
        watch::{Capture, Woken},
    },
    error::Cause,
};
use std::{mem, sync::Arc};

impl RedbBackend {
    /// Commits `batch`, or gives it up; lets the next writer in, and tells everyone.
    pub(crate) fn end_batch(&self, permit: Permit<'_, Batch>, mut batch: Batch) {
        let invalidation = self.caches.invalidate(&batch.changes);
        // Before the commit, so that it can reuse the pages that only this snapshot needs; and after it, so that
        // whoever is told of the commit sees it.
        self.latest.forget();
        let forget = ForgetOnDrop(&self.latest);
        let renewal = batch.changes.is_renewal().then(|| self.engine.renew());
        let outcome = Arc::clone(&batch.outcome);
        let capture = mem::take(&mut batch.capture);
        let ending = batch.end();
        // Before new states are shared: one of no generation is checked at every read.
        drop(renewal);
        drop(forget);
        drop(invalidation);
        // Before the next write can end, so that commits are told in their order.
        let woken = self.tell_watchers(&ending, capture);
        drop(permit);
        if matches!(ending, Ending::Committed) {
            self.readers.committed(self.options.alarm.as_ref().map(|alarm| alarm.age));
        }
        outcome.tell(ending);
        woken.wake();
    }

    fn tell_watchers(&self, ending: &Ending, capture: Capture) -> Woken {
        match ending {
            Ending::Committed => self.watchers.committed(capture),
            Ending::Unknown(_) => self.watchers.unknown(capture),
            Ending::GivenUp(_) => Woken::default(),
        }
    }

    /// Tells of readers that have become too old. Whoever waits for what this thread has written was told before.
    pub(crate) fn tell_of_old_readers(&self) {
        if let Some(alarm) = &self.options.alarm {
            self.readers.tell(alarm);
        }
    }
}

impl Batch {
    fn end(self) -> Ending {
        let is_kept = self.broken.is_none() && self.member_count > 0;
        match self.transaction.end(is_kept) {
            Ok(true) => Ending::Committed,
            Ok(false) => Ending::GivenUp(self.broken.unwrap_or(Cause::AfterPanic)),
            Err(error) => Ending::Unknown(error),
        }
    }
}
