//! What the file and the engine are doing, in numbers.

use super::{OldReader, RedbBackend};
use crate::error::{OpenError, OpenReason, Result};
use std::sync::atomic::Ordering;

/// The state of an open store, given by [`Storage::stats`](crate::Storage::stats). Counters begin when it is opened.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Stats {
    /// The file's length in bytes.
    pub file_len: u64,
    /// Bytes read from the file.
    pub bytes_read: u64,
    /// Bytes written to the file.
    pub bytes_written: u64,
    /// How often the disk was waited for.
    pub sync_count: u64,
    /// How many commits this handle has made.
    pub commit_count: u64,
    /// The state that is held longest although newer ones exist. It keeps the file from reusing pages, so the file
    /// grows for as long as it is held: drop old [`ReadTxn`](crate::ReadTxn)s, iterators and
    /// [`Stored`](crate::Stored) guards.
    pub oldest_reader: Option<OldReader>,
}

/// The size of a table, or of the table of an index, given by
/// [`Storage::table_stats`](crate::Storage::table_stats).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TableStats {
    /// The table's name; that of an index is `table$index`.
    pub table: String,
    /// How many rows it has.
    pub row_count: u64,
    /// Bytes of its keys and values.
    pub stored_len: u64,
    /// Bytes that the tree over them takes.
    pub metadata_len: u64,
    /// Bytes of its pages that hold nothing.
    pub unused_len: u64,
    /// Pages from the root to a row.
    pub tree_height: u32,
}

impl RedbBackend {
    /// The state of the file and the engine.
    ///
    /// # Errors
    ///
    /// [`StorageError::Database`](crate::StorageError::Database) when the store is closed, and
    /// [`StorageError::Open`](crate::StorageError::Open) when the file cannot be asked for its length.
    pub fn stats(&self) -> Result<Stats> {
        self.engine.check_process()?;
        self.engine.with(&self.path, |engine| {
            let file_len = engine.disk.len().map_err(|error| {
                OpenError::new(&self.path, OpenReason::Io(error.kind())).with_source(error)
            })?;
            let meter = &engine.meter;
            Ok(Stats {
                file_len,
                bytes_read: meter.bytes_read.load(Ordering::Relaxed),
                bytes_written: meter.bytes_written.load(Ordering::Relaxed),
                sync_count: meter.sync_count.load(Ordering::Relaxed),
                commit_count: self.readers.commit_count(),
                oldest_reader: self.readers.oldest(),
            })
        })
    }

    /// The size of every table in the latest state, by name. Reads all pages above the rows.
    ///
    /// # Errors
    ///
    /// [`StorageError::Database`](crate::StorageError::Database) when the engine cannot read.
    pub fn table_stats(&self) -> Result<Vec<TableStats>> {
        let snapshot = self.snapshot()?;
        let mut names = super::ByteReader::table_names(&*snapshot)?;
        names.sort_unstable();
        names.iter().map(|name| snapshot.table_stats(name)).collect()
    }
}

impl TableStats {
    /// Of a table that nobody has written to.
    pub(super) const fn empty(table: String) -> Self {
        Self { table, row_count: 0, stored_len: 0, metadata_len: 0, unused_len: 0, tree_height: 0 }
    }

    pub(super) fn new(table: String, row_count: u64, stats: &redb::TableStats) -> Self {
        Self {
            table,
            row_count,
            stored_len: stats.stored_bytes(),
            metadata_len: stats.metadata_bytes(),
            unused_len: stats.fragmented_bytes(),
            tree_height: stats.tree_height(),
        }
    }
}
