//! A range of keys, its ends, and what is left of it.
//!
//! The engine trusts its pages: a damaged one can lead a range to rows that lie elsewhere, or to the same rows again
//! and again. So each row is held against what is left: it must lie there, and nothing on its far side comes after it.

use std::ops::Bound;

/// The keys between two bounds.
pub(crate) type Bounds<'k> = (Bound<&'k [u8]>, Bound<&'k [u8]>);

/// Which end of a range is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Front,
    Back,
}

/// The range between what was read from the front and what was read from the back.
#[derive(Debug, Default)]
pub(crate) struct Remaining {
    lower: Edge,
    upper: Edge,
}

/// An end of a range; the buffer is kept for the next key.
#[derive(Debug, Default)]
struct Edge {
    key: Vec<u8>,
    kind: EdgeKind,
}

#[derive(Clone, Copy, Debug, Default)]
enum EdgeKind {
    #[default]
    Unbounded,
    Included,
    Excluded,
}

impl Remaining {
    pub(crate) fn new(lower: Bound<&[u8]>, upper: Bound<&[u8]>) -> Self {
        Self { lower: Edge::new(lower), upper: Edge::new(upper) }
    }

    /// Takes the row under `key` from `end`; `false` when it does not lie in what is left.
    pub(crate) fn take(&mut self, key: &[u8], end: End) -> bool {
        if !self.contains(key) {
            return false;
        }
        let edge = match end {
            End::Front => &mut self.lower,
            End::Back => &mut self.upper,
        };
        edge.key.clear();
        edge.key.extend_from_slice(key);
        edge.kind = EdgeKind::Excluded;
        true
    }

    fn contains(&self, key: &[u8]) -> bool {
        let (lower, upper) = (&*self.lower.key, &*self.upper.key);
        let is_behind_lower = match self.lower.kind {
            EdgeKind::Unbounded => true,
            EdgeKind::Included => lower <= key,
            EdgeKind::Excluded => lower < key,
        };
        let is_before_upper = match self.upper.kind {
            EdgeKind::Unbounded => true,
            EdgeKind::Included => key <= upper,
            EdgeKind::Excluded => key < upper,
        };
        is_behind_lower && is_before_upper
    }
}

impl Edge {
    fn new(bound: Bound<&[u8]>) -> Self {
        let (key, kind) = match bound {
            Bound::Unbounded => (&[][..], EdgeKind::Unbounded),
            Bound::Included(key) => (key, EdgeKind::Included),
            Bound::Excluded(key) => (key, EdgeKind::Excluded),
        };
        Self { key: key.to_vec(), kind }
    }
}
