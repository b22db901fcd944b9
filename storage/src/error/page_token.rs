//! Page tokens that do not fit a scan.

use thiserror::Error;

/// Why a page token cannot be used.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum PageTokenError {
    /// It is of another table, index, prefix or range, or its bytes were changed.
    #[error("it is of another table, index, prefix or range, or its bytes were changed")]
    Foreign,
    /// It is of a scan in the other direction.
    #[error("it is of a scan in the other direction")]
    Direction,
    /// Its text is not hexadecimal.
    #[error("it is not hexadecimal text")]
    NotHex,
}
