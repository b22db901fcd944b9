//! What a write without types tells the catalogue.

use super::{
    id_row::IdRow,
    index_row::{IndexRow, IndexState},
    known::{KnownIndex, KnownTable},
    rows::{self, TableRows},
};
use crate::{backend::ByteWriter, error::Result, key::id_of};
use std::ops::Bound;

impl KnownTable {
    /// Tells a migration and a rekey that rows of the layout `number` are written meanwhile; `true` if one of them did
    /// not know.
    pub(crate) fn disturb(&self, writer: &dyn ByteWriter, number: u16) -> Result<bool> {
        let name = self.table.name();
        let Some(mut stored) = TableRows::read(writer, name.as_bytes())? else { return Ok(false) };
        let is_told = stored.disturb(writer, name, number)?;
        if is_told {
            writer.renew();
        }
        Ok(is_told)
    }

    /// Leaves `index` to the program that has its definition: it has no entries from here on, and is built when that
    /// program opens the table.
    pub(crate) fn leave_to_build(&self, writer: &dyn ByteWriter, index: &KnownIndex) -> Result<()> {
        let row = IndexRow {
            layout: index.layout,
            state: IndexState::Building(None),
            ..IndexRow::ready(&index.shape.name, index.shape.text())
        };
        writer.remove_table(&index.table)?;
        rows::put_index(writer, self.table.name(), &row)?;
        writer.renew();
        Ok(())
    }

    /// Remembers, before rows are deleted, which numbers they have, if the table counts its keys: none is given again.
    pub(crate) fn keep_ids(&self, writer: &dyn ByteWriter) -> Result<()> {
        let Some(IdRow { next }) = rows::ids(writer, self.table.name())? else { return Ok(()) };
        let last = writer.last_key(&self.table, Bound::Unbounded, Bound::Unbounded)?;
        let last = last.and_then(|key| id_of(&self.description.key, &key));
        match last.map(|last| last.saturating_add(1)) {
            Some(behind) if behind > next => {
                rows::put_ids(writer, self.table.name(), IdRow { next: behind })
            }
            _ => Ok(()),
        }
    }
}

impl KnownIndex {
    /// Whether it has no entries, and gets all of them when it is built.
    pub(crate) fn is_left_to_build(&self, writer: &dyn ByteWriter) -> Result<bool> {
        Ok(self.state == IndexState::Building(None) && writer.len(&self.table)? == 0)
    }
}
