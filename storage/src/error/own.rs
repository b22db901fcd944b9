//! An error of the caller's own, on its way through a verb that knows none but [`StorageError`].

use super::{Result, StorageError};
use thiserror::Error;

/// Keeps the error that a closure returned until the verb that has called it returns.
#[derive(Debug)]
pub(crate) struct OwnError<E>(Option<E>);

/// What the verb sees in its place.
#[derive(Debug, Error)]
#[error("the caller's own error")]
struct SetAside;

impl<E> Default for OwnError<E> {
    fn default() -> Self {
        Self(None)
    }
}

impl<E: From<StorageError>> OwnError<E> {
    /// What the closure is to return to the verb, which undoes its work after an error.
    pub(crate) fn set_aside<T>(&mut self, result: Result<T, E>) -> Result<T> {
        result.map_err(|error| {
            self.0 = Some(error);
            StorageError::Custom(Box::new(SetAside))
        })
    }

    /// What the verb returned, with the caller's error in its place again. An error of the verb itself comes first: one
    /// that kept it from undoing its work.
    pub(crate) fn restore<T>(self, result: Result<T>) -> Result<T, E> {
        result.map_err(|error| match (self.0, &error) {
            (Some(own), StorageError::Custom(custom)) if custom.is::<SetAside>() => own,
            _ => error.into(),
        })
    }
}
