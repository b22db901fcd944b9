//! Opening and creating the file: every refusal names the path and leaves it as it was.

use super::{RedbBackend, Snapshot, WriterGate};
use crate::error::{OpenError, OpenReason, Result};
use std::{fs, io, path::Path};

/// What to do when there is no file yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "the file is created or it is not")]
pub enum OpenMode {
    /// Create it.
    CreateIfMissing,
    /// Fail with [`OpenReason::Missing`].
    Existing,
}

impl RedbBackend {
    /// Opens the redb file at `path`, or creates it when `mode` says so.
    ///
    /// # Errors
    ///
    /// [`StorageError::Open`](crate::StorageError::Open) with the reason.
    pub fn open(path: impl AsRef<Path>, mode: OpenMode) -> Result<Self> {
        let path = path.as_ref();
        let exists = check_path(path, mode)?;
        let db = if exists { redb::Database::open(path) } else { redb::Database::create(path) };
        let db = db.map_err(|error| refusal(path, error))?;
        Ok(Self { db, path: path.to_owned(), gate: WriterGate::default() })
    }
}

/// The committed state of the file at `path`, read without changing a byte of it.
///
/// `None` when there is no file, or when the engine must mend it first, which only opening it can do.
///
/// # Errors
///
/// As [`RedbBackend::open`].
pub(crate) fn peek(path: &Path, mode: OpenMode) -> Result<Option<Snapshot>> {
    if !check_path(path, mode)? {
        return Ok(None);
    }
    match redb::ReadOnlyDatabase::open(path) {
        Ok(db) => Snapshot::begin(&db).map(Some),
        Err(redb::DatabaseError::RepairAborted) => Ok(None),
        Err(error) => Err(refusal(path, error)),
    }
}

/// Refuses what the engine would block on, overwrite or misname; `true` when there is a file to open.
fn check_path(path: &Path, mode: OpenMode) -> Result<bool> {
    let refuse = |reason| Err(OpenError::new(path, reason).into());
    match fs::metadata(path) {
        Ok(metadata) if !metadata.is_file() => refuse(OpenReason::NotAFile),
        Ok(metadata) if metadata.len() == 0 => refuse(OpenReason::Empty),
        Ok(_) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if mode == OpenMode::Existing {
                return refuse(OpenReason::Missing);
            }
            match path.parent() {
                Some(parent) if !parent.as_os_str().is_empty() && !parent.is_dir() => {
                    refuse(OpenReason::NoParent)
                }
                _ => Ok(false),
            }
        }
        Err(error) => {
            Err(OpenError::new(path, OpenReason::Io(error.kind())).with_source(error).into())
        }
    }
}

/// The engine's refusal in words that help.
fn refusal(path: &Path, error: redb::DatabaseError) -> crate::StorageError {
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
