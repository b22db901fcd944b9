//! A table whose records get other keys: its rows go to a hidden table, batch by batch, which then takes its place.
//!
//! ```text
//! users ──── batch ─▶ batch ─▶ … ─▶ the last: users is removed, and the hidden table is called users
//!   │                   ▲
//!   └ others write ─────┘ from the first row again
//! ```
//!
//! How far it has come is kept with the rows of the old table, in the transaction of each batch; so whoever writes to
//! that table finds it, and says there that he has written. Until the last batch, the old table is whole, and nobody
//! sees the hidden one.

use super::{
    entry::Entry,
    feed::end_feed,
    hidden::visible_name,
    index_row::IndexRow,
    layouts::Layouts,
    rekey_row::RekeyRow,
    rows::{self, TableRows},
    tables::{move_table, remove_hidden, remove_table},
};
use crate::{
    backend::{ByteReader, ByteWriter},
    error::{Result, StorageError},
    schema::{Description, has_other_key},
};

/// Of the hidden table of the new keys.
impl Entry {
    /// Which of the tables `names` has the rows that are to get the declared key; `None` if there are none, because
    /// there is no such table, or because they have it.
    pub(crate) fn to_rekey<'n>(
        &self,
        reader: &dyn ByteReader,
        names: &[&'n str],
        declared: &Description,
    ) -> Result<Option<&'n str>> {
        for name in names {
            let Some(stored) = TableRows::read(reader, name.as_bytes())? else { continue };
            let is_other = *name != visible_name(self.table.name());
            let stored = stored.description(name.as_bytes())?;
            let is_left = is_other || has_other_key(&stored, declared, &(self.past.hints)());
            return Ok(is_left.then_some(*name));
        }
        Ok(None)
    }

    /// How far the rows of `source` have got their keys. Begins with the first row where nothing has begun, where it
    /// was for another layout, and where others have written meanwhile: then `true` is returned.
    ///
    /// # Errors
    ///
    /// [`StorageError::TableExists`] if another table has the name that this one is to have.
    pub(crate) fn rekey(
        &self,
        writer: &dyn ByteWriter,
        source: &Self,
    ) -> Result<Option<(RekeyRow, bool)>> {
        let Some(stored) = source.stored(writer)? else { return Ok(None) };
        source.check_writable(&stored)?;
        let into = visible_name(self.table.name());
        let is_ours = |row: &RekeyRow| row.into == into;
        let is_disturbed = stored.rekey.as_ref().is_some_and(|row| row.is_disturbed);
        if let Some(row) = stored.rekey.clone().filter(is_ours)
            && !is_disturbed
            && let Some(hidden) = TableRows::read(writer, self.table.name().as_bytes())?
            && hidden.layouts.newest() == self.declared.layouts.newest()
            && hidden.layouts.oldest() == stored.layouts.next().unwrap_or_default()
        {
            return Ok(Some((row, false)));
        }
        self.begin_rekey(writer, source, stored, into).map(|row| Some((row, is_disturbed)))
    }

    fn begin_rekey(
        &self,
        writer: &dyn ByteWriter,
        source: &Self,
        stored: TableRows,
        into: &str,
    ) -> Result<RekeyRow> {
        self.check_text()?;
        let table = source.table.name();
        if into != table && TableRows::read(writer, into.as_bytes())?.is_some() {
            return Err(StorageError::TableExists { table: into.to_owned() });
        }
        remove_hidden(writer, stored.rekey.as_ref())?;
        let hidden = self.table.name();
        remove_table(writer, hidden)?;
        // The layouts of the old table are retired in the new one: a program that has one of them is an older one.
        let full = || StorageError::LayoutsFull { table: table.to_owned() };
        let number = stored.layouts.next().ok_or_else(full)?;
        let mut layouts = stored.layouts;
        layouts.retire_before(number);
        let mut layouts = Layouts::after(layouts.retired);
        layouts.add(number, self.declared.layouts.newest().to_owned()).map_err(|_| full())?;
        let index = |row: &IndexRow| IndexRow { layout: number, ..row.clone() };
        let indexes = self.declared.indexes.iter().map(index).collect();
        let seal_name = rows::new_seal_name(writer, hidden)?;
        self.settle_exactly(&seal_name, number)?;
        let seal_name = (seal_name != hidden).then_some(seal_name);
        TableRows { layouts, indexes, seal_name, ..TableRows::default() }.write(writer, hidden)?;
        let row = RekeyRow { into: into.to_owned(), ..RekeyRow::default() };
        rows::put_rekey(writer, table, &row)?;
        writer.renew();
        Ok(row)
    }

    /// Puts this table, which has a record for each row of `source`, in its place.
    pub(crate) fn end_rekey(
        &self,
        writer: &dyn ByteWriter,
        source: &Self,
        row: &RekeyRow,
    ) -> Result<()> {
        // It is no more one that goes with the other.
        rows::delete_rekey(writer, source.table.name())?;
        // Its changes have the old keys: what is logged from here on, has the new.
        let feed = rows::feed(writer, source.table.name())?;
        let feed = feed.map(|feed| end_feed(writer, source.table.name(), feed)).transpose()?;
        remove_table(writer, source.table.name())?;
        move_table(writer, self.table.name(), &row.into)?;
        feed.map_or(Ok(()), |feed| rows::put_feed(writer, &row.into, feed))
    }
}

/// Of the table that there is.
impl Entry {
    /// Remembers how far its rows have got their keys.
    pub(crate) fn advance_rekey(&self, writer: &dyn ByteWriter, row: &RekeyRow) -> Result<()> {
        rows::put_rekey(writer, self.table.name(), row)
    }

    /// Forgets what has come of a rekey: nothing, if it was ended or is none.
    pub(crate) fn abandon_rekey(&self, writer: &dyn ByteWriter) -> Result<()> {
        let table = self.table.name();
        let Some(stored) = TableRows::read(writer, table.as_bytes())? else { return Ok(()) };
        if stored.rekey.is_none() {
            return Ok(());
        }
        remove_hidden(writer, stored.rekey.as_ref())?;
        rows::delete_rekey(writer, table)?;
        writer.renew();
        Ok(())
    }
}
