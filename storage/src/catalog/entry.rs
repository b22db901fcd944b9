//! A table's place in the catalogue: checked before the table is first read, made when it is first written.

use super::{
    index_row::{IndexRow, IndexState},
    layouts::{FIRST_LAYOUT, Layouts, fingerprint},
    older::{Older, OlderLayouts, Refused},
    rows::{self, TableRows},
    seals::{LayoutNumber, TableSeals},
};
use crate::{
    backend::{ByteReader, ByteTable, ByteWriter, UNSETTLED},
    error::{
        Difference, Result, SchemaMismatch, SchemaTextError, SchemaTextReason, StorageError,
        Unresolved,
    },
    invariant::Invariant as _,
    older_type::RowPast,
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
    past: RowPast,
    /// The other layouts that its rows have.
    older: OlderLayouts,
    /// When the rows could be read, and by each index that is declared.
    confirmed: Seen,
    /// When the file had the layout and the indexes that are declared, ready or not: rows can be written.
    entered: Seen,
    /// When the rows could be read.
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
    pub(crate) fn new(table: ByteTable, description: &Description, past: RowPast) -> Self {
        let (layout, fingerprint) = description.layout_and_fingerprint();
        let index = description.indexes.iter();
        let mut indexes: Vec<_> =
            index.map(|index| IndexRow::ready(&index.name, index.text())).collect();
        indexes.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        let declared = TableRows { layouts: Layouts::of(layout), indexes, seal_name: None };
        let seals = Arc::new(TableSeals::of_layout(table.name(), description, fingerprint));
        let [confirmed, entered, readable] = [const { Seen::never() }; 3];
        let older = OlderLayouts::new();
        Self { table, declared, seals, past, older, confirmed, entered, readable }
    }

    pub(crate) const fn table(&self) -> &ByteTable {
        &self.table
    }

    /// What the table's rows are sealed with.
    #[inline]
    pub(crate) const fn seals(&self) -> &Arc<TableSeals> {
        &self.seals
    }

    /// The layout of this number, if the table has rows of it and declares another.
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
        self.settle(&stored)?;
        self.compare(&stored)?;
        self.see(&stored, reader.generation());
        Ok(Some(stored))
    }

    /// The declared layout in the file; `None` if the file does not have it.
    fn number_in(&self, stored: &TableRows) -> Option<u16> {
        stored.layouts.number_of(self.declared.layouts.newest())
    }

    /// Remembers how far `stored` is what is declared.
    fn see(&self, stored: &TableRows, generation: u64) {
        let (indexes, declared) = (&stored.indexes, &self.declared.indexes);
        let is_whole = |row: &IndexRow| {
            let stored = indexes.iter().find(|stored| self.is_right(stored, row));
            stored.map(|stored| stored.state == IndexState::Ready)
        };
        let states: Vec<_> = declared.iter().map(is_whole).collect();
        if states.iter().all(|state| *state == Some(true)) {
            self.confirmed.set(generation);
        }
        let has_indexes = indexes.len() == declared.len() && states.iter().all(Option::is_some);
        if has_indexes && self.number_in(stored).is_some() {
            self.entered.set(generation);
        }
        self.readable.set(generation);
    }

    /// Whether the entries of the index `stored` are those of `declared`.
    fn is_right(&self, stored: &IndexRow, declared: &IndexRow) -> bool {
        let is_kept = |layout: &Older| layout.keeps(&stored.name);
        stored.is_of(declared)
            && (stored.layout == self.seals.number()
                || self.older(stored.layout).is_some_and(is_kept))
    }

    /// Checks the entry, makes it when there is none, and makes its indexes those that are declared.
    pub(crate) fn enter(&self, writer: &dyn ByteWriter) -> Result<()> {
        if self.entered.is_at(writer.generation()) {
            return Ok(());
        }
        match self.stored(writer)? {
            Some(stored) => {
                let stored = self.enter_layout(writer, stored)?;
                self.enter_indexes(writer, stored)
            }
            None => self.make(writer),
        }
    }

    /// Adds the declared layout to those that the file has.
    fn enter_layout(&self, writer: &dyn ByteWriter, mut stored: TableRows) -> Result<TableRows> {
        let table = self.table.name();
        let name = stored.seal_name.as_deref().unwrap_or(table);
        if let Some(number) = self.number_in(&stored) {
            return self.settle_exactly(name, number).map(|()| stored);
        }
        self.check_text()?;
        let full = || StorageError::LayoutsFull { table: table.to_owned() };
        let number = stored.layouts.next().ok_or_else(full)?;
        self.settle_exactly(name, number)?;
        let text = self.declared.layouts.newest();
        rows::put_layout(writer, table, number, text)?;
        let added = stored.layouts.add(number, text.to_owned());
        added.ok().invariant("the next number is the one that is added");
        writer.renew();
        self.see(&stored, writer.generation());
        Ok(stored)
    }

    fn make(&self, writer: &dyn ByteWriter) -> Result<()> {
        self.check_text()?;
        let name = self.settle_new(writer)?;
        let seal_name = (name != self.table.name()).then_some(name);
        let TableRows { layouts, indexes, .. } = &self.declared;
        let rows = TableRows { layouts: layouts.clone(), indexes: indexes.clone(), seal_name };
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

    fn settle_exactly(&self, seal_name: &str, number: u16) -> Result<()> {
        self.seals.settle_exactly(seal_name, number).then_some(()).ok_or_else(|| self.replaced())
    }

    #[cold]
    fn replaced(&self) -> StorageError {
        StorageError::TableReplaced { table: self.table.name().to_owned() }
    }
}

/// Its layouts.
impl Entry {
    /// Finds out how rows of the other layouts are read. The indexes may differ, but must be understood.
    fn compare(&self, stored: &TableRows) -> Result<()> {
        if stored.layouts == self.declared.layouts && stored.indexes == self.declared.indexes {
            return Ok(());
        }
        let text = stored.text();
        let parsed = Description::parse(&text);
        if let Err(error) = &parsed
            && matches!(error.reason(), SchemaTextReason::UnknownLine { .. })
        {
            return Err(self.not_understood(error.clone()));
        }
        let ours = self.number_in(stored);
        let mut declared = None;
        // The newest first: what has changed since is what the message is about.
        let mut layouts: Vec<_> = stored.layouts.iter().collect();
        layouts.reverse();
        for (number, layout) in layouts {
            let fingerprint = fingerprint(layout);
            if Some(number) == ours || self.older.knows(number, fingerprint) {
                continue;
            }
            let declared =
                declared.get_or_insert_with(|| Description::parse(&self.declared.text()));
            let Ok(declared) = declared else { return self.check_text() };
            let met = (number, fingerprint, layout);
            match self.older.meet(met, self.seals.name(), declared, self.past) {
                Ok(()) => {}
                Err(Refused::Text(error)) if parsed.is_err() => {
                    // What is not understood differs all the same.
                    let difference = text::difference(self.declared.layouts.newest(), layout);
                    let Some(difference) = difference else {
                        return Err(self.not_understood(error));
                    };
                    return Err(self.mismatch(stored, ours, (number, layout), None, difference));
                }
                Err(Refused::Text(error)) => return Err(self.not_understood(error)),
                Err(Refused::Unresolved(unresolved)) => {
                    let first = unresolved.differences().next();
                    let first = first.map(|first| first.difference().clone());
                    let newest = self.declared.layouts.newest();
                    let difference = first.or_else(|| text::difference(newest, layout));
                    let unnamed = || Difference::new("the layout", None, None);
                    let difference = difference.unwrap_or_else(unnamed);
                    return Err(self.mismatch(
                        stored,
                        ours,
                        (number, layout),
                        Some(unresolved),
                        difference,
                    ));
                }
            }
        }
        parsed.map(drop).map_err(|error| self.not_understood(error))
    }

    #[cold]
    fn not_understood(&self, error: SchemaTextError) -> StorageError {
        rows::not_understood(self.table.name().as_bytes(), error)
    }

    /// The error of rows in the layout `number` that cannot be read.
    #[cold]
    fn mismatch(
        &self,
        stored: &TableRows,
        ours: Option<u16>,
        (number, layout): (u16, &str),
        unresolved: Option<Unresolved>,
        difference: Difference,
    ) -> StorageError {
        let layouts = Layouts::of(layout.to_owned());
        let stored = TableRows { layouts, indexes: stored.indexes.clone(), seal_name: None };
        SchemaMismatch {
            table: self.table.name().to_owned(),
            difference,
            unresolved: unresolved.unwrap_or_default(),
            newer: ours.filter(|ours| *ours < number).map(|ours| (ours, number)),
            stored: stored.text(),
            expected: self.declared.text(),
        }
        .into()
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
        let is_declared = |row: &IndexRow| declared.iter().any(|other| self.is_right(row, other));
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
            let row = IndexRow { layout: self.seals.number(), state: state.clone(), ..row };
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
        let row = stored.indexes.into_iter().find(|row| self.is_right(row, &declared));
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
        let layout = self.seals.number();
        let row = IndexRow { layout, state, ..self.declared_index(name) };
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
