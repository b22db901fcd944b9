//! The comparisons that everything has that is read out of a record: a field, and what a map has under a key.

/// Methods that compare what is read with a value: `/// What eq says. [parameters] Type`.
macro_rules! comparisons {
    ($(#[$eq:meta])* [$($generics:tt)*] $ty:ty) => {
        impl<$($generics)*> $ty {
            $(#[$eq])*
            pub const fn eq<V>(self, value: V) -> $crate::project::Equal<Self, V> {
                $crate::project::Equal::new(self, value, true)
            }

            /// Matches if there is a value, and it does not equal `value`.
            ///
            /// ```
            #[doc = include_str!("../guide/example/airports.txt")]
            /// let a = Airport::FIELDS;
            /// assert_eq!(airports.iter()?.filter(a.country.ne("CH")).keys()?, ["EGLL", "EGPF"]);
            /// # Ok::<(), storage::StorageError>(())
            /// ```
            pub const fn ne<V>(self, value: V) -> $crate::project::Equal<Self, V> {
                $crate::project::Equal::new(self, value, false)
            }

            /// Matches if there is a value, and it is less than `value`.
            ///
            /// ```
            #[doc = include_str!("../guide/example/airports.txt")]
            /// let a = Airport::FIELDS;
            /// assert_eq!(airports.iter()?.filter(a.elevation_ft.lt(83)).keys()?, ["EGPF"]);
            /// # Ok::<(), storage::StorageError>(())
            /// ```
            pub const fn lt<V>(self, value: V) -> $crate::project::Compare<Self, V> {
                $crate::project::Compare::new(self, $crate::project::Op::Lt, value)
            }

            /// Matches if there is a value, and it is less than or equal to `value`.
            ///
            /// ```
            #[doc = include_str!("../guide/example/airports.txt")]
            /// let a = Airport::FIELDS;
            /// assert_eq!(airports.iter()?.filter(a.elevation_ft.le(83)).keys()?, ["EGLL", "EGPF"]);
            /// # Ok::<(), storage::StorageError>(())
            /// ```
            pub const fn le<V>(self, value: V) -> $crate::project::Compare<Self, V> {
                $crate::project::Compare::new(self, $crate::project::Op::Le, value)
            }

            /// Matches if there is a value, and it is greater than `value`.
            ///
            /// ```
            #[doc = include_str!("../guide/example/airports.txt")]
            /// let a = Airport::FIELDS;
            /// assert_eq!(airports.iter()?.filter(a.elevation_ft.gt(1416)).keys()?, ["LSEZ"]);
            /// # Ok::<(), storage::StorageError>(())
            /// ```
            pub const fn gt<V>(self, value: V) -> $crate::project::Compare<Self, V> {
                $crate::project::Compare::new(self, $crate::project::Op::Gt, value)
            }

            /// Matches if there is a value, and it is greater than or equal to `value`.
            ///
            /// ```
            #[doc = include_str!("../guide/example/airports.txt")]
            /// let a = Airport::FIELDS;
            /// assert_eq!(airports.iter()?.filter(a.elevation_ft.ge(1416)).keys()?, ["LSEZ", "LSZH"]);
            /// # Ok::<(), storage::StorageError>(())
            /// ```
            pub const fn ge<V>(self, value: V) -> $crate::project::Compare<Self, V> {
                $crate::project::Compare::new(self, $crate::project::Op::Ge, value)
            }

            /// Matches if there is no value: an `Option` that is `None`.
            ///
            /// ```
            #[doc = include_str!("../guide/example/airports.txt")]
            /// let a = Airport::FIELDS;
            /// assert_eq!(airports.iter()?.filter(a.iata.is_none()).keys()?, ["LSEZ"]);
            /// # Ok::<(), storage::StorageError>(())
            /// ```
            pub const fn is_none(self) -> $crate::project::IsNone<Self> {
                $crate::project::IsNone::new(self)
            }

            /// Matches if there is a value.
            ///
            /// ```
            #[doc = include_str!("../guide/example/airports.txt")]
            /// let a = Airport::FIELDS;
            /// assert_eq!(airports.iter()?.filter(a.iata.is_some()).count()?, 3);
            /// # Ok::<(), storage::StorageError>(())
            /// ```
            pub const fn is_some(self) -> $crate::project::Not<$crate::project::IsNone<Self>> {
                $crate::project::Not::new(self.is_none())
            }
        }
    };
}
pub(super) use comparisons;
