//! Rows of any table, one by one.

use super::{DynamicRow, open::OpenTable};
use crate::{
    backend::{ByteRow, SnapshotRows},
    error::{Damage, DynamicError, ReportedKey, Result, StorageError},
    key::ByteRange,
    table::{
        SnapshotState, State as _,
        passing::{self, Passing},
    },
};
use std::{fmt, sync::Arc};

/// Rows in the order of their keys, or in that of an index, from either end; an error takes the place of a row that
/// cannot be read, and the next one comes. One row is in memory at a time.
///
/// [`count`](Self::count) and `last` stop at the first error. `nth` and `nth_back` return the first error of the rows
/// that they pass over, which comes once more as the next row: so `skip(20).collect::<Result<Vec<_>, _>>()` fails, too.
/// Other adapters of the standard library know no errors: `rev().count()` and `map(..).count()` count one as a row.
#[must_use = "rows are read when they are asked for, and not before"]
pub struct DynamicRows {
    table: Arc<OpenTable>,
    state: SnapshotState,
    /// Which of the indexes is walked.
    index: Option<usize>,
    rows: SnapshotRows,
    /// The error that `nth` has returned, which is to be returned again.
    again: Option<DynamicError>,
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
        Ok(Self { table: Arc::clone(table), state: state.clone(), index, rows, again: None })
    }

    /// Returns the number of rows that are left, each of which is read; [`DynamicTable::len`](super::DynamicTable::len)
    /// reads none.
    ///
    /// # Errors
    ///
    /// The first error of a row. The method of [`Iterator`] would count it as one.
    pub fn count(self) -> Result<u64, DynamicError> {
        let mut count: u64 = 0;
        for row in self {
            row?;
            count = count.saturating_add(1);
        }
        Ok(count)
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
        if let Some(error) = self.again.take() {
            return Some(Err(error));
        }
        let row = self.rows.next()?;
        Some(self.row(row))
    }

    fn last(self) -> Option<Self::Item> {
        passing::last(self)
    }

    fn nth(&mut self, n: usize) -> Option<Self::Item> {
        passing::nth(self, n, Self::next)
    }
}

impl DoubleEndedIterator for DynamicRows {
    fn next_back(&mut self) -> Option<Self::Item> {
        if let Some(error) = self.again.take() {
            return Some(Err(error));
        }
        let row = self.rows.next_back()?;
        Some(self.row(row))
    }

    fn nth_back(&mut self, n: usize) -> Option<Self::Item> {
        passing::nth(self, n, Self::next_back)
    }
}

impl Passing for DynamicRows {
    type Error = DynamicError;

    fn again(&mut self) -> &mut Option<DynamicError> {
        &mut self.again
    }

    fn shared(error: &DynamicError) -> DynamicError {
        error.shared()
    }
}

impl fmt::Debug for DynamicRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DynamicRows").field("table", &self.table.name()).finish_non_exhaustive()
    }
}
