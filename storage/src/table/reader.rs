//! One consistent state that rows are read from.

use crate::{
    backend::{ByteReader, ByteTable, ByteWriter, Snapshot},
    error::Result,
    key::ByteRange,
};
use std::{ops::ControlFlow, sync::Arc};

/// A state to read from.
#[doc(hidden)]
#[derive(Clone, Debug)]
#[expect(unnameable_types, reason = "only hidden methods return it")]
pub enum Reader<'a> {
    /// A committed state that is held here.
    Held(Arc<Snapshot>),
    /// A committed state that the caller holds.
    Snapshot(&'a Snapshot),
    /// The state inside a write transaction.
    Writer(&'a dyn ByteWriter),
}

impl Reader<'_> {
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

    /// Whether there is a value under `key`, which is not read.
    #[inline]
    pub(crate) fn contains(&self, table: &ByteTable, key: &[u8]) -> Result<bool> {
        match self.snapshot() {
            Some(snapshot) => Ok(snapshot.get_with(table, key, |_| ())?.is_some()),
            None => self.bytes().contains(table, key),
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

    /// Returns the number of rows in `range`, at most `limit`. Their values are not read, and the engine has counted
    /// the whole table.
    pub(crate) fn count(&self, table: &ByteTable, range: &ByteRange, limit: u64) -> Result<u64> {
        if *range == ByteRange::ALL {
            return self.bytes().len(table).map(|len| len.min(limit));
        }
        if range.is_empty() || limit == 0 {
            return Ok(0);
        }
        let (lower, upper) = range.bounds();
        let mut count: u64 = 0;
        for key in self.bytes().keys(table, lower, upper)? {
            key?;
            count = count.saturating_add(1);
            if count == limit {
                break;
            }
        }
        Ok(count)
    }

    /// Calls `read` with the first row in `range`.
    pub(crate) fn first_with<T>(
        &self,
        table: &ByteTable,
        range: &ByteRange,
        read: impl FnOnce(&[u8], &[u8]) -> T,
    ) -> Result<Option<T>> {
        if self.snapshot().is_none() {
            let (lower, upper) = range.bounds();
            let first = self.bytes().first(table, lower, upper)?;
            return Ok(first.map(|row| read(&row.key, &row.value)));
        }
        let (mut read, mut found) = (Some(read), None);
        self.walk(table, range, false, |key, value| {
            found = read.take().map(|read| read(key, value));
            ControlFlow::Break(())
        })?;
        Ok(found)
    }

    /// Calls `visit` with the rows in `range`, in key order, until it fails.
    pub(crate) fn for_each(
        &self,
        table: &ByteTable,
        range: &ByteRange,
        mut visit: impl FnMut(&[u8], &[u8]) -> Result<()>,
    ) -> Result<()> {
        let mut outcome = Ok(());
        self.walk(table, range, false, |key, value| match visit(key, value) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                outcome = Err(error);
                ControlFlow::Break(())
            }
        })?;
        outcome
    }

    /// Returns what `read` makes of the rows in `range`, in key order.
    pub(crate) fn collect<T>(
        &self,
        table: &ByteTable,
        range: &ByteRange,
        mut read: impl FnMut(&[u8], &[u8]) -> Result<Option<T>>,
    ) -> Result<Vec<T>> {
        let mut found = Vec::new();
        self.for_each(table, range, |key, value| {
            found.extend(read(key, value)?);
            Ok(())
        })?;
        Ok(found)
    }
}
