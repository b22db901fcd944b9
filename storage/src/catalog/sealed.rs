//! What every row of the file is sealed with, known from the catalogue alone: no record type is needed.

use super::{
    feed,
    header::read_header,
    layouts::fingerprint,
    rows::{self, FEED_NAME, HEADER_KEY, TABLE, TableRows},
    seals::TableSeals,
};
use crate::{
    backend::{ByteReader, ByteRow, ByteRows, ByteTable},
    codec::{Seal, layout_number},
    error::{Damage, ReportedKey, Result, StorageError},
    index::IndexSeal,
    schema::{Description, RESERVED},
};
use std::{collections::BTreeSet, ops::Bound, sync::Arc};

/// A table and what its rows are sealed with.
#[derive(Debug)]
pub(super) struct SealedTable {
    pub(super) table: ByteTable,
    rows: Rows,
}

#[derive(Debug)]
enum Rows {
    Catalog,
    /// By the numbers of the layouts, from the oldest that lives, which has this number.
    Values(u16, Arc<[Seal]>),
    Entries(IndexSeal),
    Feed(Seal),
    /// Written around the catalogue, by way of [`Storage::backend`](crate::Storage::backend).
    Unsealed,
}

impl SealedTable {
    /// All tables of the file, by name; an error in place of one whose rows in the catalogue cannot be read.
    pub(super) fn all(reader: &dyn ByteReader) -> Result<Vec<Result<Self>>> {
        let mut names: BTreeSet<String> = reader.table_names()?.into_iter().collect();
        let mut tables = Vec::new();
        for table in rows::names(reader)? {
            let catalogued = Catalogued::read(reader, &table);
            let table = String::from_utf8_lossy(&table).into_owned();
            let of_table: Vec<String> = with_indexes(&names, &table).cloned().collect();
            for name in &of_table {
                names.remove(name);
            }
            match catalogued {
                Ok(known) => {
                    tables.extend(of_table.iter().map(|name| Ok(known.table(&table, name))));
                }
                Err(error) => tables.push(Err(error)),
            }
        }
        tables.extend(names.iter().map(|name| {
            let rows = if name == TABLE.name() { Rows::Catalog } else { Rows::Unsealed };
            Ok(Self { table: (&**name).into(), rows })
        }));
        Ok(tables)
    }

    /// Its rows, not verified yet.
    pub(super) fn rows<'r>(&self, reader: &'r dyn ByteReader) -> Result<ByteRows<'r>> {
        reader.rows(&self.table, Bound::Unbounded, Bound::Unbounded)
    }

    /// Compares a row with its checksum.
    pub(super) fn verify(&self, row: &ByteRow) -> Result<(), Damage> {
        match &self.rows {
            Rows::Catalog if *row.key == *HEADER_KEY => read_header(&row.value).map(drop),
            Rows::Catalog if rows::is_taken_key(&row.key) => rows::verify(&row.key, &row.value),
            Rows::Values(oldest, seals) => {
                let number = layout_number(&row.value).unwrap_or(*oldest);
                let seal = seals.get(usize::from(number.wrapping_sub(*oldest)));
                let seal = seal.ok_or(Damage::Layout { layout: number })?;
                seal.verified(&row.key, &row.value).map(drop)
            }
            Rows::Entries(seal) => seal.verify(&row.key, &row.value),
            Rows::Feed(seal) => seal.verified(&row.key, &row.value).map(drop),
            // The catalogue's rows of tables were read to find the tables.
            Rows::Catalog | Rows::Unsealed => Ok(()),
        }
    }

    /// How many rows it has: the engine counts them, and so do the numbers of a feed.
    pub(super) fn counted(&self, reader: &dyn ByteReader, found: u64) -> Result<u64> {
        let counted = reader.len(&self.table)?;
        if counted != found || !matches!(self.rows, Rows::Feed(_)) {
            return Ok(counted);
        }
        let first = reader.first_key(&self.table, Bound::Unbounded, Bound::Unbounded)?;
        let last = reader.last_key(&self.table, Bound::Unbounded, Bound::Unbounded)?;
        let ends = first.as_ref().zip(last.as_ref());
        Ok(ends.and_then(|(first, last)| feed::counted(first, last)).unwrap_or(counted))
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

/// The name `table` and those of its indexes, if they are in `names`.
fn with_indexes<'n>(names: &'n BTreeSet<String>, table: &str) -> impl Iterator<Item = &'n String> {
    let after = names.range::<str, _>((Bound::Included(table), Bound::Unbounded));
    after
        .take_while(move |name| name.starts_with(table))
        .filter(move |name| rows::belongs_to(name, table))
}

/// A table that the catalogue knows.
struct Catalogued {
    description: Description,
    oldest: u16,
    values: Arc<[Seal]>,
    seals: TableSeals,
}

impl Catalogued {
    fn read(reader: &dyn ByteReader, table: &[u8]) -> Result<Self> {
        let rows = TableRows::read(reader, table)?.ok_or_else(|| rows::missing(table))?;
        let description = rows.description(table)?;
        let name = String::from_utf8_lossy(table);
        let name = rows.seal_name.as_deref().unwrap_or(&name);
        let seal = |(number, text): (_, &str)| Seal::new(name, number, fingerprint(text));
        let values = rows.layouts.iter().map(seal).collect();
        let seals = TableSeals::new(name, &description);
        Ok(Self { description, oldest: rows.layouts.oldest(), values, seals })
    }

    /// The table itself, or that of an index of it.
    fn table(&self, table: &str, name: &str) -> SealedTable {
        let index = name.strip_prefix(table).and_then(|rest| rest.strip_prefix(RESERVED));
        let rows = match index {
            None => Rows::Values(self.oldest, Arc::clone(&self.values)),
            Some(FEED_NAME) => Rows::Feed(self.seals.feed()),
            Some(index) => {
                let number = self.description.indexes.iter().position(|known| known.name == index);
                number.map_or(Rows::Unsealed, |number| Rows::Entries(self.seals.index(number)))
            }
        };
        SealedTable { table: name.into(), rows }
    }
}
