//! Rows in key order, from either end.

use super::{
    contain::Health,
    error::engine_error,
    range::{Bounds, End, Remaining},
    read_table::Range,
};
use crate::{
    backend::{ByteRow, snapshot::Ticket},
    error::Result,
};
use std::{collections::VecDeque, fmt, ops::Bound, sync::Arc};

/// An iterator over rows. After an error it ends.
pub struct ByteRows<'a>(Option<Scan<'a>>);

struct Scan<'a> {
    source: Source<'a>,
    remaining: Remaining,
    table: String,
    health: Health,
}

enum Source<'a> {
    Snapshot { range: Box<dyn Range>, ticket: Arc<Ticket> },
    Writer(WriterRows<'a>),
}

impl<'a> ByteRows<'a> {
    /// No rows.
    #[must_use]
    pub fn empty() -> Self {
        Self(None)
    }

    pub(crate) fn snapshot(
        range: Box<dyn Range>,
        table: &str,
        bounds: Bounds<'_>,
        health: &Health,
        ticket: &Arc<Ticket>,
    ) -> Self {
        let source = Source::Snapshot { range, ticket: Arc::clone(ticket) };
        Self::scan(source, table, bounds, health)
    }

    pub(crate) fn writer(
        fetch: Box<Fetch<'a>>,
        table: &str,
        bounds: Bounds<'_>,
        health: &Health,
    ) -> Self {
        Self::scan(
            Source::Writer(WriterRows::new(fetch, bounds.0, bounds.1)),
            table,
            bounds,
            health,
        )
    }

    fn scan(source: Source<'a>, table: &str, bounds: Bounds<'_>, health: &Health) -> Self {
        let remaining = Remaining::new(bounds.0, bounds.1);
        let (table, health) = (table.to_owned(), health.clone());
        Self(Some(Scan { source, remaining, table, health }))
    }

    fn step(&mut self, end: End) -> Option<Result<ByteRow>> {
        let row = self.0.as_mut()?.step(end);
        if let Err(_) | Ok(None) = row {
            self.0 = None;
        }
        row.transpose()
    }
}

impl Scan<'_> {
    fn step(&mut self, end: End) -> Result<Option<ByteRow>> {
        // A row is a few hundred bytes with its guard: put in its place once, not handed through.
        let mut row = None;
        match &mut self.source {
            Source::Snapshot { range, ticket } => {
                let table = Some(&*self.table);
                self.health.contain("read a range", table, || {
                    row = range.step(end, ticket).map_err(engine_error("read a range", table))?;
                    Ok(())
                })?;
            }
            Source::Writer(rows) => row = rows.step(end)?,
        }
        match &row {
            Some(row) if !self.remaining.take(&row.key, end) => {
                Err(self.health.misplaced(&self.table))
            }
            _ => Ok(row),
        }
    }
}

impl Iterator for ByteRows<'_> {
    type Item = Result<ByteRow>;

    fn next(&mut self) -> Option<Self::Item> {
        self.step(End::Front)
    }
}

impl DoubleEndedIterator for ByteRows<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.step(End::Back)
    }
}

impl fmt::Debug for ByteRows<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteRows").finish_non_exhaustive()
    }
}

/// Rows of a write transaction, copied a batch at a time, so that the table may change between two of them.
///
/// *Invariant*: every row in `front` lies before every row that is still to be read, every row in `back` behind.
struct WriterRows<'a> {
    fetch: Box<Fetch<'a>>,
    lower: Bound<Vec<u8>>,
    upper: Bound<Vec<u8>>,
    front: VecDeque<ByteRow>,
    back: VecDeque<ByteRow>,
    exhausted: bool,
}

/// Copies up to so many rows between two bounds, counted from one end.
pub(crate) type Fetch<'a> =
    dyn Fn((Bound<&[u8]>, Bound<&[u8]>), End, usize) -> Result<VecDeque<ByteRow>> + 'a;

/// How many rows are copied at a time.
const BATCH_LEN: usize = 64;

impl<'a> WriterRows<'a> {
    fn new(fetch: Box<Fetch<'a>>, lower: Bound<&[u8]>, upper: Bound<&[u8]>) -> Self {
        Self {
            fetch,
            lower: lower.map(<[u8]>::to_vec),
            upper: upper.map(<[u8]>::to_vec),
            front: VecDeque::new(),
            back: VecDeque::new(),
            exhausted: false,
        }
    }

    fn step(&mut self, end: End) -> Result<Option<ByteRow>> {
        let ready = match end {
            End::Front => self.front.pop_front(),
            End::Back => self.back.pop_front(),
        };
        if ready.is_some() {
            return Ok(ready);
        }
        if !self.exhausted {
            self.fill(end)?;
        }
        // What the other end has read ahead is what is left in the middle.
        Ok(match end {
            End::Front => self.front.pop_front().or_else(|| self.back.pop_back()),
            End::Back => self.back.pop_front().or_else(|| self.front.pop_back()),
        })
    }

    /// Reads the next batch from `end` and moves that bound behind it.
    fn fill(&mut self, end: End) -> Result<()> {
        let lower = self.lower.as_ref().map(Vec::as_slice);
        let upper = self.upper.as_ref().map(Vec::as_slice);
        let batch = (self.fetch)((lower, upper), end, BATCH_LEN)?;
        self.exhausted = batch.len() < BATCH_LEN;
        let reached = batch.back().map(|row| Bound::Excluded(row.key.to_vec()));
        match end {
            End::Front => {
                self.lower = reached.unwrap_or_else(|| self.lower.clone());
                self.front = batch;
            }
            End::Back => {
                self.upper = reached.unwrap_or_else(|| self.upper.clone());
                self.back = batch;
            }
        }
        Ok(())
    }
}
