//! A write over several tables.

use crate::{
    backend::{ByteWriter, Evolution, all_or_nothing},
    catalog::{self, CheckReport},
    error::Result,
    sealed::Sealed,
    table::{Access, AccessMut, Reader, WriteSize},
};
use std::path::Path;

/// A write transaction; its tables read their own writes. Made by [`Storage::write`](crate::Storage::write).
#[derive(Clone, Copy, Debug)]
pub struct WriteTxn<'txn> {
    writer: &'txn dyn ByteWriter,
    evolution: Evolution,
}

impl<'txn> WriteTxn<'txn> {
    pub(crate) fn new(writer: &'txn dyn ByteWriter, evolution: Evolution) -> Self {
        Self { writer, evolution }
    }

    /// Runs `body`; if it returns `Err`, what it changed is undone and the transaction goes on. The same when it
    /// panics and the panic is caught inside the transaction.
    ///
    /// # Errors
    ///
    /// The error of `body`.
    pub fn savepoint<T>(&self, body: impl FnOnce() -> Result<T>) -> Result<T> {
        all_or_nothing(self.writer, body)
    }

    /// Removes a table: [`Storage::drop_table`](crate::Storage::drop_table) inside this transaction.
    ///
    /// # Errors
    ///
    /// As there.
    pub fn drop_table(&self, name: &str) -> Result<bool> {
        all_or_nothing(self.writer, || catalog::drop_table(self.writer, name))
    }

    /// Renames a table: [`Storage::rename_table`](crate::Storage::rename_table) inside this transaction.
    ///
    /// # Errors
    ///
    /// As there.
    pub fn rename_table(&self, from: &str, to: &str) -> Result<bool> {
        all_or_nothing(self.writer, || catalog::rename_table(self.writer, from, to))
    }

    /// The rows as bytes: the fuzz targets damage them inside a write that is then undone. Not part of the public
    /// interface.
    #[doc(hidden)]
    #[must_use]
    pub fn bytes(&self) -> &'txn dyn ByteWriter {
        self.writer
    }

    /// What opening the file and [`Storage::check`](crate::Storage::check) would say of the state of this write. Not
    /// part of the public interface.
    #[doc(hidden)]
    pub fn check(&self) -> Result<CheckReport> {
        catalog::check(self.writer, Path::new("in a write"))?;
        catalog::check_rows(self.writer)
    }
}

impl Sealed for WriteTxn<'_> {}

impl<'txn> Access for WriteTxn<'txn> {
    const COMMITTED: bool = false;

    type State = &'txn dyn ByteWriter;

    fn evolution(&self) -> Evolution {
        self.evolution
    }

    fn state(&self) -> Result<&'txn dyn ByteWriter> {
        Ok(self.writer)
    }

    fn reader(&self) -> Result<Reader<'_>> {
        Ok(Reader::Writer(self.writer))
    }
}

impl AccessMut for WriteTxn<'_> {
    fn write<T>(&self, _: WriteSize, body: impl FnOnce(&dyn ByteWriter) -> Result<T>) -> Result<T> {
        body(self.writer)
    }
}
