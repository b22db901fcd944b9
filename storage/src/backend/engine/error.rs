//! From redb's errors to ours, with what was being done.

use crate::error::{DatabaseError, FileDamage, OpenError, OpenReason, StorageError};
use std::{error::Error, io, path::Path, sync::Arc};

/// What is done when a file is closed.
pub(crate) const CLOSE: &str = "close the file";

/// Wraps an error of the engine that came up while doing `action`.
pub(crate) fn engine_error<'a, E>(
    action: &'static str,
    table: Option<&'a str>,
) -> impl FnOnce(E) -> StorageError + 'a
where
    E: Into<redb::Error>,
{
    move |error| {
        let source: redb::Error = error.into();
        if let Some(forked) = forked(&source) {
            return forked;
        }
        let advice = advice(action, &source);
        let table = table.map(str::to_owned);
        DatabaseError { action, table, path: None, advice, source: Box::new(source) }.into()
    }
}

/// Wraps an error of the operating system that came up while doing `action`.
pub(crate) fn io_error(action: &'static str, error: io::Error) -> StorageError {
    engine_error(action, None)(redb::Error::Io(error))
}

/// The way out.
fn advice(action: &str, error: &redb::Error) -> Option<&'static str> {
    match error {
        // Nobody can re-open what is being closed.
        redb::Error::Io(_) if action == CLOSE => Some(
            "what was committed durably is safe; try again, or open the store again to see whether it is well",
        ),
        redb::Error::Io(io) if io.kind() == io::ErrorKind::StorageFull => {
            Some("make room on the disk, then call `Storage::reopen`")
        }
        redb::Error::Io(io) if io.kind() == io::ErrorKind::FileTooLarge => {
            Some("lift the limit on the length of files, then call `Storage::reopen`")
        }
        redb::Error::Io(_) => {
            Some("mend what the operating system names, then call `Storage::reopen`")
        }
        redb::Error::PreviousIo => Some("`Storage::reopen` makes the handle usable again"),
        redb::Error::DatabaseClosed => Some(
            "`Storage::reopen` makes the handle usable again; a read that was under way when it was called must \
             be begun again",
        ),
        redb::Error::TransactionInProgress => Some(
            "drop every `ReadTxn`, iterator and `Stored` guard first, and call it outside of `get` and `scan`",
        ),
        redb::Error::TableTypeMismatch { .. } | redb::Error::TableIsMultimap(_) => {
            Some("the table was made by another program; use another table name")
        }
        _ => None,
    }
}

/// What a disk of ours says to a process that came out of a fork: see `disk.rs`.
fn forked(error: &redb::Error) -> Option<StorageError> {
    let redb::Error::Io(io) = error else { return None };
    match io.get_ref()?.downcast_ref()? {
        StorageError::Forked { path, opened_by } => {
            Some(StorageError::Forked { path: path.clone(), opened_by: *opened_by })
        }
        _ => None,
    }
}

/// The error of a failed commit, which everyone who wrote to it is told.
#[derive(Clone, Debug)]
pub(crate) struct CommitError(Arc<redb::Error>);

impl CommitError {
    pub(super) fn new(error: impl Into<redb::Error>) -> Self {
        Self(Arc::new(error.into()))
    }
}

impl From<CommitError> for Box<dyn Error + Send + Sync> {
    fn from(CommitError(error): CommitError) -> Self {
        error.into()
    }
}

/// An error of the operating system about `path`.
pub(crate) fn io_refusal(path: &Path, error: io::Error) -> StorageError {
    OpenError::new(path, OpenReason::Io(error.kind())).with_source(error).into()
}

/// An error on the way to opening, as one about `path`: the disk failed, or the file is damaged.
pub(crate) fn unopened(path: &Path, error: StorageError) -> StorageError {
    let (StorageError::Database(error) | StorageError::CommitUnknown(error)) = error else {
        return error;
    };
    let detail = || error.source.to_string();
    // A failed commit is told to several, and so shared.
    let shared = error.source.downcast_ref::<Arc<redb::Error>>().map(|error| &**error);
    let reason = match shared.or_else(|| error.source.downcast_ref()) {
        Some(redb::Error::Io(io)) => OpenReason::Io(io.kind()),
        Some(redb::Error::PreviousIo) => OpenReason::Engine { detail: detail() },
        _ => OpenReason::Damaged(FileDamage::Engine(detail())),
    };
    OpenError::new(path, reason).with_source(error.source).into()
}

/// The engine's refusal in words that help.
pub(crate) fn refusal(path: &Path, error: redb::DatabaseError) -> StorageError {
    use redb::{DatabaseError as E, StorageError as S};
    let reason = match &error {
        E::DatabaseAlreadyOpen | E::LockProtocolMismatch => OpenReason::Locked,
        E::UpgradeRequired(found) => OpenReason::EngineVersion { found: *found },
        E::Storage(S::Io(io)) => match io.kind() {
            io::ErrorKind::InvalidData => OpenReason::Foreign,
            io::ErrorKind::UnexpectedEof => OpenReason::Damaged(FileDamage::EndsEarly),
            kind => OpenReason::Io(kind),
        },
        E::Storage(S::Corrupted(detail)) => match newer_version(detail) {
            Some(found) => OpenReason::EngineVersion { found },
            None => OpenReason::Damaged(FileDamage::Engine(detail.clone())),
        },
        E::RepairAborted => OpenReason::Damaged(FileDamage::Unrepaired),
        other => OpenReason::Engine { detail: other.to_string() },
    };
    OpenError::new(path, reason).with_source(error).into()
}

/// The version in what the engine says of a file that is newer than itself, which it calls corrupted.
fn newer_version(detail: &str) -> Option<u8> {
    let versions = detail.strip_prefix("Expected file format version")?;
    versions.rsplit_once("found ")?.1.parse().ok()
}
