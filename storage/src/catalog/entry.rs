//! A table's place in the catalogue: checked before the table is first read, made when it is first written.

use super::{
    index_row::{IndexRow, IndexState},
    rows::{self, TableRows},
    seals::TableSeals,
};
use crate::{
    backend::{ByteReader, ByteTable, ByteWriter, UNSETTLED},
    error::{Result, SchemaMismatch, SchemaTextReason, StorageError},
    invariant::Invariant as _,
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
    /// When the file had what is declared, each index ready.
    confirmed: Seen,
    /// When it had that, but for indexes that are not built.
    entered: Seen,
    /// When it had the layout, and whatever indexes: rows can be read.
    readable: Seen,
}

/// The generation of the state in which something was seen: a committed one, or that of a write, which nobody else has.
/// None at first.
#[derive(Debug)]
struct Seen(AtomicU64);

impl Seen {
    const fn never() -> Self {
        Self(AtomicU64::new(NEVER))
    }

    #[inline]
    fn is_at(&self, generation: u64) -> bool {
        self.0.load(Ordering::Acquire) == generation
    }

    fn set(&self, generation: u64) {
        if generation != UNSETTLED {
            self.0.store(generation, Ordering::Release);
        }
    }
}

impl Entry {
    /// The entry of `table`, of which the code declares `description`.
    pub(crate) fn new(table: ByteTable, description: &Description) -> Self {
        let (layout, fingerprint) = description.layout_and_fingerprint();
        let index = description.indexes.iter();
        let mut indexes: Vec<_> =
            index.map(|index| IndexRow::ready(&index.name, index.text())).collect();
        indexes.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        let declared = TableRows { layout, indexes, seal_name: None };
        let seals = Arc::new(TableSeals::of_layout(table.name(), description, fingerprint));
        let [confirmed, entered, readable] = [const { Seen::never() }; 3];
        Self { table, declared, seals, confirmed, entered, readable }
    }

    pub(crate) const fn table(&self) -> &ByteTable {
        &self.table
    }

    /// What the table's rows are sealed with.
    #[inline]
    pub(crate) const fn seals(&self) -> &Arc<TableSeals> {
        &self.seals
    }

    /// Whether the entry was seen in a committed state of this generation, and each index ready: then nothing is left
    /// to check.
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
    fn stored(&self, reader: &dyn ByteReader) -> Result<Option<TableRows>> {
        check_table_name(self.table.name()).map_err(|reason| StorageError::TableName {
            name: self.table.name().to_owned(),
            reason,
        })?;
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
        self.compare(&stored)?;
        self.settle(stored.seal_name.as_deref().unwrap_or_else(|| self.table.name()))?;
        self.see(&stored, reader.generation());
        Ok(Some(stored))
    }

    /// Remembers how far `stored` is what is declared.
    fn see(&self, stored: &TableRows, generation: u64) {
        let (stored, declared) = (&stored.indexes, &self.declared.indexes);
        if stored == declared {
            self.confirmed.set(generation);
        } else if stored.len() == declared.len()
            && stored.iter().zip(declared).all(|(a, b)| a.is_of(b))
        {
            self.entered.set(generation);
        }
        self.readable.set(generation);
    }

    /// Checks the entry, makes it when there is none, and makes its indexes those that are declared.
    pub(crate) fn enter(&self, writer: &dyn ByteWriter) -> Result<()> {
        let generation = writer.generation();
        if self.is_confirmed(generation) || self.entered.is_at(generation) {
            return Ok(());
        }
        match self.stored(writer)? {
            Some(stored) => self.enter_indexes(writer, stored),
            None => self.make(writer),
        }
    }

    fn make(&self, writer: &dyn ByteWriter) -> Result<()> {
        self.check_text()?;
        let name = self.settle_new(writer)?;
        let seal_name = (name != self.table.name()).then_some(name);
        let TableRows { layout, indexes, .. } = &self.declared;
        let rows = TableRows { layout: layout.clone(), indexes: indexes.clone(), seal_name };
        rows.write(writer, self.table.name())?;
        self.see(&rows, writer.generation());
        Ok(())
    }

    /// Checks that what is to be written will be read.
    fn check_text(&self) -> Result<()> {
        let parsed = Description::parse(&self.declared.text());
        parsed.map(drop).map_err(|reason| StorageError::SchemaText {
            table: self.table.name().to_owned(),
            reason: Box::new(reason),
        })
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

    /// Compares the layouts. The indexes may differ, but must be understood.
    fn compare(&self, stored: &TableRows) -> Result<()> {
        if stored.layout == self.declared.layout && stored.indexes == self.declared.indexes {
            return Ok(());
        }
        let text = stored.text();
        let parsed = Description::parse(&text);
        if let Err(error) = &parsed
            && matches!(error.reason(), SchemaTextReason::UnknownLine { .. })
        {
            return Err(rows::not_understood(self.table.name().as_bytes(), error.clone()));
        }
        match text::difference(&self.declared.layout, &stored.layout) {
            None => {
                let not_understood =
                    |error| rows::not_understood(self.table.name().as_bytes(), error);
                parsed.map(drop).map_err(not_understood)
            }
            Some(difference) => {
                let (table, expected) = (self.table.name().to_owned(), self.declared.text());
                Err(SchemaMismatch { table, difference, stored: text, expected }.into())
            }
        }
    }
}

/// Its indexes.
impl Entry {
    /// Removes the indexes of `stored` that are not declared, and enters those that are declared and missing.
    ///
    /// So an index whose definition has changed is built anew; and one that a program does not know is gone when that
    /// program has written, and is built anew by the next that does: it never lacks an entry.
    fn enter_indexes(&self, writer: &dyn ByteWriter, stored: TableRows) -> Result<()> {
        let (table, declared) = (self.table.name(), &self.declared.indexes);
        let is_declared = |row: &IndexRow| declared.iter().any(|other| row.is_of(other));
        let (mut kept, dropped): (Vec<_>, Vec<_>) =
            stored.indexes.into_iter().partition(is_declared);
        let is_missing = |row: &&IndexRow| !kept.iter().any(|other| row.is_of(other));
        let missing: Vec<_> = declared.iter().filter(is_missing).cloned().collect();
        if dropped.is_empty() && missing.is_empty() {
            return Ok(());
        }
        self.check_text()?;
        for row in dropped.iter().chain(&missing) {
            rows::delete_index(writer, table, &row.name)?;
            writer.remove_table(&(*rows::index_table(table, &row.name)).into())?;
        }
        let has_rows = writer.len(&self.table)? > 0;
        let state = if has_rows { IndexState::Building(None) } else { IndexState::Ready };
        for row in missing {
            let row = IndexRow { state: state.clone(), ..row };
            rows::put_index(writer, table, &row)?;
            kept.push(row);
        }
        writer.renew();
        kept.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        self.see(&TableRows { indexes: kept, ..stored }, writer.generation());
        Ok(())
    }

    /// How far the index `name` is built; `None` if the file does not have it.
    pub(crate) fn index_state(
        &self,
        reader: &dyn ByteReader,
        name: &str,
    ) -> Result<Option<IndexState>> {
        let Some(stored) = self.stored(reader)? else { return Ok(Some(IndexState::Ready)) };
        let declared = self.declared_index(name);
        let row = stored.indexes.into_iter().find(|row| row.is_of(&declared));
        Ok(row.map(|row| row.state))
    }

    /// Says how far the index `name`, which the file has, is built.
    pub(crate) fn set_index_state(
        &self,
        writer: &dyn ByteWriter,
        name: &str,
        state: IndexState,
    ) -> Result<()> {
        let is_ready = state == IndexState::Ready;
        let row = IndexRow { state, ..self.declared_index(name) };
        rows::put_index(writer, self.table.name(), &row)?;
        if is_ready {
            // What was seen of older states does not hold for this one, nor this for them.
            writer.renew();
        }
        Ok(())
    }

    /// Says that all indexes, which the file has, are ready.
    pub(crate) fn set_ready(&self, writer: &dyn ByteWriter) -> Result<()> {
        if self.is_confirmed(writer.generation()) {
            return Ok(());
        }
        let mut names = self.declared.indexes.iter().map(|row| &*row.name);
        names.try_for_each(|name| self.set_index_state(writer, name, IndexState::Ready))
    }

    fn declared_index(&self, name: &str) -> IndexRow {
        let row = self.declared.indexes.iter().find(|row| row.name == name);
        row.cloned().invariant("each index of a record is declared")
    }
}
