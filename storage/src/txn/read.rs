//! A snapshot over all tables.

use crate::{
    backend::{Evolution, Handle, Snapshot},
    error::Result,
    sealed::Sealed,
    table::{Access, Reader, SnapshotState, State as _},
};
use std::sync::Arc;

/// A snapshot of the whole store: one committed state that later commits do not change. Cheap to clone. Returned by
/// [`Storage::read`](crate::Storage::read).
///
/// While it is held, the file cannot reuse its pages, so drop it when you are done.
#[derive(Clone, Debug)]
pub struct ReadTxn {
    state: SnapshotState,
}

impl ReadTxn {
    pub(crate) const fn new(snapshot: Arc<Snapshot>, store: Handle) -> Self {
        Self { state: SnapshotState::new(snapshot, store) }
    }
}

impl Sealed for ReadTxn {}

impl Access for ReadTxn {
    const COMMITTED: bool = true;

    type State = SnapshotState;

    fn evolution(&self) -> Evolution {
        self.state.evolution()
    }

    fn state(&self) -> Result<SnapshotState> {
        Ok(self.state.clone())
    }

    fn reader(&self) -> Result<Reader<'_>> {
        Ok(self.state.reader())
    }
}
