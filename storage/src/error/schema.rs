//! Names and types that do not fit what the file has.

use crate::schema::Difference;
use std::fmt;
use thiserror::Error;

/// The rule that a table name breaks.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum TableNameError {
    /// No characters at all.
    #[error("it is empty; give the table a name")]
    Empty,
    /// Too many bytes.
    #[error("it has {len} bytes, at most {max} are allowed")]
    TooLong {
        /// Its length in bytes.
        len: usize,
        /// The most that is accepted.
        max: usize,
    },
    /// A control character, or `$`, which marks the store's own tables.
    #[error("the character {found:?} is not allowed")]
    Character {
        /// The first such character.
        found: char,
    },
}

/// A table that the file holds as another type than the code.
#[derive(Debug)]
pub struct SchemaMismatch {
    pub(crate) table: String,
    pub(crate) difference: Difference,
    pub(crate) stored: String,
    pub(crate) expected: String,
}

impl SchemaMismatch {
    /// The table.
    #[must_use]
    pub fn table(&self) -> &str {
        &self.table
    }

    /// The first thing that differs.
    #[must_use]
    pub const fn difference(&self) -> &Difference {
        &self.difference
    }

    /// The schema in the file, as text.
    #[must_use]
    pub fn stored(&self) -> &str {
        &self.stored
    }

    /// The schema in the code, as text.
    #[must_use]
    pub fn expected(&self) -> &str {
        &self.expected
    }
}

impl fmt::Display for SchemaMismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "table `{}` was written as another type: {}; open it with the type it was written as, \
             or give the new type a table name of its own",
            self.table, self.difference,
        )
    }
}

impl std::error::Error for SchemaMismatch {}
