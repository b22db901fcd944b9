//! A snapshot over all tables.

#[cfg(feature = "flatbuffers")]
use crate::codec::{Flatbuffers, FlatbuffersType};
#[cfg(feature = "rkyv")]
use crate::codec::{Rkyv, RkyvValue};
use crate::{
    backend::{RedbBackend, Snapshot},
    codec::Codec,
    error::Result,
    key::Key,
    record::StoredRecord,
    table::{Access, Pair, Reader, Sealed, Table},
};
use std::sync::Arc;

/// One committed state of the whole store, unchanged for as long as it is held. Cheap to clone.
///
/// The file cannot reuse the pages of a state that is held, so drop it when the work is done.
#[derive(Clone, Debug)]
pub struct ReadTxn {
    snapshot: Arc<Snapshot>,
    // The snapshot reads from the file, so the file must stay open.
    _backend: Arc<RedbBackend>,
}

impl ReadTxn {
    pub(crate) const fn new(snapshot: Arc<Snapshot>, backend: Arc<RedbBackend>) -> Self {
        Self { snapshot, _backend: backend }
    }

    /// The table of records `R` in this state.
    ///
    /// # Errors
    ///
    /// As [`StoredRecord::table`].
    pub fn table<R: StoredRecord>(&self) -> Result<Table<R, Self>> {
        Table::open(self.clone())
    }

    /// As [`Storage::pairs`](crate::Storage::pairs), in this state.
    #[must_use]
    pub fn pairs<K: Key, V: 'static, C: Codec<V>>(&self, name: &str) -> Table<Pair<K, V, C>, Self> {
        Table::unchecked(self.clone(), name)
    }

    /// As [`Storage::new_rkyv_table`](crate::Storage::new_rkyv_table), in this state.
    #[cfg(feature = "rkyv")]
    #[must_use]
    pub fn new_rkyv_table<K: Key, V: RkyvValue>(
        &self,
        name: &str,
    ) -> Table<Pair<K, V, Rkyv>, Self> {
        self.pairs(name)
    }

    /// As [`Storage::new_flatbuffers_table`](crate::Storage::new_flatbuffers_table), in this state.
    #[cfg(feature = "flatbuffers")]
    #[must_use]
    pub fn new_flatbuffers_table<K: Key, V: FlatbuffersType>(
        &self,
        name: &str,
    ) -> Table<Pair<K, V, Flatbuffers>, Self> {
        self.pairs(name)
    }
}

impl Sealed for ReadTxn {}

impl Access for ReadTxn {
    const COMMITTED: bool = true;

    fn reader(&self) -> Result<Reader<'_>> {
        Ok(Reader::Snapshot(&self.snapshot))
    }
}
