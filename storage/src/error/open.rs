//! Files that cannot be opened as a store.

use std::{fmt, io, path::PathBuf};
use thiserror::Error;

/// A path that could not be opened as a store. The file is as it was.
#[derive(Debug, Error)]
#[error("cannot open the store at `{}`: {reason}{}", path.display(), Detail(self))]
pub struct OpenError {
    pub(crate) path: PathBuf,
    pub(crate) reason: OpenReason,
    pub(crate) cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// What the operating system said, where a kind of error says too little.
struct Detail<'e>(&'e OpenError);

impl fmt::Display for Detail<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.0.reason, &self.0.cause) {
            (OpenReason::Io(_), Some(cause)) => write!(f, " ({cause})"),
            _ => Ok(()),
        }
    }
}

impl OpenError {
    pub(crate) fn new(path: impl Into<PathBuf>, reason: OpenReason) -> Self {
        Self { path: path.into(), reason, cause: None }
    }

    pub(crate) fn with_source(
        mut self,
        cause: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        self.cause = Some(cause.into());
        self
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

    /// What the operating system or the engine reported, if one of them did. The text of this error contains what the
    /// reason does not say.
    #[must_use]
    pub fn cause(&self) -> Option<&(dyn std::error::Error + Send + Sync + 'static)> {
        self.cause.as_deref()
    }
}

/// Why a path could not be opened as a store.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OpenReason {
    /// There is no file, and the call does not create one.
    Missing,
    /// The file's folder does not exist.
    NoParent,
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
    /// A file of a redb release that this build cannot read.
    EngineVersion {
        /// The engine's format version in the file.
        found: u8,
    },
    /// Shorter than it says, or with pages that fail their checksums.
    Damaged {
        /// What the engine noticed first.
        detail: String,
    },
    /// There is a file already, where a new one was to be made.
    Exists,
    /// Open already, here or in another process.
    Locked,
    /// The operating system said no.
    Io(io::ErrorKind),
    /// The engine said no for a reason that has no variant of its own.
    Engine {
        /// What it said.
        detail: String,
    },
}

impl fmt::Display for OpenReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str(
                "there is no such file; check the path, or use `Storage::open` to create it",
            ),
            Self::NoParent => f.write_str("its folder does not exist; create the folder first"),
            Self::DanglingLink => f.write_str(
                "it is a link to a file that does not exist; remove the link, or give the path of the file itself",
            ),
            Self::NotAFile => f.write_str("it is not a regular file; give the path of a file"),
            Self::Empty => f.write_str(
                "the file is empty, so it is not a store; delete it and open again to create one",
            ),
            Self::Foreign => f.write_str(
                "the file is not a store (its first bytes are of another format); give another path",
            ),
            Self::NoCatalog => f.write_str(
                "the file is a redb database that another program made; open it with that program, \
                 or give another path",
            ),
            Self::NewerFormat { found, supported } => write!(
                f,
                "the file has format {found}, this build reads up to {supported}; use a newer \
                 release of `storage`",
            ),
            Self::EngineVersion { found } => write!(
                f,
                "the file has version {found} of redb's format, which this build cannot read; if it is an older \
                 one, upgrade the file with the redb release that wrote it, if it is a newer one, use a newer \
                 release of `storage`",
            ),
            Self::Damaged { detail } => {
                write!(f, "the file is damaged ({detail}); restore it from a backup")
            }
            Self::Exists => f.write_str(
                "there is a file already, and it is left alone; give the path of a new one",
            ),
            Self::Locked => f.write_str(
                "it is open already, in this process or another; clone the open `Storage` instead \
                 of opening twice, or close the other program",
            ),
            Self::Io(io::ErrorKind::PermissionDenied) => f.write_str(
                "permission denied; the file and its folder must be readable and writable",
            ),
            Self::Io(io::ErrorKind::StorageFull) => {
                f.write_str("the disk is full; make room on it, then try again")
            }
            Self::Io(_) => f.write_str("the disk or its system said no; mend the cause, then try again"),
            Self::Engine { detail } => f.write_str(detail),
        }
    }
}
