//! Secondary indexes: further keys of a record, each in a table of its own.
//!
//! An index entry is a row without a value:
//!
//! ```text
//! key     index key (inner) │ primary key (last)
//! value   empty, sealed
//! ```
//!
//! so that entries of one index key lie side by side in the order of their primary keys. *Invariant*: after every
//! write, the entries of an index are exactly the index keys of the records. Nothing here reads or writes: what must
//! change is worked out from the old and the new record.

mod computed;
mod diff;
mod entry;
mod indexed;
mod schema;

pub use self::{
    computed::KeysOf,
    indexed::{IndexKeys, Indexed, IndexedElement},
    schema::IndexSchema,
};
pub(crate) use self::{
    diff::diff,
    entry::{IndexSeal, split_entry},
};
use crate::key::{Key, KeyBuf};
use std::{fmt, marker::PhantomData};

/// An index of records `R`: its declaration, and the function that returns a record's keys.
pub struct Indexer<R> {
    schema: IndexSchema,
    keys: fn(&R, &mut IndexKeys),
}

impl<R> Indexer<R> {
    /// An index and its keys.
    #[must_use]
    pub const fn new(schema: IndexSchema, keys: fn(&R, &mut IndexKeys)) -> Self {
        Self { schema, keys }
    }

    /// The declaration.
    #[must_use]
    pub const fn schema(&self) -> &IndexSchema {
        &self.schema
    }

    /// The keys of `record`, sorted, each once.
    pub(crate) fn keys_of(&self, record: &R) -> Vec<KeyBuf> {
        let mut keys = IndexKeys::default();
        self.replace_keys(record, &mut keys);
        keys.into_keys()
    }

    /// Puts the keys of `record`, sorted, each once, in the place of others.
    pub(crate) fn replace_keys(&self, record: &R, keys: &mut IndexKeys) {
        keys.clear();
        (self.keys)(record, keys);
        keys.sort();
    }
}

impl<R> fmt::Debug for Indexer<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Indexer").field("schema", &self.schema).finish_non_exhaustive()
    }
}

/// A record type's indexes.
pub trait IndexSet: Sized + 'static {
    /// A struct with a handle for each index; `()` where there are none.
    type Indexes: Indexes;
    /// The indexes, in declaration order.
    const INDEXERS: &'static [Indexer<Self>] = &[];
}

/// A struct of handles.
pub trait Indexes: Copy {
    /// Its only value.
    const HANDLES: Self;
}

impl Indexes for () {
    const HANDLES: Self = ();
}

/// The index number `N` of a record type.
pub trait HasIndex<const N: usize>: 'static {
    /// The type of its keys.
    type Key: Key;
}

/// A handle of index number `N` of records `R`: `Airport::INDEXES.by_region`.
pub struct Index<R, const N: usize>(PhantomData<fn() -> R>);

impl<R, const N: usize> Index<R, N> {
    /// The only value: a handle holds no data.
    pub const HANDLE: Self = Self(PhantomData);
}

impl<R, const N: usize> Clone for Index<R, N> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R, const N: usize> Copy for Index<R, N> {}

impl<R, const N: usize> fmt::Debug for Index<R, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Index").field(&N).finish()
    }
}

/// A unique index: at most one record for each key.
#[diagnostic::on_unimplemented(
    message = "index number {N} of `{Self}` is not unique",
    label = "not a unique index",
    note = "`get`, `view`, `load` and `project` find the one record of a unique index; use `get_all(key)` here, \
            or declare the field `#[store(unique)]`"
)]
pub trait UniqueIndex<const N: usize>: HasIndex<N> {}
