//! A table's place in the catalogue: checked before the table is first read, made when it is first written.

use super::{
    rows::{self, TableRows},
    seals::TableSeals,
};
use crate::{
    backend::{ByteReader, ByteTable, ByteWriter, UNSETTLED},
    error::{Result, SchemaMismatch, SchemaTextReason, StorageError},
    schema::{Description, check_table_name, text},
};
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

/// The generation of no state: unlike that of a state in which tables are removed, it is never asked for.
const NEVER: u64 = u64::MAX;

/// What the code declares about a table, to be held against what the file has.
#[derive(Debug)]
pub(crate) struct Entry {
    table: ByteTable,
    /// What the file should have of it, but for the seal name.
    declared: TableRows,
    seals: Arc<TableSeals>,
    // The generation of the state in which the file had what is declared: a committed one, or that of a write, which
    // nobody else has. None at first.
    confirmed: AtomicU64,
}

impl Entry {
    /// The entry of `table`, of which the code declares `description`.
    pub(crate) fn new(table: ByteTable, description: &Description) -> Self {
        let (layout, fingerprint) = description.layout_and_fingerprint();
        let index = description.indexes.iter().map(|index| (index.name.clone(), index.text()));
        let mut indexes: Vec<_> = index.collect();
        indexes.sort_unstable();
        let declared = TableRows { layout, indexes, seal_name: None };
        let seals = Arc::new(TableSeals::of_layout(table.name(), description, fingerprint));
        Self { table, declared, seals, confirmed: AtomicU64::new(NEVER) }
    }

    pub(crate) const fn table(&self) -> &ByteTable {
        &self.table
    }

    /// What the table's rows are sealed with.
    #[inline]
    pub(crate) const fn seals(&self) -> &Arc<TableSeals> {
        &self.seals
    }

    /// Whether the entry was seen in a committed state of this generation: then nothing is left to check.
    #[inline]
    pub(crate) fn is_confirmed(&self, generation: u64) -> bool {
        self.confirmed.load(Ordering::Acquire) == generation
    }

    /// Checks the entry; `false` when the table was never written, and so has no rows.
    pub(crate) fn is_written(&self, reader: &dyn ByteReader) -> Result<bool> {
        let generation = reader.generation();
        if self.is_confirmed(generation) {
            return Ok(true);
        }
        check_table_name(self.table.name()).map_err(|reason| StorageError::TableName {
            name: self.table.name().to_owned(),
            reason,
        })?;
        let Some(stored) = TableRows::read(reader, self.table.name().as_bytes())? else {
            return match reader.len(&self.table)? {
                0 => Ok(false),
                _ => Err(rows::missing(self.table.name().as_bytes())),
            };
        };
        self.compare(&stored)?;
        self.settle(stored.seal_name.as_deref().unwrap_or_else(|| self.table.name()))?;
        self.confirm(generation);
        Ok(true)
    }

    fn confirm(&self, generation: u64) {
        if generation != UNSETTLED {
            self.confirmed.store(generation, Ordering::Release);
        }
    }

    /// Checks the entry and makes it when there is none.
    pub(crate) fn enter(&self, writer: &dyn ByteWriter) -> Result<()> {
        if !self.is_written(writer)? {
            // Written as it will be read.
            Description::parse(&self.declared.text()).map_err(|reason| {
                StorageError::SchemaText {
                    table: self.table.name().to_owned(),
                    reason: Box::new(reason),
                }
            })?;
            let name = self.settle_new(writer)?;
            let seal_name = (name != self.table.name()).then_some(name);
            let TableRows { layout, indexes, .. } = &self.declared;
            let rows = TableRows { layout: layout.clone(), indexes: indexes.clone(), seal_name };
            rows.write(writer, self.table.name())?;
            self.confirm(writer.generation());
        }
        Ok(())
    }

    /// Finds out what rows are to be sealed with, before the first is made.
    #[cold]
    pub(crate) fn prepare(&self, reader: &dyn ByteReader) -> Result<()> {
        if !self.is_written(reader)? {
            self.settle_new(reader)?;
        }
        Ok(())
    }

    fn settle_new(&self, reader: &dyn ByteReader) -> Result<String> {
        let name = rows::new_seal_name(reader, self.table.name())?;
        self.settle(&name)?;
        Ok(name)
    }

    fn settle(&self, seal_name: &str) -> Result<()> {
        if self.seals.settle(seal_name) {
            return Ok(());
        }
        Err(StorageError::TableReplaced { table: self.table.name().to_owned() })
    }

    fn compare(&self, stored: &TableRows) -> Result<()> {
        if (&stored.layout, &stored.indexes) == (&self.declared.layout, &self.declared.indexes) {
            return Ok(());
        }
        let (expected, stored) = (self.declared.text(), stored.text());
        if let Err(error) = Description::parse(&stored)
            && matches!(error.reason(), SchemaTextReason::UnknownLine { .. })
        {
            return Err(rows::not_understood(self.table.name().as_bytes(), error));
        }
        match text::difference(&expected, &stored) {
            None => Ok(()),
            Some(difference) => {
                let table = self.table.name().to_owned();
                Err(SchemaMismatch { table, difference, stored, expected }.into())
            }
        }
    }
}
