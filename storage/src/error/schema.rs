//! Names and types that do not match what the file has.

use std::fmt;
use thiserror::Error;

/// What else may become of the values of a record's field that is removed.
pub(super) const KEPT_BY_MIGRATION: &str =
    ", unless `by_migration` beside it keeps them for `table.migrate().with(..)`";

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

/// Why an index is not built, and the way out.
pub(super) struct NotBuilt<'e, E>(pub(super) Option<&'e E>);

impl<E: fmt::Display> fmt::Display for NotBuilt<'_, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            None => f.write_str(
                "; open the table from the store itself, which builds it, or call `rebuild` in a write",
            ),
            Some(reason) => write!(f, ": {reason}; then open the table again"),
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
    /// A line of a kind that this release does not know: the text was written by a later one.
    #[error("a line about `{subject}` is unknown to this release")]
    UnknownLine {
        /// What the line is about.
        subject: String,
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

/// Why the archived layout of a record is not known from its schema.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum LayoutError {
    /// The compiler has made an archived type larger, smaller or otherwise aligned than rkyv's rules do.
    #[error(
        "`{type_name}` is archived as {compiled}, and by the rules of rkyv its fields make {computed}; {}",
        CHANGED_LAYOUT
    )]
    #[non_exhaustive]
    Archived {
        /// The type.
        type_name: String,
        /// What the rules make.
        computed: String,
        /// What the compiler has made.
        compiled: String,
    },
    /// The compiler has put a field in another place than rkyv's rules do.
    #[error(
        "the field `{field}` of `{type_name}` is archived at the offset {compiled}, and by the rules of rkyv at \
         {computed}; {}",
        CHANGED_LAYOUT
    )]
    #[non_exhaustive]
    Offset {
        /// The record type.
        type_name: String,
        /// The field.
        field: String,
        /// Where the rules put it.
        computed: usize,
        /// Where the compiler has put it.
        compiled: usize,
    },
    /// There is no rule for this type.
    #[error(
        "no rule says how `{shape}` is archived; keep it in a field with `#[store(opaque = \"name-and-version\")]`"
    )]
    #[non_exhaustive]
    Unknown {
        /// The type, as the schema writes it.
        shape: String,
    },
    /// An opaque type whose size the schema does not state, because it depends on a parameter of the type around it, or
    /// because a `StoredType` by hand left it out.
    #[error(
        "the size of the opaque type `{name}` is not known; in place of a type with parameters, write one for each of \
         their values"
    )]
    #[non_exhaustive]
    Opaque {
        /// Its name.
        name: String,
    },
    /// A type that has no end, because it contains itself without a box or a list between.
    #[error("`{type_name}` contains itself; put a `Box` between")]
    #[non_exhaustive]
    Infinite {
        /// The type.
        type_name: String,
    },
    /// Types in types in types.
    #[error("types lie more than {max} levels inside one another; put a `Box` between")]
    #[non_exhaustive]
    TooDeep {
        /// How deep they may be.
        max: usize,
    },
    /// More bytes than an address can count.
    #[error("it is larger than the memory of a computer; make its arrays shorter")]
    TooLarge,
    /// The format is not one of rkyv 0.8.
    #[error("the rules of the format `{format}` are not known; use the release that wrote it")]
    #[non_exhaustive]
    Format {
        /// The format, as the schema writes it.
        format: String,
    },
}

/// What has made a layout that the rules do not make, and what to do.
const CHANGED_LAYOUT: &str = "an attribute such as `#[rkyv(attr(repr(..)))]`, or an `Archive` written by hand, has \
    changed it, which no schema shows: remove it, or keep the type in a field with \
    `#[store(opaque = \"name-and-version\")]`";
