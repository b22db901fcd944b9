//! Who can do something about a failure.

use super::{Cause, OpenReason, StorageError};

/// Who can do something about a failure: see [`StorageError::blame`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Blame {
    /// The program makes a call that it must not make, and must be changed.
    Misuse,
    /// A record, a key or a page token breaks a rule. Report it to whoever provided it.
    Violation,
    /// Something else is using the store. Retry later.
    Busy,
    /// The file and the program do not belong together: another schema, another format, another program's file.
    Mismatch,
    /// Bytes in the file are not what was written.
    Corrupt,
    /// The disk or the operating system failed.
    Io,
    /// The caller's own code ended a write with an error.
    Custom,
}

impl StorageError {
    /// Returns who can do something about the error. The table in the documentation of [`StorageError`] lists every
    /// variant.
    #[must_use]
    pub fn blame(&self) -> Blame {
        match self {
            Self::Open(error) => error.reason().blame(),
            Self::Database(error) => error.cause.blame(),
            Self::Key { .. }
            | Self::Serialization(_)
            | Self::AlreadyExists(_)
            | Self::Unique(_)
            | Self::KeyCollision(_)
            | Self::PageToken { .. } => Blame::Violation,
            Self::TableName { .. }
            | Self::TableExists { .. }
            | Self::TableReplaced { .. }
            | Self::LayoutsFull { .. }
            | Self::NoIdLeft { .. }
            | Self::SchemaText { .. }
            | Self::Layout { .. }
            | Self::MigrationNeeded { .. }
            | Self::OlderType(_)
            | Self::Decode(_)
            | Self::NestedWrite { .. }
            | Self::WouldDeadlock { .. }
            | Self::OtherKey(_)
            | Self::Forked { .. } => Blame::Misuse,
            Self::IndexNotBuilt { reason, .. } => {
                reason.as_deref().map_or(Blame::Mismatch, Self::blame)
            }
            Self::InUse { .. } | Self::MigrationDisturbed { .. } | Self::WatcherLagged { .. } => {
                Blame::Busy
            }
            Self::Schema(_)
            | Self::TwoTables { .. }
            | Self::FeedTrimmed { .. }
            | Self::FeedAhead { .. }
            | Self::Newer { .. }
            | Self::NewerLayout { .. } => Blame::Mismatch,
            Self::Corrupt(_) => Blame::Corrupt,
            Self::CommitUnknown(_) | Self::FileReplaced { .. } => Blame::Io,
            Self::Custom(_) => Blame::Custom,
        }
    }

    /// Whether bytes in the file are not what was written.
    #[must_use]
    pub fn is_corrupt(&self) -> bool {
        self.blame() == Blame::Corrupt
    }

    /// Whether a record that is stored stands in the way of another one: [`AlreadyExists`](Self::AlreadyExists),
    /// [`Unique`](Self::Unique) and [`KeyCollision`](Self::KeyCollision).
    #[must_use]
    pub const fn is_conflict(&self) -> bool {
        matches!(self, Self::AlreadyExists(_) | Self::Unique(_) | Self::KeyCollision(_))
    }

    /// Whether nothing was written and the same call can succeed later, once the cause is gone: [`Blame::Busy`], and
    /// [`Blame::Io`] but for [`CommitUnknown`](Self::CommitUnknown).
    ///
    /// After an error of the disk the handle refuses all further work until
    /// [`Storage::reopen`](crate::Storage::reopen).
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        let is_passing = matches!(self.blame(), Blame::Busy | Blame::Io);
        is_passing && !matches!(self, Self::CommitUnknown(_))
    }
}

impl OpenReason {
    const fn blame(&self) -> Blame {
        match self {
            Self::NoFileName
            | Self::DraftNameTaken { .. }
            | Self::Missing
            | Self::NoParent
            | Self::DanglingLink
            | Self::NotAFile
            | Self::Exists => Blame::Misuse,
            Self::Locked => Blame::Busy,
            Self::Empty
            | Self::Foreign
            | Self::NoCatalog
            | Self::NewerFormat { .. }
            | Self::OlderFormat { .. }
            | Self::UnknownNeed { .. }
            | Self::EngineVersion { .. } => Blame::Mismatch,
            Self::Damaged(_) => Blame::Corrupt,
            Self::Io(_) | Self::Engine { .. } => Blame::Io,
        }
    }
}

impl Cause {
    fn blame(&self) -> Blame {
        match self.first() {
            Self::HalfDone(_)
            | Self::Io(_)
            | Self::EarlierIo(_)
            | Self::Closed
            | Self::Other(_) => Blame::Io,
            Self::SnapshotInUse => Blame::Busy,
            Self::ForeignTable => Blame::Mismatch,
            Self::TooLong { .. } => Blame::Violation,
            Self::KeyLength { .. } | Self::CallerPanic => Blame::Misuse,
            Self::EnginePanic { .. } | Self::AfterPanic | Self::MisplacedRow | Self::Damaged(_) => {
                Blame::Corrupt
            }
        }
    }
}
