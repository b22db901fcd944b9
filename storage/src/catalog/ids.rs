//! The numbers that a table gives to records whose keys it counts: `#[store(key, auto)]`.

use super::{entry::Entry, id_row::IdRow, rows};
use crate::{
    backend::ByteWriter,
    error::{Result, StorageError},
    key::id_of,
};
use std::ops::Bound;

/// The first number.
const FIRST_ID: u64 = 1;

impl Entry {
    /// The least number that a new record may get: more than any that was given, and more than any key that is there.
    pub(crate) fn least_id(&self, writer: &dyn ByteWriter) -> Result<u64> {
        let counted = rows::ids(writer, self.table.name())?.map_or(FIRST_ID, |ids| ids.next);
        let last = writer.last_key(&self.table, Bound::Unbounded, Bound::Unbounded)?;
        let last = last.and_then(|key| id_of(&self.past.key.shape(), &key));
        let behind =
            last.map_or(Ok(FIRST_ID), |last| last.checked_add(1).ok_or_else(|| self.full()));
        Ok(counted.max(behind?))
    }

    /// Takes a number, `least` or more, which no other record gets, whatever becomes of this write.
    pub(crate) fn take_id(&self, writer: &dyn ByteWriter, least: u64) -> Result<u64> {
        writer.take_id(&self.table, least).ok_or_else(|| self.full())
    }

    /// Remembers in the file that all numbers below `next` were given.
    pub(crate) fn raise_ids(&self, writer: &dyn ByteWriter, next: u64) -> Result<()> {
        let before = rows::ids(writer, self.table.name())?;
        if before.is_some_and(|ids| ids.next >= next) {
            return Ok(());
        }
        rows::put_ids(writer, self.table.name(), IdRow { next })?;
        if before.is_none() {
            // Other handles learn that keys are counted.
            writer.renew();
        }
        Ok(())
    }

    /// Remembers, before records are deleted, which numbers they have: none is given again. `is_auto` says whether
    /// the code counts; the file may have been counted in by other code.
    #[inline]
    pub(crate) fn keep_ids(&self, writer: &dyn ByteWriter, is_auto: bool) -> Result<()> {
        if is_auto || self.has_ids() { self.keep_ids_now(writer) } else { Ok(()) }
    }

    #[cold]
    fn keep_ids_now(&self, writer: &dyn ByteWriter) -> Result<()> {
        match self.least_id(writer) {
            Ok(next) => self.raise_ids(writer, next),
            // The last of all: what is deleted is not given again, because none is.
            Err(StorageError::NoIdLeft { .. }) => self.raise_ids(writer, u64::MAX),
            Err(error) => Err(error),
        }
    }

    /// No number is left.
    #[cold]
    pub(crate) fn full(&self) -> StorageError {
        StorageError::NoIdLeft { table: self.name().to_owned() }
    }
}
