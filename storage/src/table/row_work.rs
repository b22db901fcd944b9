//! Work that a migration does for each row it rewrites, in the transaction of that row.

use super::{Access as _, Row, Table, form::StoredValue, migrate_batch::RewrittenRow};
use crate::{
    backend::{ByteTable, ByteWriter, Evolution},
    catalog::Entry,
    error::Result,
    key::Key,
    record::StoredRecord,
};

/// What is done for a row, whatever type it had.
pub(super) trait RowWork<R: StoredRecord> {
    /// Finds out how the rows of all layouts but the declared one are read.
    fn prepare(&mut self, table: &Table<R>, writer: &dyn ByteWriter) -> Result<()>;

    /// Does the work for `row`.
    fn run(
        &mut self,
        table: &Table<R>,
        writer: &dyn ByteWriter,
        row: &RewrittenRow<'_>,
    ) -> Result<()>;
}

/// The caller's work, for rows that are read as records of the type `O`.
pub(super) struct ForEach<O, W> {
    older: Option<Table<O>>,
    work: W,
}

impl<O, W> ForEach<O, W> {
    pub(super) const fn new(work: W) -> Self {
        Self { older: None, work }
    }
}

impl<R, O, W> RowWork<R> for ForEach<O, W>
where
    R: StoredRecord,
    O: StoredRecord,
    W: FnMut(&dyn ByteWriter, Evolution, O, &R) -> Result<()>,
{
    fn prepare(&mut self, table: &Table<R>, writer: &dyn ByteWriter) -> Result<()> {
        let older = match &mut self.older {
            Some(older) => older,
            none => none.insert(older_table(table)?),
        };
        older.shared.entry.is_written(writer).map(drop)
    }

    fn run(
        &mut self,
        table: &Table<R>,
        writer: &dyn ByteWriter,
        row: &RewrittenRow<'_>,
    ) -> Result<()> {
        let Some(older) = &self.older else { return Ok(()) };
        let old = older.form().decode(row.key, StoredValue::InFile(row.old))?;
        let new = table.form().decode(row.key, StoredValue::InFile(row.new))?;
        (self.work)(writer, table.access.evolution(), old, &new)
    }
}

/// The table whose rows are read as records of the type `O`, if they have not been rewritten.
fn older_table<R: StoredRecord, O: StoredRecord>(table: &Table<R>) -> Result<Table<O>> {
    let description = Table::<O>::description()?;
    let bytes = ByteTable::new(table.byte_table().name(), O::Key::WIDTH);
    let entry = Entry::new(bytes, &description, <O as Row>::past(), Evolution::Lazy);
    Ok(Table::of_entry(table.access.clone(), entry.before(&table.shared.entry)))
}
