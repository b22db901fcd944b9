//! Rows and keys in key order, from either end.

use super::{
    chunks::{Chunks, Fetch},
    contain::Health,
    range::{Bounds, End, Remaining},
    read_table::Range,
};
use crate::{
    backend::{ByteRow, KeyBytes, snapshot::Ticket},
    error::{Action, Result},
};
use std::{fmt, marker::PhantomData, sync::Arc};

/// An iterator over rows. After an error it ends.
pub struct ByteRows<'a>(Option<Scan<Origin<'a, ByteRow>>>);

/// An iterator over keys. After an error it ends.
pub struct ByteKeys<'a>(Option<Scan<Origin<'a, KeyBytes>>>);

/// An iterator over rows of a snapshot, which it keeps alive; it can go to another thread. After an error it ends.
pub struct SnapshotRows(Option<Scan<OfSnapshot<ByteRow>>>);

/// What is read of each row of a range.
pub(super) trait Scanned: Sized {
    fn key(&self) -> &[u8];

    /// Reads it of the next row of `range`.
    fn read(range: &mut dyn Range, end: End, ticket: &Arc<Ticket>) -> redb::Result<Option<Self>>;
}

impl Scanned for ByteRow {
    fn key(&self) -> &[u8] {
        &self.key
    }

    fn read(range: &mut dyn Range, end: End, ticket: &Arc<Ticket>) -> redb::Result<Option<Self>> {
        range.row(end, ticket)
    }
}

impl Scanned for KeyBytes {
    fn key(&self) -> &[u8] {
        self
    }

    fn read(range: &mut dyn Range, end: End, _: &Arc<Ticket>) -> redb::Result<Option<Self>> {
        range.key(end)
    }
}

/// A range on its way, which comes from an `O`.
pub(super) struct Scan<O> {
    origin: O,
    remaining: Remaining,
    table: String,
    health: Health,
}

/// Where the items of a range come from.
pub(super) trait Items {
    type Item: Scanned;

    /// The next item from `end`.
    fn step(&mut self, end: End, table: &str, health: &Health) -> Result<Option<Self::Item>>;
}

/// A range of a snapshot.
pub(super) struct OfSnapshot<T> {
    range: Box<dyn Range>,
    ticket: Arc<Ticket>,
    item: PhantomData<fn() -> T>,
}

/// A range of a snapshot, or of a write transaction.
pub(super) enum Origin<'a, T> {
    Snapshot(OfSnapshot<T>),
    Writer(Chunks<'a, T>),
}

impl<T: Scanned> Items for OfSnapshot<T> {
    type Item = T;

    fn step(&mut self, end: End, table: &str, health: &Health) -> Result<Option<T>> {
        // A row is a few hundred bytes with its guard: put in its place once, not handed through.
        let mut item = None;
        health.call(Action::ReadRange, Some(table), || {
            item = T::read(&mut *self.range, end, &self.ticket)?;
            Ok::<_, redb::StorageError>(())
        })?;
        Ok(item)
    }
}

impl<T: Scanned> Items for Origin<'_, T> {
    type Item = T;

    fn step(&mut self, end: End, table: &str, health: &Health) -> Result<Option<T>> {
        match self {
            Self::Snapshot(items) => items.step(end, table, health),
            Self::Writer(chunks) => chunks.step(end),
        }
    }
}

impl<T> Scan<OfSnapshot<T>> {
    /// A range of a snapshot.
    pub(super) fn of_snapshot(
        range: Box<dyn Range>,
        table: &str,
        bounds: Bounds<'_>,
        health: &Health,
        ticket: &Arc<Ticket>,
    ) -> Self {
        let origin = OfSnapshot { range, ticket: Arc::clone(ticket), item: PhantomData };
        Self::new(origin, table, bounds, health)
    }

    /// The same, where a range of a write transaction could be, too.
    pub(super) fn into_any<'a>(self) -> Scan<Origin<'a, T>> {
        let Self { origin, remaining, table, health } = self;
        Scan { origin: Origin::Snapshot(origin), remaining, table, health }
    }
}

impl<'a, T: Scanned> Scan<Origin<'a, T>> {
    /// A range of a write transaction.
    pub(super) fn of_writer(
        fetch: Box<Fetch<'a, T>>,
        table: &str,
        bounds: Bounds<'_>,
        health: &Health,
    ) -> Self {
        Self::new(Origin::Writer(Chunks::new(fetch, bounds)), table, bounds, health)
    }
}

impl<O> Scan<O> {
    fn new(origin: O, table: &str, bounds: Bounds<'_>, health: &Health) -> Self {
        let remaining = Remaining::new(bounds.0, bounds.1);
        Self { origin, remaining, table: table.to_owned(), health: health.clone() }
    }
}

impl<O: Items> Scan<O> {
    fn step(&mut self, end: End) -> Result<Option<O::Item>> {
        let item = self.origin.step(end, &self.table, &self.health)?;
        match &item {
            Some(item) if !self.remaining.take(item.key(), end) => {
                Err(self.health.misplaced(&self.table))
            }
            _ => Ok(item),
        }
    }
}

macro_rules! iterators {
    ($([$($lt:lifetime)?] $name:ty = $elided:ty, $text:literal: $origin:ty, $item:ty;)*) => {$(
        impl$(<$lt>)? $name {
            /// None.
            #[must_use]
            pub fn empty() -> Self {
                Self(None)
            }

            pub(super) const fn new(scan: Scan<$origin>) -> Self {
                Self(Some(scan))
            }

            fn step(&mut self, end: End) -> Option<Result<$item>> {
                let item = self.0.as_mut()?.step(end);
                if let Err(_) | Ok(None) = item {
                    self.0 = None;
                }
                item.transpose()
            }
        }

        impl Iterator for $elided {
            type Item = Result<$item>;

            fn next(&mut self) -> Option<Self::Item> {
                self.step(End::Front)
            }
        }

        impl DoubleEndedIterator for $elided {
            fn next_back(&mut self) -> Option<Self::Item> {
                self.step(End::Back)
            }
        }

        impl fmt::Debug for $elided {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct($text).finish_non_exhaustive()
            }
        }
    )*};
}
iterators! {
    ['a] ByteRows<'a> = ByteRows<'_>, "ByteRows": Origin<'a, ByteRow>, ByteRow;
    ['a] ByteKeys<'a> = ByteKeys<'_>, "ByteKeys": Origin<'a, KeyBytes>, KeyBytes;
    [] SnapshotRows = SnapshotRows, "SnapshotRows": OfSnapshot<ByteRow>, ByteRow;
}
