//! The error of a stream that was being stored.

use std::{error::Error, fmt};

/// The error of a stream that was being stored, which is the caller's own: what
/// [`Table::try_put_stream`](crate::Table::try_put_stream) returns in [`StorageError::Custom`](super::StorageError).
/// Nothing of the stream is stored.
#[derive(Debug)]
pub struct StreamError {
    pub(crate) table: String,
    pub(crate) record_count: usize,
    pub(crate) error: Box<dyn Error + Send + Sync>,
}

impl StreamError {
    /// The table.
    #[must_use]
    pub fn table(&self) -> &str {
        &self.table
    }

    /// How many records came before the error.
    #[must_use]
    pub const fn record_count(&self) -> usize {
        self.record_count
    }

    /// The stream's own error.
    #[must_use]
    pub fn error(&self) -> &(dyn Error + Send + Sync + 'static) {
        &*self.error
    }

    /// The stream's own error.
    #[must_use]
    pub fn into_error(self) -> Box<dyn Error + Send + Sync> {
        self.error
    }
}

impl fmt::Display for StreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { table, record_count, error } = self;
        write!(
            f,
            "table `{table}`: the stream failed after {record_count} records, none of which is stored: {error}"
        )
    }
}

impl Error for StreamError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        // The text contains that of the error itself.
        self.error.source()
    }
}
