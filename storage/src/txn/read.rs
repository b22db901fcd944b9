//! A snapshot over all tables.

use crate::{
    backend::Snapshot,
    error::Result,
    record::StoredRecord,
    table::{Access, Reader, Sealed, Table},
};
use std::sync::Arc;

/// One committed state of the whole store, unchanged for as long as it is held. Cheap to clone.
///
/// The file cannot reuse the pages of a state that is held, so drop it when the work is done.
#[derive(Clone, Debug)]
pub struct ReadTxn {
    snapshot: Arc<Snapshot>,
}

impl ReadTxn {
    pub(crate) fn new(snapshot: Snapshot) -> Self {
        Self { snapshot: Arc::new(snapshot) }
    }

    /// The table of records `R` in this state.
    ///
    /// # Errors
    ///
    /// As [`StoredRecord::table`].
    pub fn table<R: StoredRecord>(&self) -> Result<Table<R, Self>> {
        Table::open(self.clone())
    }
}

impl Sealed for ReadTxn {}

impl Access for ReadTxn {
    const COMMITTED: bool = true;

    fn reader(&self) -> Result<Reader<'_>> {
        Ok(Reader::Snapshot(Arc::clone(&self.snapshot)))
    }
}
