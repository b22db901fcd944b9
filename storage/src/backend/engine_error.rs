//! From redb's errors to ours, with what was being done.

use crate::error::{DatabaseError, StorageError};

/// Wraps an error of the engine that came up while doing `action`.
pub(super) fn engine_error<'a, E>(
    action: &'static str,
    table: Option<&'a str>,
) -> impl FnOnce(E) -> StorageError + 'a
where
    E: Into<redb::Error>,
{
    move |error| {
        let source: redb::Error = error.into();
        let advice = match &source {
            redb::Error::PreviousIo | redb::Error::DatabaseClosed => {
                Some("`Storage::reopen` makes the handle usable again")
            }
            redb::Error::Io(io) if io.kind() == std::io::ErrorKind::StorageFull => {
                Some("make room on the disk, then call `Storage::reopen`")
            }
            redb::Error::TransactionInProgress => {
                Some("drop every `ReadTxn`, iterator and `Stored` guard first")
            }
            redb::Error::TableTypeMismatch { .. } | redb::Error::TableIsMultimap(_) => {
                Some("the table was made by another program; use another table name")
            }
            _ => None,
        };
        DatabaseError { action, table: table.map(str::to_owned), advice, source: Box::new(source) }
            .into()
    }
}
