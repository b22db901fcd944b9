//! Generic types of the standard library that have a name of their own in a schema.

use super::words::words;

words! {
    /// A generic type of the standard library, by what it means.
    Generic {
        /// Values side by side, of no owner of their own: what a `Box<[T]>` points to.
        Slice => "slice";
        /// Different values, in order.
        Set => "set";
        /// Different values, in no order.
        HashSet => "hashset";
        /// Values by key, in no order.
        HashMap => "hashmap";
        /// Different values, in the order in which they came.
        IndexSet => "indexset";
        /// Values by key, in the order in which they came.
        IndexMap => "indexmap";
        /// One value or the other: what was made, or why not.
        Result => "result";
        /// What lies from the first value on, and before the second.
        Range => "range";
        /// What lies from the first value on, up to the second.
        RangeInclusive => "rangeinclusive";
        /// What lies from a value on.
        RangeFrom => "rangefrom";
        /// What lies before a value.
        RangeTo => "rangeto";
        /// What lies up to a value.
        RangeToInclusive => "rangetoinclusive";
    }
}

impl Generic {
    /// How many types it takes.
    #[must_use]
    pub const fn arity(self) -> usize {
        match self {
            Self::HashMap | Self::IndexMap | Self::Result => 2,
            _ => 1,
        }
    }

    /// What the parts of a range are called, and the variants of a result; those of other types have no names.
    #[must_use]
    pub const fn part_names(self) -> &'static [&'static str] {
        match self {
            Self::Result => &["Ok", "Err"],
            Self::Range | Self::RangeInclusive => &["start", "end"],
            Self::RangeFrom => &["start"],
            Self::RangeTo | Self::RangeToInclusive => &["end"],
            _ => &[],
        }
    }
}
