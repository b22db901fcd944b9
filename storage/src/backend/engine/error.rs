//! From redb's errors to ours, with what was being done.

use crate::error::{Action, Cause, FileDamage, OpenError, OpenReason, StorageError};
use std::{io, path::Path, sync::Arc};

/// Wraps an error of the engine that came up while doing `action`.
pub(crate) fn engine_error<E>(action: Action, table: Option<&str>) -> impl FnOnce(E) -> StorageError
where
    E: Into<redb::Error>,
{
    move |error| {
        let error: redb::Error = error.into();
        forked(&error).unwrap_or_else(|| StorageError::database(action, table, cause(error)))
    }
}

/// An error of the engine in this crate's terms.
pub(super) fn cause(error: redb::Error) -> Cause {
    use redb::Error as E;
    match error {
        E::Io(error) => Cause::Io(Arc::new(error)),
        E::PreviousIo => Cause::EarlierIo(None),
        E::DatabaseClosed => Cause::Closed,
        E::TransactionInProgress => Cause::SnapshotInUse,
        E::TableTypeMismatch { .. } | E::TableIsMultimap(_) => Cause::ForeignTable,
        E::ValueTooLarge(len) => Cause::TooLong { len },
        E::Corrupted(detail) => Cause::Damaged(detail),
        other => Cause::Other(other.to_string()),
    }
}

/// Wraps an error of the operating system that came up while doing `action`.
pub(crate) fn io_error(action: Action, error: io::Error) -> StorageError {
    engine_error(action, None)(redb::Error::Io(error))
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

/// An error of the operating system about `path`.
pub(crate) fn io_refusal(path: &Path, error: io::Error) -> StorageError {
    OpenError::io(path, error).into()
}

/// An error on the way to opening, as one about `path`: the disk failed, or the file is damaged.
pub(crate) fn unopened(path: &Path, error: StorageError) -> StorageError {
    let (StorageError::Database(error) | StorageError::CommitUnknown(error)) = error else {
        return error;
    };
    match error.cause {
        Cause::Io(error) => OpenError::io(path, error),
        cause @ Cause::EarlierIo(_) => {
            OpenError::new(path, OpenReason::Engine { detail: cause.to_string() })
        }
        cause => OpenError::new(path, OpenReason::Damaged(FileDamage::Engine(cause.to_string()))),
    }
    .into()
}

/// The engine's refusal in words that help.
pub(crate) fn refusal(path: &Path, error: redb::DatabaseError) -> StorageError {
    use redb::{DatabaseError as E, StorageError as S};
    let reason = match error {
        E::DatabaseAlreadyOpen | E::LockProtocolMismatch => OpenReason::Locked,
        E::UpgradeRequired(found) => OpenReason::EngineVersion { found },
        E::Storage(S::Io(io)) => match io.kind() {
            io::ErrorKind::InvalidData => OpenReason::Foreign,
            io::ErrorKind::UnexpectedEof => OpenReason::Damaged(FileDamage::EndsEarly),
            _ => return OpenError::io(path, io).into(),
        },
        E::Storage(S::Corrupted(detail)) => match newer_version(&detail) {
            Some(found) => OpenReason::EngineVersion { found },
            None => OpenReason::Damaged(FileDamage::Engine(detail)),
        },
        E::RepairAborted => OpenReason::Damaged(FileDamage::Unrepaired),
        other => OpenReason::Engine { detail: other.to_string() },
    };
    OpenError::new(path, reason).into()
}

/// The version in what the engine says of a file that is newer than itself, which it calls corrupted.
fn newer_version(detail: &str) -> Option<u8> {
    let versions = detail.strip_prefix("Expected file format version")?;
    versions.rsplit_once("found ")?.1.parse().ok()
}
