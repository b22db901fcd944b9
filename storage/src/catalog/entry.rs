//! A table's entry in the catalogue: checked before the table is first read, made when it is first written.

use super::{FIRST_LAYOUT, corrupt_entry, entry_text, read_row, write_row};
use crate::{
    backend::{ByteReader, ByteTable, ByteWriter, UNSETTLED},
    codec::Seal,
    error::{CatalogDamage, Result, SchemaMismatch, StorageError},
    schema::{Description, check_table_name, text},
};
use std::sync::atomic::{AtomicU64, Ordering};

/// The generation of no state: unlike that of a state in which tables are removed, it is never asked for.
const NEVER: u64 = u64::MAX;
/// The number of the form of page tokens.
const TOKEN_FORM: u16 = 1;

/// What the code declares about a table, to be held against what the file has.
#[derive(Debug)]
pub(crate) struct Entry {
    table: ByteTable,
    /// The text of its schema.
    declared: String,
    seal: Seal,
    token_seal: Seal,
    // The generation of the state in which the entry was seen committed and equal to `declared`. None at first.
    confirmed: AtomicU64,
}

impl Entry {
    /// The entry of `table`, of which the code declares `description`.
    pub(crate) fn new(table: ByteTable, description: &Description) -> Self {
        let (declared, layout_fingerprint) = description.text_and_fingerprint();
        let seal = Seal::new(table.name(), FIRST_LAYOUT, layout_fingerprint);
        let token_seal = Seal::new(table.name(), TOKEN_FORM, description.key_fingerprint());
        Self { table, declared, seal, token_seal, confirmed: AtomicU64::new(NEVER) }
    }

    pub(crate) const fn table(&self) -> &ByteTable {
        &self.table
    }

    /// What the table's values are sealed with.
    pub(crate) const fn seal(&self) -> Seal {
        self.seal
    }

    /// What page tokens of the table are sealed with: its name and the type of its keys, so that they outlive changes
    /// of anything else.
    pub(crate) const fn token_seal(&self) -> Seal {
        self.token_seal
    }

    /// Whether the entry was seen in a committed state of this generation: then nothing is left to check.
    #[inline]
    pub(crate) fn is_confirmed(&self, generation: u64) -> bool {
        self.confirmed.load(Ordering::Acquire) == generation
    }

    /// Checks the entry; `false` when the table was never written, and so has no rows.
    pub(crate) fn is_written(&self, reader: &dyn ByteReader) -> Result<bool> {
        if self.is_confirmed(reader.generation()) {
            return Ok(true);
        }
        check_table_name(self.table.name()).map_err(|reason| StorageError::TableName {
            name: self.table.name().to_owned(),
            reason,
        })?;
        match read_row(reader, self.table.name(), entry_text)? {
            Some(stored) => self.compare(stored).map(|()| true),
            None if reader.len(&self.table)? == 0 => Ok(false),
            None => Err(corrupt_entry(self.table.name(), CatalogDamage::Missing.into())),
        }
    }

    /// Checks the entry and makes it when there is none.
    pub(crate) fn enter(&self, writer: &dyn ByteWriter) -> Result<()> {
        if !self.is_written(writer)? {
            // Written as it will be read.
            Description::parse(&self.declared).map_err(|reason| StorageError::SchemaText {
                table: self.table.name().to_owned(),
                reason: Box::new(reason),
            })?;
            write_row(writer, self.table.name(), &self.declared)?;
        }
        Ok(())
    }

    /// Remembers that the entry was seen in a committed state of this generation.
    pub(crate) fn confirm(&self, generation: u64) {
        if generation != UNSETTLED {
            self.confirmed.store(generation, Ordering::Release);
        }
    }

    fn compare(&self, stored: String) -> Result<()> {
        match text::difference(&self.declared, &stored) {
            None => Ok(()),
            Some(difference) => Err(SchemaMismatch {
                table: self.table.name().to_owned(),
                difference,
                stored,
                expected: self.declared.clone(),
            }
            .into()),
        }
    }
}
