//! One consistent state that is held for as long as rows of it are read: whoever holds it borrows nothing.

use super::Reader;
use crate::{
    backend::{
        ByteRow, ByteRows, ByteTable, ByteWriter, Evolution, Handle, Snapshot, SnapshotRows,
    },
    error::Result,
    key::ByteRange,
};
use std::sync::Arc;

/// A state that is held.
#[doc(hidden)]
#[expect(unnameable_types, reason = "only hidden types and methods name it")]
pub trait State: Clone {
    /// An iterator over its rows, which holds what it needs.
    type Rows: DoubleEndedIterator<Item = Result<ByteRow>>;

    /// The state, to read from.
    fn reader(&self) -> Reader<'_>;

    /// The rows of `table` in `range`, which is not empty.
    fn rows(&self, table: &ByteTable, range: &ByteRange) -> Result<Self::Rows>;

    /// No rows.
    fn no_rows() -> Self::Rows;
}

/// A committed state.
#[doc(hidden)]
#[derive(Clone, Debug)]
#[expect(unnameable_types, reason = "only hidden types and methods name it")]
pub struct SnapshotState {
    snapshot: Arc<Snapshot>,
    // The snapshot reads from the file, so the file must stay open.
    store: Handle,
}

impl SnapshotState {
    pub(crate) const fn new(snapshot: Arc<Snapshot>, store: Handle) -> Self {
        Self { snapshot, store }
    }

    /// What becomes of tables whose record differs.
    pub(crate) fn evolution(&self) -> Evolution {
        self.store.options().how_to_evolve()
    }
}

impl State for SnapshotState {
    type Rows = SnapshotRows;

    #[inline]
    fn reader(&self) -> Reader<'_> {
        Reader::Snapshot(&self.snapshot)
    }

    fn rows(&self, table: &ByteTable, range: &ByteRange) -> Result<SnapshotRows> {
        let (lower, upper) = range.bounds();
        self.snapshot.owned_rows(table, lower, upper)
    }

    fn no_rows() -> SnapshotRows {
        SnapshotRows::empty()
    }
}

/// The state inside a write transaction.
impl<'txn> State for &'txn dyn ByteWriter {
    type Rows = ByteRows<'txn>;

    fn reader(&self) -> Reader<'_> {
        Reader::Writer(*self)
    }

    fn rows(&self, table: &ByteTable, range: &ByteRange) -> Result<ByteRows<'txn>> {
        let (lower, upper) = range.bounds();
        (*self).rows(table, lower, upper)
    }

    fn no_rows() -> ByteRows<'txn> {
        ByteRows::empty()
    }
}
