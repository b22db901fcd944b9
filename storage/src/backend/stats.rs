//! What the file and the engine are doing, in numbers.

use super::snapshot::OldReader;

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

impl TableStats {
    /// Of a table that nobody has written to.
    pub(super) const fn empty(table: String) -> Self {
        Self { table, row_count: 0, stored_len: 0, metadata_len: 0, unused_len: 0, tree_height: 0 }
    }
}
