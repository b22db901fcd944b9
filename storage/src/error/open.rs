//! Files that cannot be opened as a store.

use super::{Damage, codec::clause};
use std::{fmt, io, path::PathBuf, sync::Arc};
use thiserror::Error;

/// A path that could not be opened or created as a store. The file is unchanged.
#[derive(Debug)]
pub struct OpenError {
    path: PathBuf,
    reason: OpenReason,
    /// The error that [`OpenReason::Io`] has the kind of.
    io: Option<Arc<io::Error>>,
}

impl OpenError {
    pub(crate) fn new(path: impl Into<PathBuf>, reason: OpenReason) -> Self {
        Self { path: path.into(), reason, io: None }
    }

    /// The operating system failed or refused.
    pub(crate) fn io(path: impl Into<PathBuf>, error: impl Into<Arc<io::Error>>) -> Self {
        let error = error.into();
        Self { path: path.into(), reason: OpenReason::Io(error.kind()), io: Some(error) }
    }

    /// The path as it was given.
    #[must_use]
    pub fn path(&self) -> &std::path::Path {
        &self.path
    }

    /// Why it could not be opened.
    #[must_use]
    pub const fn reason(&self) -> &OpenReason {
        &self.reason
    }

    /// The error of the operating system, or of a [`FileSystem`](crate::backend::FileSystem) of one's own, if it was
    /// one.
    #[must_use]
    pub fn io_error(&self) -> Option<&io::Error> {
        self.io.as_deref()
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot open the store at `{}`: ", self.path.display())?;
        match (&self.reason, &self.io) {
            // The operating system's own words say more than the kind.
            (OpenReason::Io(kind), Some(error)) => write!(f, "{error}; {}", io_advice(*kind)),
            (reason, _) => reason.fmt(f),
        }
    }
}

// Its text contains what matters of the cause, so it has no source.
impl std::error::Error for OpenError {}

/// Why a path could not be opened as a store.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OpenReason {
    /// There is no file, and the call does not create one.
    Missing,
    /// The file's folder does not exist.
    NoParent,
    /// The path is empty, or ends as only a folder's does.
    NoFileName,
    /// Where a new file is made before it has its name, there is something that this crate did not make.
    DraftNameTaken {
        /// What is there. It is left unchanged.
        by: PathBuf,
    },
    /// A symbolic link to nothing.
    DanglingLink,
    /// A folder, device, pipe or socket.
    NotAFile,
    /// The file has no bytes.
    Empty,
    /// The bytes are not a redb file.
    Foreign,
    /// A redb file that this crate did not make.
    NoCatalog,
    /// A file of a newer release of this crate.
    NewerFormat {
        /// The format version in the file.
        found: u32,
        /// The newest that this build reads.
        supported: u32,
    },
    /// A file of an older release of this crate, in a format that this build does not read any more.
    OlderFormat {
        /// The format version in the file.
        found: u32,
        /// The one that this build reads.
        supported: u32,
    },
    /// A file of a newer release of this crate, with a feature that whoever opens it must know.
    UnknownNeed {
        /// The name of the feature.
        need: String,
    },
    /// A file of a redb release that this build cannot read.
    EngineVersion {
        /// The engine's format version in the file.
        found: u8,
    },
    /// A store whose bytes were damaged.
    Damaged(FileDamage),
    /// There is a file already, and a new one was to be created.
    Exists,
    /// It is open already, in this process or another.
    Locked,
    /// The operating system failed or refused.
    Io(io::ErrorKind),
    /// The engine refused for a reason that has no variant of its own.
    Engine {
        /// What it reported.
        detail: String,
    },
}

/// What shows that a file is damaged.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum FileDamage {
    /// It is shorter than it says.
    #[error("it ends early")]
    EndsEarly,
    /// A page does not match its checksum.
    #[error("a page does not match its checksum")]
    Page,
    /// The engine could not repair it after a crash.
    #[error("it could not be repaired")]
    Unrepaired,
    /// The catalogue's header is not what was written.
    #[error("the catalogue's header: {0}")]
    Header(Damage),
    /// Something else that the engine found.
    #[error("{}", clause(.0))]
    Engine(String),
}

impl fmt::Display for OpenReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str(
                "there is no such file; check the path, or use `Storage::open` to create it",
            ),
            Self::NoParent => f.write_str("its folder does not exist; create the folder first"),
            Self::NoFileName => f.write_str(
                "the path does not name a file: it is empty, or ends as that of a folder does; add the file's name",
            ),
            Self::DraftNameTaken { by } => write!(
                f,
                "`{}`, where the file is made before it has its name, is none of this crate's, and is left unchanged; \
                 move it away",
                by.display(),
            ),
            Self::DanglingLink => f.write_str(
                "it is a link to a file that does not exist; remove the link, or give the path of the file itself",
            ),
            Self::NotAFile => f.write_str("it is not a regular file; give the path of a file"),
            Self::Empty => f.write_str(
                "the file is empty, so it is not a store; delete it and open again to create one",
            ),
            Self::Foreign => f.write_str(
                "the file is not a store: its first bytes are of another format; give another path",
            ),
            Self::NoCatalog => f.write_str(
                "the file is a redb database of another program; open it with that program, or give another path",
            ),
            Self::NewerFormat { found, supported } => write!(
                f,
                "the file has format {found}, this build reads up to {supported}; use a newer release of `storage`",
            ),
            Self::OlderFormat { found, supported } => write!(
                f,
                "the file has format {found}, this build reads format {supported}; read it with the release of \
                 `storage` that wrote it",
            ),
            Self::UnknownNeed { need } => write!(
                f,
                "the file needs `{}`, which this build does not know; use a newer release of `storage`",
                need.escape_debug(),
            ),
            Self::EngineVersion { found } => write!(
                f,
                "the file has version {found} of redb's format, which this build cannot read; upgrade an older file \
                 with the redb release that wrote it, read a newer one with a newer release of `storage`",
            ),
            Self::Damaged(damage) => {
                write!(f, "the file is damaged ({damage}); restore it from a backup")
            }
            Self::Exists => f.write_str(
                "there is a file already, which is left unchanged; give the path of a new one",
            ),
            Self::Locked => f.write_str(
                "it is open already, in this process or another; clone the open `Storage` instead of opening it \
                 twice, or close the other program",
            ),
            Self::Io(kind) => write!(f, "{kind}; {}", io_advice(*kind)),
            Self::Engine { detail } => {
                write!(f, "{}; close every handle of the store and open it again", clause(detail))
            }
        }
    }
}

/// The way out of an error of the operating system.
const fn io_advice(kind: io::ErrorKind) -> &'static str {
    match kind {
        io::ErrorKind::PermissionDenied => "the file and its folder must be readable and writable",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "make room on the disk and retry"
        }
        _ => "fix the cause and retry",
    }
}
