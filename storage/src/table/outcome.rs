//! What a closure that changes a record returns: a value, or a `Result`, whose error undoes the change.

use crate::{
    error::{Result, StorageError},
    schema::PlainType,
};
use std::{error::Error, result};

/// What a closure that changes a record may return: nothing, a value that a field could have, or a `Result`.
///
/// A `Result` is never treated as a value: its `Err` undoes the change and is returned. So there are two kinds of
/// updates:
///
/// - an update that returns a value, `update(7, |user| user.visits)`;
/// - an update that can refuse, `update(7, |user| if user.is_locked { Err("locked") } else { Ok(user.visits) })`.
///
/// To return a value of any other type, such as an `Option` or a tuple that contains a `Result`, wrap it:
/// `Ok::<_, StorageError>(value)`.
#[diagnostic::on_unimplemented(
    message = "a closure that changes a record cannot return `{Self}`",
    label = "neither a value that can be stored nor a `Result`",
    note = "return nothing, a value that a field could have, or a `Result`: its `Err` undoes the change",
    note = "for any other value: `Ok::<_, storage::StorageError>(value)`"
)]
pub trait Outcome {
    /// What the method returns once the change is made.
    type Value;

    /// Returns the value, or the error that undoes the change.
    ///
    /// # Errors
    ///
    /// The closure's own error, in [`StorageError::Custom`]; a [`StorageError`] is returned unchanged.
    fn into_result(self) -> Result<Self::Value>;
}

#[diagnostic::do_not_recommend]
impl<T: PlainType> Outcome for T {
    type Value = T;

    fn into_result(self) -> Result<T> {
        Ok(self)
    }
}

/// What a closure returns that only panics: a type without a name of its own yet, but for that of `fn() -> !`.
impl Outcome for <fn() -> ! as Returns>::Output {
    type Value = ();

    fn into_result(self) -> Result<()> {
        self
    }
}

/// A function, by what it returns.
#[doc(hidden)]
#[expect(unnameable_types, reason = "only the type of a panic is found by it")]
pub trait Returns {
    /// That.
    type Output;
}

impl<T> Returns for fn() -> T {
    type Output = T;
}

impl<T, E: Into<Box<dyn Error + Send + Sync>>> Outcome for result::Result<T, E> {
    type Value = T;

    fn into_result(self) -> Result<T> {
        self.map_err(StorageError::custom)
    }
}
