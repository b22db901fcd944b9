//! How many changes the feed of a table keeps, and for how long: `#[store(feed(keep = 1000, days = 7))]`.

/// How much of a table's feed is kept; everything, by default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FeedSchema {
    keep: Option<u64>,
    days: Option<u32>,
}

impl FeedSchema {
    /// Returns a feed that keeps every change.
    #[must_use]
    pub const fn new() -> Self {
        Self { keep: None, days: None }
    }

    /// Keeps no more than the last `changes`.
    #[must_use]
    pub const fn with_keep(mut self, changes: u64) -> Self {
        self.keep = Some(changes);
        self
    }

    /// Keeps no change that is older than `days`.
    #[must_use]
    pub const fn with_days(mut self, days: u32) -> Self {
        self.days = Some(days);
        self
    }

    /// Returns how many changes are kept; `None` if there is no limit.
    #[must_use]
    pub const fn keep(&self) -> Option<u64> {
        self.keep
    }

    /// Returns for how many days a change is kept; `None` if there is no limit.
    #[must_use]
    pub const fn days(&self) -> Option<u32> {
        self.days
    }
}
