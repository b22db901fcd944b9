//! How a write transaction ended, for everyone whose writes it holds.

use crate::{
    backend::locks::{Condvar, Mutex},
    error::{Action, Cause, Result, StorageError},
};
use std::{path::Path, sync::PoisonError};

/// How a batch ended, told to all who wrote to it.
#[derive(Debug, Default)]
pub(crate) struct SharedEnding {
    ending: Mutex<Option<Ending>>,
    told: Condvar,
}

#[derive(Clone, Debug)]
pub(crate) enum Ending {
    Committed,
    /// The commit failed: what was written may be there or not.
    Unknown(Cause),
    /// Nothing was written.
    GivenUp(Cause),
}

impl SharedEnding {
    pub(super) fn tell(&self, ending: Ending) {
        *self.ending.lock().unwrap_or_else(PoisonError::into_inner) = Some(ending);
        self.told.notify_all();
    }

    pub(crate) fn wait(&self) -> Ending {
        let mut ending = self.ending.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(ending) = &*ending {
                return ending.clone();
            }
            ending = self.told.wait(ending).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Ending {
    /// What a write to the store at `path` gives whose body gave `value`.
    pub(crate) fn of<T>(self, value: T, path: &Path) -> Result<T> {
        match self {
            Self::Committed => Ok(value),
            Self::Unknown(cause) => Err(StorageError::unknown_commit(cause).in_store(path)),
            Self::GivenUp(cause) => {
                Err(StorageError::database(Action::EndWrite, None, cause).in_store(path))
            }
        }
    }
}
