//! A table's place in the catalogue: checked before the table is first read, made when it is first written.

use super::{
    hidden::visible_name,
    index_row::{IndexRow, IndexState},
    layouts::{FIRST_LAYOUT, Layouts},
    older::{Older, OlderLayouts},
    rows::{self, TableRows},
    seals::{LayoutNumber, TableSeals},
    seen::Seen,
};
use crate::{
    backend::{ByteReader, ByteTable, Evolution},
    error::{Result, StorageError},
    older_type::RowPast,
    schema::{Description, check_table_name},
};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// What the code declares about a table, to be held against what the file has.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(super) table: ByteTable,
    /// What the file should have of it, but for the seal name.
    pub(super) declared: TableRows,
    pub(super) seals: Arc<TableSeals>,
    pub(super) past: RowPast,
    pub(super) evolution: Evolution,
    /// Whether the table is to take the place of another.
    is_hidden: bool,
    /// The layout whose rows are not read.
    pub(super) left_out: Option<String>,
    /// The layouts that its rows have.
    pub(super) older: OlderLayouts,
    /// When the rows could be read, and by each index that is declared.
    confirmed: Seen,
    /// When the file had the layout, under this number, and the indexes that are declared, ready or not: rows can be
    /// written.
    pub(super) entered: Seen,
    /// When the rows could be read.
    readable: Seen,
    /// Whether the file counts the keys of the table.
    has_ids: AtomicBool,
}

impl Entry {
    /// The entry of `table`, of which the code declares `description`.
    pub(crate) fn new(
        table: ByteTable,
        description: &Description,
        past: RowPast,
        evolution: Evolution,
    ) -> Self {
        let (layout, fingerprint) = description.layout_and_fingerprint();
        let index = description.indexes.iter();
        let mut indexes: Vec<_> =
            index.map(|index| IndexRow::ready(&index.name, index.text())).collect();
        indexes.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        let declared = TableRows { layouts: Layouts::of(layout), indexes, ..TableRows::default() };
        let seals = Arc::new(TableSeals::of_layout(table.name(), description, fingerprint));
        let [confirmed, entered, readable] = [const { Seen::never() }; 3];
        let older = OlderLayouts::new();
        let (is_hidden, left_out) = (false, None);
        Self {
            table,
            declared,
            seals,
            past,
            evolution,
            is_hidden,
            left_out,
            older,
            confirmed,
            entered,
            readable,
            has_ids: AtomicBool::new(false),
        }
    }

    /// The same of a table that is hidden until it takes the place of another.
    pub(crate) fn hidden(self) -> Self {
        let declared = TableRows { feed: None, ..self.declared };
        Self { is_hidden: true, declared, ..self }
    }

    /// The same of records that are no more those which `newer` declares.
    pub(crate) fn before(self, newer: &Self) -> Self {
        Self { left_out: Some(newer.declared.layouts.newest().to_owned()), ..self }
    }

    /// The table's name, as people call it.
    pub(crate) fn name(&self) -> &str {
        if self.is_hidden { visible_name(self.table.name()) } else { self.table.name() }
    }

    pub(crate) const fn table(&self) -> &ByteTable {
        &self.table
    }

    /// What the table's rows are sealed with.
    #[inline]
    pub(crate) const fn seals(&self) -> &Arc<TableSeals> {
        &self.seals
    }

    /// The layout of this number, if the table has one; it may be the declared one.
    pub(crate) fn older(&self, number: u16) -> Option<&Older> {
        self.older.get(number)
    }

    /// Whether the entry was seen in a committed state of this generation, and each index ready: then nothing is left
    /// to check before a read.
    #[inline]
    pub(crate) fn is_confirmed(&self, generation: u64) -> bool {
        self.confirmed.is_at(generation)
    }

    /// Checks the entry; `false` when the table was never written, and so has no rows.
    pub(crate) fn is_written(&self, reader: &dyn ByteReader) -> Result<bool> {
        let generation = reader.generation();
        if self.is_confirmed(generation) || self.readable.is_at(generation) {
            return Ok(true);
        }
        Ok(self.stored(reader)?.is_some())
    }

    /// What the catalogue has of the table, its layout compared with the declared one.
    pub(super) fn stored(&self, reader: &dyn ByteReader) -> Result<Option<TableRows>> {
        let name = || self.name().to_owned();
        check_table_name(self.name())
            .map_err(|reason| StorageError::TableName { name: name(), reason })?;
        let Some(stored) = TableRows::read(reader, self.table.name().as_bytes())? else {
            if reader.len(&self.table)? > 0 {
                return Err(rows::missing(self.table.name().as_bytes()));
            }
            if self.seals.is_settled() {
                // Its rows may have gone with a rename, instead of for good.
                self.settle_new(reader)?;
            }
            return Ok(None);
        };
        self.settle(&stored)?;
        self.compare(&stored)?;
        self.see(&stored, reader.generation());
        Ok(Some(stored))
    }

    /// The declared layout in the file; `None` if the file does not have it.
    pub(super) fn number_in(&self, stored: &TableRows) -> Option<u16> {
        stored.layouts.number_of(self.declared.layouts.newest())
    }

    /// The number of a layout of `stored` of whose rows something is left out.
    fn lossy_in(&self, stored: &TableRows) -> Option<u16> {
        let is_lossy = |number: &u16| self.older(*number).is_some_and(Older::is_lossy);
        stored.layouts.iter().map(|(number, _)| number).find(is_lossy)
    }

    /// Fails if rows of `stored` may only be read.
    pub(super) fn check_writable(&self, stored: &TableRows) -> Result<()> {
        match self.lossy_in(stored) {
            None => Ok(()),
            Some(layout) => {
                Err(StorageError::NewerLayout { table: self.table.name().to_owned(), layout })
            }
        }
    }

    /// Whether its rows may only be read.
    pub(crate) fn is_only_read(&self, reader: &dyn ByteReader) -> Result<bool> {
        Ok(self.evolution == Evolution::ReadNewer
            && self.stored(reader)?.is_some_and(|stored| self.lossy_in(&stored).is_some()))
    }

    /// Remembers how far `stored` is what is declared.
    pub(super) fn see(&self, stored: &TableRows, generation: u64) {
        let (indexes, declared) = (&stored.indexes, &self.declared.indexes);
        let is_whole = |row: &IndexRow| {
            let stored = indexes.iter().find(|stored| self.is_right(stored, row));
            stored.map(|stored| stored.state == IndexState::Ready)
        };
        let states: Vec<_> = declared.iter().map(is_whole).collect();
        if states.iter().all(|state| *state == Some(true)) {
            self.confirmed.set(generation, FIRST_LAYOUT);
        }
        let has_indexes = indexes.len() == declared.len() && states.iter().all(Option::is_some);
        if let Some(number) = self.number_in(stored)
            && has_indexes
            && stored.is_fed() == self.is_fed()
            && !stored.would_be_disturbed(number)
            && self.lossy_in(stored).is_none()
        {
            self.entered.set(generation, number);
        }
        self.has_ids.store(stored.ids.is_some(), Ordering::Release);
        self.readable.set(generation, FIRST_LAYOUT);
    }

    /// Whether the file counts the keys of the table.
    pub(super) fn has_ids(&self) -> bool {
        self.has_ids.load(Ordering::Acquire)
    }

    /// Whether the entries of the index `stored` are those of `declared`.
    pub(super) fn is_right(&self, stored: &IndexRow, declared: &IndexRow) -> bool {
        let is_kept = |layout: &Older| layout.keeps(&stored.name);
        stored.is_of(declared) && self.older(stored.layout).is_some_and(is_kept)
    }

    /// Finds out what rows are to be sealed with, before the first is made.
    #[cold]
    pub(crate) fn prepare(&self, reader: &dyn ByteReader) -> Result<()> {
        if !self.is_written(reader)? {
            self.settle_new(reader)?;
        }
        Ok(())
    }

    pub(super) fn settle_new(&self, reader: &dyn ByteReader) -> Result<String> {
        let name = rows::new_seal_name(reader, self.table.name())?;
        self.settle_exactly(&name, FIRST_LAYOUT)?;
        Ok(name)
    }

    /// Finds out what rows are sealed with. A number that the file has for another layout is not the declared one's.
    fn settle(&self, stored: &TableRows) -> Result<()> {
        let number = match (self.number_in(stored), stored.layouts.next()) {
            (Some(number), _) => LayoutNumber::Entered(number),
            (None, Some(number)) => LayoutNumber::Free(number),
            // No row will be written.
            (None, None) => return Ok(()),
        };
        let name = stored.seal_name.as_deref().unwrap_or_else(|| self.table.name());
        self.seals.settle(name, number).then_some(()).ok_or_else(|| self.replaced())
    }

    pub(super) fn settle_exactly(&self, seal_name: &str, number: u16) -> Result<()> {
        self.seals.settle_exactly(seal_name, number).then_some(()).ok_or_else(|| self.replaced())
    }

    #[cold]
    fn replaced(&self) -> StorageError {
        StorageError::TableReplaced { table: self.table.name().to_owned() }
    }
}
