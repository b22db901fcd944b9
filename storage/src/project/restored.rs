//! Comparisons of fields whose values were restored from another form: by what their own type says.

use super::{Comparable, Equatable, Missing, Standing};
use crate::schema::Restored;

/// A restored value that is a `V`, or an option of one.
#[diagnostic::on_unimplemented(
    message = "a field that is restored as `{Self}` cannot be compared with `{V}`",
    label = "not comparable with `{V}`",
    note = "compare it with a value of its own type; the value in an `Option` without `Some`"
)]
pub trait MayBe<V> {
    /// That, if it is there.
    fn value(&self) -> Option<&V>;
}

impl<T> MayBe<T> for T {
    fn value(&self) -> Option<&T> {
        Some(self)
    }
}

impl<T> MayBe<T> for Option<T> {
    fn value(&self) -> Option<&T> {
        self.as_ref()
    }
}

impl<T: MayBe<V>, V: PartialEq> Equatable<V> for Restored<T> {
    fn equals(&self, other: &V) -> Option<bool> {
        self.0.value().map(|value| value == other)
    }
}

impl<T: MayBe<V>, V: PartialOrd> Comparable<V> for Restored<T> {
    fn compare(&self, other: &V) -> Standing {
        self.0.value().map_or(Standing::Missing, |value| value.partial_cmp(other).into())
    }
}

impl<T> Missing for Restored<Option<T>> {
    fn is_missing(&self) -> bool {
        self.0.is_none()
    }
}
