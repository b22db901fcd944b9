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
    /// Writes `record` under its key. Returns `true` if it replaced a record.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// assert!(!airports.put(&airport("LSGG", "CH", Some("GVA"), 1400))?);
    /// assert!(airports.put(&airport("LSGG", "CH", Some("GVA"), 1411))?); // Replaced.
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`StorageError::Serialization`] if the record cannot be encoded, [`StorageError::Key`] if a key is too long,
    /// [`StorageError::Unique`] if another record has its key in a unique index, [`StorageError::NestedWrite`] inside
    /// another write of this thread. Nothing is written then.
    #[track_caller]
    pub fn put(&self, record: &R) -> Result<bool> {
        let mut bytes = Vec::new();
        let key = self.encode_record(record, &mut bytes)?;
        self.put_row(&key, &NewRow::new(record, &bytes))
    }

    /// Writes `record` under its key; fails if there is one already.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// let geneva = airport("LSGG", "CH", Some("GVA"), 1411);
    /// airports.insert(&geneva)?;
    /// let again = airports.insert(&geneva);
    /// assert!(again.is_err_and(|error| error.is_conflict()));
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`StorageError::AlreadyExists`] if there is a record with its key; otherwise as [`put`](Self::put).
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

    /// Writes all records in one transaction and returns their number; if one fails, none is written. If records share
    /// a key, the last one wins, and all are counted. A unique key counts as taken until a later record in the stream
    /// releases it.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// let swiss = ["LSGC", "LSGG", "LSGS"].map(|ident| airport(ident, "CH", None, 1500));
    /// assert_eq!(airports.put_stream(swiss)?, 3);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`put`](Self::put).
    #[track_caller]
    pub fn put_stream(&self, records: impl IntoIterator<Item = R>) -> Result<u64> {
        self.put_each(records.into_iter().map(Ok), Mode::Put, |_| ())
    }

    /// Like [`put_stream`](Self::put_stream), for borrowed records: `users.put_all(&users_in_memory)`.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// let swiss = ["LSGC", "LSGG", "LSGS"].map(|ident| airport(ident, "CH", None, 1500));
    /// assert_eq!(airports.put_all(&swiss)?, 3);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`put`](Self::put).
    #[track_caller]
    #[expect(single_use_lifetimes, reason = "anonymous lifetimes in `impl Trait` are not stable")]
    pub fn put_all<'r>(&self, records: impl IntoIterator<Item = &'r R>) -> Result<u64> {
        self.put_each(records.into_iter().map(Ok), Mode::Put, |_| ())
    }

    /// Like [`put_stream`](Self::put_stream), for a stream that may fail, such as a file being parsed: the first error
    /// ends the transaction, and nothing is written.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// let lines = "LSGG 1411\nLSGC n/a".lines();
    /// let records = lines.map(|line| {
    ///     let (ident, elevation) = line.split_once(' ').unwrap();
    ///     elevation.parse().map(|elevation_ft| airport(ident, "CH", None, elevation_ft))
    /// });
    /// let refused = airports.try_put_stream(records);
    /// assert!(refused.is_err() && !airports.contains("LSGG")?);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`put`](Self::put). The stream's own error is a [`StreamError`](crate::error::StreamError) in
    /// [`StorageError::Custom`], with the position of the item.
    #[track_caller]
    pub fn try_put_stream<E>(&self, records: impl IntoIterator<Item = Result<R, E>>) -> Result<u64>
    where
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        self.try_put_stream_with(records, |_| ())
    }

    /// Like [`try_put_stream`](Self::try_put_stream), but calls `tell` with the number of records written so far, as
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

    /// Like [`put_stream`](Self::put_stream), but fails if a key exists already or comes twice.
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
    /// [`StorageError::AlreadyExists`] with the first such key; otherwise as [`put`](Self::put). Nothing is written
    /// then.
    #[doc(alias("insert_many", "bulk_insert"))]
    #[track_caller]
    pub fn insert_stream(&self, records: impl IntoIterator<Item = R>) -> Result<u64> {
        self.put_each(records.into_iter().map(Ok), Mode::Insert, |_| ())
    }

    /// Like [`put_stream`](Self::put_stream), but calls `tell` with the number of records written so far, after each
    /// batch and at the end. A batch is 2 MiB while records come in key order; otherwise 40 MiB, or an eighth of
    /// [`OpenOptions::cache_size`](crate::OpenOptions::cache_size) if that is more, up to 256 MiB.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// let swiss = ["LSGC", "LSGG", "LSGS"].map(|ident| airport(ident, "CH", None, 1500));
    /// airports.put_stream_with(swiss, |written| println!("{written} records"))?;
    /// # Ok::<(), storage::StorageError>(())
    /// ```
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
    /// Writes `value` under `key`. Returns `true` if it replaced a value.
    ///
    /// ```
    #[doc = include_str!("../guide/example/names.txt")]
    /// assert!(names.put(7, &"Ada Lovelace".to_string())?); // Replaced.
    /// assert_eq!(names.load(7)?, Some("Ada Lovelace".into()));
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`StorageError::Serialization`] if the value cannot be encoded, [`StorageError::Key`] if the key is too long,
    /// [`StorageError::NestedWrite`] inside another write of this thread. Nothing is written then.
    #[track_caller]
    pub fn put(&self, key: impl Lookup<K>, value: &C::Owned) -> Result<bool> {
        let form = self.form_to_write()?;
        let key = self.encode_key(&key)?;
        let mut bytes = Vec::new();
        form.encode(&key, value, &mut bytes)?;
        self.put_row(&key, &NewRow::of_stored(&bytes))
    }

    /// Writes all pairs in one transaction and returns their number; if one fails, none is written.
    ///
    /// ```
    #[doc = include_str!("../guide/example/names.txt")]
    /// let more = ["Emmy", "Maryam"].map(str::to_owned);
    /// assert_eq!(names.put_stream((9_u64..).zip(more))?, 2);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
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

    /// Checks bytes that are already in the codec's format, as a read would, and writes them under `key`. Returns
    /// `true` if they replaced a value.
    ///
    /// # Errors
    ///
    /// As [`put`](Self::put), and [`StorageError::Serialization`] if the bytes are not a valid `V`.
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
    /// Writes the FlatBuffers table that `build` makes with flatc's own functions. Returns `true` if it replaced a
    /// value.
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
