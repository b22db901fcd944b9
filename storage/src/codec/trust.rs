//! The one way round the structural check.

/// How much of a stored value is checked before it is viewed. The checksum always is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Trust(Level);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Level {
    #[default]
    Checksum,
    Structure,
}

impl Trust {
    /// Nothing is trusted: checksum and structure are checked on every read. The default.
    #[must_use]
    pub const fn nothing() -> Self {
        Self(Level::Checksum)
    }

    /// The structure of values with a matching checksum is trusted and not checked again.
    ///
    /// The checksum guards against accidents, not against somebody who writes to the file on purpose.
    ///
    /// # Safety
    ///
    /// Every value that is read under this trust was written by this crate, with this very record type and the
    /// same format features of the codec.
    #[must_use]
    #[expect(unsafe_code, reason = "the caller vouches for the file")]
    pub const unsafe fn structure() -> Self {
        Self(Level::Structure)
    }

    /// The structure was checked before.
    ///
    /// # Safety
    ///
    /// Each body that is read under this trust passed the check at the very address it has then, which suits every
    /// value of its type, and did not change since.
    #[expect(unsafe_code, reason = "the caller remembers the check")]
    pub(super) const unsafe fn checked() -> Self {
        Self(Level::Structure)
    }

    pub(super) const fn skips_structure(self) -> bool {
        matches!(self.0, Level::Structure)
    }
}
