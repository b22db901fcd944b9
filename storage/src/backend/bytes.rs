//! Bytes in a page of the engine, or a copy of them.

use super::{engine::Page, snapshot::Ticket};
use smallvec::SmallVec;
use std::{
    fmt,
    ops::{ControlFlow, Deref},
    sync::Arc,
};

/// What [`ByteReader::get_many`](super::ByteReader::get_many) calls with each key and the value under it, until it
/// breaks.
pub type VisitMany<'v> = dyn FnMut(&[u8], Option<&[u8]>) -> ControlFlow<()> + 'v;

/// A stored key or value that does not change while it is held.
///
/// *Invariant*: `deref` returns the same address, length and content for the whole life of the value, also when it
/// is moved: a page is immutable and counted by reference, a copy lies on the heap and is never touched.
pub struct Bytes(Backing);

enum Backing {
    /// In a page of a snapshot.
    Page { page: Page, _ticket: Arc<Ticket> },
    /// Copied out of a write transaction, whose pages may change.
    Copied(Box<[u8]>),
    /// A copy that others hold too.
    Shared(Arc<[u8]>),
}

impl Bytes {
    /// Bytes in a page. A caller may hold them for long: `ticket` counts them as a reader.
    pub(super) fn in_page(page: Page, ticket: &Arc<Ticket>) -> Self {
        Self(Backing::Page { page, _ticket: Arc::clone(ticket) })
    }

    /// Bytes that were made.
    pub(crate) fn made(bytes: Vec<u8>) -> Self {
        Self(Backing::Copied(bytes.into()))
    }

    /// A copy that others hold too.
    pub(super) fn shared(bytes: &Arc<[u8]>) -> Self {
        Self(Backing::Shared(Arc::clone(bytes)))
    }

    pub(super) fn copied(bytes: &[u8]) -> Self {
        Self(Backing::Copied(bytes.into()))
    }
}

impl Deref for Bytes {
    type Target = [u8];

    #[inline]
    fn deref(&self) -> &[u8] {
        match &self.0 {
            Backing::Page { page, .. } => page,
            Backing::Copied(bytes) => bytes,
            Backing::Shared(bytes) => bytes,
        }
    }
}

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match &self.0 {
            Backing::Page { .. } => "Page",
            Backing::Copied(_) => "Copied",
            Backing::Shared(_) => "Shared",
        };
        f.debug_struct(kind).field("len", &self.len()).finish()
    }
}

/// A stored key, copied: on the stack up to 32 bytes.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct KeyBytes(SmallVec<[u8; 32]>);

impl From<&[u8]> for KeyBytes {
    fn from(bytes: &[u8]) -> Self {
        Self(SmallVec::from_slice(bytes))
    }
}

impl Deref for KeyBytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for KeyBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("KeyBytes").field(&&*self.0).finish()
    }
}

/// A row of a table.
#[derive(Debug)]
#[expect(clippy::exhaustive_structs, reason = "a row is a key and a value")]
pub struct ByteRow {
    /// The key.
    pub key: KeyBytes,
    /// The value.
    pub value: Bytes,
}
