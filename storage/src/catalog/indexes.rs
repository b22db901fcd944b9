//! The indexes that the catalogue has of a table.

use super::{
    entry::Entry,
    index_row::{IndexRow, IndexState},
    rows::{self, TableRows},
};
use crate::{
    backend::{ByteReader, ByteWriter},
    error::Result,
    invariant::Invariant as _,
};

impl Entry {
    /// Removes the indexes of `stored` that are not declared, and enters those that are declared and missing; `true` if
    /// there were any.
    ///
    /// So an index whose definition has changed is built anew; and one that a program does not know is gone when that
    /// program has written, and is built anew by the next that does: it never lacks an entry.
    pub(super) fn enter_indexes(
        &self,
        writer: &dyn ByteWriter,
        stored: &mut TableRows,
        number: u16,
    ) -> Result<bool> {
        let (table, declared) = (self.table.name(), &self.declared.indexes);
        let is_declared = |row: &IndexRow| declared.iter().any(|other| self.is_right(row, other));
        let (mut kept, dropped): (Vec<_>, Vec<_>) = stored.indexes.drain(..).partition(is_declared);
        let is_missing = |row: &&IndexRow| !kept.iter().any(|other| row.is_of(other));
        let missing: Vec<_> = declared.iter().filter(is_missing).cloned().collect();
        if dropped.is_empty() && missing.is_empty() {
            stored.indexes = kept;
            return Ok(false);
        }
        self.check_text()?;
        for row in dropped.iter().chain(&missing) {
            rows::delete_index(writer, table, &row.name)?;
            writer.remove_table(&(*rows::index_table(table, &row.name)).into())?;
        }
        let has_rows = writer.len(&self.table)? > 0;
        let state = if has_rows { IndexState::Building(None) } else { IndexState::Ready };
        for row in missing {
            let row = IndexRow { layout: number, state: state.clone(), ..row };
            rows::put_index(writer, table, &row)?;
            kept.push(row);
        }
        kept.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        stored.indexes = kept;
        Ok(true)
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
        let layout = self.enter(writer)?;
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
