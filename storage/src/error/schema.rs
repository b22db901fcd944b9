//! Names and types that do not match what the file has.

use std::fmt;
use thiserror::Error;

/// The rule that a table name breaks.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum TableNameError {
    /// No characters at all.
    #[error("it is empty")]
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

/// A table that was written with another schema than the code has.
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
            "table `{}` was written with another schema: {}; open it with the type it was written with, or give the \
             new type a table name of its own",
            self.table, self.difference,
        )
    }
}

impl std::error::Error for SchemaMismatch {}

/// One thing in which the code and the file differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    subject: String,
    stored: Option<String>,
    expected: Option<String>,
}

impl Difference {
    pub(crate) fn new(subject: &str, stored: Option<&str>, expected: Option<&str>) -> Self {
        Self {
            subject: subject.to_owned(),
            stored: stored.map(str::to_owned),
            expected: expected.map(str::to_owned),
        }
    }

    /// What differs: `field elevation_ft`, `key`, `format`.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// What the file has; `None` if it has no such thing.
    #[must_use]
    pub fn stored(&self) -> Option<&str> {
        self.stored.as_deref()
    }

    /// What the code has; `None` if it has no such thing.
    #[must_use]
    pub fn expected(&self) -> Option<&str> {
        self.expected.as_deref()
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { subject, stored, expected } = self;
        match (stored, expected) {
            (Some(stored), Some(expected)) => {
                write!(f, "{subject} is `{stored}` in the file and `{expected}` in the code")
            }
            (Some(stored), None) => {
                write!(f, "{subject} is `{stored}` in the file and missing in the code")
            }
            (None, Some(expected)) => {
                write!(f, "{subject} is missing in the file and `{expected}` in the code")
            }
            (None, None) => write!(f, "{subject} differs"),
        }
    }
}

/// A text that is not that of a schema.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("line {line}, column {column}: {reason}")]
pub struct SchemaTextError {
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) reason: SchemaTextReason,
}

impl SchemaTextError {
    /// The line, from 1.
    #[must_use]
    pub const fn line(&self) -> usize {
        self.line
    }

    /// The character in its line, from 1.
    #[must_use]
    pub const fn column(&self) -> usize {
        self.column
    }

    /// What is wrong there.
    #[must_use]
    pub const fn reason(&self) -> &SchemaTextReason {
        &self.reason
    }
}

/// Why a text is not that of a schema.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum SchemaTextReason {
    /// Something else stands there.
    #[error("expected {what}")]
    Expected {
        /// What should stand there.
        what: String,
    },
    /// A type or a variant of one name was defined before.
    #[error("`{name}` is defined twice")]
    Twice {
        /// The name.
        name: String,
    },
    /// Types in types in types.
    #[error("types are nested more than {max} levels deep")]
    TooDeep {
        /// How deep they may be.
        max: usize,
    },
    /// The whole text has too many bytes.
    #[error("the text has {len} bytes, at most {max} are allowed")]
    TooLong {
        /// Its length.
        len: usize,
        /// The most that is accepted.
        max: usize,
    },
}
