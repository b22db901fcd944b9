//! Shared pointers in an rkyv archive: each has a value of its own.
//!
//! A field is read and checked alone, with what hangs on it. Two pointers to one value would tie fields together; so
//! `Arc` and `Rc` are archived as `Box` is, and what several of them share is stored once for each.

use ::rkyv::{
    de::{ErasedPtr, Metadata},
    rancor::Source,
    ser::sharing::{Sharing, SharingState},
    validation::{SharedContext, shared::ValidationState},
};
use std::any::TypeId;

/// Writes and checks each shared pointer by itself.
///
/// rkyv's own strategy that does so follows a cycle until the stack ends; this one counts.
#[derive(Debug, Default)]
pub struct Unshared {
    depth: usize,
}

/// How many shared pointers may lie in one another when they are written. Fewer can be checked, and so stored.
const DEPTH_MAX: usize = 64;

impl<E: Source> Sharing<E> for Unshared {
    fn start_sharing(&mut self, _: usize) -> SharingState {
        self.depth = self.depth.saturating_add(1);
        // rkyv reports a pending pointer as a cycle.
        if self.depth > DEPTH_MAX { SharingState::Pending } else { SharingState::Started }
    }

    fn finish_sharing(&mut self, _: usize, _: usize) -> Result<(), E> {
        self.depth = self.depth.saturating_sub(1);
        Ok(())
    }
}

/// Two pointers to one place are refused by the archive's own check, because nothing in it may belong to two owners.
impl<E: Source> SharedContext<E> for Unshared {
    fn start_shared(
        &mut self,
        _: TypeId,
        _: ErasedPtr,
        _: unsafe fn(Metadata, Metadata) -> bool,
    ) -> Result<ValidationState, E> {
        Ok(ValidationState::Started)
    }

    fn finish_shared(&mut self, _: TypeId, _: ErasedPtr) -> Result<(), E> {
        Ok(())
    }
}
