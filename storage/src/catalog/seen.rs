//! When something of the catalogue was last seen.

use crate::backend::UNSETTLED;
use std::sync::atomic::{AtomicU64, Ordering};

/// What no state and no layout packs to: generations take 48 bits.
const NEVER: u64 = u64::MAX;
const LAYOUT_BITS: u32 = u16::BITS;

/// The generation of the state in which something was seen, and the number that the declared layout had there. The
/// state is a committed one, or that of a write, which nobody else has. None at first.
#[derive(Debug)]
pub(super) struct Seen(AtomicU64);

impl Seen {
    pub(super) const fn never() -> Self {
        Self(AtomicU64::new(NEVER))
    }

    #[inline]
    pub(super) fn is_at(&self, generation: u64) -> bool {
        self.0.load(Ordering::Acquire) >> LAYOUT_BITS == generation
    }

    /// The number that was seen in the state of this generation.
    #[inline]
    pub(super) fn number_at(&self, generation: u64) -> Option<u16> {
        let seen = self.0.load(Ordering::Acquire);
        let [low, high, ..] = seen.to_le_bytes();
        (seen >> LAYOUT_BITS == generation).then(|| u16::from_le_bytes([low, high]))
    }

    pub(super) fn set(&self, generation: u64, number: u16) {
        if generation != UNSETTLED {
            self.0.store(generation << LAYOUT_BITS | u64::from(number), Ordering::Release);
        }
    }
}
