//! Copying a store, row by row, each compared with its checksum: damage is never carried over.

use super::sealed::SealedTable;
use crate::{
    backend::{ByteReader, ByteWriter, RedbBackend},
    error::Result,
};

/// Copies every table of `source` into the empty file `target`, in one transaction, and verifies its pages.
///
/// # Errors
///
/// [`StorageError::Corrupt`](crate::StorageError::Corrupt) for the first row that is not what was written.
pub(crate) fn copy(source: &dyn ByteReader, target: &RedbBackend) -> Result<()> {
    let tables = SealedTable::all(source)?.into_iter().collect::<Result<Vec<_>>>()?;
    target.write(|writer| tables.iter().try_for_each(|table| copy_table(source, writer, table)))?;
    target.verify_pages()
}

fn copy_table(source: &dyn ByteReader, writer: &dyn ByteWriter, table: &SealedTable) -> Result<()> {
    let mut found: u64 = 0;
    for row in table.rows(source)? {
        let row = row?;
        table.verify(&row).map_err(|damage| table.corrupt(&row, damage))?;
        writer.put(&table.table, &row.key, &row.value)?;
        found = found.saturating_add(1);
    }
    let counted = source.len(&table.table)?;
    if counted == found { Ok(()) } else { Err(table.miscounted(counted, found)) }
}
