//! What a watcher watches, as text.

use std::fmt;

/// A table, or all.
pub(super) struct Watched<'e>(pub(super) Option<&'e str>);

impl fmt::Display for Watched<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(table) => write!(f, "table `{table}`"),
            None => f.write_str("all tables"),
        }
    }
}
