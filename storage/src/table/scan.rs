//! Reading many rows: `iter`, `range`, `prefix`, `first`, `last`, `len`, `scan`.

use super::{Access, Pair, Reader, Row, Rows, Stored, Table, View, rows::Order};
use crate::{
    backend::ByteTable,
    codec::Codec,
    error::Result,
    key::{self, ByteRange, Key, KeyRange, Place, Prefix},
    record::StoredRecord,
};
use std::ops::ControlFlow;

/// A row of a table without a derived record.
pub type KeyAndValue<K, V, C> = (K, Stored<Pair<K, V, C>>);

impl<L: Row, A: Access> Table<L, A> {
    /// All rows in key order.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get), and again for each row.
    pub fn iter(&self) -> Result<Rows<'_, L, A>> {
        Rows::new(self, Order::Primary, ByteRange::ALL)
    }

    /// The rows whose key is in `range`: `"A".."B"`, `10..=20`, `(Bound::Excluded("A"), Bound::Unbounded)`.
    ///
    /// A range that ends before it starts is empty.
    ///
    /// # Errors
    ///
    /// As [`iter`](Self::iter).
    pub fn range(&self, range: impl KeyRange<L::Key>) -> Result<Rows<'_, L, A>> {
        Rows::new(self, Order::Primary, range.byte_range(Place::Last))
    }

    /// The rows whose key starts with `prefix`: the leading parts of a composite key, as in `("GB",)`, or the
    /// first characters of a text key.
    ///
    /// # Errors
    ///
    /// As [`iter`](Self::iter).
    pub fn prefix(&self, prefix: impl Prefix<L::Key>) -> Result<Rows<'_, L, A>> {
        Rows::new(self, Order::Primary, prefix.byte_range(Place::Last))
    }
}

impl<R: StoredRecord, A: Access> Table<R, A> {
    /// The record with the least key.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    pub fn first(&self) -> Result<Option<Stored<R>>> {
        self.iter()?.next().transpose()
    }

    /// The record with the greatest key.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    pub fn last(&self) -> Result<Option<Stored<R>>> {
        self.iter()?.rev().next().transpose()
    }

    /// Lends `scanner` every record in key order and collects what it gives.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    pub fn scan<T>(&self, mut scanner: impl FnMut(View<'_, R>) -> Option<T>) -> Result<Vec<T>> {
        self.each(|_, view| Ok(scanner(view)))
    }
}

impl<K: Key, V: 'static, C: Codec<V>, A: Access> Table<Pair<K, V, C>, A> {
    /// The least key with its value.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    pub fn first(&self) -> Result<Option<KeyAndValue<K, V, C>>> {
        self.iter()?.next().transpose()
    }

    /// The greatest key with its value.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    pub fn last(&self) -> Result<Option<KeyAndValue<K, V, C>>> {
        self.iter()?.rev().next().transpose()
    }

    /// Lends `scanner` every key and value in key order and collects what it gives.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    pub fn scan<T>(
        &self,
        mut scanner: impl FnMut(K::Ref<'_>, View<'_, Pair<K, V, C>>) -> Option<T>,
    ) -> Result<Vec<T>> {
        self.each(|bytes, view| {
            let key = key::decode::<K>(bytes).map_err(|e| self.corrupt(bytes, e.into()))?;
            Ok(scanner(key, view))
        })
    }
}

impl<L: Row, A: Access> Table<L, A> {
    /// The number of rows.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    pub fn len(&self) -> Result<u64> {
        let reader = self.access.reader()?;
        match self.is_written(reader.bytes())? {
            true => reader.bytes().len(self.byte_table()),
            false => Ok(0),
        }
    }

    /// Whether there are no rows.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    pub fn is_empty(&self) -> Result<bool> {
        Ok(self.len()? == 0)
    }

    /// Lends `visit` the view of every row with its key bytes.
    fn each<T>(
        &self,
        mut visit: impl FnMut(&[u8], View<'_, L>) -> Result<Option<T>>,
    ) -> Result<Vec<T>> {
        let reader = self.access.reader()?;
        if !self.is_written(reader.bytes())? {
            return Ok(Vec::new());
        }
        collect(&reader, self.byte_table(), &ByteRange::ALL, |key, value| {
            self.lend(key, value, |view| visit(key, view))?
        })
    }
}

/// What `read` makes of the rows in `range`, in key order.
pub(super) fn collect<T>(
    reader: &Reader<'_>,
    table: &ByteTable,
    range: &ByteRange,
    mut read: impl FnMut(&[u8], &[u8]) -> Result<Option<T>>,
) -> Result<Vec<T>> {
    let (mut found, mut outcome) = (Vec::new(), Ok(()));
    reader.walk(table, range, false, |key, value| match read(key, value) {
        Ok(item) => {
            found.extend(item);
            ControlFlow::Continue(())
        }
        Err(error) => {
            outcome = Err(error);
            ControlFlow::Break(())
        }
    })?;
    outcome.map(|()| found)
}
