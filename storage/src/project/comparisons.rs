//! The comparisons that everything has that is read out of a record: a field, and what a map has under a key.

/// Methods that compare what is read with a value: `/// What eq says. [parameters] Type`.
macro_rules! comparisons {
    ($(#[$eq:meta])* [$($generics:tt)*] $ty:ty) => {
        impl<$($generics)*> $ty {
            $(#[$eq])*
            pub const fn eq<V>(self, value: V) -> $crate::project::Equal<Self, V> {
                $crate::project::Equal::new(self, value, true)
            }

            /// The predicate that there is a value, and it does not equal `value`.
            pub const fn ne<V>(self, value: V) -> $crate::project::Equal<Self, V> {
                $crate::project::Equal::new(self, value, false)
            }

            /// The predicate that there is a value, and it is less than `value`.
            pub const fn lt<V>(self, value: V) -> $crate::project::Compare<Self, V> {
                $crate::project::Compare::new(self, $crate::project::Op::Lt, value)
            }

            /// The predicate that there is a value, and it is at most `value`.
            pub const fn le<V>(self, value: V) -> $crate::project::Compare<Self, V> {
                $crate::project::Compare::new(self, $crate::project::Op::Le, value)
            }

            /// The predicate that there is a value, and it is greater than `value`.
            pub const fn gt<V>(self, value: V) -> $crate::project::Compare<Self, V> {
                $crate::project::Compare::new(self, $crate::project::Op::Gt, value)
            }

            /// The predicate that there is a value, and it is at least `value`.
            pub const fn ge<V>(self, value: V) -> $crate::project::Compare<Self, V> {
                $crate::project::Compare::new(self, $crate::project::Op::Ge, value)
            }

            /// The predicate that there is no value: of an `Option`, that it is `None`.
            pub const fn is_none(self) -> $crate::project::IsNone<Self> {
                $crate::project::IsNone::new(self)
            }

            /// The predicate that there is a value.
            pub const fn is_some(self) -> $crate::project::Not<$crate::project::IsNone<Self>> {
                $crate::project::Not::new(self.is_none())
            }
        }
    };
}
pub(super) use comparisons;
