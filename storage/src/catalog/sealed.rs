//! What every row of the file is sealed with, known from the catalogue alone: no record type is needed.

use super::{FIRST_LAYOUT, HEADER_KEY, TABLE, entry_description, header::read_header, read_row};
use crate::{
    backend::{ByteReader, ByteRow, ByteRows, ByteTable},
    codec::Seal,
    error::{Damage, ReportedKey, Result, StorageError},
    index::IndexSeal,
    schema::RESERVED,
};
use std::ops::Bound;

/// A table and what its rows are sealed with.
#[derive(Debug)]
pub(super) struct SealedTable {
    pub(super) table: ByteTable,
    rows: Rows,
}

#[derive(Debug)]
enum Rows {
    Catalog,
    Values(Seal),
    Entries(IndexSeal),
    /// Written around the catalogue, by way of [`Storage::backend`](crate::Storage::backend).
    Unsealed,
}

impl SealedTable {
    /// All tables of the file, by name; an error in place of one whose catalogue entry cannot be read.
    pub(super) fn all(reader: &dyn ByteReader) -> Result<Vec<Result<Self>>> {
        let mut names = reader.table_names()?;
        names.sort_unstable();
        Ok(names.iter().map(|name| Self::new(reader, name)).collect())
    }

    fn new(reader: &dyn ByteReader, name: &str) -> Result<Self> {
        let rows = if name == TABLE.name() {
            Rows::Catalog
        } else if name.contains(RESERVED) {
            Rows::Entries(IndexSeal::new(name))
        } else if let Some(stored) = read_row(reader, name, entry_description)? {
            Rows::Values(Seal::new(name, FIRST_LAYOUT, stored.layout_fingerprint()))
        } else {
            Rows::Unsealed
        };
        Ok(Self { table: name.into(), rows })
    }

    /// Its rows, not verified yet.
    pub(super) fn rows<'r>(&self, reader: &'r dyn ByteReader) -> Result<ByteRows<'r>> {
        reader.rows(&self.table, Bound::Unbounded, Bound::Unbounded)
    }

    /// Compares a row with its checksum.
    pub(super) fn verify(&self, row: &ByteRow) -> Result<(), Damage> {
        match self.rows {
            Rows::Catalog if *row.key == *HEADER_KEY => read_header(&row.value).map(drop),
            Rows::Catalog => entry_description(&row.key, &row.value).map(drop),
            Rows::Values(seal) => seal.verified(&row.key, &row.value).map(drop),
            Rows::Entries(seal) => seal.verify(&row.key, &row.value),
            Rows::Unsealed => Ok(()),
        }
    }

    /// The engine counts other rows than were found: a damaged page hides some.
    #[cold]
    pub(super) fn miscounted(&self, counted: u64, found: u64) -> StorageError {
        StorageError::corrupt_table(self.table.name(), Damage::RowCount { counted, found })
    }

    #[cold]
    pub(super) fn corrupt(&self, row: &ByteRow, damage: Damage) -> StorageError {
        StorageError::corrupt_row(self.table.name(), ReportedKey::untyped(&row.key), damage)
    }
}
