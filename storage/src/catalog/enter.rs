//! Entering a table in the catalogue: its layout and its indexes, by the transaction that first writes to it.

use super::{
    entry::Entry,
    layouts::FIRST_LAYOUT,
    rows::{self, TableRows},
};
use crate::{
    backend::ByteWriter,
    error::{Result, StorageError},
    invariant::Invariant as _,
    schema::Description,
};

impl Entry {
    /// Checks the entry, makes it when there is none, and makes its indexes those that are declared. Returns the number
    /// of the declared layout, which rows that are written in this state must have.
    #[inline]
    pub(crate) fn enter(&self, writer: &dyn ByteWriter) -> Result<u16> {
        match self.entered.number_at(writer.generation()) {
            Some(number) => Ok(number),
            None => self.enter_now(writer),
        }
    }

    #[cold]
    fn enter_now(&self, writer: &dyn ByteWriter) -> Result<u16> {
        let Some(mut stored) = self.stored(writer)? else { return self.make(writer) };
        self.check_writable(&stored)?;
        let (number, is_new) = self.enter_layout(writer, &mut stored)?;
        let is_changed = stored.disturb(writer, self.table.name(), number)?
            | self.enter_indexes(writer, &mut stored, number)?
            | self.enter_feed(writer, &mut stored)?
            | is_new;
        if is_changed {
            writer.renew();
            self.see(&stored, writer.generation());
        }
        Ok(number)
    }

    /// Adds the declared layout to those that the file has, if it is not among them; `true` if it was not.
    fn enter_layout(&self, writer: &dyn ByteWriter, stored: &mut TableRows) -> Result<(u16, bool)> {
        if let Some(number) = self.number_in(stored) {
            self.settle_exactly(&self.seal_name_in(stored), number)?;
            return Ok((number, false));
        }
        self.add_layout(writer, stored).map(|number| (number, true))
    }

    /// Adds the declared layout as the newest.
    pub(super) fn add_layout(
        &self,
        writer: &dyn ByteWriter,
        stored: &mut TableRows,
    ) -> Result<u16> {
        self.check_text()?;
        let table = self.table.name();
        let full = || StorageError::LayoutsFull { table: table.to_owned() };
        let number = stored.layouts.next().ok_or_else(full)?;
        self.settle_exactly(&self.seal_name_in(stored), number)?;
        let text = self.declared.layouts.newest();
        rows::put_layout(writer, table, number, text)?;
        let added = stored.layouts.add(number, text.to_owned());
        added.ok().invariant("the next number is the one that is added");
        self.meet_own(stored);
        Ok(number)
    }

    fn seal_name_in(&self, stored: &TableRows) -> String {
        stored.seal_name.clone().unwrap_or_else(|| self.table.name().to_owned())
    }

    fn make(&self, writer: &dyn ByteWriter) -> Result<u16> {
        self.check_text()?;
        let name = self.settle_new(writer)?;
        let seal_name = (name != self.table.name()).then_some(name);
        let rows = TableRows { seal_name, ..self.declared.clone() };
        rows.write(writer, self.table.name())?;
        self.meet_own(&rows);
        self.see(&rows, writer.generation());
        Ok(FIRST_LAYOUT)
    }

    /// Checks that what is to be written will be read.
    pub(super) fn check_text(&self) -> Result<()> {
        let parsed = Description::parse(&self.declared.text());
        parsed.map(drop).map_err(|reason| StorageError::SchemaText {
            table: self.table.name().to_owned(),
            reason: Box::new(reason),
        })
    }
}
