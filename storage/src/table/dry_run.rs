//! A migration that writes nothing, and says what would become of each row: `dry_run`.

use super::{migrate::Migrate, migrate_batch::MigrationProgress};
use crate::{
    codec::layout_number,
    error::{Result, StorageError},
    key::ByteRange,
    record::StoredRecord,
};
use std::{collections::BTreeMap, ops::ControlFlow};

/// The most failures that are listed.
const FAILURES_MAX: usize = 1000;

/// What a migration would do: see [`Migrate::dry_run`].
#[derive(Debug, Default)]
#[non_exhaustive]
#[must_use]
pub struct DryRun {
    /// The layouts that rows have, by number, with the rows of each.
    pub layouts: Vec<LayoutRows>,
    /// How many rows could not be rewritten.
    pub failure_count: u64,
    /// The first of these, 1,000 at most: errors that name the table and the key.
    pub failures: Vec<StorageError>,
}

/// The rows of one layout.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct LayoutRows {
    /// The number of the layout.
    pub number: u16,
    /// Whether it is the one that the code declares, whose rows stay as they are.
    pub is_declared: bool,
    /// How many rows have it.
    pub row_count: u64,
    /// How many bytes their values take,
    pub byte_count: u64,
    /// and how many they would take.
    pub byte_count_after: u64,
}

impl DryRun {
    /// Whether every row could be rewritten.
    #[must_use]
    pub const fn is_sound(&self) -> bool {
        self.failure_count == 0
    }
}

impl<R: StoredRecord, F: FnMut(&MigrationProgress) -> ControlFlow<()>> Migrate<'_, R, F> {
    /// Reads all rows of one committed state, makes and checks what each of another layout would become, and writes
    /// nothing.
    ///
    /// # Errors
    ///
    /// [`StorageError::Database`] when the engine cannot read. What is wrong with a row is in the result.
    pub fn dry_run(self) -> Result<DryRun> {
        let table = self.table;
        let Some(reader) = table.reading()? else { return Ok(DryRun::default()) };
        let declared = table.shared.entry.survey(reader.bytes())?.declared.unwrap_or_default();
        let (mut layouts, mut dry_run) = (BTreeMap::<u16, LayoutRows>::new(), DryRun::default());
        reader.for_each(table.byte_table(), &ByteRange::ALL, |key, value| {
            let number = layout_number(value).unwrap_or_default();
            let is_declared = number == declared;
            let after = match is_declared {
                true => value.len(),
                false => match table.form().rewritten(declared, key, value) {
                    Ok(rewritten) => rewritten.len(),
                    Err(error) => {
                        dry_run.add(error)?;
                        value.len()
                    }
                },
            };
            let rows = layouts.entry(number).or_default();
            *rows = LayoutRows {
                number,
                is_declared,
                row_count: rows.row_count.saturating_add(1),
                byte_count: plus(rows.byte_count, value.len()),
                byte_count_after: plus(rows.byte_count_after, after),
            };
            Ok(())
        })?;
        dry_run.layouts = layouts.into_values().collect();
        Ok(dry_run)
    }
}

impl DryRun {
    /// Adds what a row has against it; fails with an error that is not about a row.
    fn add(&mut self, error: StorageError) -> Result<()> {
        if !error.is_of_one_row() && !matches!(error, StorageError::Serialization(_)) {
            return Err(error);
        }
        self.failure_count = self.failure_count.saturating_add(1);
        if self.failures.len() < FAILURES_MAX {
            self.failures.push(error);
        }
        Ok(())
    }
}

fn plus(count: u64, len: usize) -> u64 {
    count.saturating_add(u64::try_from(len).unwrap_or(u64::MAX))
}
