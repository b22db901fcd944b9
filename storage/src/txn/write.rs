//! A write over several tables.

use crate::{
    backend::{ByteWriter, Evolution, all_or_nothing},
    catalog::{self, CheckReport},
    error::{OwnError, Result, StorageError},
    sealed::Sealed,
    table::{Access, AccessMut, Reader, WriteSize},
};
use std::path::Path;

/// A write transaction, passed to the closure of [`Storage::write`](crate::Storage::write). Its tables read their own
/// writes.
#[derive(Clone, Copy, Debug)]
pub struct WriteTxn<'txn> {
    writer: &'txn dyn ByteWriter,
    evolution: Evolution,
}

impl<'txn> WriteTxn<'txn> {
    pub(crate) fn new(writer: &'txn dyn ByteWriter, evolution: Evolution) -> Self {
        Self { writer, evolution }
    }

    /// What it writes with.
    #[cfg(feature = "dynamic")]
    pub(crate) const fn writer(&self) -> &'txn dyn ByteWriter {
        self.writer
    }

    /// Runs `body`. If it returns `Err`, its changes are undone, and the transaction can continue. The same holds if it
    /// panics and the panic is caught inside the transaction.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// storage.write(|txn| {
    ///     let airports = txn.table::<Airport>()?;
    ///     airports.delete("EGLL")?;
    ///     let taken = txn.savepoint(|| {
    ///         airports.delete("EGPF")?; // Undone, because the next line fails.
    ///         airports.put(&airport("LSXX", "CH", Some("ZRH"), 0))
    ///     });
    ///     assert!(taken.is_err_and(|error| error.is_conflict()));
    ///     Ok(())
    /// })?;
    /// assert_eq!(airports.iter()?.keys()?, ["EGPF", "LSEZ", "LSZH"]);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The error of `body`.
    pub fn savepoint<T>(&self, body: impl FnOnce() -> Result<T>) -> Result<T> {
        all_or_nothing(self.writer, body)
    }

    /// Like [`savepoint`](Self::savepoint), for a `body` that returns errors of your own type; see
    /// [`Storage::try_write`](crate::Storage::try_write).
    ///
    /// ```
    /// # use rkyv::{Archive, Deserialize, Serialize};
    /// # use storage::{Storage, StorageError, StoredRecord};
    /// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// # #[store(codec = "rkyv", table = "lines")]
    /// # struct Line { #[store(key)] number: u32, text: String }
    /// # #[derive(Debug)]
    /// # enum ImportError { Empty(u32), Storage(StorageError) }
    /// # impl From<StorageError> for ImportError {
    /// #     fn from(error: StorageError) -> Self { Self::Storage(error) }
    /// # }
    /// # let storage = Storage::in_memory()?;
    /// let texts = ["first", "", "third"];
    /// let mut skipped = Vec::new();
    /// storage.write(|txn| {
    ///     let lines = txn.table::<Line>()?;
    ///     for (number, text) in (1..).zip(texts) {
    ///         let stored = txn.try_savepoint(|| {
    ///             lines.put(&Line { number, text: text.into() })?;
    ///             if text.is_empty() { Err(ImportError::Empty(number)) } else { Ok(()) }
    ///         });
    ///         match stored {
    ///             Ok(()) => {}
    ///             Err(ImportError::Empty(number)) => skipped.push(number),
    ///             Err(ImportError::Storage(error)) => return Err(error),
    ///         }
    ///     }
    ///     Ok(())
    /// })?;
    /// assert_eq!((Line::table(&storage)?.len()?, skipped), (2, vec![2]));
    /// # Ok::<(), StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The error of `body`, or that of [`savepoint`](Self::savepoint), converted.
    pub fn try_savepoint<T, E: From<StorageError>>(
        &self,
        body: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        let mut own = OwnError::default();
        let kept = self.savepoint(|| own.set_aside(body()));
        own.restore(kept)
    }

    /// Removes a table: [`Storage::drop_table`](crate::Storage::drop_table) inside this transaction.
    ///
    /// ```
    #[doc = include_str!("../guide/example/names.txt")]
    /// storage.write(|txn| txn.drop_table("names"))?;
    /// assert!(storage.tables()?.is_empty());
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Storage::drop_table`](crate::Storage::drop_table).
    pub fn drop_table(&self, name: &str) -> Result<bool> {
        all_or_nothing(self.writer, || catalog::drop_table(self.writer, name))
    }

    /// Renames a table: [`Storage::rename_table`](crate::Storage::rename_table) inside this transaction.
    ///
    /// ```
    #[doc = include_str!("../guide/example/names.txt")]
    /// storage.write(|txn| txn.rename_table("names", "people"))?;
    /// assert_eq!(storage.tables()?[0].name, "people");
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Storage::rename_table`](crate::Storage::rename_table).
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
