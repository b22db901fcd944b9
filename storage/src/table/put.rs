//! Writing rows: `put`, `insert`, `put_stream`, `insert_stream`, `put_with`, `put_bytes`.

use super::{
    AccessMut, Pair, Row, Table, WriteSize,
    bulk::{BulkWriter, Mode},
    replace::NewRow,
    row::Owned,
};
#[cfg(feature = "flatbuffers")]
use crate::codec::{Flatbuffers, FlatbuffersBuild};
use crate::{
    backend::ByteWriter,
    codec::Codec,
    error::{AlreadyExists, OtherKey, Result, StorageError},
    key::{self, Key, KeyBuf, Lookup},
    record::StoredRecord,
};
use std::borrow::Borrow;

impl<R: StoredRecord, A: AccessMut> Table<R, A> {
    /// Writes `record` under its key, in place of a record that is there; `true` when there was one.
    ///
    /// # Errors
    ///
    /// [`StorageError::Serialization`] when the record cannot be encoded, [`StorageError::Key`] when a key is too
    /// long, [`StorageError::Unique`] when another record has its key in a unique index,
    /// [`StorageError::NestedWrite`] inside another write of this thread. Nothing is written then.
    #[track_caller]
    pub fn put(&self, record: &R) -> Result<bool> {
        let mut bytes = Vec::new();
        let key = self.encode_record(record, &mut bytes)?;
        self.put_row(&key, &NewRow::new(record, &bytes))
    }

    /// Writes `record` under its key, where there must be none.
    ///
    /// # Errors
    ///
    /// [`StorageError::AlreadyExists`] when there is one; otherwise as [`put`](Self::put).
    #[track_caller]
    pub fn insert(&self, record: &R) -> Result<()> {
        let mut bytes = Vec::new();
        let key = self.encode_record(record, &mut bytes)?;
        let row = NewRow::new(record, &bytes);
        self.write(|writer| {
            if self.has_in(writer, &key)? {
                return Err(self.already_exists(&key));
            }
            self.replace(writer, &key, Some(&row)).map(drop)
        })
    }

    /// Writes every record in one transaction and returns their number: all are written, or none. Of several with one
    /// key the last stays, and each counts; a unique key is taken until a record of the stream has given it up.
    ///
    /// # Errors
    ///
    /// As [`put`](Self::put).
    #[track_caller]
    pub fn put_stream(&self, records: impl IntoIterator<Item = R>) -> Result<u64> {
        self.put_each(records.into_iter().map(Ok), Mode::Put, |_| ())
    }

    /// The same for records that are kept: `users.put_all(&users_in_memory)`.
    ///
    /// # Errors
    ///
    /// As [`put`](Self::put).
    #[track_caller]
    #[expect(single_use_lifetimes, reason = "anonymous lifetimes in `impl Trait` are not stable")]
    pub fn put_all<'r>(&self, records: impl IntoIterator<Item = &'r R>) -> Result<u64> {
        self.put_each(records.into_iter().map(Ok), Mode::Put, |_| ())
    }

    /// The same for a stream that may fail, such as a file that is read while it is stored: its first error ends the
    /// transaction, and nothing is written.
    ///
    /// # Errors
    ///
    /// As [`put`](Self::put), and the stream's own error as a [`StreamError`](crate::error::StreamError) in
    /// [`StorageError::Custom`], which says where it came.
    #[track_caller]
    pub fn try_put_stream<E>(&self, records: impl IntoIterator<Item = Result<R, E>>) -> Result<u64>
    where
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        self.try_put_stream_with(records, |_| ())
    }

    /// As [`try_put_stream`](Self::try_put_stream), and calls `tell` with the number of records written so far, as
    /// [`put_stream_with`](Self::put_stream_with) does.
    ///
    /// ```
    /// # use rkyv::{Archive, Deserialize, Serialize};
    /// # use storage::{Storage, StoredRecord};
    /// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// # #[store(codec = "rkyv", table = "readings")]
    /// # struct Reading { #[store(key)] hour: u32, pm25: f64 }
    /// # let storage = Storage::in_memory()?;
    /// let readings = Reading::table(&storage)?;
    /// let lines = "0 12.5\n1 13.0\n2 n/a".lines();
    /// let parse = |line: &str| -> Result<Reading, Box<dyn std::error::Error + Send + Sync>> {
    ///     let (hour, pm25) = line.split_once(' ').ok_or("no pair")?;
    ///     Ok(Reading { hour: hour.parse()?, pm25: pm25.parse()? })
    /// };
    /// let mut count = 0;
    /// let refused = readings.try_put_stream_with(lines.clone().map(parse), |written| count = written);
    /// assert!(refused.is_err() && readings.is_empty()?);
    ///
    /// readings.try_put_stream_with(lines.take(2).map(parse), |written| count = written)?;
    /// assert_eq!(count, 2);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`try_put_stream`](Self::try_put_stream).
    #[doc(alias = "progress")]
    #[track_caller]
    pub fn try_put_stream_with<E>(
        &self,
        records: impl IntoIterator<Item = Result<R, E>>,
        tell: impl FnMut(u64),
    ) -> Result<u64>
    where
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let records = records.into_iter().enumerate().map(|(count, record)| {
            record.map_err(|error| StorageError::stream(self.name(), count, error))
        });
        self.put_each(records, Mode::Put, tell)
    }

    /// As [`put_stream`](Self::put_stream), where there must be none of the records, and each key comes once.
    ///
    /// ```
    /// # use rkyv::{Archive, Deserialize, Serialize};
    /// # use storage::{Storage, StorageError, StoredRecord};
    /// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// # #[store(codec = "rkyv", table = "readings")]
    /// # struct Reading { #[store(key)] hour: u32, pm25: f64 }
    /// # let storage = Storage::in_memory()?;
    /// let readings = Reading::table(&storage)?;
    /// let insert = |hours: [u32; 3]| {
    ///     readings.insert_stream(hours.map(|hour| Reading { hour, pm25: 12.5 }))
    /// };
    /// assert_eq!(insert([1, 2, 3])?, 3);
    /// for (hours, there) in [([4, 2, 5], "2"), ([8, 9, 8], "8")] {
    ///     let Err(StorageError::AlreadyExists(error)) = insert(hours) else { panic!() };
    ///     assert_eq!(error.key(), there);
    /// }
    /// assert_eq!(readings.len()?, 3);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`StorageError::AlreadyExists`], with the key, for a record that is there or comes twice; otherwise as
    /// [`put`](Self::put). Nothing is written then.
    #[doc(alias("insert_many", "bulk_insert"))]
    #[track_caller]
    pub fn insert_stream(&self, records: impl IntoIterator<Item = R>) -> Result<u64> {
        self.put_each(records.into_iter().map(Ok), Mode::Insert, |_| ())
    }

    /// As [`put_stream`](Self::put_stream), and calls `tell` with the number of records written so far: after each
    /// part that is written, and at the end. A part is 2 MiB for as long as records come in the order of their keys;
    /// otherwise 40 MiB, or an eighth of [`OpenOptions::cache_size`](crate::OpenOptions::cache_size) where that is
    /// more, 256 MiB at most.
    ///
    /// # Errors
    ///
    /// As [`put`](Self::put).
    #[track_caller]
    pub fn put_stream_with(
        &self,
        records: impl IntoIterator<Item = R>,
        tell: impl FnMut(u64),
    ) -> Result<u64> {
        self.put_each(records.into_iter().map(Ok), Mode::Put, tell)
    }

    #[track_caller]
    fn put_each<B: Borrow<R>>(
        &self,
        records: impl Iterator<Item = Result<B>>,
        mode: Mode,
        tell: impl FnMut(u64),
    ) -> Result<u64> {
        let push = |bulk: &mut BulkWriter<'_, R, A>, writer: &dyn ByteWriter, record: Result<B>| {
            let record = record?;
            bulk.push(writer, &self.key_of(record.borrow())?, record.borrow())
        };
        self.write_stream(records, mode, push, tell)
    }

    /// The key of `record`, and its sealed bytes in `out`.
    pub(super) fn encode_record(&self, record: &R, out: &mut Vec<u8>) -> Result<KeyBuf> {
        let form = self.form_to_write()?;
        let key = self.key_of(record)?;
        form.encode(&key, record, out)?;
        Ok(key)
    }
}

impl<L: Row, A> Table<L, A> {
    #[cold]
    pub(super) fn already_exists(&self, key: &[u8]) -> StorageError {
        let key = key::report::<L::Key>(key);
        AlreadyExists { table: self.name().to_owned(), key, moved_from: None }.into()
    }

    /// There is a record under `key`, to which a changed key would have moved the record of `old_key`.
    #[cold]
    pub(super) fn in_the_way(&self, key: &[u8], old_key: &[u8]) -> StorageError {
        let [key, old_key] = [key, old_key].map(key::report::<L::Key>);
        AlreadyExists { table: self.name().to_owned(), key, moved_from: Some(old_key) }.into()
    }

    #[cold]
    pub(super) fn other_key(&self, asked: &[u8], returned: &[u8]) -> StorageError {
        let [asked, returned] = [asked, returned].map(key::report::<L::Key>);
        OtherKey { table: self.name().to_owned(), asked, returned }.into()
    }
}

impl<K: Key, V: 'static, C: Codec<V>, A: AccessMut> Table<Pair<K, V, C>, A> {
    /// Writes `value` under `key`, in place of a value that is there; `true` when there was one.
    ///
    /// # Errors
    ///
    /// [`StorageError::Serialization`] when the value cannot be encoded, [`StorageError::Key`] when the key is too
    /// long, [`StorageError::NestedWrite`] inside another write of this thread. Nothing is written then.
    #[track_caller]
    pub fn put(&self, key: impl Lookup<K>, value: &C::Owned) -> Result<bool> {
        let form = self.form_to_write()?;
        let key = self.encode_key(&key)?;
        let mut bytes = Vec::new();
        form.encode(&key, value, &mut bytes)?;
        self.put_row(&key, &NewRow::of_stored(&bytes))
    }

    /// Writes every pair in one transaction and returns their number: all are written, or none.
    ///
    /// # Errors
    ///
    /// As [`put`](Self::put).
    #[track_caller]
    pub fn put_stream<Q: Lookup<K>, B: Borrow<C::Owned>>(
        &self,
        items: impl IntoIterator<Item = (Q, B)>,
    ) -> Result<u64> {
        let push =
            |bulk: &mut BulkWriter<'_, _, A>, writer: &dyn ByteWriter, (key, value): (Q, B)| {
                let key = self.encode_key(&key)?;
                bulk.push(writer, &key, value.borrow())
            };
        self.write_stream(items, Mode::Put, push, |_| ())
    }

    /// Writes bytes that are in the codec's format already, after checking them as a read would; `true` when there
    /// was a value.
    ///
    /// # Errors
    ///
    /// As [`put`](Self::put); bytes that are not a `V` are a [`StorageError::Serialization`].
    #[track_caller]
    pub fn put_bytes(&self, key: impl Lookup<K>, bytes: &[u8]) -> Result<bool> {
        let key = self.encode_key(&key)?;
        // Before they are copied.
        self.form().check_len(&key, bytes)?;
        let mut value = bytes.to_vec();
        self.form_to_write()?.close(&key, &mut value)?;
        self.put_row(&key, &NewRow::of_stored(&value))
    }
}

#[cfg(feature = "flatbuffers")]
impl<K: Key, V: FlatbuffersBuild, A: AccessMut> Table<Pair<K, V, Flatbuffers>, A> {
    /// Writes the table that `build` makes with flatc's own functions; `true` when there was a value.
    ///
    /// # Errors
    ///
    /// As [`put`](Self::put).
    #[track_caller]
    pub fn put_with(
        &self,
        key: impl Lookup<K>,
        build: impl FnOnce(&mut V::Builder) -> V::Offset,
    ) -> Result<bool> {
        let key = self.encode_key(&key)?;
        let mut value = Vec::new();
        V::build(&mut value, build);
        self.form_to_write()?.close(&key, &mut value)?;
        self.put_row(&key, &NewRow::of_stored(&value))
    }
}

impl<L: Row, A: AccessMut> Table<L, A> {
    /// Writes one row in a transaction; `true` if it replaced another.
    #[track_caller]
    fn put_row(&self, key: &[u8], row: &NewRow<'_, Owned<L>>) -> Result<bool> {
        self.write(|writer| self.replace(writer, key, Some(row)))
    }

    /// Pushes every item to a bulk writer in one transaction, and calls `tell` with the number written so far.
    #[track_caller]
    fn write_stream<T>(
        &self,
        items: impl IntoIterator<Item = T>,
        mode: Mode,
        push: impl Fn(&mut BulkWriter<'_, L, A>, &dyn ByteWriter, T) -> Result<bool>,
        mut tell: impl FnMut(u64),
    ) -> Result<u64> {
        self.write_whole(WriteSize::Rows, |writer| {
            let mut bulk = BulkWriter::new(self, writer, mode)?;
            for item in items {
                match push(&mut bulk, writer, item) {
                    Ok(true) => tell(bulk.loaded()),
                    Ok(false) => {}
                    Err(error) => {
                        // Of several that would be refused, the first is reported.
                        bulk.flush(writer)?;
                        return Err(error);
                    }
                }
            }
            bulk.flush(writer)?;
            tell(bulk.loaded());
            Ok(bulk.loaded())
        })
    }
}
