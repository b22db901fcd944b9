//! Values of fields that are stored in a form that says nothing of their type.

use std::ops::Deref;

/// A field's value that was restored from the form it is stored in: that of `AsSerde` or
/// [`AsText`](crate::AsText).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_structs, reason = "a value and nothing else")]
pub struct Restored<T>(pub T);

impl<T> Deref for Restored<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}
