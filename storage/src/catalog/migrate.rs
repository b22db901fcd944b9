//! A migration in the catalogue: begun, brought forward with each batch, and ended.
//!
//! ```text
//! begin ─ the declared layout is the newest ─▶ batch ─▶ batch ─▶ … ─▶ the last ─ older layouts are retired ─▶ done
//!   ▲                                                                    │
//!   └──────────── another program has written rows of its layout ◀──────┘
//! ```
//!
//! The row of the migration is changed in the transaction of each batch. A program of another layout that writes
//! meanwhile says so in that row (`enter.rs`), once, as its rows may lie behind the cursor.

use super::{
    entry::Entry,
    index_row::IndexRow,
    migration_row::MigrationRow,
    rekey_row::RekeyRow,
    rows::{self, TableRows},
};
use crate::{
    backend::{ByteReader, ByteWriter},
    error::{Result, StorageError},
};

/// A migration to the declared layout that a batch goes on with.
#[derive(Debug)]
pub(crate) struct Migration {
    /// How far it has come.
    pub(crate) row: MigrationRow,
    stored: TableRows,
}

impl Migration {
    /// The number of the layout that rows get.
    pub(crate) const fn number(&self) -> u16 {
        self.row.to
    }

    /// Whether rows with this number were written as records of the type that they will have.
    pub(crate) fn is_of_today(&self, number: Option<u16>) -> bool {
        let layouts = &self.stored.layouts;
        number.and_then(|number| layouts.text(number)) == layouts.text(self.row.to)
    }
}

/// How a pass over all rows ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PassEnd {
    /// All rows have the declared layout, and the older ones are retired.
    Migrated,
    /// Others have written rows of theirs meanwhile; another pass has begun.
    Disturbed,
}

impl TableRows {
    /// Whether to write rows of the layout `number` would disturb a migration or a rekey that does not know of it.
    pub(super) fn would_be_disturbed(&self, number: u16) -> bool {
        self.migration_disturbed_by(number).is_some() || self.rekey_disturbed().is_some()
    }

    /// The row of a migration to another layout, with the word that others write meanwhile; `None` if it has it.
    fn migration_disturbed_by(&self, number: u16) -> Option<MigrationRow> {
        let is_other = |row: &&MigrationRow| row.to != number && !row.is_disturbed;
        let row = self.migration.as_ref().filter(is_other)?;
        Some(MigrationRow { is_disturbed: true, ..row.clone() })
    }

    /// The same of a rekey, which every write concerns.
    fn rekey_disturbed(&self) -> Option<RekeyRow> {
        let row = self.rekey.as_ref().filter(|row| !row.is_disturbed)?;
        Some(RekeyRow { is_disturbed: true, ..row.clone() })
    }

    /// Tells a migration to another layout, and a rekey, that rows of the layout `number` are written meanwhile; `true`
    /// if there is one that did not know.
    pub(super) fn disturb(
        &mut self,
        writer: &dyn ByteWriter,
        table: &str,
        number: u16,
    ) -> Result<bool> {
        let (migration, rekey) = (self.migration_disturbed_by(number), self.rekey_disturbed());
        let is_told = migration.is_some() || rekey.is_some();
        if let Some(row) = migration {
            rows::put_migration(writer, table, &row)?;
            self.migration = Some(row);
        }
        if let Some(row) = rekey {
            rows::put_rekey(writer, table, &row)?;
            self.rekey = Some(row);
        }
        Ok(is_told)
    }

    /// Whether every row has the layout `number`.
    fn is_migrated_to(&self, number: u16) -> bool {
        self.migration.is_none() && self.layouts.len() == 1 && self.layouts.oldest() == number
    }
}

impl Entry {
    /// Whether every row has the declared layout.
    pub(crate) fn is_migrated(&self, reader: &dyn ByteReader) -> Result<bool> {
        let stored = self.stored(reader)?;
        let is_migrated = |stored: TableRows| {
            self.number_in(&stored).is_some_and(|number| stored.is_migrated_to(number))
        };
        Ok(stored.is_none_or(is_migrated))
    }

    /// The migration that the next batch goes on with; `None` if all rows have the declared layout. One that was cut
    /// off goes on where it was.
    ///
    /// # Errors
    ///
    /// [`StorageError::MigrationDisturbed`] if a migration to another layout has begun since the first batch.
    pub(crate) fn migration(
        &self,
        writer: &dyn ByteWriter,
        is_first_batch: bool,
    ) -> Result<Option<Migration>> {
        let number = self.enter(writer)?;
        let Some(mut stored) = self.stored(writer)? else { return Ok(None) };
        if stored.is_migrated_to(number) {
            return Ok(None);
        }
        let row = match stored.migration.take() {
            Some(row) if row.to == number && !(row.is_disturbed && is_first_batch) => row,
            Some(row) if row.to != number && !is_first_batch => {
                return Err(self.disturbed());
            }
            _ => self.begin(writer, &mut stored, number)?,
        };
        Ok(Some(Migration { row, stored }))
    }

    /// Begins a pass over all rows, which have the layout `number` or an older one, and will have the newest.
    fn begin(
        &self,
        writer: &dyn ByteWriter,
        stored: &mut TableRows,
        number: u16,
    ) -> Result<MigrationRow> {
        let is_newest = stored.layouts.next() == number.checked_add(1);
        let to = if is_newest { number } else { self.add_layout(writer, stored)? };
        let row = MigrationRow { to, ..MigrationRow::default() };
        rows::put_migration(writer, self.table.name(), &row)?;
        stored.migration = Some(row.clone());
        writer.renew();
        self.see(stored, writer.generation());
        Ok(row)
    }

    /// Remembers how far a migration has come.
    pub(crate) fn advance(&self, writer: &dyn ByteWriter, migration: &Migration) -> Result<()> {
        rows::put_migration(writer, self.table.name(), &migration.row)
    }

    /// Ends a pass that has come to the last row.
    pub(crate) fn end_pass(
        &self,
        writer: &dyn ByteWriter,
        migration: Migration,
    ) -> Result<PassEnd> {
        let Migration { row, mut stored } = migration;
        if row.is_disturbed {
            self.begin(writer, &mut stored, row.to)?;
            return Ok(PassEnd::Disturbed);
        }
        let table = self.table.name();
        for (number, _) in stored.layouts.iter().filter(|(number, _)| *number < row.to) {
            rows::delete_layout(writer, table, number)?;
        }
        stored.layouts.retire_before(row.to);
        rows::put_retired(writer, table, &stored.layouts.retired)?;
        rows::delete_migration(writer, table)?;
        // Whose entries stayed right is not to be asked of a layout that is gone.
        for index in &mut stored.indexes {
            if index.layout != row.to {
                *index = IndexRow { layout: row.to, ..index.clone() };
                rows::put_index(writer, table, index)?;
            }
        }
        writer.renew();
        self.see(&stored, writer.generation());
        Ok(PassEnd::Migrated)
    }

    /// The error of a migration that others keep from its end.
    #[cold]
    pub(crate) fn disturbed(&self) -> StorageError {
        StorageError::MigrationDisturbed { table: self.table.name().to_owned() }
    }
}
