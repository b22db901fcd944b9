//! Reading many rows: `iter`, `range`, `prefix`, `first`, `last`, `len`, `scan`.

use super::{Access, KeyAndValue, Pair, Row, Rows, Stored, Table, View, form::StoredValue};
use crate::{
    codec::Codec,
    error::Result,
    key::{ByteRange, Key, KeyRange, Place, Prefix},
    record::StoredRecord,
};

impl<L: Row, A: Access> Table<L, A> {
    /// All rows in key order.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get), and again for each row.
    pub fn iter(&self) -> Result<Rows<'_, L, A>> {
        Rows::new(self, None, ByteRange::ALL)
    }

    /// The rows whose key is in `range`: `"A".."B"`, `10..=20`, `(Bound::Excluded("A"), Bound::Unbounded)`.
    ///
    /// A range that ends before it starts is empty.
    ///
    /// # Errors
    ///
    /// As [`iter`](Self::iter).
    pub fn range(&self, range: impl KeyRange<L::Key>) -> Result<Rows<'_, L, A>> {
        Rows::new(self, None, range.byte_range(Place::Last))
    }

    /// The rows whose key starts with `prefix`: the leading parts of a composite key, as in `("GB",)`, or the
    /// first characters of a text key.
    ///
    /// # Errors
    ///
    /// As [`iter`](Self::iter).
    pub fn prefix(&self, prefix: impl Prefix<L::Key>) -> Result<Rows<'_, L, A>> {
        Rows::new(self, None, prefix.byte_range(Place::Last))
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
        self.each(|bytes, view| Ok(scanner(self.form().decode_key(bytes)?, view)))
    }
}

impl<L: Row, A: Access> Table<L, A> {
    /// The number of rows.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    pub fn len(&self) -> Result<u64> {
        self.reading()?.map_or(Ok(0), |reader| reader.bytes().len(self.byte_table()))
    }

    /// Whether there are no rows.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    pub fn is_empty(&self) -> Result<bool> {
        Ok(self.len()? == 0)
    }

    /// Calls `visit` with the key bytes and the view of every row, and collects what it returns.
    fn each<T>(
        &self,
        mut visit: impl FnMut(&[u8], View<'_, L>) -> Result<Option<T>>,
    ) -> Result<Vec<T>> {
        let Some(reader) = self.reading()? else { return Ok(Vec::new()) };
        reader.collect(self.byte_table(), &ByteRange::ALL, |key, value| {
            self.form().with_view(key, StoredValue::InFile(value), |view| visit(key, view))?
        })
    }
}
