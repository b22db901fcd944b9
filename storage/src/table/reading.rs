//! A consistent state of a table, its entry in the catalogue checked.

use super::{Access, Reader, Row, Table};
use crate::{
    backend::{ByteTable, Bytes},
    error::Result,
    key::ByteRange,
};
use std::ops::ControlFlow;

/// A state in which the table is in the file, as the code declares it.
pub(super) struct Reading<'a> {
    pub(super) reader: Reader<'a>,
    /// The table itself; those of its indexes are in the same state.
    table: &'a ByteTable,
}

impl<L: Row, A: Access> Table<L, A> {
    /// Returns a state to read from for as long as it is held; `None` if the table was never written, and so has no
    /// rows.
    pub(super) fn reading(&self) -> Result<Option<Reading<'_>>> {
        let reader = self.access.reader()?;
        Ok(self.is_written(&reader)?.then(|| Reading::new(reader, self.byte_table())))
    }

    /// Calls `read` with such a state, which may cost less than to hold it; `None` if the table was never written.
    #[inline]
    pub(super) fn with_reading<T>(
        &self,
        read: impl FnOnce(&Reading<'_>) -> Result<Option<T>>,
    ) -> Result<Option<T>> {
        self.access.with_reader(|reader| {
            if !self.is_written(&reader)? {
                return Ok(None);
            }
            read(&Reading::new(reader, self.byte_table()))
        })
    }

    /// Checks the catalogue; `false` if the table was never written.
    #[inline]
    fn is_written(&self, reader: &Reader<'_>) -> Result<bool> {
        // Confirmed once: every read writing to it would take it from the readers on other processors.
        let generation = reader.bytes().generation();
        Ok(self.shared.entry.is_confirmed(generation) || self.check_entry(reader)?)
    }

    #[cold]
    fn check_entry(&self, reader: &Reader<'_>) -> Result<bool> {
        let is_written = self.shared.entry.is_written(reader.bytes())?;
        if is_written && A::COMMITTED {
            self.shared.entry.confirm(reader.bytes().generation());
        }
        Ok(is_written)
    }
}

impl<'a> Reading<'a> {
    #[inline]
    pub(super) const fn new(reader: Reader<'a>, table: &'a ByteTable) -> Self {
        Self { reader, table }
    }

    /// Calls `read` with the value under `key`.
    #[inline]
    pub(super) fn get_with<T>(
        &self,
        key: &[u8],
        read: impl FnOnce(&[u8]) -> T,
    ) -> Result<Option<T>> {
        self.reader.get_with(self.table, key, read)
    }

    /// The value under `key`, held.
    pub(super) fn get(&self, key: &[u8]) -> Result<Option<Bytes>> {
        self.reader.bytes().get(self.table, key)
    }

    /// The number of rows.
    pub(super) fn len(&self) -> Result<u64> {
        self.reader.bytes().len(self.table)
    }

    /// What `read` makes of the rows in `range`, in key order.
    pub(super) fn collect<T>(
        &self,
        range: &ByteRange,
        mut read: impl FnMut(&[u8], &[u8]) -> Result<Option<T>>,
    ) -> Result<Vec<T>> {
        let mut found = Vec::new();
        self.for_each(range, |key, value| {
            found.extend(read(key, value)?);
            Ok(())
        })?;
        Ok(found)
    }

    /// Calls `visit` with the rows in `range`, in key order, until it fails.
    pub(super) fn for_each(
        &self,
        range: &ByteRange,
        mut visit: impl FnMut(&[u8], &[u8]) -> Result<()>,
    ) -> Result<()> {
        let mut outcome = Ok(());
        self.reader.walk(self.table, range, false, |key, value| {
            outcome = visit(key, value);
            if outcome.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        outcome
    }
}
