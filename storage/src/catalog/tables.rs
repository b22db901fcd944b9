//! The tables of a store, by name and without their record types: listed and dropped.

use super::{TABLE, entry_description, read_row};
use crate::{
    backend::{ByteReader, ByteWriter},
    error::{Result, StorageError},
    schema::{RESERVED, RowShape, check_table_name},
};
use std::ops::Bound;

/// A table of a store, as [`Storage::tables`](crate::Storage::tables) lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TableInfo {
    /// Its name.
    pub name: String,
    /// The name of its record type; of pairs, what the codec calls the type of the values.
    pub row_type: String,
    /// The name of the codec of its values: `rkyv`, `flatbuffers`, or that of a codec of one's own.
    pub codec: String,
    /// The names of its indexes, in the order of their declaration.
    pub indexes: Vec<String>,
    /// How many rows it has.
    pub row_count: u64,
}

/// Every table that the catalogue knows, by name.
pub(crate) fn tables(reader: &dyn ByteReader) -> Result<Vec<TableInfo>> {
    let mut tables = Vec::new();
    // The header comes first, under the empty key.
    for key in reader.keys(&TABLE, Bound::Excluded(&[]), Bound::Unbounded)? {
        let key = key?;
        let name = String::from_utf8_lossy(&key);
        let Some(description) = read_row(reader, &name, entry_description)? else { continue };
        let row_type = match &description.rows {
            RowShape::Record { types, .. } => types.root().map_or("", |(name, _)| name).to_owned(),
            RowShape::Value(name) => name.clone(),
        };
        tables.push(TableInfo {
            row_count: reader.len(&(*name).into())?,
            name: name.into_owned(),
            row_type,
            codec: description.codec,
            indexes: description.indexes.into_iter().map(|index| index.name).collect(),
        });
    }
    Ok(tables)
}

/// Removes the table `name` with its indexes and what the catalogue knows of it; `false` if there was none.
pub(crate) fn drop_table(writer: &dyn ByteWriter, name: &str) -> Result<bool> {
    check_table_name(name)
        .map_err(|reason| StorageError::TableName { name: name.to_owned(), reason })?;
    let mut was_there = writer.delete(&TABLE, name.as_bytes())?;
    for table in writer.table_names()? {
        if table == name || is_index_of(&table, name) {
            writer.remove_table(&(*table).into())?;
            was_there = true;
        }
    }
    Ok(was_there)
}

/// Whether `table` is that of an index of `name`.
fn is_index_of(table: &str, name: &str) -> bool {
    table.strip_prefix(name).is_some_and(|rest| rest.starts_with(RESERVED))
}
