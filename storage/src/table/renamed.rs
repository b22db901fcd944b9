//! The name under which a table is opened whose record says that it had another: `#[store(table_was = "users")]`.

use super::{Access, Reader};
use crate::{
    backend::{Evolution, all_or_nothing},
    catalog::{name_before, rename_table},
    error::Result,
    schema::RecordSchema,
};

/// The name of the table of `schema`. Where this place can write, a table that the file has under an earlier name is
/// renamed first, with its indexes and all that the catalogue has of it; elsewhere it is opened under that name.
#[track_caller]
pub(super) fn name(access: &impl Access, schema: &'static RecordSchema) -> Result<&'static str> {
    let (table, was) = (schema.table(), schema.table_was());
    if was.is_empty() {
        return Ok(table);
    }
    let reader = access.reader()?;
    let Some(before) = name_before(reader.bytes(), table, was)? else { return Ok(table) };
    if matches!(access.evolution(), Evolution::Refuse | Evolution::ReadNewer) {
        return Ok(before);
    }
    if let Reader::Writer(writer) = &reader {
        all_or_nothing(*writer, || rename_table(*writer, before, table))?;
        return Ok(table);
    }
    // A snapshot is not held over the write.
    drop(reader);
    let renamed = access.write_apart(|writer| {
        // Another thread may have done it.
        name_before(writer, table, was)?
            .map_or(Ok(true), |before| rename_table(writer, before, table))
    })?;
    Ok(if renamed.is_some() { table } else { before })
}
