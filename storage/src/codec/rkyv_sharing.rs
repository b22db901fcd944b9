//! Shared pointers in an rkyv archive: each has a value of its own.
//!
//! A field is read and checked alone, with what hangs on it. Two pointers to one value would tie fields together; so
//! `Arc` and `Rc` are archived as `Box` is, and what several of them share is stored once for each.

use ::rkyv::{
    de::{ErasedPtr, Metadata, Pooling, PoolingState},
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

/// Restores a value for each shared pointer.
///
/// rkyv's own strategy that does so keeps a count of each value for itself and never gives it up, so that no such
/// value is ever freed; this one gives up its counts when the record is restored.
#[derive(Debug, Default)]
pub struct Unpooled {
    counted: Vec<Counted>,
}

/// A count of a shared value, and how it is given up.
#[derive(Debug)]
struct Counted {
    value: ErasedPtr,
    give_up: unsafe fn(ErasedPtr),
}

impl<E> Pooling<E> for Unpooled {
    fn start_pooling(&mut self, _: usize) -> PoolingState {
        PoolingState::Started
    }

    /// # Safety
    ///
    /// As the trait says: `give_up` may be called once with `value`.
    #[expect(unsafe_code, reason = "the trait's contract")]
    unsafe fn finish_pooling(
        &mut self,
        _: usize,
        value: ErasedPtr,
        give_up: unsafe fn(ErasedPtr),
    ) -> Result<(), E> {
        self.counted.push(Counted { value, give_up });
        Ok(())
    }
}

impl Drop for Counted {
    #[expect(unsafe_code, reason = "rkyv holds what it restores by a raw pointer")]
    fn drop(&mut self) {
        // SAFETY: `finish_pooling` was called with both, whose caller promises that one fits the other; the count that
        // the pointer stands for is only here, and given up once.
        unsafe { (self.give_up)(self.value) }
    }
}
