//! Errors of the engine, with what was being done.

use std::fmt;

/// The engine refused something: what was tried, on which table, and the engine's own error as the source.
#[derive(Debug)]
pub struct DatabaseError {
    pub(crate) action: &'static str,
    pub(crate) table: Option<String>,
    pub(crate) advice: Option<&'static str>,
    pub(crate) source: Box<dyn std::error::Error + Send + Sync>,
}

impl DatabaseError {
    /// What was being done: `read a value`, `commit`.
    #[must_use]
    pub const fn action(&self) -> &'static str {
        self.action
    }

    /// The table it was done on, if it was one.
    #[must_use]
    pub fn table(&self) -> Option<&str> {
        self.table.as_deref()
    }
}

impl fmt::Display for DatabaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {}", self.action)?;
        if let Some(table) = &self.table {
            write!(f, " of table `{table}`")?;
        }
        write!(f, ": {}", self.source)?;
        if let Some(advice) = self.advice {
            write!(f, "; {advice}")?;
        }
        Ok(())
    }
}

impl std::error::Error for DatabaseError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.source)
    }
}
