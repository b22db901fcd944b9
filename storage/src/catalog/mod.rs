//! The catalogue: what the file remembers of itself and of each of its tables.
//!
//! A table of its own, `$catalog`, in the engine's file:
//!
//! ```text
//! key             value
//! (empty)         header   `header.rs` has its form, which never changes
//! table name      entry    the table's Description as text, sealed
//! ```
//!
//! An entry is sealed as every value is (see `codec/frame.rs`); the number of the layout in its frame is that of the
//! entry's own form. A table is entered by the transaction that first writes to it, so reading never writes.

mod check;
mod copy;
mod entry;
mod header;
mod sealed;
mod tables;

use self::header::{check_header, header};
pub use self::{check::CheckReport, header::FORMAT_VERSION, tables::TableInfo};
pub(crate) use self::{
    check::check_rows,
    copy::copy,
    entry::Entry,
    tables::{drop_table, tables},
};
use crate::{
    backend::{ByteReader, ByteTable, ByteWriter, RedbBackend},
    codec::Seal,
    error::{CatalogDamage, Damage, OpenError, OpenReason, ReportedKey, Result, StorageError},
    schema::{Description, RESERVED},
};
use std::{path::Path, sync::LazyLock};

/// The header's key sorts before every table name.
const HEADER_KEY: &[u8] = &[];
/// The number of a table's first layout.
const FIRST_LAYOUT: u16 = 1;
/// The number of the form of entries.
const ROW_VERSION: u16 = 1;

static TABLE: LazyLock<ByteTable> =
    LazyLock::new(|| ByteTable::new(&format!("{RESERVED}catalog"), None));
static SEAL: LazyLock<Seal> = LazyLock::new(|| Seal::new(TABLE.name(), ROW_VERSION, 0));

/// Makes an untouched file a store, and checks any other.
pub(crate) fn open(backend: &RedbBackend) -> Result<()> {
    // The snapshot is not held over the write.
    let is_store = check(&*backend.snapshot()?, backend.path())?;
    if is_store { Ok(()) } else { backend.write(write_header) }
}

/// Checks that a file is a store; `false` when it holds nothing at all.
pub(crate) fn check(reader: &dyn ByteReader, path: &Path) -> Result<bool> {
    let refuse = |reason| Err(OpenError::new(path, reason).into());
    let Some(row) = reader.get(&TABLE, HEADER_KEY)? else {
        return if reader.table_names()?.is_empty() {
            Ok(false)
        } else {
            refuse(OpenReason::NoCatalog)
        };
    };
    check_header(&row).map(|()| true).or_else(refuse)
}

fn write_header(writer: &dyn ByteWriter) -> Result<()> {
    writer.put(&TABLE, HEADER_KEY, &header()).map(drop)
}

/// What the file has for `table`, as `read` reads it; `None` if it was never written.
fn read_row<T>(
    reader: &dyn ByteReader,
    table: &str,
    read: fn(&[u8], &[u8]) -> Result<T, Damage>,
) -> Result<Option<T>> {
    let Some(row) = reader.get(&TABLE, table.as_bytes())? else { return Ok(None) };
    read(table.as_bytes(), &row).map(Some).map_err(|damage| corrupt_entry(table, damage))
}

/// The entry of `table` is damaged.
fn corrupt_entry(table: &str, damage: Damage) -> StorageError {
    let key = ReportedKey::new(format!("{table:?}"), table.as_bytes());
    StorageError::corrupt_row(TABLE.name(), key, damage)
}

fn entry_text(key: &[u8], row: &[u8]) -> Result<String, Damage> {
    let text = String::from_utf8(SEAL.verified(key, row)?.to_vec());
    text.map_err(|_| CatalogDamage::NotText.into())
}

fn entry_description(key: &[u8], row: &[u8]) -> Result<Description, Damage> {
    Description::parse(&entry_text(key, row)?)
        .map_err(|error| CatalogDamage::NotASchema(error).into())
}

fn write_row(writer: &dyn ByteWriter, table: &str, text: &str) -> Result<()> {
    let mut row = text.as_bytes().to_vec();
    SEAL.close(table.as_bytes(), &mut row);
    writer.put(&TABLE, table.as_bytes(), &row).map(drop)
}
