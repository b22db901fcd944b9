//! From redb's errors to ours, with what was being done.

use crate::error::{DatabaseError, StorageError};

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

/// The way out.
fn advice(action: &str, error: &redb::Error) -> Option<&'static str> {
    match error {
        // Nobody can re-open what is being closed.
        redb::Error::Io(_) if action == CLOSE => Some(
            "what was committed durably is safe; try again, or open the store again to see whether it is well",
        ),
        redb::Error::Io(io) if io.kind() == std::io::ErrorKind::StorageFull => {
            Some("make room on the disk, then call `Storage::reopen`")
        }
        redb::Error::Io(io) if io.kind() == std::io::ErrorKind::FileTooLarge => {
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
