//! What can go wrong, and who can mend it.
//!
//! Every variant of [`StorageError`] names the table, key or path it is about and the way out. Text for people is
//! in this folder and nowhere else.

mod codec;
mod database;
mod key;
mod open;
mod page_token;
mod schema;
mod violation;

pub(crate) use self::key::ReportedKey;
pub use self::{
    codec::{CatalogDamage, CorruptError, Damage, DecodeError, EncodeError, SerializationError},
    database::DatabaseError,
    key::KeyError,
    open::{OpenError, OpenReason},
    page_token::PageTokenError,
    schema::{Difference, SchemaMismatch, TableNameError},
    violation::{AlreadyExists, UniqueViolation},
};
use std::{panic::Location, path::Path};
use thiserror::Error;

/// What an operation of this crate gives.
pub type Result<T, E = StorageError> = std::result::Result<T, E>;

/// Why an operation failed.
///
/// A failed write leaves nothing behind, with one exception that says so: [`CommitUnknown`](Self::CommitUnknown).
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StorageError {
    /// The file could not be opened or created; nothing was written.
    #[error(transparent)]
    Open(Box<OpenError>),
    /// The engine refused a read or a write.
    #[error(transparent)]
    Database(Box<DatabaseError>),
    /// A value could not be turned into bytes; nothing was written.
    #[error(transparent)]
    Serialization(Box<SerializationError>),
    /// Bytes in the file are not what was written.
    #[error(transparent)]
    Corrupt(Box<CorruptError>),
    /// A checked view holds something that its owned type does not have.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// A key cannot be stored; nothing was written.
    #[error("table `{table}`: {reason}")]
    Key {
        /// The table it was meant for.
        table: String,
        /// What is wrong with it.
        reason: KeyError,
    },
    /// The file holds the table as another type than the code.
    #[error(transparent)]
    Schema(Box<SchemaMismatch>),
    /// A name that no table can have.
    #[error("`{name}` cannot be a table name: {reason}")]
    TableName {
        /// The name.
        name: String,
        /// The rule it breaks.
        reason: TableNameError,
    },
    /// There is a record under the key already; nothing was written.
    #[error(transparent)]
    AlreadyExists(Box<AlreadyExists>),
    /// Two records have one key of a unique index; nothing was written.
    #[error(transparent)]
    Unique(Box<UniqueViolation>),
    /// A page token that this scan cannot go on after.
    #[error("the page token cannot be used on `{source_name}`: {reason}; begin again without one")]
    PageToken {
        /// The table or index that is scanned.
        source_name: String,
        /// Why not.
        reason: PageTokenError,
    },
    /// The store cannot be closed while another handle or table of it is alive.
    #[error("the store at `{}` is in use by another handle or table; drop them first", path.display())]
    InUse {
        /// The store's path.
        path: std::path::PathBuf,
    },
    /// The file was moved, removed, replaced or cut short while it was open: what would be written now would be lost.
    #[error(
        "the store at `{}` was moved, removed, replaced or cut short while it was open; what is in memory can still be \
         read: `Storage::backup` it first, then put the file back and call `Storage::reopen`",
        path.display()
    )]
    FileReplaced {
        /// The store's path.
        path: std::path::PathBuf,
    },
    /// The process was forked after the store was opened. Only the process that opened it may use it.
    #[error(
        "the store at `{}` was opened by process {opened_by}, and this one came out of a fork of it; open the store \
         after the fork",
        path.display()
    )]
    Forked {
        /// The store's path.
        path: std::path::PathBuf,
        /// The process that opened it.
        opened_by: u32,
    },
    /// A write inside a write of the same thread, which would wait for itself for ever.
    #[error(
        "a write at {attempted_at} runs inside the write that this thread began at {begun_at}; use \
         the transaction's own tables there, or finish the first write before the second"
    )]
    NestedWrite {
        /// Where the outer write began.
        begun_at: &'static Location<'static>,
        /// Where the inner one was tried.
        attempted_at: &'static Location<'static>,
    },
    /// A commit failed: its changes are in the file whole, or not at all, and only a re-opened store can tell.
    #[error("the outcome of the commit is unknown; call `Storage::reopen` and look: {0}")]
    CommitUnknown(Box<DatabaseError>),
    /// An error of the caller's own, to leave a transaction with.
    #[error(transparent)]
    Custom(Box<dyn std::error::Error + Send + Sync>),
}

impl StorageError {
    /// An error of the caller's own: a transaction that ends with it is rolled back.
    #[must_use]
    pub fn custom(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Custom(error.into())
    }

    /// The same error, with the path of the store if it is one of the engine.
    pub(crate) fn in_store(mut self, path: &Path) -> Self {
        if let Self::Database(error) | Self::CommitUnknown(error) = &mut self {
            error.path.get_or_insert_with(|| path.to_owned());
        }
        self
    }

    /// Whether bytes in the file are not what was written.
    #[must_use]
    pub const fn is_corrupt(&self) -> bool {
        matches!(self, Self::Corrupt(_))
    }
}

macro_rules! from_boxed {
    ($($variant:ident($error:ty)),*) => {$(
        impl From<$error> for StorageError {
            #[cold]
            fn from(error: $error) -> Self {
                Self::$variant(Box::new(error))
            }
        }
    )*};
}
from_boxed! {
    Open(OpenError),
    Database(DatabaseError),
    Serialization(SerializationError),
    Corrupt(CorruptError),
    Schema(SchemaMismatch),
    AlreadyExists(AlreadyExists),
    Unique(UniqueViolation)
}
