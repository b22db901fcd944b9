//! The row of a table's feed: the number that its first entry gets, and whether the code has one.
//!
//! ```text
//! first change = 1
//! off                              if the program that wrote last has no feed
//! ```

use super::lines::Lines;

const FIRST: &str = "first change = ";
const OFF: &str = "off";

/// The row of a table's feed. It stays when the feed is turned off.
///
/// *Invariant*: no entry ever had the number `first` or a higher one when it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FeedRow {
    pub(super) first: u64,
    pub(super) is_off: bool,
}

impl FeedRow {
    /// That of a table that was written and never had a feed: its rows are no changes, so the default cursor is told.
    pub(super) const NEVER_ON: Self = Self { first: 2, is_off: true };

    /// The same when the feed is turned on: a number is left out, as something may have changed since it was turned
    /// off.
    pub(super) const fn turned_on(self) -> Self {
        Self { first: self.first.saturating_add(1), is_off: false }
    }
}

impl Default for FeedRow {
    fn default() -> Self {
        Self { first: 1, is_off: false }
    }
}

impl Lines for FeedRow {
    const WHAT: &'static str = "the number of the first change";
    const STARTS: &'static [&'static str] = &[FIRST, OFF];

    fn text(&self) -> String {
        let off = if self.is_off { format!("{OFF}\n") } else { String::new() };
        format!("{FIRST}{}\n{off}", self.first)
    }

    fn read(&mut self, line: &str) -> Option<()> {
        match line.strip_prefix(FIRST) {
            Some(first) => self.first = first.parse().ok()?,
            None if line == OFF => self.is_off = true,
            None => return None,
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::lines::parse, *};

    #[test]
    fn a_row_is_read_as_it_was_written() {
        for (first, is_off) in [(1, false), (1, true), (u64::MAX, false)] {
            let row = FeedRow { first, is_off };
            assert_eq!(parse(&row.text()), Ok(row));
        }
        for text in ["", "first change = 01\n", "off\nfirst change = 1\n", "first change = 1\non\n"]
        {
            parse::<FeedRow>(text).unwrap_err();
        }
    }
}
