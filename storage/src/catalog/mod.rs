//! The catalogue: what the file remembers of itself and of each of its tables.
//!
//! A table of its own, `$catalog`, in the engine's file:
//!
//! ```text
//! key             value
//! (empty)         header   `header.rs` has its form, which never changes
//! table name ..   rows     what is known of a table; `rows.rs` has their keys and forms
//! ```
//!
//! A table is entered by the transaction that first writes to it, so reading never writes. The same transaction enters
//! the indexes that the code has and the file lacks, and removes those that the code has no more.

mod check;
mod compare;
mod copy;
#[cfg(feature = "dynamic")]
mod definition;
mod enter;
mod entry;
mod feed;
mod feed_row;
mod header;
mod hex;
mod hidden;
mod id_row;
mod ids;
mod index_row;
mod indexes;
mod kept_fields;
#[cfg(feature = "dynamic")]
mod known;
mod layouts;
mod lines;
mod migrate;
mod migration_row;
mod older;
mod rekey;
mod rekey_row;
mod retired;
mod revived;
mod rows;
#[cfg(feature = "dynamic")]
mod salvage;
mod sealed;
mod seals;
mod seen;
mod survey;
mod tables;
#[cfg(feature = "dynamic")]
mod untyped;

#[cfg(feature = "dynamic")]
pub use self::salvage::Salvage;
pub use self::{check::CheckReport, header::FORMAT_VERSION, tables::TableInfo};
pub(crate) use self::{
    check::check_rows,
    copy::copy,
    entry::Entry,
    feed::{feed_span, feed_table},
    hidden::{hidden_name, visible_name},
    index_row::IndexState,
    migrate::{Migration, PassEnd},
    older::Older,
    rekey_row::RekeyRow,
    revived::revived,
    rows::index_table,
    seals::TableSeals,
    survey::{IndexSurvey, Survey},
    tables::{drop_table, name_before, rename_table, tables},
};
#[cfg(feature = "dynamic")]
pub(crate) use self::{
    definition::{create, definition},
    known::{KnownIndex, KnownLayout, KnownTable},
    salvage::salvage,
};
use self::{
    header::{check_header, header},
    rows::{HEADER_KEY, TABLE},
};
use crate::{
    backend::{ByteReader, ByteWriter, RedbBackend},
    error::{OpenError, OpenReason, Result},
};
use std::path::Path;

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
