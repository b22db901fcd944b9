//! Logging the changes of a table in its feed, in the transaction that makes them.

use super::{
    Row, Table,
    feed_entry::{Stamp, now},
    row_change::ChangeKind,
};
use crate::{
    backend::{ByteTable, ByteWriter},
    catalog::{feed_span, feed_table},
    codec::Seal,
    error::Result,
    schema::FeedSchema,
};
use std::ops::Range;

/// How many changes are trimmed for each that is added, at most: the work is bounded, and a feed that is too long
/// shrinks.
const TRIMMED_MAX: usize = 2;
const DAY_MILLIS: u64 = 24 * 60 * 60 * 1000;

/// The end of a feed, which changes are added to.
pub(crate) struct FeedWriter {
    table: ByteTable,
    seal: Seal,
    bounds: FeedSchema,
    now: u64,
    /// The numbers of the changes that are there.
    span: Range<u64>,
    /// When the first of them was made, if that was read.
    oldest: Option<u64>,
    bytes: Vec<u8>,
}

impl<L: Row, A> Table<L, A> {
    /// The end of the table's feed, which the write has entered in the catalogue; `None` if it has none.
    #[inline]
    pub(super) fn feed_writer(&self, writer: &dyn ByteWriter) -> Result<Option<FeedWriter>> {
        // Known to the compiler: a table without a feed pays nothing.
        let Some(bounds) = L::feed() else { return Ok(None) };
        if !self.shared.entry.is_fed() {
            return Ok(None);
        }
        let entry = &self.shared.entry;
        FeedWriter::new(writer, entry.name(), entry.seals().feed(), bounds, now()).map(Some)
    }
}

impl FeedWriter {
    /// The end of the feed of `table`, as who does not know its limits adds to it: the program that has them removes
    /// with its next changes what is too much.
    #[cfg(feature = "dynamic")]
    pub(crate) fn without_limits(writer: &dyn ByteWriter, table: &str, seal: Seal) -> Result<Self> {
        Self::new(writer, table, seal, FeedSchema::new(), now())
    }

    fn new(
        writer: &dyn ByteWriter,
        table: &str,
        seal: Seal,
        bounds: FeedSchema,
        now: u64,
    ) -> Result<Self> {
        let (span, table) = (feed_span(writer, table)?, feed_table(table));
        Ok(Self { table, seal, bounds, now, span, oldest: None, bytes: Vec::new() })
    }

    /// Adds the change of the row under `key`, if there was one; `is_there` says whether there is a row now.
    pub(crate) fn replaced(
        &mut self,
        writer: &dyn ByteWriter,
        key: &[u8],
        was_there: bool,
        is_there: bool,
    ) -> Result<()> {
        let kind = match (was_there, is_there) {
            (false, false) => return Ok(()),
            (false, true) => ChangeKind::Inserted,
            (true, true) => ChangeKind::Updated,
            (true, false) => ChangeKind::Removed,
        };
        let number = self.span.end.to_be_bytes();
        Stamp { millis: self.now, kind }.write(self.seal, &number, key, &mut self.bytes);
        writer.put(&self.table, &number, &self.bytes)?;
        self.span.end = self.span.end.saturating_add(1);
        self.trim(writer)
    }

    /// Removes the oldest changes that are not kept, but never the newest, which the next number is known from.
    fn trim(&mut self, writer: &dyn ByteWriter) -> Result<()> {
        for _ in 0..TRIMMED_MAX {
            let len = self.span.end.saturating_sub(self.span.start);
            if len <= 1 || !self.is_surplus(writer, len)? {
                break;
            }
            writer.delete(&self.table, &self.span.start.to_be_bytes())?;
            self.span.start = self.span.start.saturating_add(1);
            self.oldest = None;
        }
        Ok(())
    }

    /// Whether the oldest of `len` changes is not kept.
    fn is_surplus(&mut self, writer: &dyn ByteWriter, len: u64) -> Result<bool> {
        if self.bounds.keep().is_some_and(|keep| len > keep) {
            return Ok(true);
        }
        let Some(days) = self.bounds.days() else { return Ok(false) };
        let oldest = match self.oldest {
            Some(oldest) => oldest,
            None => *self.oldest.insert(self.read_oldest(writer)?),
        };
        let age = self.now.saturating_sub(oldest);
        Ok(age > u64::from(days).saturating_mul(DAY_MILLIS))
    }

    /// When the oldest change was made. One that cannot be read counts as old, so that it goes.
    fn read_oldest(&self, writer: &dyn ByteWriter) -> Result<u64> {
        let number = self.span.start.to_be_bytes();
        let value = writer.get(&self.table, &number)?;
        let read = value.and_then(|value| {
            let (stamp, _) = Stamp::read(self.seal, &number, &value).ok()??;
            Some(stamp.millis)
        });
        Ok(read.unwrap_or_default())
    }
}

#[cfg(all(test, feature = "rkyv"))]
mod tests {
    use super::*;
    use crate::{
        backend::{self, Evolution, MemoryFiles, OpenOptions, RedbBackend},
        catalog::Entry,
        codec::Rkyv,
        table::Pair,
    };
    use std::{path::Path, sync::Arc};

    /// The writer of the feed of the table `numbers` at the time `now`.
    fn feed_at(writer: &dyn ByteWriter, bounds: FeedSchema, now: u64) -> Result<FeedWriter> {
        type Number = Pair<u64, u64, Rkyv>;
        let table = ByteTable::new("numbers", Some(8));
        let entry = Entry::new(table, &Number::describe(), Number::past(), Evolution::Lazy);
        FeedWriter::new(writer, entry.name(), entry.seals().feed(), bounds, now)
    }

    fn backend() -> Result<RedbBackend> {
        let options = OpenOptions::default().file_system(Arc::new(MemoryFiles::default()));
        backend::create(Path::new("memory.redb"), &options, |_| Ok(()))?;
        RedbBackend::open("memory.redb", &options)
    }

    #[test]
    fn changes_that_are_too_old_go_with_those_that_come() {
        let bounds = FeedSchema::new().with_days(7);
        backend()
            .unwrap()
            .write(|writer| {
                for day in 0..20 {
                    let mut feed = feed_at(writer, bounds, day * DAY_MILLIS)?;
                    feed.replaced(writer, b"key", false, true)?;
                    assert_eq!(feed.span, day.saturating_sub(7) + 2..day + 3);
                    assert_eq!(writer.len(&feed.table)?, day.min(7) + 1);
                }
                // A long time later: two go with each that comes, until no old one is left.
                for left in [7, 6, 5, 4, 5, 6] {
                    let mut feed = feed_at(writer, bounds, 1000 * DAY_MILLIS)?;
                    feed.replaced(writer, b"key", true, false)?;
                    assert_eq!(writer.len(&feed.table)?, left, "{:?}", feed.span);
                }
                Ok(())
            })
            .unwrap();
    }

    #[test]
    fn a_clock_that_goes_back_trims_nothing() {
        let bounds = FeedSchema::new().with_days(1);
        backend()
            .unwrap()
            .write(|writer| {
                for day in [9, 8, 7, 0] {
                    feed_at(writer, bounds, day * DAY_MILLIS)?
                        .replaced(writer, b"", false, true)?;
                }
                assert_eq!(feed_at(writer, bounds, 0)?.span, 2..6);
                Ok(())
            })
            .unwrap();
    }
}
