//! The feed of a table: the log of its changes, in a table of its own beside those of its indexes.
//!
//! ```text
//! users$$feed      number of the change: u64, big-endian   →   what `table/feed_entry.rs` draws, sealed
//! ```
//!
//! Numbers are given one after the other, and never twice: the newest entry is not trimmed, and where all entries go
//! (the feed is turned off, or keys become others), the row in the catalogue says where numbers continue: one is left
//! out, so that a reader that was at the end is told, too. Another one is left out when the feed is turned on, for
//! readers that came to the end while nothing was logged:
//!
//! ```text
//! written   1 2 3               4 left out       5 left out    6 7 8
//!           on                  off              on
//! end()     3                   4                5 (first = 6)
//! ```

use super::{
    entry::Entry,
    feed_row::FeedRow,
    rows::{self, FEED_NAME, TableRows, index_table},
};
use crate::{
    backend::{ByteReader, ByteTable, ByteWriter},
    error::Result,
};
use std::ops::{Bound, Range};

/// How many bytes a number takes.
const NUMBER_LEN: usize = 8;
/// The feed of a damaged store may have lost its end, so the copy goes on far behind what was found.
#[cfg(feature = "dynamic")]
const LEAP: u64 = 1 << 32;

impl TableRows {
    /// Whether changes are logged.
    pub(super) fn is_fed(&self) -> bool {
        self.feed.is_some_and(|row| !row.is_off)
    }
}

impl Entry {
    /// The same of a table whose changes are logged.
    pub(crate) fn fed(mut self) -> Self {
        self.declared.feed = Some(FeedRow::default());
        self
    }

    /// Whether changes of the table are logged by this code.
    #[inline]
    pub(crate) fn is_fed(&self) -> bool {
        self.declared.is_fed()
    }

    /// The table of the log.
    pub(crate) fn feed_table(&self) -> ByteTable {
        feed_table(self.table.name())
    }

    /// Turns the feed on or off, as it is declared; `true` if it was not so.
    ///
    /// So what a program without the feed has written is missing in no feed: there is none then, and the program that
    /// has it begins another one behind a gap.
    pub(super) fn enter_feed(
        &self,
        writer: &dyn ByteWriter,
        stored: &mut TableRows,
    ) -> Result<bool> {
        let is_fed = self.is_fed();
        if stored.is_fed() == is_fed {
            return Ok(false);
        }
        let table = self.table.name();
        let row = match stored.feed {
            Some(row) if !is_fed => FeedRow { is_off: true, ..end_feed(writer, table, row)? },
            row => row.unwrap_or(FeedRow::NEVER_ON).turned_on(),
        };
        rows::put_feed(writer, table, row)?;
        stored.feed = Some(row);
        Ok(true)
    }

    /// The numbers of the entries that are there, which end with the number that the next one gets. The table is in the
    /// catalogue.
    pub(crate) fn feed_span(&self, reader: &dyn ByteReader) -> Result<Range<u64>> {
        feed_span(reader, self.table.name())
    }
}

/// The same of the feed of `table`.
pub(crate) fn feed_span(reader: &dyn ByteReader, table: &str) -> Result<Range<u64>> {
    let feed = feed_table(table);
    let first = reader.first_key(&feed, Bound::Unbounded, Bound::Unbounded)?;
    let last = reader.last_key(&feed, Bound::Unbounded, Bound::Unbounded)?;
    if let (Some(first), Some(last)) = (first, last) {
        return Ok(number(&first)..number(&last).saturating_add(1));
    }
    let next = rows::feed(reader, table)?.unwrap_or(FeedRow::NEVER_ON).first;
    Ok(next..next)
}

/// The table of the log of `table`.
pub(crate) fn feed_table(table: &str) -> ByteTable {
    ByteTable::new(&index_table(table, FEED_NAME), Some(NUMBER_LEN))
}

/// The number that `key` is.
fn number_of(key: &[u8]) -> Option<u64> {
    <[u8; NUMBER_LEN]>::try_from(key).ok().map(u64::from_be_bytes)
}

/// The same of a key that is stored: a longer or shorter one is not what was written, as its seal shows.
fn number(key: &[u8]) -> u64 {
    number_of(key).unwrap_or_default()
}

/// Removes all entries of the feed of `table`. Returns where numbers go on.
pub(super) fn end_feed(writer: &dyn ByteWriter, table: &str, row: FeedRow) -> Result<FeedRow> {
    let feed = feed_table(table);
    let last = writer.last_key(&feed, Bound::Unbounded, Bound::Unbounded)?;
    writer.remove_table(&feed)?;
    let end = last.map_or(row.first, |last| number(&last).saturating_add(1));
    Ok(FeedRow { first: end.saturating_add(1), ..row })
}

/// The same for a copy that lacks entries, or changes.
#[cfg(feature = "dynamic")]
pub(super) fn end_damaged_feed(
    writer: &dyn ByteWriter,
    table: &str,
    row: FeedRow,
) -> Result<FeedRow> {
    let ended = end_feed(writer, table, row)?;
    Ok(FeedRow { first: ended.first.saturating_add(LEAP), ..ended })
}

/// How many entries there are from that under the key `first` to that under `last`.
pub(super) fn counted(first: &[u8], last: &[u8]) -> Option<u64> {
    number_of(last)?.checked_sub(number_of(first)?)?.checked_add(1)
}
