//! Copying a store, row by row, each compared with its checksum: damage is never carried over.

use super::sealed::SealedTable;
use crate::{
    backend::{ByteReader, ByteRow, ByteRows, ByteWriter, RedbBackend, SortedRows},
    error::Result,
};

/// Copies every table of `source` into the empty file `target`, makes it as short as its content, and verifies its
/// pages.
///
/// # Errors
///
/// [`StorageError::Corrupt`](crate::StorageError::Corrupt) for the first row that is not what was written.
pub(crate) fn copy(source: &dyn ByteReader, target: &RedbBackend) -> Result<()> {
    let tables = SealedTable::all(source)?.into_iter().collect::<Result<Vec<_>>>()?;
    target.write(|writer| tables.iter().try_for_each(|table| copy_table(source, writer, table)))?;
    // The file grows by leaps while it is written.
    target.compact(|_| ())?;
    target.verify_pages()
}

fn copy_table(source: &dyn ByteReader, writer: &dyn ByteWriter, table: &SealedTable) -> Result<()> {
    let mut rows = VerifiedRows::new(table, table.rows(source)?);
    if rows.current.is_some() {
        writer.put_sorted(&table.table, &mut rows)?;
    }
    rows.ended?;
    let (counted, found) = (table.counted(source, rows.found)?, rows.found);
    if counted == found { Ok(()) } else { Err(table.miscounted(counted, found)) }
}

/// The rows of a table, each compared with its checksum, up to the first that is not what was written.
struct VerifiedRows<'a> {
    table: &'a SealedTable,
    rows: ByteRows<'a>,
    current: Option<ByteRow>,
    found: u64,
    /// The error of that row.
    ended: Result<()>,
}

impl<'a> VerifiedRows<'a> {
    fn new(table: &'a SealedTable, rows: ByteRows<'a>) -> Self {
        let mut verified = Self { table, rows, current: None, found: 0, ended: Ok(()) };
        verified.advance();
        verified
    }

    fn next(&mut self) -> Result<Option<ByteRow>> {
        let Some(row) = self.rows.next().transpose()? else { return Ok(None) };
        self.table.verify(&row).map_err(|damage| self.table.corrupt(&row, damage))?;
        self.found = self.found.saturating_add(1);
        Ok(Some(row))
    }
}

impl SortedRows for VerifiedRows<'_> {
    fn current(&self) -> Option<(&[u8], &[u8])> {
        self.current.as_ref().map(|row| (&*row.key, &*row.value))
    }

    fn advance(&mut self) {
        self.current = self.next().unwrap_or_else(|error| {
            self.ended = Err(error);
            None
        });
    }
}
