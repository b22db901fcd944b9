//! A write in which the catalogue knows the table.

use super::{AccessMut, Form, Row, Table, WriteSize};
use crate::{
    backend::{ByteWriter, all_or_nothing},
    error::Result,
};

impl<L: Row, A: AccessMut> Table<L, A> {
    /// Returns the form of rows that are to be written: what they are sealed with is found out before the first is
    /// made.
    #[inline]
    pub(super) fn form_to_write(&self) -> Result<Form<'_, L>> {
        let entry = &self.shared.entry;
        if !entry.seals().is_settled() {
            self.access.with_reader(|reader| entry.prepare(reader.bytes()))?;
        }
        Ok(self.form())
    }

    /// Runs `body`, which changes one row in one step, in a transaction.
    #[track_caller]
    pub(super) fn write<T>(&self, body: impl FnOnce(&dyn ByteWriter) -> Result<T>) -> Result<T> {
        self.write_entered(WriteSize::Row, body)
    }

    /// The same for a `body` that takes several steps: what it did is undone when it fails, also inside a
    /// transaction that goes on.
    #[track_caller]
    pub(super) fn write_whole<T>(
        &self,
        size: WriteSize,
        body: impl FnOnce(&dyn ByteWriter) -> Result<T>,
    ) -> Result<T> {
        if A::COMMITTED {
            return self.write_entered(size, body); // The transaction itself is undone.
        }
        self.write_entered(size, |writer| all_or_nothing(writer, || body(writer)))
    }

    /// The same for a `body` that changes only rows that are there; `None` if the table was never written, which
    /// leaves it so.
    #[track_caller]
    pub(super) fn change<T>(
        &self,
        size: WriteSize,
        body: impl FnOnce(&dyn ByteWriter) -> Result<T>,
    ) -> Result<Option<T>> {
        if self.reading()?.is_none() {
            return Ok(None);
        }
        self.write_whole(size, body).map(Some)
    }

    #[track_caller]
    fn write_entered<T>(
        &self,
        size: WriteSize,
        body: impl FnOnce(&dyn ByteWriter) -> Result<T>,
    ) -> Result<T> {
        self.access.write(size, |writer| {
            self.shared.entry.enter(writer)?;
            body(writer)
        })
    }
}
