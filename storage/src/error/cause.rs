//! What kept the engine from doing what it was asked to.

use super::codec::clause;
use std::{fmt, io, sync::Arc};

/// What the engine, its disk or another writer reported. Clones share the error of the operating system, so that
/// everyone whose write was in one commit gets it.
#[derive(Clone, Debug)]
pub(crate) enum Cause {
    /// The operating system, or a file system of the caller's own, failed.
    Io(Arc<io::Error>),
    /// An earlier error of the disk, if it is known, made the engine refuse all further work.
    EarlierIo(Option<Arc<io::Error>>),
    /// The store was closed, or is being opened again.
    Closed,
    /// A snapshot is in use, and the engine must be alone.
    SnapshotInUse,
    /// The table has another type than the tables of this crate.
    ForeignTable,
    /// A value is longer than the engine accepts.
    TooLong { len: usize },
    /// The keys of the table have one length, and this one has another.
    KeyLength { expected: usize, found: usize },
    /// The engine panicked.
    EnginePanic { message: String },
    /// The engine has panicked before, so what it keeps in memory may be half changed.
    AfterPanic,
    /// A row was found outside the range that was asked for.
    MisplacedRow,
    /// The engine found damage.
    Damaged(String),
    /// An earlier step of the write, or of another one in the same commit, failed halfway or could not be undone.
    HalfDone(Box<Cause>),
    /// A function of the caller's panicked on the thread that writes for others.
    CallerPanic,
    /// Anything else that the engine reports.
    Other(String),
}

impl Cause {
    /// What it comes down to: the first cause, where it has led to another.
    pub(super) fn first(&self) -> &Self {
        match self {
            Self::HalfDone(cause) => cause.first(),
            other => other,
        }
    }

    /// The same cause, with the earlier error of the disk that it is due to, if it is: the engine forgets it.
    pub(crate) fn or_earlier(self, error: impl FnOnce() -> Option<Arc<io::Error>>) -> Self {
        match self {
            Self::EarlierIo(None) => Self::EarlierIo(error()),
            Self::HalfDone(cause) => Self::HalfDone(Box::new(cause.or_earlier(error))),
            other => other,
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => error.fmt(f),
            Self::EarlierIo(None) => f.write_str("an earlier I/O error stopped the store"),
            Self::EarlierIo(Some(error)) => {
                write!(f, "an earlier I/O error stopped the store: {error}")
            }
            Self::Closed => f.write_str("the store is closed"),
            Self::SnapshotInUse => f.write_str("a snapshot is in use"),
            Self::ForeignTable => f.write_str("the table was made by another program"),
            Self::TooLong { len } => write!(f, "the value has {len} bytes, which is too long"),
            Self::KeyLength { expected, found } => {
                write!(f, "the table's keys have {expected} bytes, and this one has {found}")
            }
            Self::EnginePanic { message } => {
                write!(f, "the engine stopped at a damaged page ({})", clause(message))
            }
            Self::AfterPanic => f.write_str("an earlier operation stopped at a damaged page"),
            Self::MisplacedRow => f.write_str("a damaged page led to a row of another place"),
            Self::HalfDone(cause) => {
                write!(
                    f,
                    "an earlier step failed halfway ({cause}), so nothing of the commit is stored"
                )
            }
            Self::Damaged(detail) | Self::Other(detail) => f.write_str(clause(detail)),
            Self::CallerPanic => f.write_str("a function of the record panicked"),
        }
    }
}
