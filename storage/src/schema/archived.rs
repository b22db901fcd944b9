//! How an archived type lies in memory: its size and its alignment.

use std::fmt;

/// The size and the alignment of an archived type, as the compiler has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "plain data")]
pub struct ArchivedLayout {
    /// Its size in bytes.
    pub size: usize,
    /// Its address is a multiple of this many bytes.
    pub align: usize,
}

impl ArchivedLayout {
    /// The layout of `A`, which is an archived type.
    #[must_use]
    pub const fn of<A>() -> Self {
        Self { size: size_of::<A>(), align: align_of::<A>() }
    }
}

impl fmt::Display for ArchivedLayout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes, aligned {}", self.size, self.align)
    }
}
