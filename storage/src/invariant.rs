//! What only a bug of this crate could break: loud where debug assertions are on, harmless where they are off.

/// A value that is there unless this crate has a bug.
///
/// For what the code around it guarantees. What a file, a caller or the disk can cause is an error instead.
pub(crate) trait Invariant {
    /// What is there.
    type Value;

    /// Returns the value. If it is missing, a build with debug assertions panics with `reason`, which says why it
    /// cannot be missing; any other build goes on with the default.
    fn invariant(self, reason: &str) -> Self::Value;
}

impl<T: Default> Invariant for Option<T> {
    type Value = T;

    #[inline]
    #[track_caller]
    fn invariant(self, reason: &str) -> T {
        debug_assert!(self.is_some(), "{reason}");
        self.unwrap_or_default()
    }
}

impl<T: Default, E> Invariant for Result<T, E> {
    type Value = T;

    #[inline]
    #[track_caller]
    fn invariant(self, reason: &str) -> T {
        self.ok().invariant(reason)
    }
}

#[cfg(test)]
mod tests {
    use super::Invariant;

    #[test]
    fn what_is_there_is_returned() {
        assert_eq!(Some(7).invariant("it is written above"), 7);
        assert_eq!(u8::try_from(7_u64).invariant("seven fits"), 7);
    }

    #[test]
    #[cfg(debug_assertions)]
    #[should_panic(expected = "a list has a first element")]
    fn what_is_missing_is_loud_in_tests() {
        let first: Option<u8> = None;
        first.invariant("a list has a first element");
    }

    #[test]
    #[cfg(not(debug_assertions))]
    fn what_is_missing_is_the_default_in_release_builds() {
        let first: Option<u8> = None;
        assert_eq!(first.invariant("a list has a first element"), 0);
    }
}
