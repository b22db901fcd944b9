//! A snapshot over all tables.

use crate::{
    backend::{Evolution, Handle, Snapshot},
    error::Result,
    sealed::Sealed,
    table::{Access, Reader, SnapshotState, State as _},
};
use std::sync::Arc;

/// One committed state of the whole store, unchanged for as long as it is held. Cheap to clone.
///
/// The file cannot reuse the pages of a state that is held, so drop it when the work is done.
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
