//! A value that lies in a page of the engine.

use redb::OwnedAccessGuard;
use std::ops::Deref;

/// What every value is to the engine.
pub(super) type ValueBytes = &'static [u8];

/// A value in a page of a snapshot, with what keeps the page.
pub(crate) struct Page(OwnedAccessGuard<ValueBytes>);

impl Page {
    /// Called where a panic is contained: see [`touch`].
    pub(super) fn new(guard: OwnedAccessGuard<ValueBytes>) -> Self {
        touch(guard.value());
        Self(guard)
    }
}

impl Deref for Page {
    type Target = [u8];

    #[inline]
    fn deref(&self) -> &[u8] {
        self.0.value()
    }
}

/// Called where a panic is contained: on a damaged page the engine may find that bytes lie outside it, and it looks
/// for them whenever it is asked for them. What it has found once it finds again.
pub(super) fn touch(_: &[u8]) {}
