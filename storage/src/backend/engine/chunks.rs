//! A range of a write transaction, copied a chunk at a time, so that the table may change between two of them.

use super::range::{Bounds, End};
use crate::error::Result;
use std::{collections::VecDeque, ops::Bound};

/// A part of a range.
#[derive(Debug)]
pub(super) struct Chunk<T> {
    /// What was copied, the first that was read first.
    pub(super) items: VecDeque<T>,
    /// The last key that was read, to go on after it; `None` when the range ends with the chunk.
    pub(super) reached: Option<Vec<u8>>,
}

/// No part.
impl<T> Default for Chunk<T> {
    fn default() -> Self {
        Self { items: VecDeque::new(), reached: None }
    }
}

/// How much is copied at a time: a chunk ends with the row that reaches one of the two.
#[derive(Clone, Copy)]
pub(super) struct ChunkLimit {
    pub(super) count: usize,
    /// In bytes.
    pub(super) len: usize,
}

impl ChunkLimit {
    pub(super) const ROWS: Self = Self { count: 64, len: 256 * 1024 };
    pub(super) const KEYS: Self = Self { count: usize::MAX, len: 16 * 1024 };
    pub(super) const ONE: Self = Self { count: 1, len: usize::MAX };
}

/// Copies the next chunk between two bounds, counted from one end.
pub(super) type Fetch<'a, T> = dyn Fn(Bounds<'_>, End) -> Result<Chunk<T>> + 'a;

/// What is left of a range, and what was copied of it ahead.
///
/// *Invariant*: everything in `front` lies before everything that is still to be read, everything in `back` after it.
pub(super) struct Chunks<'a, T> {
    fetch: Box<Fetch<'a, T>>,
    lower: Bound<Vec<u8>>,
    upper: Bound<Vec<u8>>,
    front: VecDeque<T>,
    back: VecDeque<T>,
    is_exhausted: bool,
}

impl<'a, T> Chunks<'a, T> {
    pub(super) fn new(fetch: Box<Fetch<'a, T>>, (lower, upper): Bounds<'_>) -> Self {
        Self {
            fetch,
            lower: lower.map(<[u8]>::to_vec),
            upper: upper.map(<[u8]>::to_vec),
            front: VecDeque::new(),
            back: VecDeque::new(),
            is_exhausted: false,
        }
    }

    pub(super) fn step(&mut self, end: End) -> Result<Option<T>> {
        let ready = match end {
            End::Front => self.front.pop_front(),
            End::Back => self.back.pop_front(),
        };
        if ready.is_some() {
            return Ok(ready);
        }
        if !self.is_exhausted {
            self.fill(end)?;
        }
        // What the other end has read ahead is what is left in the middle.
        Ok(match end {
            End::Front => self.front.pop_front().or_else(|| self.back.pop_back()),
            End::Back => self.back.pop_front().or_else(|| self.front.pop_back()),
        })
    }

    /// Reads the next chunk from `end` and moves that bound after it.
    fn fill(&mut self, end: End) -> Result<()> {
        let lower = self.lower.as_ref().map(Vec::as_slice);
        let upper = self.upper.as_ref().map(Vec::as_slice);
        let Chunk { items, reached } = (self.fetch)((lower, upper), end)?;
        let (side, bound) = match end {
            End::Front => (&mut self.front, &mut self.lower),
            End::Back => (&mut self.back, &mut self.upper),
        };
        *side = items;
        match reached {
            Some(key) => *bound = Bound::Excluded(key),
            None => self.is_exhausted = true,
        }
        Ok(())
    }
}
