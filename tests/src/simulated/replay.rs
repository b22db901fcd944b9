//! Walking through a trace: what is safe at each position, and what a power cut there may leave.

use super::{
    Cut, Image, Trace,
    trace::{FileId, Op},
};
use crate::random::Random;
use std::{path::Path, sync::Arc};

/// Whether the disk keeps what it promised when it was synced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syncs {
    /// What was written before a sync is safe.
    Honest,
    /// Only what was written before the sync before that one is.
    Late,
}

/// A walk through a trace, from its start to a position.
#[derive(Debug)]
pub struct Replay<'t> {
    trace: &'t Trace,
    syncs: Syncs,
    position: usize,
    safe: Image,
    pending: Vec<Pending<'t>>,
    begun: Option<usize>,
    acknowledged: Option<usize>,
}

/// A change that a power cut may undo.
#[derive(Debug)]
struct Pending<'t> {
    op: &'t Op,
    /// A disk that is late was told to make it safe, and has not.
    is_late: bool,
}

impl<'t> Replay<'t> {
    /// The walk at the start of `trace`.
    #[must_use]
    pub fn new(trace: &'t Trace, syncs: Syncs) -> Self {
        Self {
            trace,
            syncs,
            position: 0,
            safe: trace.start.clone(),
            pending: Vec::new(),
            begun: None,
            acknowledged: None,
        }
    }

    /// Walks on until `position` ops are behind.
    pub fn advance_to(&mut self, position: usize) {
        let trace = self.trace;
        for op in &trace.ops[self.position..position] {
            match op {
                Op::Sync(file) => self.sync(|op| writes_to(op, *file)),
                Op::FailedSync(file) => {
                    self.pending.retain(|pending| !writes_to(pending.op, *file));
                }
                Op::SyncFolder(folder) => self.sync(|op| names_in(op, folder)),
                Op::Begin(step) => self.begun = Some(*step),
                Op::Acknowledged(step) => self.acknowledged = Some(*step),
                change => self.pending.push(Pending { op: change, is_late: false }),
            }
        }
        self.position = position;
    }

    /// Walks to the end.
    pub fn advance_to_end(&mut self) {
        self.advance_to(self.trace.ops.len());
    }

    /// The last step that was begun.
    #[must_use]
    pub const fn begun(&self) -> Option<usize> {
        self.begun
    }

    /// The last step that was acknowledged.
    #[must_use]
    pub const fn acknowledged(&self) -> Option<usize> {
        self.acknowledged
    }

    /// What a power cut here may leave.
    #[must_use]
    pub fn cut(&self, cut: Cut, random: &mut Random) -> Image {
        let pending: Vec<&Op> = self.pending.iter().map(|pending| pending.op).collect();
        cut.leaves(&self.safe, &pending, random)
    }

    /// Makes safe what `is_covered` says of the changes.
    fn sync(&mut self, is_covered: impl Fn(&Op) -> bool) {
        let (safe, syncs) = (&mut self.safe, self.syncs);
        self.pending.retain_mut(|pending| {
            if !is_covered(pending.op) {
                return true;
            }
            if syncs == Syncs::Late && !pending.is_late {
                pending.is_late = true;
                return true;
            }
            safe.apply(pending.op);
            false
        });
    }
}

fn writes_to(op: &Op, synced: FileId) -> bool {
    matches!(op, Op::Write(file, ..) | Op::SetLen(file, _) if *file == synced)
}

fn names_in(op: &Op, folder: &Path) -> bool {
    matches!(op, Op::Name(path, _) | Op::Unname(path) if path.parent() == Some(folder))
}

impl Trace {
    /// The trace of doing nothing to `start`.
    #[must_use]
    pub fn new(start: Image) -> Self {
        Self { start, ops: Vec::new() }
    }

    /// A write's bytes are shared, so a trace is cheap to keep.
    pub(super) fn push_write(&mut self, file: FileId, offset: u64, bytes: &[u8]) {
        self.ops.push(Op::Write(file, offset, Arc::from(bytes)));
    }
}
