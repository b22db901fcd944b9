//! Copying what can be read of a damaged store.
//!
//! Every row that fits its checksum goes to the new store as it is, and none that does not. Where a table has lost a
//! row, or an index an entry, the entries of that index stay behind, and the program that has its definition builds it
//! anew.

use super::{
    feed::{end_damaged_feed, feed_table},
    index_row::IndexState,
    rows::{self, TABLE, TableRows},
    sealed::SealedTable,
    write_header,
};
use crate::{
    backend::{ByteReader, ByteRow, ByteWriter, KeyBytes, RedbBackend},
    error::{Result, StorageError},
    schema::RESERVED,
};
use std::collections::BTreeSet;

/// What was saved of a damaged store, and what was not.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Salvage {
    /// How many rows of tables were saved, those of indexes left out.
    pub row_count: u64,
    /// How many things could not be read: rows, ends of tables, whole tables.
    pub lost_count: u64,
    /// The first of these, 1,000 at most.
    pub lost: Vec<StorageError>,
    /// The indexes that a program has to build, as `table.index`.
    pub unbuilt_indexes: Vec<String>,
}

/// The most that is listed.
const LOST_MAX: usize = 1000;

impl Salvage {
    fn lose(&mut self, error: StorageError) {
        self.lost_count = self.lost_count.saturating_add(1);
        if self.lost.len() < LOST_MAX {
            self.lost.push(error);
        }
    }
}

/// Copies what can be read of `source` into the empty file `target`.
pub(crate) fn salvage(source: &dyn ByteReader, target: &RedbBackend) -> Result<Salvage> {
    let mut saved = Salvage::default();
    let tables = SealedTable::all(source)?;
    target.write(|writer| {
        write_header(writer)?;
        let mut damaged = BTreeSet::new();
        for table in tables {
            match table {
                Ok(table) if table.table.name() == TABLE.name() => {}
                Ok(table) => {
                    let name = table.table.name().to_owned();
                    if !copy_rows(source, writer, &table, &mut saved)? {
                        damaged.insert(name);
                    }
                }
                Err(error) => saved.lose(error),
            }
        }
        for table in rows::names(source)? {
            // What cannot be read of the catalogue was complained of above.
            if let Ok(Some(known)) = TableRows::read(source, &table) {
                let name = String::from_utf8_lossy(&table).into_owned();
                write_table(writer, &name, known, &damaged, &mut saved)?;
            }
        }
        Ok(())
    })?;
    target.compact(|_| ())?;
    target.verify_pages()?;
    Ok(saved)
}

/// Writes what the catalogue knows of a table; indexes that lack something begin anew.
fn write_table(
    writer: &dyn ByteWriter,
    name: &str,
    mut known: TableRows,
    damaged: &BTreeSet<String>,
    saved: &mut Salvage,
) -> Result<()> {
    let has_lost_rows = damaged.contains(name);
    for index in &mut known.indexes {
        let table = rows::index_table(name, &index.name);
        if has_lost_rows || damaged.contains(&table) {
            writer.remove_table(&(*table).into())?;
            index.state = IndexState::Building(None);
            saved.unbuilt_indexes.push(format!("{name}.{}", index.name));
        }
    }
    let is_damaged = has_lost_rows || damaged.contains(feed_table(name).name());
    if let Some(feed) = known.feed.filter(|_| is_damaged) {
        // Whoever follows it is told, and reads the table again.
        known.feed = Some(end_damaged_feed(writer, name, feed)?);
    }
    known.write(writer, name)
}

/// Copies the rows of a table that can be read, from both ends to where it cannot; `false` if some were lost.
fn copy_rows(
    source: &dyn ByteReader,
    writer: &dyn ByteWriter,
    table: &SealedTable,
    saved: &mut Salvage,
) -> Result<bool> {
    let mut copied = Copied { writer, table, saved, count: 0, is_whole: true };
    let mut last = None;
    let is_through = match table.rows(source) {
        Ok(mut rows) => copied.pass(|| rows.next(), &mut |row| last = Some(row.key.clone()))?,
        Err(error) => copied.lose(error),
    };
    // A page that cannot be read hides what lies behind it, but not what lies behind that.
    if !is_through && let Ok(mut rows) = table.rows(source) {
        let is_behind = |key: &KeyBytes| last.as_ref().is_none_or(|last| **key > **last);
        let next =
            || rows.next_back().filter(|row| row.as_ref().map_or(true, |row| is_behind(&row.key)));
        copied.pass(next, &mut |_| ())?;
    }
    let found = copied.count;
    let mut is_whole = copied.is_whole;
    match table.counted(source, found) {
        Ok(counted) if is_whole && counted != found => {
            saved.lose(table.miscounted(counted, found));
            is_whole = false;
        }
        _ => {}
    }
    if !table.table.name().contains(RESERVED) {
        saved.row_count = saved.row_count.saturating_add(found);
    }
    Ok(is_whole)
}

struct Copied<'c> {
    writer: &'c dyn ByteWriter,
    table: &'c SealedTable,
    saved: &'c mut Salvage,
    count: u64,
    is_whole: bool,
}

impl Copied<'_> {
    fn lose(&mut self, error: StorageError) -> bool {
        self.saved.lose(error);
        self.is_whole = false;
        false
    }

    /// Copies what `next` returns, up to the first error of the engine: `true` if there was none.
    fn pass(
        &mut self,
        mut next: impl FnMut() -> Option<Result<ByteRow>>,
        took: &mut dyn FnMut(&ByteRow),
    ) -> Result<bool> {
        while let Some(row) = next() {
            let row = match row {
                Ok(row) => row,
                Err(error) => return Ok(self.lose(error)),
            };
            match self.table.verify(&row) {
                Ok(()) => {
                    self.writer.put(&self.table.table, &row.key, &row.value)?;
                    self.count = self.count.saturating_add(1);
                }
                Err(damage) => {
                    self.lose(self.table.corrupt(&row, damage));
                }
            }
            took(&row);
        }
        Ok(true)
    }
}
