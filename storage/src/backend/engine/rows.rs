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
use std::{fmt, sync::Arc};

/// An iterator over rows. After an error it ends.
pub struct ByteRows<'a>(Option<Scan<'a, ByteRow>>);

/// An iterator over keys. After an error it ends.
pub struct ByteKeys<'a>(Option<Scan<'a, KeyBytes>>);

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

/// A range on its way.
pub(super) struct Scan<'a, T> {
    origin: Origin<'a, T>,
    remaining: Remaining,
    table: String,
    health: Health,
}

enum Origin<'a, T> {
    Snapshot { range: Box<dyn Range>, ticket: Arc<Ticket> },
    Writer(Chunks<'a, T>),
}

impl<'a, T: Scanned> Scan<'a, T> {
    /// A range of a snapshot.
    pub(super) fn of_snapshot(
        range: Box<dyn Range>,
        table: &str,
        bounds: Bounds<'_>,
        health: &Health,
        ticket: &Arc<Ticket>,
    ) -> Self {
        let origin = Origin::Snapshot { range, ticket: Arc::clone(ticket) };
        Self::new(origin, table, bounds, health)
    }

    /// A range of a write transaction.
    pub(super) fn of_writer(
        fetch: Box<Fetch<'a, T>>,
        table: &str,
        bounds: Bounds<'_>,
        health: &Health,
    ) -> Self {
        Self::new(Origin::Writer(Chunks::new(fetch, bounds)), table, bounds, health)
    }

    fn new(origin: Origin<'a, T>, table: &str, bounds: Bounds<'_>, health: &Health) -> Self {
        let remaining = Remaining::new(bounds.0, bounds.1);
        Self { origin, remaining, table: table.to_owned(), health: health.clone() }
    }

    fn step(&mut self, end: End) -> Result<Option<T>> {
        // A row is a few hundred bytes with its guard: put in its place once, not handed through.
        let mut item = None;
        match &mut self.origin {
            Origin::Snapshot { range, ticket } => {
                let table = Some(&*self.table);
                self.health.call(Action::ReadRange, table, || {
                    item = T::read(&mut **range, end, ticket)?;
                    Ok::<_, redb::StorageError>(())
                })?;
            }
            Origin::Writer(chunks) => item = chunks.step(end)?,
        }
        match &item {
            Some(item) if !self.remaining.take(item.key(), end) => {
                Err(self.health.misplaced(&self.table))
            }
            _ => Ok(item),
        }
    }
}

macro_rules! iterators {
    ($($name:ident of $item:ty),*) => {$(
        impl<'a> $name<'a> {
            /// None.
            #[must_use]
            pub fn empty() -> Self {
                Self(None)
            }

            pub(super) fn new(scan: Scan<'a, $item>) -> Self {
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

        impl Iterator for $name<'_> {
            type Item = Result<$item>;

            fn next(&mut self) -> Option<Self::Item> {
                self.step(End::Front)
            }
        }

        impl DoubleEndedIterator for $name<'_> {
            fn next_back(&mut self) -> Option<Self::Item> {
                self.step(End::Back)
            }
        }

        impl fmt::Debug for $name<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    )*};
}
iterators!(ByteRows of ByteRow, ByteKeys of KeyBytes);
