//! Opening the file: every refusal names the path and leaves it as it was.

use super::{RedbBackend, Snapshot, WriterGate, contain::Health, latest::LatestSnapshot};
use crate::error::{OpenError, OpenReason, Result, StorageError};
use std::{fs, io, path::Path};

/// How a store is opened, with [`Storage::open_with`](crate::Storage::open_with).
#[derive(Clone, Debug)]
pub struct OpenOptions {
    pub(super) create: bool,
    pub(super) verify: Verify,
    pub(super) cache_size: Option<usize>,
}

/// Whether every page's checksum is verified when a file is opened.
///
/// The engine does not verify pages as it reads them. A page that was damaged outside this program can then hide
/// rows, or end an operation with an error, and one of the engine's own can stop the process when the file is closed.
/// A wrong value it can never give, because every value carries a checksum of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verify {
    /// After a crash only, when the engine mends the file. The default.
    #[default]
    AfterCrash,
    /// Always, which reads the whole file: about a second for each half GiB.
    Always,
}

impl Default for OpenOptions {
    fn default() -> Self {
        Self { create: true, verify: Verify::default(), cache_size: None }
    }
}

impl OpenOptions {
    /// Whether a missing file is created (the default) or an error.
    #[must_use]
    pub const fn create(mut self, create: bool) -> Self {
        self.create = create;
        self
    }

    /// Whether every page is verified first.
    #[must_use]
    pub const fn verify(mut self, verify: Verify) -> Self {
        self.verify = verify;
        self
    }

    /// How much memory the engine may use to keep pages, in bytes. 1 GiB by default.
    #[must_use]
    pub const fn cache_size(mut self, bytes: usize) -> Self {
        self.cache_size = Some(bytes);
        self
    }

    /// Whether a missing file is created.
    #[must_use]
    pub const fn creates(&self) -> bool {
        self.create
    }

    /// What the engine is told.
    pub(super) fn builder(&self) -> redb::Builder {
        let mut builder = redb::Database::builder();
        builder.set_check_integrity_on_open(self.verify == Verify::Always);
        if let Some(bytes) = self.cache_size {
            builder.set_cache_size(bytes);
        }
        builder
    }
}

impl RedbBackend {
    /// Opens the redb file at `path`, which must exist.
    ///
    /// # Errors
    ///
    /// [`StorageError::Open`] with the reason.
    pub fn open(path: impl AsRef<Path>, options: &OpenOptions) -> Result<Self> {
        let path = path.as_ref();
        if !exists(path)? {
            return Err(OpenError::new(path, OpenReason::Missing).into());
        }
        Self::with(path, || options.builder().open(path))
    }

    /// A backend over what `open` gives.
    pub(super) fn with(
        path: &Path,
        open: impl FnOnce() -> Result<redb::Database, redb::DatabaseError>,
    ) -> Result<Self> {
        let health = Health::default();
        let db = health
            .contain("open", None, || open().map_err(|error| refusal(path, error)))
            .map_err(|error| damaged(path, error))?;
        let (gate, latest) = (WriterGate::default(), LatestSnapshot::default());
        Ok(Self { db: Some(db), path: path.to_owned(), gate, health, latest })
    }
}

/// The committed state of the file at `path`, read without changing a byte of it.
///
/// `None` when the engine must mend it first, which only opening it can do.
///
/// # Errors
///
/// As [`RedbBackend::open`].
pub(crate) fn peek(path: &Path) -> Result<Option<Snapshot>> {
    let health = Health::default();
    let peek = || match redb::ReadOnlyDatabase::open(path) {
        Ok(db) => Snapshot::begin(&db, &health).map(Some),
        Err(redb::DatabaseError::RepairAborted) => Ok(None),
        Err(error) => Err(refusal(path, error)),
    };
    health.contain("open", None, peek).map_err(|error| damaged(path, error))
}

/// Whether there is a file at `path`. What the engine would block on, overwrite or misname is refused.
pub(crate) fn exists(path: &Path) -> Result<bool> {
    let refuse = |reason| Err(OpenError::new(path, reason).into());
    match fs::metadata(path) {
        Ok(metadata) if !metadata.is_file() => refuse(OpenReason::NotAFile),
        Ok(metadata) if metadata.len() == 0 => refuse(OpenReason::Empty),
        Ok(_) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(io_refusal(path, error)),
    }
}

/// An error of the operating system about `path`.
pub(super) fn io_refusal(path: &Path, error: io::Error) -> StorageError {
    OpenError::new(path, OpenReason::Io(error.kind())).with_source(error).into()
}

/// A panic on the way to opening is damage of the file.
fn damaged(path: &Path, error: StorageError) -> StorageError {
    match error {
        StorageError::Database(error) => {
            let detail = error.source.to_string();
            OpenError::new(path, OpenReason::Damaged { detail }).with_source(error).into()
        }
        other => other,
    }
}

/// The engine's refusal in words that help.
pub(super) fn refusal(path: &Path, error: redb::DatabaseError) -> StorageError {
    use redb::{DatabaseError as E, StorageError as S};
    let reason = match &error {
        E::DatabaseAlreadyOpen | E::LockProtocolMismatch => OpenReason::Locked,
        E::UpgradeRequired(found) => OpenReason::EngineVersion { found: *found },
        E::Storage(S::Io(io)) => match io.kind() {
            io::ErrorKind::InvalidData => OpenReason::Foreign,
            io::ErrorKind::UnexpectedEof => OpenReason::Damaged { detail: "it ends early".into() },
            kind => OpenReason::Io(kind),
        },
        E::Storage(S::Corrupted(detail)) => OpenReason::Damaged { detail: detail.clone() },
        E::RepairAborted => OpenReason::Damaged { detail: "its repair was given up".into() },
        other => OpenReason::Engine { detail: other.to_string() },
    };
    OpenError::new(path, reason).with_source(error).into()
}
