//! A table in the file that the code declares otherwise.

use super::{Difference, Unresolved};
use std::fmt;

/// A table that was written with another schema than the code has.
#[derive(Debug)]
pub struct SchemaMismatch {
    pub(crate) table: String,
    pub(crate) difference: Difference,
    pub(crate) unresolved: Unresolved,
    /// The number of the layout that the code has, and of the newer one in the file.
    pub(crate) newer: Option<(u16, u16)>,
    /// Whether the rows could be read all the same, and the store was opened to refuse them.
    pub(crate) is_readable: bool,
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

    /// All that differs and is not settled, with the attributes that may settle it. Nothing where no attribute can.
    #[must_use]
    pub const fn unresolved(&self) -> &Unresolved {
        &self.unresolved
    }

    /// Whether a newer version of the program has written the table, as far as the file shows it.
    #[must_use]
    pub const fn is_newer(&self) -> bool {
        self.newer.is_some()
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
        let Self { table, difference, unresolved, .. } = self;
        if let Some((ours, newer)) = self.newer {
            return write!(
                f,
                "table `{table}` has layout {newer}, which this program, whose layout is {ours}, does not know: \
                 {difference}; a newer version of the program has written it: open it with that one, or to read it \
                 with `Evolution::ReadNewer`",
            );
        }
        if unresolved.differences().next().is_some() {
            return write!(f, "table `{table}` was written with another schema:\n{unresolved}");
        }
        if self.is_readable {
            return write!(
                f,
                "table `{table}` has another schema than the program: {difference}; the store was opened with \
                 `Evolution::Refuse`: migrate the table with a program that opens it otherwise",
            );
        }
        write!(
            f,
            "table `{table}` was written with another schema: {difference}; open it with the type it was written \
             with, or give the new type a table name of its own",
        )
    }
}

impl std::error::Error for SchemaMismatch {}
