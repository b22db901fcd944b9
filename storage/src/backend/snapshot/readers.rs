//! Who reads which state, and since when: a state that is held keeps the file from reusing its pages.

use crate::backend::guarded::guarded;
use std::{
    collections::BTreeMap,
    fmt, mem,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

/// A state that is held although there are newer ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OldReader {
    /// How long it has been held.
    pub age: Duration,
    /// How many commits there were since.
    pub commits_behind: u64,
}

/// Whom to tell of readers that are held for long.
#[derive(Clone)]
pub(crate) struct ReaderAlarm {
    pub(crate) age: Duration,
    pub(crate) tell: Arc<dyn Fn(OldReader) + Send + Sync>,
}

impl fmt::Debug for ReaderAlarm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReaderAlarm").field("age", &self.age).finish_non_exhaustive()
    }
}

/// The states that are held, each under its number.
#[derive(Debug, Default)]
pub(crate) struct Readers {
    held: Mutex<BTreeMap<u64, HeldSnapshot>>,
    /// Those that have become too old, of whom nobody was told yet.
    old: Mutex<Vec<OldReader>>,
    next_number: AtomicU64,
    commit_count: AtomicU64,
}

#[derive(Debug)]
struct HeldSnapshot {
    since: Instant,
    commit: u64,
    is_told: bool,
}

/// A state that is held, until the last clone is dropped.
#[derive(Debug)]
pub(crate) struct Ticket {
    readers: Arc<Readers>,
    number: u64,
}

impl Readers {
    /// Enters a reader of the present state.
    pub(crate) fn enter(self: &Arc<Self>) -> Arc<Ticket> {
        let number = self.next_number.fetch_add(1, Ordering::Relaxed);
        let reader =
            HeldSnapshot { since: Instant::now(), commit: self.commit_count(), is_told: false };
        self.held().insert(number, reader);
        Arc::new(Ticket { readers: Arc::clone(self), number })
    }

    pub(crate) fn commit_count(&self) -> u64 {
        self.commit_count.load(Ordering::Acquire)
    }

    /// The reader that is held longest among those of a state that is no longer the latest.
    pub(crate) fn oldest(&self) -> Option<OldReader> {
        let now = self.commit_count();
        self.held().values().map(|reader| reader.old(now)).find(|old| old.commits_behind > 0)
    }

    /// Counts a commit, and notes each reader that has become older than `age`, once.
    pub(crate) fn committed(&self, age: Option<Duration>) {
        let now = self.commit_count.fetch_add(1, Ordering::AcqRel).saturating_add(1);
        let Some(age) = age else { return };
        let mut old = Vec::new();
        for reader in self.held().values_mut() {
            let is_due = !reader.is_told && reader.since.elapsed() >= age;
            if is_due && reader.commit < now {
                reader.is_told = true;
                old.push(reader.old(now));
            }
        }
        self.old().append(&mut old);
    }

    /// Whether there are readers of whom nobody was told yet.
    pub(crate) fn has_old(&self) -> bool {
        !self.old().is_empty()
    }

    /// Tells `alarm` of the readers that were noted. Where this is called nobody waits for this thread: it runs the
    /// user's code, which may wait for whom it likes, and may read and write.
    pub(crate) fn tell(&self, alarm: &ReaderAlarm) {
        let old = mem::take(&mut *self.old());
        for reader in old {
            guarded(|| (alarm.tell)(reader));
        }
    }

    fn old(&self) -> MutexGuard<'_, Vec<OldReader>> {
        self.old.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// An entry is changed in one step, so a panic of another thread leaves nothing half done.
    fn held(&self) -> MutexGuard<'_, BTreeMap<u64, HeldSnapshot>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl HeldSnapshot {
    fn old(&self, now: u64) -> OldReader {
        OldReader { age: self.since.elapsed(), commits_behind: now.saturating_sub(self.commit) }
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        self.readers.held().remove(&self.number);
    }
}
