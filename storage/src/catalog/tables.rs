//! The tables of a store, by name and without their record types: listed, dropped and renamed.

use super::{
    hidden::{hidden_name, is_hidden},
    rekey_row::RekeyRow,
    rows::{self, TableRows},
};
use crate::{
    backend::{ByteReader, ByteWriter},
    error::{Result, StorageError},
    invariant::Invariant as _,
    schema::check_table_name,
};

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
    /// The names of its indexes, in their order.
    pub indexes: Vec<String>,
    /// How many layouts its rows may have.
    pub layout_count: u64,
    /// How many rows it has.
    pub row_count: u64,
}

/// Every table that the catalogue knows, by name.
pub(crate) fn tables(reader: &dyn ByteReader) -> Result<Vec<TableInfo>> {
    let mut tables = Vec::new();
    for name in rows::names(reader)? {
        if is_hidden(&String::from_utf8_lossy(&name)) {
            continue;
        }
        let Some(rows) = TableRows::read(reader, &name)? else { continue };
        let (description, name) = (rows.description(&name)?, String::from_utf8_lossy(&name));
        let row_type = description.rows.name().to_owned();
        tables.push(TableInfo {
            layout_count: u64::try_from(rows.layouts.len()).invariant("a length fits"),
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
    check_name(name)?;
    remove_table(writer, name)
}

/// The same whatever its name is.
pub(super) fn remove_table(writer: &dyn ByteWriter, name: &str) -> Result<bool> {
    // What cannot be read is removed all the same.
    if let Ok(Some(rows)) = TableRows::read(writer, name.as_bytes()) {
        remove_hidden(writer, rows.rekey.as_ref())?;
    }
    let mut was_there = TableRows::delete(writer, name)?;
    for table in writer.table_names()? {
        if rows::belongs_to(&table, name) {
            writer.remove_table(&(*table).into())?;
            was_there = true;
        }
    }
    Ok(was_there)
}

/// Removes the hidden table of a rekey, if there is one: it is not gone on with.
pub(super) fn remove_hidden(writer: &dyn ByteWriter, rekey: Option<&RekeyRow>) -> Result<()> {
    let Some(rekey) = rekey else { return Ok(()) };
    remove_table(writer, &hidden_name(&rekey.into)).map(drop)
}

/// Renames the table `from` with its indexes and what the catalogue knows of it; `false` if there is none.
pub(crate) fn rename_table(writer: &dyn ByteWriter, from: &str, to: &str) -> Result<bool> {
    check_name(from)?;
    check_name(to)?;
    move_table(writer, from, to)
}

/// The same whatever the names are.
pub(super) fn move_table(writer: &dyn ByteWriter, from: &str, to: &str) -> Result<bool> {
    let Some(mut rows) = TableRows::read(writer, from.as_bytes())? else { return Ok(false) };
    if from == to {
        return Ok(true);
    }
    remove_hidden(writer, rows.rekey.take().as_ref())?;
    // All that is in them goes along, so all of it must be understood.
    rows.description(from.as_bytes())?;
    if rows::names(writer)?.iter().any(|name| name == to.as_bytes()) || writer.len(&to.into())? > 0
    {
        return Err(StorageError::TableExists { table: to.to_owned() });
    }
    let seal_name = rows.seal_name.take().unwrap_or_else(|| from.to_owned());
    rows.seal_name = (seal_name != to).then_some(seal_name);
    TableRows::delete(writer, from)?;
    rows.write(writer, to)?;
    for table in writer.table_names()? {
        if rows::belongs_to(&table, from) {
            let renamed = table.replacen(from, to, 1);
            writer.rename_table(&(*table).into(), &(*renamed).into())?;
        }
    }
    Ok(true)
}

/// The name among `was` under which the file has the table `table`, which was renamed in the code; `None` if there is
/// none.
pub(crate) fn name_before<'n>(
    reader: &dyn ByteReader,
    table: &str,
    was: &[&'n str],
) -> Result<Option<&'n str>> {
    let is_there =
        |name: &&&str| -> Result<bool> { Ok(TableRows::read(reader, name.as_bytes())?.is_some()) };
    let mut found = None;
    for name in was {
        if is_there(&name)? {
            let other = found.replace(*name).or(is_there(&&table)?.then_some(table));
            if let Some(other) = other {
                let (table, was) = (other.to_owned(), (*name).to_owned());
                return Err(StorageError::TwoTables { table, was });
            }
        }
    }
    Ok(found)
}

fn check_name(name: &str) -> Result<()> {
    let named = |reason| StorageError::TableName { name: name.to_owned(), reason };
    check_table_name(name).map_err(named)
}
