//! Where the verbs of a table run.

use crate::{
    backend::{ByteReader, ByteRows, ByteTable, ByteWriter, RedbBackend, Snapshot, WriteTicket},
    error::Result,
    key::ByteRange,
};
use std::{fmt, ops::ControlFlow, sync::Arc};

/// A place to read from: the latest committed state, a snapshot, or a write transaction. Sealed.
pub trait Access: Sealed {
    /// Whether what is read is committed already.
    #[doc(hidden)]
    const COMMITTED: bool;

    /// One consistent state to read from.
    #[doc(hidden)]
    fn reader(&self) -> Result<Reader<'_>>;

    /// Calls `read` with such a state, which may cost less than to hold it.
    #[doc(hidden)]
    #[inline]
    fn with_reader<T>(&self, read: impl FnOnce(Reader<'_>) -> Result<T>) -> Result<T> {
        read(self.reader()?)
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
pub enum WriteSize {
    /// A row and its index entries: so little that it may share a transaction with other threads' writes.
    Row,
    /// Any number of rows.
    Rows,
}

mod sealed {
    /// Implemented by this crate only.
    pub trait Sealed {}
}
pub(crate) use sealed::Sealed;

/// A state to read from.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub enum Reader<'a> {
    /// A committed state that is held here.
    Held(Arc<Snapshot>),
    /// A committed state that the caller holds.
    Snapshot(&'a Snapshot),
    /// The state inside a write transaction.
    Writer(&'a dyn ByteWriter),
}

impl<'a> Reader<'a> {
    /// The committed state, unless this is inside a write transaction.
    #[inline]
    pub(crate) fn snapshot(&self) -> Option<&Snapshot> {
        match self {
            Self::Held(snapshot) => Some(snapshot),
            Self::Snapshot(snapshot) => Some(snapshot),
            Self::Writer(_) => None,
        }
    }

    #[inline]
    pub(crate) fn bytes(&self) -> &dyn ByteReader {
        match self {
            Self::Held(snapshot) => &**snapshot,
            Self::Snapshot(snapshot) => *snapshot,
            Self::Writer(writer) => *writer,
        }
    }

    /// Calls `read` with the value under `key`.
    #[inline]
    pub(crate) fn get_with<T>(
        &self,
        table: &ByteTable,
        key: &[u8],
        read: impl FnOnce(&[u8]) -> T,
    ) -> Result<Option<T>> {
        match self.snapshot() {
            Some(snapshot) => snapshot.get_with(table, key, read),
            // Copied, so that `read` may write.
            None => Ok(self.bytes().get(table, key)?.map(|value| read(&value))),
        }
    }

    /// Calls `visit` with the rows in `range`, from one end, until it breaks.
    pub(crate) fn walk(
        &self,
        table: &ByteTable,
        range: &ByteRange,
        is_reverse: bool,
        mut visit: impl FnMut(&[u8], &[u8]) -> ControlFlow<()>,
    ) -> Result<()> {
        if range.is_empty() {
            return Ok(());
        }
        let (lower, upper) = range.bounds();
        if let Some(snapshot) = self.snapshot() {
            return snapshot.walk(table, (lower, upper), is_reverse, &mut visit);
        }
        let mut rows = self.bytes().rows(table, lower, upper)?;
        let mut next = || if is_reverse { rows.next_back() } else { rows.next() };
        while let Some(row) = next() {
            let row = row?;
            if visit(&row.key, &row.value).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// The rows in `range`, held one by one.
    pub(crate) fn rows(&self, table: &ByteTable, range: &ByteRange) -> Result<ByteRows<'a>> {
        if range.is_empty() {
            return Ok(ByteRows::empty());
        }
        let (lower, upper) = range.bounds();
        match self {
            Self::Held(snapshot) => snapshot.owned_rows(table, lower, upper),
            Self::Snapshot(snapshot) => snapshot.owned_rows(table, lower, upper),
            Self::Writer(writer) => writer.rows(table, lower, upper),
        }
    }
}

/// Every verb runs in a transaction of its own: a read sees the latest commit, a write is durable when it returns.
#[derive(Clone)]
pub struct Autocommit(Arc<RedbBackend>);

impl Autocommit {
    pub(crate) fn new(backend: Arc<RedbBackend>) -> Self {
        Self(backend)
    }

    pub(super) fn backend(&self) -> &RedbBackend {
        &self.0
    }
}

impl Autocommit {
    /// Hands in a write to be committed with others.
    pub(crate) fn enqueue(
        &self,
        body: impl FnOnce(&dyn ByteWriter) -> Result<bool> + Send + 'static,
    ) -> WriteTicket {
        self.0.enqueue(body)
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

    fn reader(&self) -> Result<Reader<'_>> {
        Ok(Reader::Held(self.0.snapshot()?))
    }

    #[inline]
    fn with_reader<T>(&self, read: impl FnOnce(Reader<'_>) -> Result<T>) -> Result<T> {
        self.0.with_snapshot(|snapshot| read(Reader::Snapshot(snapshot)))
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
