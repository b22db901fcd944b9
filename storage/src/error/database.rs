//! Errors of the engine, with what was being done.

use std::{
    fmt,
    path::{Path, PathBuf},
};

/// The engine refused something: what was tried, in which store, on which table, and what the engine reported.
#[derive(Debug)]
pub struct DatabaseError {
    pub(crate) action: &'static str,
    pub(crate) table: Option<String>,
    /// Set where the error leaves the engine: `StorageError::in_store`.
    pub(crate) path: Option<PathBuf>,
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

    /// The path of the store.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// What the engine or the operating system reported. The text of this error contains it.
    #[must_use]
    pub fn cause(&self) -> &(dyn std::error::Error + Send + Sync + 'static) {
        &*self.source
    }

    /// A commit that failed. What to do then depends on what is known of its outcome.
    pub(crate) fn commit(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        let source = source.into();
        Self { action: "commit", table: None, path: None, advice: None, source }
    }
}

impl fmt::Display for DatabaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.path {
            write!(f, "store `{}`: ", path.display())?;
        }
        write!(f, "cannot {}", self.action)?;
        match &self.table {
            Some(table) if self.action.ends_with("the table") => write!(f, " `{table}`")?,
            Some(table) => write!(f, " of table `{table}`")?,
            None => {}
        }
        write!(f, ": {}", self.source)?;
        if let Some(advice) = self.advice {
            write!(f, "; {advice}")?;
        }
        Ok(())
    }
}

// Its text ends in that of the cause, so it has no source.
impl std::error::Error for DatabaseError {}
