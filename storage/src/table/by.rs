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

/// A table seen through one of its indexes. Returned by [`Table::by`].
pub struct By<'t, R: StoredRecord, A, const N: usize> {
    pub(super) table: &'t Table<R, A>,
}

impl<R: StoredRecord, A: Access> Table<R, A> {
    /// Returns the table seen through `index`, to find records by its keys.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// let swiss = airports.by(Airport::INDEXES.country).get_all("CH")?;
    /// assert_eq!(swiss.keys()?, ["LSEZ", "LSZH"]);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
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
    /// Returns all indexed records, in index order. A record with several index keys comes once for each.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// let by_iata = airports.by(Airport::INDEXES.iata).iter()?;
    /// assert_eq!(by_iata.keys()?, ["EGPF", "EGLL", "LSZH"]); // GLA, LHR, ZRH
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Table::iter`].
    pub fn iter(&self) -> Result<Rows<R, A>> {
        self.rows(ByteRange::ALL)
    }

    /// Returns the records with the index key `key`, in the order of their primary keys.
    ///
    /// Keys are compared by their bytes. So `0.0` does not find `-0.0`, as a filter would, and a NaN finds itself; the
    /// range `-0.0..=0.0` finds both zeros.
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

    /// Returns the records whose index key is in `range`.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// let by_iata = airports.by(Airport::INDEXES.iata);
    /// assert_eq!(by_iata.range("H"..)?.keys()?, ["EGLL", "LSZH"]);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Table::iter`].
    pub fn range(&self, range: impl KeyRange<<R as HasIndex<N>>::Key>) -> Result<Rows<R, A>> {
        self.rows(range.byte_range(Place::Inner))
    }

    /// Returns the records whose index key starts with `prefix`.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// let by_iata = airports.by(Airport::INDEXES.iata);
    /// assert_eq!(by_iata.prefix("GL")?.keys()?, ["EGPF"]);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Table::iter`].
    pub fn prefix(&self, prefix: impl Prefix<<R as HasIndex<N>>::Key>) -> Result<Rows<R, A>> {
        self.rows(prefix.byte_range(Place::Inner))
    }

    /// Returns the number of entries with the index key `key`. No record is read.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// assert_eq!(airports.by(Airport::INDEXES.country).count("CH")?, 2);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Table::iter`].
    pub fn count(&self, key: impl Lookup<<R as HasIndex<N>>::Key>) -> Result<u64> {
        self.count_in(&exact(key))
    }

    /// Returns the number of entries whose index key is in `range`. No record is read.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// assert_eq!(airports.by(Airport::INDEXES.country).count_range("D"..)?, 2);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Table::iter`].
    pub fn count_range(&self, range: impl KeyRange<<R as HasIndex<N>>::Key>) -> Result<u64> {
        self.count_in(&range.byte_range(Place::Inner))
    }

    /// Returns whether a record has the index key `key`. No record is read.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// assert!(airports.by(Airport::INDEXES.iata).contains("ZRH")?);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Table::iter`].
    pub fn contains(&self, key: impl Lookup<<R as HasIndex<N>>::Key>) -> Result<bool> {
        let Some((reader, index)) = self.reading()? else { return Ok(false) };
        Ok(index.holder(&reader, &encode_exact(key))?.is_some())
    }

    /// Returns the number of entries in the index. The engine keeps it: neither entries nor records are read.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// assert_eq!(airports.len()?, 4);
    /// assert_eq!(airports.by(Airport::INDEXES.iata).len()?, 3); // One of them has no code.
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Table::iter`].
    pub fn len(&self) -> Result<u64> {
        self.count_in(&ByteRange::ALL)
    }

    /// Returns whether the index has no entries.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// assert!(!airports.by(Airport::INDEXES.iata).is_empty()?);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Table::iter`].
    pub fn is_empty(&self) -> Result<bool> {
        let Some((reader, index)) = self.reading()? else { return Ok(true) };
        Ok(reader.bytes().len(index.byte_table())? == 0)
    }

    /// Returns the first record in index order.
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

    /// Returns the last record in index order.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// let last = airports.by(Airport::INDEXES.iata).last()?;
    /// assert_eq!(last.map(|zurich| zurich.key()).transpose()?, Some("LSZH".into()));
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Table::get`].
    #[doc(alias = "max")]
    pub fn last(&self) -> Result<Option<Stored<R>>> {
        self.iter()?.rev().next().transpose()
    }

    /// Returns each distinct index key in `range`, in order, with its number of entries. No record is read.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// let countries = airports.by(Airport::INDEXES.country).distinct(..)?;
    /// assert_eq!(countries, [("CH".to_string(), 2), ("GB".to_string(), 2)]);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
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
    /// Calls `accessor` with a view of the record with the unique index key `key` and returns its result, or `None` if
    /// there is none.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// let ident = airports.by(Airport::INDEXES.iata).get("ZRH", |zurich| zurich.ident.to_string())?;
    /// assert_eq!(ident, Some("LSZH".into()));
    /// # Ok::<(), storage::StorageError>(())
    /// ```
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

    /// Returns the record with the unique index key `key` as a guard; see [`Table::view`].
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// let zurich = airports.by(Airport::INDEXES.iata).view("ZRH")?;
    /// assert_eq!(zurich.map(|zurich| zurich.elevation_ft.to_native()), Some(1416));
    /// # Ok::<(), storage::StorageError>(())
    /// ```
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

    /// Returns the record with the unique index key `key` as an owned value.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// let zurich = airports.by(Airport::INDEXES.iata).load("ZRH")?;
    /// assert_eq!(zurich.map(|zurich| zurich.elevation_ft), Some(1416));
    /// # Ok::<(), storage::StorageError>(())
    /// ```
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

    /// Returns some fields of the record with the unique index key `key`.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// let a = Airport::FIELDS;
    /// let zurich = airports.by(Airport::INDEXES.iata).project("ZRH", (a.ident, a.elevation_ft))?;
    /// assert_eq!(zurich, Some(("LSZH".into(), 1416)));
    /// # Ok::<(), storage::StorageError>(())
    /// ```
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

    /// Calls `accessor` with some fields of the record with the unique index key `key`, borrowed where possible.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// let by_iata = airports.by(Airport::INDEXES.iata);
    /// let len = by_iata.project_with("ZRH", Airport::FIELDS.ident, |ident: &str| ident.len())?;
    /// assert_eq!(len, Some(4));
    /// # Ok::<(), storage::StorageError>(())
    /// ```
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
