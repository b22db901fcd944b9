//! The catalogue: what the file remembers of itself and of each of its tables.
//!
//! A table of its own, `$catalog`, in the engine's file:
//!
//! ```text
//! key             value
//! (empty)         header   "storage\0" │ format u32 little-endian, sealed
//! table name      entry    the table's Description as text, sealed
//! ```
//!
//! Sealed as every value is (see `codec/frame.rs`); the version in an entry's frame is the version of the entry's
//! own form. A table is entered by the transaction that first writes to it, so reading never writes.

mod check;
mod copy;
mod entry;
mod sealed;

pub use self::check::CheckReport;
pub(crate) use self::{check::check_rows, copy::copy, entry::Entry};
use crate::{
    backend::{ByteReader, ByteTable, ByteWriter, RedbBackend},
    codec::Seal,
    error::{
        CatalogDamage, Damage, FileDamage, OpenError, OpenReason, ReportedKey, Result, StorageError,
    },
    schema::{Description, RESERVED},
};
use std::{path::Path, sync::LazyLock};

/// The version of the file format that this build reads and writes.
pub const FORMAT_VERSION: u32 = 1;

/// What the header begins with.
const MAGIC: [u8; 8] = *b"storage\0";
/// The header's key sorts before every table name.
const HEADER_KEY: &[u8] = &[];
/// The number of a table's first layout.
const FIRST_LAYOUT: u16 = 1;
/// The version of the form of headers and entries.
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
    match read_header(&row) {
        Ok(FORMAT_VERSION) => Ok(true),
        Ok(found) => refuse(OpenReason::NewerFormat { found, supported: FORMAT_VERSION }),
        Err(damage) => refuse(OpenReason::Damaged(FileDamage::Header(damage))),
    }
}

fn write_header(writer: &dyn ByteWriter) -> Result<()> {
    let mut row = MAGIC.to_vec();
    row.extend_from_slice(&FORMAT_VERSION.to_le_bytes());
    SEAL.close(HEADER_KEY, &mut row);
    writer.put(&TABLE, HEADER_KEY, &row).map(drop)
}

fn read_header(row: &[u8]) -> Result<u32, Damage> {
    let body = SEAL.verified(HEADER_KEY, row)?;
    let version = body.strip_prefix(&MAGIC).and_then(|version| version.try_into().ok());
    version.map(u32::from_le_bytes).ok_or(CatalogDamage::NotAHeader.into())
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
