//! Errors of the engine, with what was being done.

use super::{Action, Cause};
use std::{
    fmt, io,
    path::{Path, PathBuf},
};

/// The engine or the disk failed: what was being done, in which store, on which table, and what was reported.
#[derive(Clone, Debug)]
pub struct DatabaseError {
    action: Action,
    table: Option<String>,
    /// Set where the error leaves the engine: `StorageError::in_store`.
    pub(super) path: Option<PathBuf>,
    pub(crate) cause: Cause,
}

impl DatabaseError {
    pub(super) const fn new(action: Action, table: Option<String>, cause: Cause) -> Self {
        Self { action, table, path: None, cause }
    }

    /// What was being done.
    #[must_use]
    pub const fn action(&self) -> Action {
        self.action
    }

    /// The table it was done on, if it was one.
    #[must_use]
    pub fn table(&self) -> Option<&str> {
        self.table.as_deref()
    }

    /// The path of the store.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// The error of the operating system, or of a [`FileSystem`](crate::backend::FileSystem) of one's own, if it was
    /// one.
    #[must_use]
    pub fn io_error(&self) -> Option<&io::Error> {
        match self.cause.first() {
            Cause::Io(error) | Cause::EarlierIo(Some(error)) => Some(error),
            _ => None,
        }
    }

    /// The way out.
    fn advice(&self) -> Option<&'static str> {
        match (self.action, self.cause.first()) {
            // Nobody can open again what is being closed.
            (Action::Close, Cause::Io(_)) => Some(
                "what was committed durably is safe; open the store again to see whether it is sound",
            ),
            // A commit of unknown outcome has a way out of its own, to which this leads.
            (Action::Commit, Cause::Io(error)) => match error.kind() {
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                    Some("make room on the disk")
                }
                io::ErrorKind::FileTooLarge => Some("lift the limit on the length of files"),
                _ => None,
            },
            (_, Cause::Other(_) | Cause::HalfDone(_)) => None,
            (_, Cause::Io(error) | Cause::EarlierIo(Some(error))) => Some(match error.kind() {
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                    "make room on the disk, then call `Storage::reopen`"
                }
                io::ErrorKind::FileTooLarge => {
                    "lift the limit on the length of files, then call `Storage::reopen`"
                }
                _ => "fix the reported problem, then call `Storage::reopen`",
            }),
            (_, Cause::EarlierIo(None)) => Some("fix its cause, then call `Storage::reopen`"),
            (_, Cause::Closed) => Some(
                "call `Storage::reopen`; a read that was running when the store was opened again must be started again",
            ),
            (_, Cause::SnapshotInUse) => Some(
                "drop every `ReadTxn`, iterator and `Stored` guard first, and call it outside of `get` and `scan`",
            ),
            (_, Cause::ForeignTable) => Some("use another table name"),
            (_, Cause::TooLong { .. }) => Some("split it into several values"),
            (_, Cause::KeyLength { .. }) => Some("write keys of this length, or use another table"),
            (
                _,
                Cause::EnginePanic { .. }
                | Cause::AfterPanic
                | Cause::MisplacedRow
                | Cause::Damaged(_),
            ) => Some(
                "the file was damaged outside this program; restore it from a backup, or look at it with \
                 `Verify::Always`; `Storage::reopen` makes a handle usable again",
            ),
            (_, Cause::CallerPanic) => {
                Some("correct the function; nothing of this write is stored")
            }
        }
    }
}

impl fmt::Display for DatabaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.path {
            write!(f, "store `{}`: ", path.display())?;
        }
        write!(f, "cannot {}", self.action)?;
        match &self.table {
            Some(table) if self.action.is_about_table() => write!(f, " `{table}`")?,
            Some(table) => write!(f, " of table `{table}`")?,
            None => {}
        }
        write!(f, ": {}", self.cause)?;
        if let Some(advice) = self.advice() {
            write!(f, "; {advice}")?;
        }
        Ok(())
    }
}

// Its text contains the cause, so it has no source.
impl std::error::Error for DatabaseError {}
