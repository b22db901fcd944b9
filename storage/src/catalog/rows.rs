//! The rows that the catalogue has of one table.
//!
//! ```text
//! key                  text
//! table                the table's Description, without its indexes: its first layout
//! table 00 "L" u16     the same of another layout, by its number: 2 and on, in big-endian order
//! table 00 "F"         whether its changes are logged, and from which number on (see `feed_row.rs`)
//! table 00 "I" index   the line of one index, and how far it is built (see `index_row.rs`)
//! table 00 "K"         how far its rows are written under other keys (see `rekey_row.rs`)
//! table 00 "M"         how far a migration is that is under way (see `migration_row.rs`)
//! table 00 "N"         the number that the next record gets whose key is counted (see `id_row.rs`)
//! table 00 "R"         which layouts no row has any more (see `retired.rs`); their own rows are gone
//! table 00 "S"         the name that the table's rows are sealed with, where it is not that of the table
//! 01 seal name         the table whose rows are sealed with that name, which is not its own
//! ```
//!
//! Names have no control characters, so the rows of a table are all from its name up to its name with 01 behind it.
//! Each is sealed as values are (see `codec/frame.rs`), under its whole key; the number of the layout in its frame is
//! that of the row's own form. A row that fits its checksum and is not understood, because its form, its key or a line
//! of it is unknown, was written by a newer release, and is not damaged.

use super::{
    feed_row::FeedRow,
    id_row::IdRow,
    index_row::IndexRow,
    layouts::{FIRST_LAYOUT, Layouts},
    lines::{self, Lines},
    migration_row::MigrationRow,
    rekey_row::RekeyRow,
    retired::Retired,
};
use crate::{
    backend::{ByteReader, ByteTable, ByteWriter},
    codec::{Seal, layout_number},
    error::{
        CatalogDamage, Damage, ReportedKey, Result, SchemaTextError, SchemaTextReason, StorageError,
    },
    schema::{Description, RESERVED},
};
use std::{ops::Bound, sync::LazyLock};

pub(super) static TABLE: LazyLock<ByteTable> =
    LazyLock::new(|| ByteTable::new(&format!("{RESERVED}catalog"), None));

/// The header's key sorts before every table name.
pub(super) const HEADER_KEY: &[u8] = &[];
/// The number of the form of rows.
const ROW_FORM: u16 = 1;
/// What follows the table's name in the key of its feed,
const FEED: &[u8] = b"\0F";
/// in that of an index,
const INDEX: &[u8] = b"\0I";
/// of its rekey,
const REKEY: &[u8] = b"\0K";
/// of its migration,
const MIGRATION: &[u8] = b"\0M";
/// of the number of its next record,
const NEXT_ID: &[u8] = b"\0N";
/// of its retired layouts,
const RETIRED: &[u8] = b"\0R";
/// and of its seal name.
const SEAL_NAME: &[u8] = b"\0S";
/// What follows the table's name where its rows end.
const END: u8 = 1;
/// What a seal name that is taken has before it in its key: it sorts before every table name.
const TAKEN: &[u8] = b"\x01";
/// What the feed is called beside the indexes, none of which can be called so.
pub(super) const FEED_NAME: &str = "$feed";
/// No table name begins with a lower byte.
const FIRST_NAME: &[u8] = b" ";

/// What the catalogue has of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct TableRows {
    /// The texts of its description without the indexes, one for each layout.
    pub(super) layouts: Layouts,
    /// Its indexes, by name.
    pub(super) indexes: Vec<IndexRow>,
    /// How far a migration is, if one is under way.
    pub(super) migration: Option<MigrationRow>,
    /// How far its rows are written under other keys, if that is under way.
    pub(super) rekey: Option<RekeyRow>,
    /// Its feed, if it has one or had.
    pub(super) feed: Option<FeedRow>,
    /// The number that its next record gets, if its keys are counted or were.
    pub(super) ids: Option<IdRow>,
    /// The name that its rows are sealed with, where it is not that of the table.
    pub(super) seal_name: Option<String>,
}

impl TableRows {
    /// Reads the rows of `table`; `None` if there are none.
    pub(super) fn read(reader: &dyn ByteReader, table: &[u8]) -> Result<Option<Self>> {
        let end = end(table);
        let (lower, upper) = (Bound::Included(table), Bound::Excluded(&*end));
        let (mut found, mut layouts, mut is_there) = (Self::default(), Vec::new(), false);
        for row in reader.rows(&TABLE, lower, upper)? {
            let row = row?;
            is_there = true;
            let text = row_text(table, &row.key, &row.value)?;
            let part = row.key.strip_prefix(table).unwrap_or_default();
            let not_understood = |error| not_understood(table, error);
            if part.is_empty() {
                layouts.push((FIRST_LAYOUT, row.key, text));
            } else if let Some(number) = Layouts::number_in(part) {
                layouts.push((number, row.key, text));
            } else if let Some(index) = part.strip_prefix(INDEX) {
                let name = String::from_utf8_lossy(index).into_owned();
                found.indexes.push(IndexRow::parse(name, &text).map_err(not_understood)?);
            } else if part == MIGRATION {
                found.migration = Some(lines::parse(&text).map_err(not_understood)?);
            } else if part == REKEY {
                found.rekey = Some(lines::parse(&text).map_err(not_understood)?);
            } else if part == FEED {
                found.feed = Some(lines::parse(&text).map_err(not_understood)?);
            } else if part == NEXT_ID {
                found.ids = Some(lines::parse(&text).map_err(not_understood)?);
            } else if part == RETIRED {
                found.layouts = Layouts::after(Retired::parse(&text).map_err(not_understood)?);
            } else if part == SEAL_NAME {
                found.seal_name = Some(text);
            } else {
                let what = format!("a row about `{}`", part.escape_ascii());
                return Err(newer(table, what));
            }
        }
        for (number, key, text) in layouts {
            let added = found.layouts.add(number, text);
            added.map_err(|damage| corrupt(table, &key, damage))?;
        }
        match is_there {
            true if found.layouts.is_empty() => Err(missing(table)),
            true => Ok(Some(found)),
            false => Ok(None),
        }
    }

    /// Writes the rows of `table`, which has none.
    pub(super) fn write(&self, writer: &dyn ByteWriter, table: &str) -> Result<()> {
        let key = |part: &[&[u8]]| [table.as_bytes(), &part.concat()].concat();
        let mut layouts = self.layouts.iter();
        layouts.try_for_each(|(number, text)| put_layout(writer, table, number, text))?;
        if !self.layouts.retired.is_empty() {
            put_retired(writer, table, &self.layouts.retired)?;
        }
        self.indexes.iter().try_for_each(|index| put_index(writer, table, index))?;
        if let Some(migration) = &self.migration {
            put_migration(writer, table, migration)?;
        }
        if let Some(rekey) = &self.rekey {
            put_rekey(writer, table, rekey)?;
        }
        if let Some(feed) = self.feed {
            put_feed(writer, table, feed)?;
        }
        if let Some(ids) = self.ids {
            put_ids(writer, table, ids)?;
        }
        if let Some(name) = &self.seal_name {
            put(writer, &key(&[SEAL_NAME]), name)?;
            put(writer, &taken_key(name), table)?;
        }
        writer.renew();
        Ok(())
    }

    /// Deletes the rows of `table`, whatever is in them; `false` if there are none.
    pub(super) fn delete(writer: &dyn ByteWriter, table: &str) -> Result<bool> {
        let end = end(table.as_bytes());
        let (lower, upper) = (Bound::Included(table.as_bytes()), Bound::Excluded(&*end));
        let mut was_there = false;
        for row in writer.rows(&TABLE, lower, upper)? {
            let row = row?;
            // If it cannot be read, its name stays taken, which does no harm.
            if row.key.strip_prefix(table.as_bytes()) == Some(SEAL_NAME)
                && let Ok(name) = row_text(table.as_bytes(), &row.key, &row.value)
            {
                writer.delete(&TABLE, &taken_key(&name))?;
            }
            was_there |= writer.delete(&TABLE, &row.key)?;
        }
        writer.renew();
        Ok(was_there)
    }

    /// The newest description with the indexes, as one text.
    pub(super) fn text(&self) -> String {
        let lines = self.indexes.iter().map(|index| &*index.definition);
        [self.layouts.newest()].into_iter().chain(lines).collect()
    }

    /// What the rows say of `table`.
    pub(super) fn description(&self, table: &[u8]) -> Result<Description> {
        Description::parse(&self.text()).map_err(|error| not_understood(table, error))
    }
}

/// Where the rows of `table` end.
fn end(table: &[u8]) -> Vec<u8> {
    [table, &[END]].concat()
}

/// The names of all tables that the catalogue has rows of, in their order.
pub(super) fn names(reader: &dyn ByteReader) -> Result<Vec<Vec<u8>>> {
    let mut names: Vec<Vec<u8>> = Vec::new();
    for key in reader.keys(&TABLE, Bound::Included(FIRST_NAME), Bound::Unbounded)? {
        let key = key?;
        let name = key.split(|byte| *byte == 0).next().unwrap_or_default();
        if names.last().is_none_or(|last| last != name) {
            names.push(name.to_vec());
        }
    }
    Ok(names)
}

/// Whether `name` is that of `table`, or of the table of one of its indexes.
pub(super) fn belongs_to(name: &str, table: &str) -> bool {
    name.strip_prefix(table).is_some_and(|rest| rest.is_empty() || rest.starts_with(RESERVED))
}

/// The name of the table of the index `index` of `table`.
pub(crate) fn index_table(table: &str, index: &str) -> String {
    format!("{table}{RESERVED}{index}")
}

/// The name that the rows of a new `table` are sealed with: its own, unless a renamed table has that.
pub(super) fn new_seal_name(reader: &dyn ByteReader, table: &str) -> Result<String> {
    let (mut name, mut number) = (table.to_owned(), 1_u64);
    while is_taken(reader, &name)? {
        number = number.saturating_add(1);
        name = format!("{table}{RESERVED}{number}");
    }
    Ok(name)
}

/// Whether rows of a table are sealed with `name`, which is not the table's own.
pub(super) fn is_taken(reader: &dyn ByteReader, name: &str) -> Result<bool> {
    reader.contains(&TABLE, &taken_key(name))
}

/// Whether `key` is that of a seal name which is taken.
pub(super) fn is_taken_key(key: &[u8]) -> bool {
    key.starts_with(TAKEN)
}

fn taken_key(seal_name: &str) -> Vec<u8> {
    [TAKEN, seal_name.as_bytes()].concat()
}

/// Writes the row of a layout of `table`.
pub(super) fn put_layout(
    writer: &dyn ByteWriter,
    table: &str,
    number: u16,
    text: &str,
) -> Result<()> {
    put(writer, &[table.as_bytes(), &Layouts::key_part(number)].concat(), text)
}

/// Deletes the row of a layout of `table`.
pub(super) fn delete_layout(writer: &dyn ByteWriter, table: &str, number: u16) -> Result<()> {
    let key = [table.as_bytes(), &Layouts::key_part(number)].concat();
    writer.delete(&TABLE, &key).map(drop)
}

/// Writes the row of the retired layouts of `table`.
pub(super) fn put_retired(writer: &dyn ByteWriter, table: &str, retired: &Retired) -> Result<()> {
    put(writer, &[table.as_bytes(), RETIRED].concat(), &retired.text())
}

/// Writes the row of the migration of `table`.
pub(super) fn put_migration(
    writer: &dyn ByteWriter,
    table: &str,
    migration: &MigrationRow,
) -> Result<()> {
    put(writer, &[table.as_bytes(), MIGRATION].concat(), &migration.text())
}

/// Deletes the row of the migration of `table`.
pub(super) fn delete_migration(writer: &dyn ByteWriter, table: &str) -> Result<()> {
    writer.delete(&TABLE, &[table.as_bytes(), MIGRATION].concat()).map(drop)
}

/// Writes the row of the rekey of `table`.
pub(super) fn put_rekey(writer: &dyn ByteWriter, table: &str, rekey: &RekeyRow) -> Result<()> {
    put(writer, &[table.as_bytes(), REKEY].concat(), &rekey.text())
}

/// Deletes the row of the rekey of `table`.
pub(super) fn delete_rekey(writer: &dyn ByteWriter, table: &str) -> Result<()> {
    writer.delete(&TABLE, &[table.as_bytes(), REKEY].concat()).map(drop)
}

/// The row of the feed of `table`, if it has one.
pub(super) fn feed(reader: &dyn ByteReader, table: &str) -> Result<Option<FeedRow>> {
    lines_of(reader, table, FEED)
}

/// Writes that row.
pub(super) fn put_feed(writer: &dyn ByteWriter, table: &str, feed: FeedRow) -> Result<()> {
    put(writer, &[table.as_bytes(), FEED].concat(), &feed.text())
}

/// The row of the number of the next record of `table`, if it has one.
pub(super) fn ids(reader: &dyn ByteReader, table: &str) -> Result<Option<IdRow>> {
    lines_of(reader, table, NEXT_ID)
}

/// The row of `table` whose key ends with `part`, if there is one.
fn lines_of<R: Lines>(reader: &dyn ByteReader, table: &str, part: &[u8]) -> Result<Option<R>> {
    let (table, key) = (table.as_bytes(), [table.as_bytes(), part].concat());
    let Some(row) = reader.get(&TABLE, &key)? else { return Ok(None) };
    let text = row_text(table, &key, &row)?;
    lines::parse(&text).map(Some).map_err(|error| not_understood(table, error))
}

/// Writes that row.
pub(super) fn put_ids(writer: &dyn ByteWriter, table: &str, ids: IdRow) -> Result<()> {
    put(writer, &[table.as_bytes(), NEXT_ID].concat(), &ids.text())
}

/// Writes the row of an index of `table`.
pub(super) fn put_index(writer: &dyn ByteWriter, table: &str, index: &IndexRow) -> Result<()> {
    put(writer, &index_key(table, &index.name), &index.text())
}

/// Deletes the row of an index of `table`.
pub(super) fn delete_index(writer: &dyn ByteWriter, table: &str, name: &str) -> Result<()> {
    writer.delete(&TABLE, &index_key(table, name)).map(drop)
}

fn index_key(table: &str, index: &str) -> Vec<u8> {
    [table.as_bytes(), INDEX, index.as_bytes()].concat()
}

/// Writes a row with `text` under `key`.
fn put(writer: &dyn ByteWriter, key: &[u8], text: &str) -> Result<()> {
    let mut row = text.as_bytes().to_vec();
    seal(ROW_FORM).close(key, &mut row);
    writer.put(&TABLE, key, &row).map(drop)
}

/// Verifies a row that is of no table.
pub(super) fn verify(key: &[u8], row: &[u8]) -> Result<(), Damage> {
    seal(ROW_FORM).verified(key, row).map(drop)
}

/// The text of a row of `table`.
fn row_text(table: &[u8], key: &[u8], row: &[u8]) -> Result<String> {
    let form = layout_number(row).unwrap_or(ROW_FORM);
    let corrupt = |damage| corrupt(table, key, damage);
    let text = seal(form).verified(key, row).map_err(corrupt)?;
    if form != ROW_FORM {
        return Err(newer(table, format!("a row of form {form}")));
    }
    String::from_utf8(text.to_vec()).map_err(|_| corrupt(CatalogDamage::NotText.into()))
}

/// What rows of the form `form` are sealed with.
fn seal(form: u16) -> Seal {
    Seal::new(TABLE.name(), form, 0)
}

/// The text of the rows of `table` is not that of a description.
#[cold]
pub(super) fn not_understood(table: &[u8], error: SchemaTextError) -> StorageError {
    match error.reason() {
        SchemaTextReason::UnknownLine { subject } => {
            newer(table, format!("a line about `{subject}`"))
        }
        _ => corrupt(table, table, CatalogDamage::NotASchema(error).into()),
    }
}

/// There is no entry for `table`, which has rows.
#[cold]
pub(super) fn missing(table: &[u8]) -> StorageError {
    corrupt(table, table, CatalogDamage::Missing.into())
}

#[cold]
fn corrupt(table: &[u8], key: &[u8], damage: Damage) -> StorageError {
    let text = format!("{:?}", String::from_utf8_lossy(table));
    StorageError::corrupt_row(TABLE.name(), ReportedKey::new(text, key), damage)
}

#[cold]
fn newer(table: &[u8], what: String) -> StorageError {
    StorageError::Newer { table: String::from_utf8_lossy(table).into_owned(), what }
}
