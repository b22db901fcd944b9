//! Generic types of the standard library that have a name of their own in a schema.

use std::fmt;

macro_rules! generic {
    ($($(#[$doc:meta])* $variant:ident => $name:literal, $arity:literal;)*) => {
        /// A generic type of the standard library, by what it means.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Generic {
            $($(#[$doc])* $variant,)*
        }

        impl Generic {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The one whose name is `word`.
            pub(super) fn called(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|named| named.name() == word)
            }

            /// Its name in a schema.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// How many types it takes.
            #[must_use]
            pub const fn arity(self) -> usize {
                match self {
                    $(Self::$variant => $arity,)*
                }
            }
        }
    };
}
generic! {
    /// Values side by side, of no owner of their own: what a `Box<[T]>` points to.
    Slice => "slice", 1;
    /// Different values, in order.
    Set => "set", 1;
    /// Different values, in no order.
    HashSet => "hashset", 1;
    /// Values by key, in no order.
    HashMap => "hashmap", 2;
    /// What lies from the first value on, and before the second.
    Range => "range", 1;
    /// What lies from the first value on, up to the second.
    RangeInclusive => "rangeinclusive", 1;
    /// What lies from a value on.
    RangeFrom => "rangefrom", 1;
    /// What lies before a value.
    RangeTo => "rangeto", 1;
    /// What lies up to a value.
    RangeToInclusive => "rangetoinclusive", 1;
}

impl fmt::Display for Generic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
