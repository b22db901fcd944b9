//! The engine trusts its pages: on a damaged one it may panic. Here a panic becomes an error.
//!
//! With `panic = "abort"` nothing can be contained: open with [`Verify::Always`](crate::backend::Verify::Always) there.

use crate::error::{DatabaseError, Result};
use std::{
    any::Any,
    cell::Cell,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};
use thiserror::Error;

/// Whether the engine has panicked. Then what it keeps in memory may be half changed: reads go on, writes are refused.
#[derive(Clone, Debug)]
pub(crate) struct Health {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    suspect: AtomicBool,
    /// What an error names.
    path: PathBuf,
}

/// A panic of the engine, with its message.
#[derive(Debug, Error)]
#[error("the engine stopped at a damaged page ({message})")]
struct EnginePanic {
    message: String,
}

/// The engine has panicked before.
#[derive(Debug, Error)]
#[error("an earlier operation stopped at a damaged page")]
struct Suspect;

/// A row that does not lie where the engine found it.
#[derive(Debug, Error)]
#[error("a damaged page led to a row that lies elsewhere")]
struct Misplaced;

const ADVICE: &str = "the file was damaged outside this program; restore it from a backup, or look at it with \
                      `Verify::Always`; `Storage::reopen` makes a handle usable again";

impl Health {
    /// Of the store at `path`.
    pub(crate) fn new(path: &Path) -> Self {
        Self { shared: Arc::new(Shared { suspect: AtomicBool::new(false), path: path.to_owned() }) }
    }

    /// Runs `call`, which goes into the engine and nowhere else.
    pub(crate) fn contain<T>(
        &self,
        action: &'static str,
        table: Option<&str>,
        call: impl FnOnce() -> Result<T>,
    ) -> Result<T> {
        self.contain_unless(&Cell::new(false), action, table, call)
    }

    /// Runs `call`, which goes into the engine, and elsewhere while `is_elsewhere`: a panic from there goes on.
    pub(crate) fn contain_unless<T>(
        &self,
        is_elsewhere: &Cell<bool>,
        action: &'static str,
        table: Option<&str>,
        call: impl FnOnce() -> Result<T>,
    ) -> Result<T> {
        // What `call` leaves half changed is the engine's, and `suspect` keeps it from being written.
        let outcome = catch_unwind(AssertUnwindSafe(call)).unwrap_or_else(|panic| {
            if is_elsewhere.get() {
                resume_unwind(panic);
            }
            self.shared.suspect.store(true, Ordering::Release);
            Err(refusal(action, table, EnginePanic { message: message(&*panic) }))
        });
        outcome.map_err(|error| error.in_store(&self.shared.path))
    }

    /// The engine gave a row of `table` that does not lie in the range that was asked for, or not behind the one
    /// before it.
    #[cold]
    pub(crate) fn misplaced(&self, table: &str) -> crate::StorageError {
        refusal("read a range", Some(table), Misplaced).in_store(&self.shared.path)
    }

    /// Fails when the engine has panicked.
    pub(crate) fn check(&self, action: &'static str) -> Result<()> {
        if self.shared.suspect.load(Ordering::Acquire) {
            Err(refusal(action, None, Suspect).in_store(&self.shared.path))
        } else {
            Ok(())
        }
    }
}

#[cold]
fn refusal(
    action: &'static str,
    table: Option<&str>,
    source: impl std::error::Error + Send + Sync + 'static,
) -> crate::StorageError {
    let table = table.map(str::to_owned);
    DatabaseError { action, table, path: None, advice: Some(ADVICE), source: Box::new(source) }
        .into()
}

/// The text of a panic, if it has one.
fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied().map(str::to_owned);
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}
