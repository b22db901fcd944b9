//! Where a part stands in its key.

/// Where a part stands in its key; text and byte strings are shorter when nothing follows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a part is followed by another part or it is not")]
pub enum Place {
    /// Another part follows: the encoding must delimit itself.
    Inner,
    /// The last part: its end is the end of the key.
    Last,
}
