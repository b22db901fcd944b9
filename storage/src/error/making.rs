//! Errors made of what was met, and asked what they are.

use super::{
    Action, AlreadyExists, Cause, CorruptError, Damage, DatabaseError, KeyCollision,
    OlderTypeError, OpenError, OtherKey, PageTokenError, ReportedKey, RowDecodeError,
    SchemaMismatch, SerializationError, StorageError, StreamError, UniqueViolation,
};
use std::{io, path::Path, sync::Arc};

impl StorageError {
    /// Wraps an error of the caller's own: a transaction that ends with it is rolled back. A `StorageError` is returned
    /// as it is.
    #[must_use]
    pub fn custom(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        error.into().downcast().map_or_else(Self::Custom, |error| *error)
    }

    /// The error of a stream that was stored in `table`, after so many records. A `StorageError` is returned as it is.
    #[cold]
    pub(crate) fn stream(
        table: &str,
        record_count: usize,
        error: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        let error = match error.into().downcast::<Self>() {
            Ok(error) => return *error,
            Err(error) => error,
        };
        Self::Custom(Box::new(StreamError { table: table.to_owned(), record_count, error }))
    }

    /// What the engine or the disk reported.
    #[cold]
    pub(crate) fn into_cause(self) -> Cause {
        match self {
            Self::Database(error) | Self::CommitUnknown(error) => error.cause,
            other => Cause::Other(other.to_string()),
        }
    }

    /// The same error, for one more who waited for what failed, or is to be told again.
    #[cold]
    pub(crate) fn shared(&self) -> Self {
        match self {
            Self::Database(error) => (**error).clone().into(),
            Self::Corrupt(error) => Self::Corrupt(error.clone()),
            Self::Decode(error) => Self::Decode(error.clone()),
            Self::FileReplaced { path } => Self::FileReplaced { path: path.clone() },
            Self::Forked { path, opened_by } => {
                Self::Forked { path: path.clone(), opened_by: *opened_by }
            }
            other => Self::database(Action::BeginWrite, None, Cause::Other(other.to_string())),
        }
    }

    /// `action` could not be done, on `table` if it is about one.
    #[cold]
    pub(crate) fn database(action: Action, table: Option<&str>, cause: Cause) -> Self {
        DatabaseError::new(action, table.map(str::to_owned), cause).into()
    }

    /// The commit failed, and what became of it is not known.
    #[cold]
    pub(crate) fn unknown_commit(cause: Cause) -> Self {
        Self::CommitUnknown(Box::new(DatabaseError::new(Action::Commit, None, cause)))
    }

    /// The row under `key` cannot be read. What its own type refuses was verified and checked, so it is no damage.
    #[cold]
    pub(crate) fn corrupt_row(table: &str, key: ReportedKey, damage: Damage) -> Self {
        match damage {
            Damage::Structure(error) if error.is_no_damage() => {
                Self::Decode(Box::new(RowDecodeError::new(Some((table.to_owned(), key)), error)))
            }
            damage => CorruptError::new(table.to_owned(), Some(key), damage).into(),
        }
    }

    /// The table is damaged, and no single row of it.
    #[cold]
    pub(crate) fn corrupt_table(table: &str, damage: Damage) -> Self {
        CorruptError::new(table.to_owned(), None, damage).into()
    }

    /// The same error, with the path of the store if it is one of the engine.
    pub(crate) fn in_store(mut self, path: &Path) -> Self {
        if let Self::Database(error) | Self::CommitUnknown(error) = &mut self {
            error.path.get_or_insert_with(|| path.to_owned());
        }
        self
    }

    /// The same error, with the earlier error of the disk that it is due to, if it is.
    pub(crate) fn or_earlier(self, error: impl FnOnce() -> Option<Arc<io::Error>>) -> Self {
        match self {
            Self::Database(mut refused) => {
                refused.cause = refused.cause.or_earlier(error);
                Self::Database(refused)
            }
            other => other,
        }
    }

    /// The error of the operating system, or of a [`FileSystem`](crate::backend::FileSystem) of one's own, if it was
    /// one.
    #[must_use]
    pub fn io_error(&self) -> Option<&io::Error> {
        match self {
            Self::Open(error) => error.io_error(),
            Self::Database(error) | Self::CommitUnknown(error) => error.io_error(),
            _ => None,
        }
    }

    /// Whether a single row cannot be read, while others can.
    pub(crate) const fn is_of_one_row(&self) -> bool {
        matches!(self, Self::Corrupt(_) | Self::Decode(_))
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
    OlderType(OlderTypeError),
    AlreadyExists(AlreadyExists),
    OtherKey(OtherKey),
    Unique(UniqueViolation),
    KeyCollision(KeyCollision)
}

/// The error of a text that is no page token.
impl From<PageTokenError> for StorageError {
    #[cold]
    fn from(reason: PageTokenError) -> Self {
        Self::PageToken { source_name: None, reason }
    }
}
