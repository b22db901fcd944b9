//! Reading the feed of a table: the log of its changes, from a cursor on.

use super::{
    Access, Reader, Row, State, Table,
    feed_entry::{FeedChange, FeedCursor},
};
use crate::{
    error::{Result, StorageError},
    key::ByteRange,
    record::{FedRecord, StoredRecord},
};
use std::{fmt, iter::FusedIterator, ops::Range};

/// The feed of a table: the log of its changes, kept in the file. Returned by [`Table::feed`].
pub struct Feed<L: Row, A: Access> {
    table: Table<L, A>,
}

/// The changes in a feed, the oldest first. Returned by [`Feed::iter`] and [`Feed::after`].
///
/// It reads one committed state: changes that are made meanwhile are found by the next call of [`Feed::after`].
#[must_use = "iterators do nothing unless they are consumed"]
pub struct FeedChanges<L: Row, A: Access> {
    table: Table<L, A>,
    rows: <A::State as State>::Rows,
}

impl<R: StoredRecord, A: Access> Table<R, A> {
    /// Returns the feed of the table: the log of its changes.
    ///
    /// Every write adds to the feed in its own transaction, so the feed has exactly the changes that were committed. A
    /// reader stores the cursor of the last change it has handled, and continues from there after a restart.
    ///
    /// ```
    /// use rkyv::{Archive, Deserialize, Serialize};
    /// use storage::{Storage, StoredRecord, feed::FeedCursor, watch::ChangeKind};
    ///
    /// #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// #[store(codec = "rkyv", table = "orders", feed(keep = 100_000))]
    /// struct Order {
    ///     #[store(key)]
    ///     id: u64,
    ///     cents: u64,
    /// }
    ///
    /// # fn main() -> storage::Result<()> {
    /// # let storage = Storage::in_memory()?;
    /// let orders = Order::table(&storage)?;
    /// orders.put(&Order { id: 7, cents: 250 })?;
    /// orders.delete(7)?;
    ///
    /// let mut done = FeedCursor::default();
    /// let mut told = Vec::new();
    /// for change in orders.feed().after(done)? {
    ///     let change = change?;
    ///     told.push((change.kind(), *change.key()));
    ///     done = change.cursor(); // to be stored together with the result
    /// }
    /// assert_eq!(told, [(ChangeKind::Inserted, 7), (ChangeKind::Removed, 7)]);
    /// assert_eq!(orders.feed().end()?, done);
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias("changelog", "change_feed", "outbox", "cdc", "log", "history"))]
    #[must_use]
    pub fn feed(&self) -> Feed<R, A>
    where
        R: FedRecord,
    {
        Feed { table: self.clone() }
    }
}

impl<L: Row, A: Access> Feed<L, A> {
    /// Returns all changes in the feed, the oldest first.
    ///
    /// ```
    /// # use rkyv::{Archive, Deserialize, Serialize};
    /// # use storage::{Storage, StoredRecord};
    /// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// # #[store(codec = "rkyv", table = "orders", feed)]
    /// # struct Order { #[store(key)] id: u64, cents: u64 }
    /// # let storage = Storage::in_memory()?;
    /// let orders = Order::table(&storage)?;
    /// orders.put_all(&[Order { id: 7, cents: 250 }, Order { id: 8, cents: 100 }])?;
    /// let keys: Vec<u64> =
    ///     orders.feed().iter()?.map(|change| Ok(change?.into_key())).collect::<storage::Result<_>>()?;
    /// assert_eq!(keys, [7, 8]);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Table::iter`].
    pub fn iter(&self) -> Result<FeedChanges<L, A>> {
        self.changes(None)
    }

    /// Returns the changes after `cursor`, the oldest first.
    ///
    /// ```
    /// # use rkyv::{Archive, Deserialize, Serialize};
    /// # use storage::{Storage, StorageError, StoredRecord};
    /// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// # #[store(codec = "rkyv", table = "orders", feed(keep = 10))]
    /// # struct Order { #[store(key)] id: u64, cents: u64 }
    /// # let storage = Storage::in_memory()?;
    /// let orders = Order::table(&storage)?;
    /// orders.put(&Order { id: 7, cents: 250 })?;
    /// let cursor = orders.feed().end()?;
    /// orders.delete(7)?;
    /// assert_eq!(orders.feed().after(cursor)?.count(), 1);
    ///
    /// // `keep = 10`, and more than ten changes follow: the reader is told that it has missed some.
    /// orders.put_stream((0..20).map(|id| Order { id, cents: 0 }))?;
    /// let missed = orders.feed().after(cursor).unwrap_err();
    /// assert!(matches!(missed, StorageError::FeedTrimmed { .. }));
    /// # Ok::<(), StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`StorageError::FeedTrimmed`] if the feed no longer has the change after the cursor: read the table again, then
    /// continue from [`end`](Self::end). [`StorageError::FeedAhead`] if the feed ends before the cursor, which then
    /// belongs to another file or to a state that was lost. Otherwise as [`Table::iter`].
    #[doc(alias("since", "from", "resume"))]
    pub fn after(&self, cursor: FeedCursor) -> Result<FeedChanges<L, A>> {
        self.changes(Some(cursor))
    }

    /// Returns the cursor after the newest change.
    ///
    /// In a snapshot it fits the rows: the changes after it are those that the rows do not show.
    ///
    /// A reader that begins, or has missed changes, reads the rows and continues from here:
    ///
    /// ```
    /// # use rkyv::{Archive, Deserialize, Serialize};
    /// # use storage::{Storage, StoredRecord};
    /// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// # #[store(codec = "rkyv", table = "orders", feed)]
    /// # struct Order { #[store(key)] id: u64, cents: u64 }
    /// # let storage = Storage::in_memory()?;
    /// # Order::table(&storage)?.put(&Order { id: 7, cents: 250 })?;
    /// let snapshot = storage.read()?;
    /// let orders = snapshot.table::<Order>()?;
    /// let (rows, cursor) = (orders.iter()?, orders.feed().end()?);
    /// # assert_eq!((rows.count()?, cursor.number()), (1, 1));
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Table::iter`].
    pub fn end(&self) -> Result<FeedCursor> {
        Ok(FeedCursor::new(self.span()?.end.saturating_sub(1)))
    }

    /// Returns how many changes are in the feed: at most as many as `keep` says, however many there were.
    ///
    /// ```
    /// # use rkyv::{Archive, Deserialize, Serialize};
    /// # use storage::{Storage, StoredRecord};
    /// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// # #[store(codec = "rkyv", table = "orders", feed(keep = 10))]
    /// # struct Order { #[store(key)] id: u64, cents: u64 }
    /// # let storage = Storage::in_memory()?;
    /// let orders = Order::table(&storage)?;
    /// orders.put_stream((0..20).map(|id| Order { id, cents: 0 }))?;
    /// assert_eq!(orders.feed().len()?, 10);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Table::iter`].
    pub fn len(&self) -> Result<u64> {
        self.span().map(|span| span.end.saturating_sub(span.start))
    }

    /// Returns whether the feed has no changes.
    ///
    /// ```
    /// # use rkyv::{Archive, Deserialize, Serialize};
    /// # use storage::{Storage, StoredRecord};
    /// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// # #[store(codec = "rkyv", table = "orders", feed(keep = 10))]
    /// # struct Order { #[store(key)] id: u64, cents: u64 }
    /// # let storage = Storage::in_memory()?;
    /// let orders = Order::table(&storage)?;
    /// assert!(orders.feed().is_empty()?);
    /// orders.put(&Order { id: 7, cents: 250 })?;
    /// assert!(!orders.feed().is_empty()?);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Table::iter`].
    pub fn is_empty(&self) -> Result<bool> {
        self.len().map(|len| len == 0)
    }

    /// The numbers of the changes in the feed.
    fn span(&self) -> Result<Range<u64>> {
        let span = |reader: &Reader<'_>| self.table.shared.entry.feed_span(reader.bytes());
        self.table.reading()?.as_ref().map_or(Ok(1..1), span)
    }

    fn changes(&self, cursor: Option<FeedCursor>) -> Result<FeedChanges<L, A>> {
        let (table, held) = (self.table.clone(), self.table.held(None)?);
        let entry = &table.shared.entry;
        let span = match &held {
            Some(state) => entry.feed_span(state.reader().bytes())?,
            None => 1..1,
        };
        if let Some(cursor) = cursor {
            check_cursor(table.name(), cursor.number(), &span)?;
        }
        let range = match cursor {
            Some(cursor) => ByteRange::ALL.after(&cursor.number().to_be_bytes()),
            None => ByteRange::ALL,
        };
        let rows = match held {
            Some(state) => state.rows(&entry.feed_table(), &range)?,
            None => A::State::no_rows(),
        };
        Ok(FeedChanges { table, rows })
    }
}

/// Checks that the change after that of the number `cursor` is in the feed of `table`, or the next that will be.
fn check_cursor(table: &str, cursor: u64, span: &Range<u64>) -> Result<()> {
    let (table, next) = (|| table.to_owned(), cursor.saturating_add(1));
    match next {
        next if next < span.start => {
            Err(StorageError::FeedTrimmed { table: table(), cursor, oldest: span.start })
        }
        next if next > span.end => {
            let newest = span.end.saturating_sub(1);
            Err(StorageError::FeedAhead { table: table(), cursor, newest })
        }
        _ => Ok(()),
    }
}

impl<L: Row, A: Access> Iterator for FeedChanges<L, A> {
    type Item = Result<FeedChange<L>>;

    fn next(&mut self) -> Option<Self::Item> {
        let row = self.rows.next()?;
        Some(row.and_then(|row| FeedChange::read(&self.table, &row.key, &row.value)))
    }
}

impl<L: Row, A: Access> FusedIterator for FeedChanges<L, A> {}

impl<L: Row, A: Access> fmt::Debug for Feed<L, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Feed").field("table", &self.table.name()).finish()
    }
}

impl<L: Row, A: Access> fmt::Debug for FeedChanges<L, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FeedChanges").field("table", &self.table.name()).finish_non_exhaustive()
    }
}
