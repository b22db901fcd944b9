//! What was being done when the engine failed.

use std::fmt;

/// What was being done, as [`DatabaseError::action`](super::DatabaseError::action) returns it. Its text is a verb with
/// its object: `read a value`, `commit`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Action {
    /// The file was opened.
    Open,
    /// The file was closed.
    Close,
    /// The file was used for anything, and was closed.
    UseFile,
    /// The checksum of every page was verified.
    VerifyPages,
    /// The file was compacted.
    Compact,
    /// A read was begun.
    BeginRead,
    /// A write transaction was begun.
    BeginWrite,
    /// The durability of a write transaction was set.
    SetDurability,
    /// A queued write was run.
    Write,
    /// A write transaction was ended.
    EndWrite,
    /// A write transaction was committed.
    Commit,
    /// The tables were listed.
    ListTables,
    /// A table was opened.
    OpenTable,
    /// A table was written to, or read inside a write transaction.
    UseTable,
    /// A table was removed.
    RemoveTable,
    /// A table was renamed.
    RenameTable,
    /// A table was measured.
    MeasureTable,
    /// The rows of a table were counted.
    CountRows,
    /// A value was read.
    ReadValue,
    /// A range was read.
    ReadRange,
    /// A value was written.
    WriteValue,
    /// A value was deleted.
    DeleteValue,
    /// A part of a write was undone.
    Undo,
}

impl Action {
    /// Whether the table is its object, and not where it is done.
    pub(super) const fn is_about_table(self) -> bool {
        matches!(
            self,
            Self::OpenTable
                | Self::UseTable
                | Self::RemoveTable
                | Self::RenameTable
                | Self::MeasureTable
        )
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Open => "open",
            Self::Close => "close the file",
            Self::UseFile => "use the file",
            Self::VerifyPages => "verify the pages",
            Self::Compact => "compact the file",
            Self::BeginRead => "begin a read",
            Self::BeginWrite => "begin a write",
            Self::SetDurability => "set the durability",
            Self::Write => "write",
            Self::EndWrite => "end a write",
            Self::Commit => "commit",
            Self::ListTables => "list the tables",
            Self::OpenTable => "open the table",
            Self::UseTable => "use the table",
            Self::RemoveTable => "remove the table",
            Self::RenameTable => "rename the table",
            Self::MeasureTable => "measure the table",
            Self::CountRows => "count the rows",
            Self::ReadValue => "read a value",
            Self::ReadRange => "read a range",
            Self::WriteValue => "write a value",
            Self::DeleteValue => "delete a value",
            Self::Undo => "undo a part of the write",
        })
    }
}
