//! Rows of any table, one by one.

use super::{DynamicRow, open::OpenTable};
use crate::{
    backend::{ByteRow, SnapshotRows},
    error::{Damage, DynamicError, ReportedKey, Result, StorageError},
    key::ByteRange,
    table::{SnapshotState, State as _},
};
use std::{fmt, sync::Arc};

/// Rows in the order of their keys, or in that of an index, from either end; an error takes the place of a row that
/// cannot be read, and the next one comes. One row is in memory at a time.
pub struct DynamicRows {
    table: Arc<OpenTable>,
    state: SnapshotState,
    /// Which of the indexes is walked.
    index: Option<usize>,
    rows: SnapshotRows,
}

impl DynamicRows {
    pub(super) fn new(
        table: &Arc<OpenTable>,
        state: &SnapshotState,
        index: Option<usize>,
        range: &ByteRange,
    ) -> Result<Self, DynamicError> {
        let source = index.and_then(|index| table.known.indexes.get(index));
        let source = source.map_or(&table.known.table, |index| &index.table);
        let rows = match range.is_empty() {
            true => SnapshotState::no_rows(),
            false => state.rows(source, range)?,
        };
        Ok(Self { table: Arc::clone(table), state: state.clone(), index, rows })
    }

    fn row(&self, row: Result<ByteRow>) -> Result<DynamicRow, DynamicError> {
        let ByteRow { key, value } = row?;
        let Some(index) = self.index else {
            return DynamicRow::new(&self.table, key, 0, value);
        };
        let corrupt = |damage: Damage| {
            let table = self.table.known.indexes.get(index).map_or("", |index| index.table.name());
            StorageError::corrupt_row(table, ReportedKey::untyped(&key), damage)
        };
        let known = self.table.known.indexes.get(index);
        let sealed = known.map_or(Ok(()), |known| known.seal.verify(&key, &value));
        sealed.map_err(corrupt)?;
        let keys = self.table.index_keys(index);
        let start = keys.map_or(Ok(0), |keys| keys.decode(&key).map(|(_, len)| len));
        let start = start.map_err(|error| corrupt(error.into()))?;
        let primary_key = key.get(start..).unwrap_or_default();
        let found = self.state.reader().bytes().get(&self.table.known.table, primary_key)?;
        let value = found.ok_or_else(|| corrupt(Damage::DanglingEntry))?;
        DynamicRow::new(&self.table, key, start, value)
    }
}

impl Iterator for DynamicRows {
    type Item = Result<DynamicRow, DynamicError>;

    fn next(&mut self) -> Option<Self::Item> {
        let row = self.rows.next()?;
        Some(self.row(row))
    }
}

impl DoubleEndedIterator for DynamicRows {
    fn next_back(&mut self) -> Option<Self::Item> {
        let row = self.rows.next_back()?;
        Some(self.row(row))
    }
}

impl fmt::Debug for DynamicRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DynamicRows").field("table", &self.table.name()).finish_non_exhaustive()
    }
}
