//! Access: where the verbs of a table run.

use super::{Reader, SnapshotState, State};
use crate::{
    backend::{ByteWriter, Evolution, Handle},
    error::{Result, StorageError},
    sealed::Sealed,
};
use std::fmt;

/// A place to read from: the latest committed state, a snapshot, or a write transaction. Sealed.
pub trait Access: Sealed + Clone {
    /// Whether what is read is committed already.
    #[doc(hidden)]
    const COMMITTED: bool;

    /// What holds one consistent state, for as long as rows of it are read.
    #[doc(hidden)]
    type State: State;

    /// What becomes of tables whose record differs.
    #[doc(hidden)]
    fn evolution(&self) -> Evolution;

    /// One consistent state, held.
    #[doc(hidden)]
    fn state(&self) -> Result<Self::State>;

    /// One consistent state to read from.
    #[doc(hidden)]
    fn reader(&self) -> Result<Reader<'_>>;

    /// Calls `read` with such a state, which may cost less than to hold it.
    #[doc(hidden)]
    #[inline]
    fn with_reader<T>(&self, read: impl FnOnce(&Reader<'_>) -> Result<T>) -> Result<T> {
        read(&self.reader()?)
    }

    /// Runs `body` in a transaction of its own; `None` where there can be none.
    #[doc(hidden)]
    #[track_caller]
    fn write_apart<T>(&self, _: impl FnOnce(&dyn ByteWriter) -> Result<T>) -> Result<Option<T>> {
        Ok(None)
    }
}

/// A place to write to, whole or not at all. Sealed.
#[diagnostic::on_unimplemented(
    message = "nothing can be written through `{Self}`",
    label = "it only reads",
    note = "write in a transaction: `storage.write(|txn| txn.table::<User>()?.put(&user))`, or on its own: \
            `User::table(&storage)?.put(&user)`"
)]
pub trait AccessMut: Access {
    /// Runs `body`, which changes as much as `size` says, in a transaction.
    #[doc(hidden)]
    #[track_caller]
    fn write<T>(
        &self,
        size: WriteSize,
        body: impl FnOnce(&dyn ByteWriter) -> Result<T>,
    ) -> Result<T>;
}

/// How much a write changes.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(unnameable_types, reason = "only hidden methods take it")]
pub enum WriteSize {
    /// A row and its index entries: so little that it may share a transaction with other threads' writes.
    Row,
    /// Any number of rows.
    Rows,
}

/// Each method runs in a transaction of its own: a read sees the latest commit, and a write is durable when it returns.
#[derive(Clone)]
pub struct Autocommit(Handle);

impl Autocommit {
    pub(crate) const fn new(store: Handle) -> Self {
        Self(store)
    }

    pub(crate) const fn store(&self) -> &Handle {
        &self.0
    }
}

impl fmt::Debug for Autocommit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Autocommit")
    }
}

impl Sealed for Autocommit {}

impl Access for Autocommit {
    const COMMITTED: bool = true;

    type State = SnapshotState;

    fn evolution(&self) -> Evolution {
        self.0.options().how_to_evolve()
    }

    fn state(&self) -> Result<SnapshotState> {
        Ok(SnapshotState::new(self.0.snapshot()?, self.0.clone()))
    }

    fn reader(&self) -> Result<Reader<'_>> {
        Ok(Reader::Held(self.0.snapshot()?))
    }

    #[inline]
    fn with_reader<T>(&self, read: impl FnOnce(&Reader<'_>) -> Result<T>) -> Result<T> {
        self.0.with_snapshot(|snapshot| read(&Reader::Snapshot(snapshot)))
    }

    #[track_caller]
    fn write_apart<T>(&self, body: impl FnOnce(&dyn ByteWriter) -> Result<T>) -> Result<Option<T>> {
        match self.0.write(body) {
            // This thread is inside a write, which goes on.
            Err(StorageError::NestedWrite { .. }) => Ok(None),
            written => written.map(Some),
        }
    }
}

impl AccessMut for Autocommit {
    #[track_caller]
    fn write<T>(
        &self,
        size: WriteSize,
        body: impl FnOnce(&dyn ByteWriter) -> Result<T>,
    ) -> Result<T> {
        match size {
            WriteSize::Row => self.0.write_grouped(body),
            WriteSize::Rows => self.0.write(body),
        }
    }
}
