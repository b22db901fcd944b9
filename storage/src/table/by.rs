//! Finding records by a secondary index: `table.by(Airport::INDEXES.by_region)`.

use super::{Access, IndexTable, Reader, Rows, Stored, Table, View, form::StoredValue};
use crate::{
    error::Result,
    index::{HasIndex, Index, UniqueIndex},
    key::{ByteRange, Key, KeyBuf, KeyRange, Lookup, Place, Prefix},
    project::Projection,
    record::{FieldRecord, StoredRecord},
};
use std::fmt;

/// A table in the order of one of its indexes.
pub struct By<'t, R: StoredRecord, A, const N: usize> {
    pub(super) table: &'t Table<R, A>,
}

impl<R: StoredRecord, A: Access> Table<R, A> {
    /// The table in the order of `index`.
    #[must_use]
    pub const fn by<const N: usize>(&self, index: Index<R, N>) -> By<'_, R, A, N>
    where
        R: HasIndex<N>,
    {
        let _ = index; // Its type says it all.
        By { table: self }
    }
}

impl<'t, R: StoredRecord + HasIndex<N>, A: Access, const N: usize> By<'t, R, A, N> {
    /// All records that the index knows, in its order. A record with several keys comes once for each.
    ///
    /// # Errors
    ///
    /// As [`Table::iter`].
    pub fn iter(&self) -> Result<Rows<R, A>> {
        self.rows(ByteRange::ALL)
    }

    /// The records with the index key `key`, in the order of their primary keys.
    ///
    /// Keys are compared by their bytes, as everywhere in a table: of floats, `0.0` does not find `-0.0`, which a
    /// filter does, and a NaN finds itself. The range from one zero to the other has both.
    ///
    /// ```
    /// # use rkyv::{Archive, Deserialize, Serialize};
    /// # use storage::{Storage, StoredRecord};
    /// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// # #[store(codec = "rkyv", table = "changes")]
    /// # struct Change { #[store(key)] day: u32, #[store(index)] celsius: f64 }
    /// # let storage = Storage::in_memory()?;
    /// let changes = Change::table(&storage)?;
    /// changes.put_stream([(1, 0.0), (2, -0.0)].map(|(day, celsius)| Change { day, celsius }))?;
    /// let by_change = changes.by(Change::INDEXES.celsius);
    /// assert_eq!(by_change.get_all(0.0)?.count()?, 1);
    /// assert_eq!(by_change.range(-0.0..=0.0)?.count()?, 2);
    /// assert_eq!(changes.iter()?.filter(Change::FIELDS.celsius.eq(0.0)).count()?, 2);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Table::iter`].
    pub fn get_all(&self, key: impl Lookup<<R as HasIndex<N>>::Key>) -> Result<Rows<R, A>> {
        self.rows(exact(key))
    }

    /// The records whose index key is in `range`.
    ///
    /// # Errors
    ///
    /// As [`Table::iter`].
    pub fn range(&self, range: impl KeyRange<<R as HasIndex<N>>::Key>) -> Result<Rows<R, A>> {
        self.rows(range.byte_range(Place::Inner))
    }

    /// The records whose index key starts with `prefix`.
    ///
    /// # Errors
    ///
    /// As [`Table::iter`].
    pub fn prefix(&self, prefix: impl Prefix<<R as HasIndex<N>>::Key>) -> Result<Rows<R, A>> {
        self.rows(prefix.byte_range(Place::Inner))
    }

    /// The number of entries with the index key `key`. No record is read.
    ///
    /// # Errors
    ///
    /// As [`Table::iter`].
    pub fn count(&self, key: impl Lookup<<R as HasIndex<N>>::Key>) -> Result<u64> {
        self.count_in(&exact(key))
    }

    /// The number of entries whose index key is in `range`. No record is read.
    ///
    /// # Errors
    ///
    /// As [`Table::iter`].
    pub fn count_range(&self, range: impl KeyRange<<R as HasIndex<N>>::Key>) -> Result<u64> {
        self.count_in(&range.byte_range(Place::Inner))
    }

    /// Whether a record has the index key `key`. No record is read.
    ///
    /// # Errors
    ///
    /// As [`Table::iter`].
    pub fn contains(&self, key: impl Lookup<<R as HasIndex<N>>::Key>) -> Result<bool> {
        let Some((reader, index)) = self.reading()? else { return Ok(false) };
        Ok(index.holder(&reader, &encode_exact(key))?.is_some())
    }

    /// The number of entries in the index, as the engine has counted them: neither entries nor records are read.
    ///
    /// # Errors
    ///
    /// As [`Table::iter`].
    pub fn len(&self) -> Result<u64> {
        self.count_in(&ByteRange::ALL)
    }

    /// Whether the index has no entries. No record is read.
    ///
    /// # Errors
    ///
    /// As [`Table::iter`].
    pub fn is_empty(&self) -> Result<bool> {
        let Some((reader, index)) = self.reading()? else { return Ok(true) };
        Ok(reader.bytes().len(index.byte_table())? == 0)
    }

    /// The first record in the order of the index.
    ///
    /// ```
    /// # use rkyv::{Archive, Deserialize, Serialize};
    /// # use storage::{Storage, StoredRecord};
    /// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// # #[store(codec = "rkyv", table = "readings")]
    /// # struct Reading { #[store(key)] hour: u32, #[store(index)] wind: String }
    /// # let storage = Storage::in_memory()?;
    /// let readings = Reading::table(&storage)?;
    /// let winds = ["NNW", "SE", "NNW"];
    /// readings.put_stream((0..).zip(winds).map(|(hour, wind)| Reading { hour, wind: wind.into() }))?;
    /// let by_wind = readings.by(Reading::INDEXES.wind);
    /// assert_eq!(by_wind.first()?.unwrap().view().hour, 0);
    /// assert_eq!(by_wind.last()?.unwrap().view().hour, 1);
    /// assert_eq!(by_wind.distinct(..)?, [("NNW".to_string(), 2), ("SE".to_string(), 1)]);
    /// assert_eq!(by_wind.distinct("O"..)?, [("SE".to_string(), 1)]);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Table::get`].
    #[doc(alias = "min")]
    pub fn first(&self) -> Result<Option<Stored<R>>> {
        self.iter()?.next().transpose()
    }

    /// The last record in the order of the index.
    ///
    /// # Errors
    ///
    /// As [`Table::get`].
    #[doc(alias = "max")]
    pub fn last(&self) -> Result<Option<Stored<R>>> {
        self.iter()?.rev().next().transpose()
    }

    /// The index keys in `range`, each once, in their order, with the number of its entries. No record is read.
    ///
    /// # Errors
    ///
    /// As [`Table::iter`].
    #[doc(alias("group_by", "facets", "unique", "count_by"))]
    pub fn distinct(
        &self,
        range: impl KeyRange<<R as HasIndex<N>>::Key>,
    ) -> Result<Vec<(<R as HasIndex<N>>::Key, u64)>> {
        let Some((reader, index)) = self.reading()? else { return Ok(Vec::new()) };
        let mut groups: Vec<(KeyBuf, u64)> = Vec::new();
        reader.for_each(index.byte_table(), &range.byte_range(Place::Inner), |entry, value| {
            index.verify(entry, value)?;
            let key = index.index_key(entry)?;
            match groups.last_mut() {
                Some((last, count)) if **last == *key => *count = count.saturating_add(1),
                _ => groups.push((KeyBuf::from(key), 1)),
            }
            Ok(())
        })?;
        let decoded = groups.into_iter().map(|(key, count)| Ok((index.decode_key(&key)?, count)));
        decoded.collect()
    }

    fn rows(&self, range: ByteRange) -> Result<Rows<R, A>> {
        match self.index() {
            Some(_) => Rows::new(self.table, Some(N), range),
            None => Rows::new(self.table, None, ByteRange::NONE),
        }
    }

    fn count_in(&self, range: &ByteRange) -> Result<u64> {
        let Some((reader, index)) = self.reading()? else { return Ok(0) };
        index.count(&reader, range, u64::MAX)
    }

    /// A state to read the index from; `None` if the table was never written.
    pub(super) fn reading(&self) -> Result<Option<(Reader<'t>, &'t IndexTable)>> {
        Ok(self.table.reading_by(Some(N))?.zip(self.index()))
    }

    fn index(&self) -> Option<&'t IndexTable> {
        let index = self.table.shared.indexes.get(N);
        debug_assert!(index.is_some(), "`HasIndex<N>` is derived with the list of indexes");
        index
    }
}

// The bound stands on each method, not on the block: so the message of `UniqueIndex` is shown to who breaks it.
impl<R: StoredRecord + HasIndex<N>, A: Access, const N: usize> By<'_, R, A, N> {
    /// Calls `accessor` with a view of the one record with the index key `key` and returns its result; `None` if
    /// there is none.
    ///
    /// # Errors
    ///
    /// As [`Table::get`].
    pub fn get<T>(
        &self,
        key: impl Lookup<<R as HasIndex<N>>::Key>,
        accessor: impl FnOnce(View<'_, R>) -> T,
    ) -> Result<Option<T>>
    where
        R: UniqueIndex<N>,
    {
        self.find(key, |key, value| self.table.form().with_view(key, value, accessor))
    }

    /// The one record with the index key `key`, checked and held.
    ///
    /// # Errors
    ///
    /// As [`Table::get`].
    pub fn view(&self, key: impl Lookup<<R as HasIndex<N>>::Key>) -> Result<Option<Stored<R>>>
    where
        R: UniqueIndex<N>,
    {
        self.rows(exact(key))?.next().transpose()
    }

    /// The one record with the index key `key`, owned.
    ///
    /// # Errors
    ///
    /// As [`Table::get`].
    pub fn load(&self, key: impl Lookup<<R as HasIndex<N>>::Key>) -> Result<Option<R>>
    where
        R: UniqueIndex<N>,
    {
        self.find(key, |key, value| self.table.form().decode(key, value))
    }

    /// Some fields of the one record with the index key `key`.
    ///
    /// # Errors
    ///
    /// As [`Table::get`].
    pub fn project<P: Projection<R>>(
        &self,
        key: impl Lookup<<R as HasIndex<N>>::Key>,
        projection: P,
    ) -> Result<Option<P::Owned>>
    where
        R: UniqueIndex<N> + FieldRecord,
    {
        self.project_with(key, projection, P::own)
    }

    /// Calls `accessor` with some fields of the one record with the index key `key`, borrowed where they can be.
    ///
    /// # Errors
    ///
    /// As [`Table::get`].
    pub fn project_with<P: Projection<R>, T>(
        &self,
        key: impl Lookup<<R as HasIndex<N>>::Key>,
        projection: P,
        accessor: impl FnOnce(P::Output<'_>) -> T,
    ) -> Result<Option<T>>
    where
        R: UniqueIndex<N> + FieldRecord,
    {
        self.find(key, |key, value| {
            self.table
                .form()
                .with_fields(key, value, |source| projection.read(source).map(accessor))
        })
    }

    /// Calls `read` with the primary key and the value of the one record with the index key `key`.
    fn find<T>(
        &self,
        key: impl Lookup<<R as HasIndex<N>>::Key>,
        read: impl FnOnce(&[u8], StoredValue<'_, R>) -> Result<T>,
    ) -> Result<Option<T>>
    where
        R: UniqueIndex<N>,
    {
        let Some(index) = self.index() else { return Ok(None) };
        let index_key = encode_exact(key);
        self.table.with_reading(Some(N), |reader| {
            let Some(primary_key) = index.holder(reader, &index_key)? else {
                return Ok(None);
            };
            let read = |value: &[u8]| read(&primary_key, StoredValue::InFile(value));
            match reader.get_with(self.table.byte_table(), &primary_key, read)? {
                Some(value) => value.map(Some),
                None => Err(index.dangling(&index_key, &primary_key)),
            }
        })
    }
}

/// The entries of one index key.
fn exact<K: Key>(key: impl Lookup<K>) -> ByteRange {
    ByteRange::prefix(encode_exact(key))
}

pub(super) fn encode_exact<K: Key>(key: impl Lookup<K>) -> KeyBuf {
    let mut bytes = KeyBuf::new();
    key.encode(&mut bytes, Place::Inner);
    bytes
}

impl<R: StoredRecord, A, const N: usize> fmt::Debug for By<'_, R, A, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("By").field("table", &self.table).field("index", &N).finish()
    }
}
