//! Bytes that the engine lent or that were copied from it.

use std::{fmt, ops::Deref};

/// A stored key or value that does not change while it is held.
///
/// *Invariant*: `deref` gives the same address, length and content for the whole life of the value, also when it
/// is moved: a page is immutable and counted by reference, a copy lies on the heap and is never touched.
pub struct Bytes(Source);

enum Source {
    /// In a page of a snapshot.
    Page(redb::OwnedAccessGuard<&'static [u8]>),
    /// Copied out of a write transaction, whose pages may change.
    Copied(Box<[u8]>),
}

impl Bytes {
    pub(super) fn page(guard: redb::OwnedAccessGuard<&'static [u8]>) -> Self {
        Self(Source::Page(guard))
    }

    pub(super) fn copied(bytes: &[u8]) -> Self {
        Self(Source::Copied(bytes.into()))
    }
}

impl Deref for Bytes {
    type Target = [u8];

    #[inline]
    fn deref(&self) -> &[u8] {
        match &self.0 {
            Source::Page(guard) => guard.value(),
            Source::Copied(bytes) => bytes,
        }
    }
}

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match &self.0 {
            Source::Page(_) => "Page",
            Source::Copied(_) => "Copied",
        };
        f.debug_struct(kind).field("len", &self.len()).finish()
    }
}
