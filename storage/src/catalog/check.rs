//! Reading a whole store through, without its record types.

use super::sealed::SealedTable;
use crate::{
    backend::ByteReader,
    error::{Result, StorageError},
    invariant::Invariant,
};

/// What [`Storage::check`](crate::Storage::check) found.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct CheckReport {
    /// How many tables there are, those of indexes and the catalogue included.
    pub table_count: u64,
    /// How many rows could be read.
    pub row_count: u64,
    /// How many of them are not what was written.
    pub fault_count: u64,
    /// The first of these, 1,000 at most: [`StorageError::Corrupt`] with table, key and damage.
    pub faults: Vec<StorageError>,
}

/// The most faults that are listed.
const FAULTS_MAX: usize = 1000;

impl CheckReport {
    /// Whether every row is what was written.
    #[must_use]
    pub const fn is_sound(&self) -> bool {
        self.fault_count == 0
    }
}

/// Compares every row of the file with its checksum, and every table's count with its rows.
pub(crate) fn check_rows(reader: &dyn ByteReader) -> Result<CheckReport> {
    let table_count = u64::try_from(reader.table_names()?.len()).invariant("a length fits");
    let mut report = CheckReport { table_count, ..CheckReport::default() };
    for table in SealedTable::all(reader)? {
        let table = match table {
            Err(error) if error.is_of_one_row() => {
                report.add(error);
                continue;
            }
            table => table?,
        };
        let mut found: u64 = 0;
        for row in table.rows(reader)? {
            let row = row?;
            found = found.saturating_add(1);
            if let Err(damage) = table.verify(&row) {
                report.add(table.corrupt(&row, damage));
            }
        }
        report.row_count = report.row_count.saturating_add(found);
        let counted = table.counted(reader, found)?;
        if counted != found {
            report.add(table.miscounted(counted, found));
        }
    }
    Ok(report)
}

impl CheckReport {
    fn add(&mut self, fault: StorageError) {
        self.fault_count = self.fault_count.saturating_add(1);
        if self.faults.len() < FAULTS_MAX {
            self.faults.push(fault);
        }
    }
}
