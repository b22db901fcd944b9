//! The body of a value in memory, at an address its codec can read: where it lies, or in an aligned copy.

use crate::{backend::Bytes, invariant::Invariant as _};

/// No type of any codec is aligned to more than this many bytes.
pub(super) const ALIGNMENT: usize = 64;

/// Bytes at a multiple of [`ALIGNMENT`].
///
/// *Invariant*: `bytes` is never touched after `copy`, so the address of `as_slice` stays, also when it is moved.
#[derive(Debug, Default)]
pub(super) struct AlignedCopy {
    bytes: Vec<u8>,
    start: usize,
}

impl AlignedCopy {
    pub(super) const fn new() -> Self {
        Self { bytes: Vec::new(), start: 0 }
    }

    /// A copy of `body`.
    pub(super) fn of(body: &[u8]) -> Self {
        let mut copy = Self::new();
        copy.copy(body);
        copy
    }

    pub(super) fn capacity(&self) -> usize {
        self.bytes.capacity()
    }

    /// Copies `body` to an aligned address; reuses the memory of the copy before.
    pub(super) fn copy(&mut self, body: &[u8]) -> &[u8] {
        // The padding stays as it is while the memory does. Room for the worst of it first, so that nothing moves
        // afterwards.
        self.bytes.truncate(self.start);
        self.bytes.reserve(body.len().saturating_add(ALIGNMENT));
        self.start = self.bytes.as_ptr().align_offset(ALIGNMENT);
        self.bytes.resize(self.start, 0);
        self.bytes.extend_from_slice(body);
        self.as_slice()
    }

    pub(super) fn as_slice(&self) -> &[u8] {
        self.bytes.get(self.start..).invariant("the copy comes after its padding")
    }
}

/// A body that is held.
///
/// *Invariant*: `as_slice` returns the same bytes at the same address for as long as the body lives.
#[derive(Debug)]
pub(super) enum Body {
    /// The first bytes of a stored value, as many as the number says, where they lie.
    InPlace(Bytes, usize),
    /// A copy at an aligned address.
    Copied(AlignedCopy),
}

impl Body {
    #[inline]
    pub(super) fn as_slice(&self) -> &[u8] {
        match self {
            Self::InPlace(bytes, len) => {
                bytes.get(..*len).invariant("a body is a part of its value")
            }
            Self::Copied(copy) => copy.as_slice(),
        }
    }
}
