//! The engine trusts its pages: on a damaged one it may panic. Here a panic becomes an error.
//!
//! With `panic = "abort"` nothing can be contained: open with [`Verify::Always`](crate::backend::Verify::Always) there.

use super::{disk::Meter, error::engine_error, range::Bounds};
use crate::{
    backend::{ByteRow, ByteTable},
    error::{Action, Cause, Result, StorageError},
};
use std::{
    any::Any,
    cell::Cell,
    ops::RangeBounds,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

/// Whether the engine has panicked. Then what it keeps in memory may be half changed: reads go on, writes are refused.
#[derive(Clone, Debug)]
pub(crate) struct Health {
    state: Arc<HealthState>,
}

#[derive(Debug)]
struct HealthState {
    suspect: AtomicBool,
    /// What an error names.
    path: PathBuf,
    meter: Arc<Meter>,
}

impl Health {
    /// Of the store at `path`, whose disk has `meter`.
    pub(crate) fn new(path: &Path, meter: Arc<Meter>) -> Self {
        let (suspect, path) = (AtomicBool::new(false), path.to_owned());
        Self { state: Arc::new(HealthState { suspect, path, meter }) }
    }

    /// Runs `call`, which goes into the engine and nowhere else.
    pub(crate) fn contain<T>(
        &self,
        action: Action,
        table: Option<&str>,
        call: impl FnOnce() -> Result<T>,
    ) -> Result<T> {
        self.contain_unless(&Cell::new(false), action, table, call)
    }

    /// Runs `call`, which is a call of the engine and nothing else.
    pub(super) fn call<T, E: Into<redb::Error>>(
        &self,
        action: Action,
        table: Option<&str>,
        call: impl FnOnce() -> Result<T, E>,
    ) -> Result<T> {
        self.contain(action, table, || call().map_err(engine_error(action, table)))
    }

    /// Runs `call`, which goes into the engine, and elsewhere while `is_elsewhere`: a panic from there goes on.
    pub(crate) fn contain_unless<T>(
        &self,
        is_elsewhere: &Cell<bool>,
        action: Action,
        table: Option<&str>,
        call: impl FnOnce() -> Result<T>,
    ) -> Result<T> {
        // What `call` leaves half changed is the engine's, and `suspect` keeps it from being written.
        let outcome = catch_unwind(AssertUnwindSafe(call)).unwrap_or_else(|panic| {
            if is_elsewhere.get() {
                resume_unwind(panic);
            }
            self.state.suspect.store(true, Ordering::Release);
            Err(StorageError::database(
                action,
                table,
                Cause::EnginePanic { message: message(&*panic) },
            ))
        });
        outcome.map_err(|error| self.state.explain(error))
    }

    /// The cause with the error of the disk behind it, which the engine forgets.
    pub(crate) fn recall(&self, cause: Cause) -> Cause {
        cause.or_earlier(|| self.state.meter.last_error())
    }

    /// `row`, which the engine found between two bounds of `table`, if it lies there.
    pub(super) fn check_within(
        &self,
        table: &ByteTable,
        bounds: Bounds<'_>,
        row: Option<ByteRow>,
    ) -> Result<Option<ByteRow>> {
        match &row {
            Some(row) if !RangeBounds::<[u8]>::contains(&bounds, &*row.key) => {
                Err(self.misplaced(table.name()))
            }
            _ => Ok(row),
        }
    }

    /// The engine gave a row of `table` that does not lie in the range that was asked for, or not behind the one
    /// before it.
    #[cold]
    pub(crate) fn misplaced(&self, table: &str) -> StorageError {
        StorageError::database(Action::ReadRange, Some(table), Cause::MisplacedRow)
            .in_store(&self.state.path)
    }

    /// Fails when the engine has panicked.
    pub(crate) fn check(&self, action: Action) -> Result<()> {
        if self.state.suspect.load(Ordering::Acquire) {
            Err(StorageError::database(action, None, Cause::AfterPanic).in_store(&self.state.path))
        } else {
            Ok(())
        }
    }
}

impl HealthState {
    /// With what the engine does not know: the path of the store, and the error of the disk behind it.
    #[cold]
    fn explain(&self, error: StorageError) -> StorageError {
        error.in_store(&self.path).or_earlier(|| self.meter.last_error())
    }
}

/// The text of a panic, if it has one.
fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied().map(str::to_owned);
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}
