//! A snapshot over all tables.

use crate::{
    backend::{Handle, Snapshot},
    error::Result,
    sealed::Sealed,
    table::{Access, Reader},
};
use std::sync::Arc;

/// One committed state of the whole store, unchanged for as long as it is held. Cheap to clone.
///
/// The file cannot reuse the pages of a state that is held, so drop it when the work is done.
#[derive(Clone, Debug)]
pub struct ReadTxn {
    snapshot: Arc<Snapshot>,
    // The snapshot reads from the file, so the file must stay open.
    _store: Handle,
}

impl ReadTxn {
    pub(crate) const fn new(snapshot: Arc<Snapshot>, store: Handle) -> Self {
        Self { snapshot, _store: store }
    }
}

impl Sealed for ReadTxn {}

impl Access for ReadTxn {
    const COMMITTED: bool = true;

    fn reader(&self) -> Result<Reader<'_>> {
        Ok(Reader::Snapshot(&self.snapshot))
    }
}
