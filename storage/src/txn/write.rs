//! A write over several tables.

#[cfg(feature = "flatbuffers")]
use crate::codec::{Flatbuffers, FlatbuffersType};
#[cfg(feature = "rkyv")]
use crate::codec::{Rkyv, RkyvValue};
use crate::{
    backend::{ByteWriter, all_or_nothing},
    codec::Codec,
    error::Result,
    key::Key,
    record::StoredRecord,
    table::{Access, AccessMut, Pair, Reader, Sealed, Table, WriteSize},
};

/// A write transaction; its tables read their own writes. Made by [`Storage::write`](crate::Storage::write).
#[derive(Clone, Copy, Debug)]
pub struct WriteTxn<'txn> {
    writer: &'txn dyn ByteWriter,
}

impl<'txn> WriteTxn<'txn> {
    pub(crate) fn new(writer: &'txn dyn ByteWriter) -> Self {
        Self { writer }
    }

    /// The table of records `R` in this transaction.
    ///
    /// # Errors
    ///
    /// As [`StoredRecord::table`].
    pub fn table<R: StoredRecord>(&self) -> Result<Table<R, Self>> {
        Table::open(*self)
    }

    /// As [`Storage::pairs`](crate::Storage::pairs), in this transaction.
    #[must_use]
    pub fn pairs<K: Key, V: 'static, C: Codec<V>>(&self, name: &str) -> Table<Pair<K, V, C>, Self> {
        Table::unchecked(*self, name)
    }

    /// As [`Storage::new_rkyv_table`](crate::Storage::new_rkyv_table), in this transaction.
    #[cfg(feature = "rkyv")]
    #[must_use]
    pub fn new_rkyv_table<K: Key, V: RkyvValue>(
        &self,
        name: &str,
    ) -> Table<Pair<K, V, Rkyv>, Self> {
        self.pairs(name)
    }

    /// As [`Storage::new_flatbuffers_table`](crate::Storage::new_flatbuffers_table), in this transaction.
    #[cfg(feature = "flatbuffers")]
    #[must_use]
    pub fn new_flatbuffers_table<K: Key, V: FlatbuffersType>(
        &self,
        name: &str,
    ) -> Table<Pair<K, V, Flatbuffers>, Self> {
        self.pairs(name)
    }

    /// Runs `body`; when it gives `Err`, what it changed is undone and the transaction goes on. The same when it
    /// panics and the panic is caught inside the transaction.
    ///
    /// # Errors
    ///
    /// The error of `body`.
    pub fn savepoint<T>(&self, body: impl FnOnce() -> Result<T>) -> Result<T> {
        all_or_nothing(self.writer, body)
    }
}

impl Sealed for WriteTxn<'_> {}

impl Access for WriteTxn<'_> {
    const COMMITTED: bool = false;

    fn reader(&self) -> Result<Reader<'_>> {
        Ok(Reader::Writer(self.writer))
    }
}

impl AccessMut for WriteTxn<'_> {
    fn write<T>(&self, _: WriteSize, body: impl FnOnce(&dyn ByteWriter) -> Result<T>) -> Result<T> {
        body(self.writer)
    }
}
