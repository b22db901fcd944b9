//! Reading rows under many keys: `get_many`, `load_many`, `project_many`. Keys in order cost the engine less than keys
//! as they come.

use super::{
    Access, By, Reader, Row, Table, View, form::StoredValue, row::Owned, sorter::first_word,
};
use crate::{
    backend::ByteTable,
    error::Result,
    index::{HasIndex, UniqueIndex},
    invariant::Invariant,
    key::Lookup,
    project::Projection,
    record::{FieldRecord, StoredRecord},
};
use std::ops::ControlFlow;

impl<L: Row, A: Access> Table<L, A> {
    /// Calls `accessor` with a view of the row under each of `keys` and returns the results in the order of `keys`,
    /// with `None` where there is no such row.
    ///
    /// All rows are read from one snapshot. `accessor` is called in table order, and twice for a key that is given
    /// twice.
    ///
    /// ```
    /// # use storage::Storage;
    /// # let storage = Storage::in_memory()?;
    /// let names = storage.new_rkyv_table::<u64, String>("names");
    /// names.put(7, &"Ada".to_string())?;
    /// assert_eq!(names.get_many([9, 7, 7], |name| name.len())?, [None, Some(3), Some(3)]);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get), for the first row in table order that cannot be read;
    /// [`StorageError::Key`](crate::StorageError::Key) if one of `keys` is too long.
    pub fn get_many<T>(
        &self,
        keys: impl IntoIterator<Item = impl Lookup<L::Key>>,
        mut accessor: impl FnMut(View<'_, L>) -> T,
    ) -> Result<Vec<Option<T>>> {
        self.read_many(keys, |key, value| self.form().with_view(key, value, &mut accessor))
    }

    /// Returns the row under each of `keys` as an owned value, in the order of `keys`, with `None` where there is no
    /// such row.
    ///
    /// ```
    /// # use storage::Storage;
    /// # let storage = Storage::in_memory()?;
    /// let names = storage.new_rkyv_table::<u64, String>("names");
    /// names.put(7, &"Ada".to_string())?;
    /// assert_eq!(names.load_many([9, 7])?, [None, Some("Ada".into())]);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`get_many`](Self::get_many).
    #[doc(alias("load_all", "multi_get"))]
    pub fn load_many(
        &self,
        keys: impl IntoIterator<Item = impl Lookup<L::Key>>,
    ) -> Result<Vec<Option<Owned<L>>>> {
        self.read_many(keys, |key, value| self.form().decode(key, value))
    }

    /// Calls `read` with the value under each of `keys`, in the order of the table.
    fn read_many<T>(
        &self,
        keys: impl IntoIterator<Item = impl Lookup<L::Key>>,
        mut read: impl FnMut(&[u8], StoredValue<'_, L>) -> Result<T>,
    ) -> Result<Vec<Option<T>>> {
        let mut batch = KeyBatch::default();
        for (place, key) in keys.into_iter().enumerate() {
            batch.push(&self.encode_key(&key)?, place);
        }
        let mut found = Answers::new(batch.keys.len());
        if let Some(reader) = self.reading()? {
            batch.read(&reader, self.byte_table(), |key, place, value| {
                let read = value.map(|value| read(key, StoredValue::InFile(value)));
                found.set(place, read.transpose()?);
                Ok(())
            })?;
        }
        Ok(found.0)
    }
}

impl<R: StoredRecord, A: Access> Table<R, A> {
    /// Returns some fields of the record under each of `keys` as owned values, in the order of `keys`, with `None`
    /// where there is no such record.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// let found = airports.project_many(["LSZH", "LSXX"], Airport::FIELDS.elevation_ft)?;
    /// assert_eq!(found, [Some(1416), None]);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`get_many`](Self::get_many).
    pub fn project_many<P: Projection<R>>(
        &self,
        keys: impl IntoIterator<Item = impl Lookup<R::Key>>,
        projection: P,
    ) -> Result<Vec<Option<P::Owned>>>
    where
        R: FieldRecord,
    {
        self.read_many(keys, |key, value| {
            self.form().with_fields(key, value, |source| projection.read(source).map(P::own))
        })
    }
}

impl<R: StoredRecord + UniqueIndex<N>, A: Access, const N: usize> By<'_, R, A, N> {
    /// Like [`Table::get_many`], by unique index keys.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// let by_iata = airports.by(Airport::INDEXES.iata);
    /// let found = by_iata.get_many(["ZRH", "LHR"], |airport| airport.ident.to_string())?;
    /// assert_eq!(found, [Some("LSZH".into()), Some("EGLL".into())]);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Table::get_many`].
    pub fn get_many<T>(
        &self,
        keys: impl IntoIterator<Item = impl Lookup<<R as HasIndex<N>>::Key>>,
        mut accessor: impl FnMut(View<'_, R>) -> T,
    ) -> Result<Vec<Option<T>>> {
        self.read_many(keys, |key, value| self.table.form().with_view(key, value, &mut accessor))
    }

    /// Like [`Table::load_many`], by unique index keys.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// let found = airports.by(Airport::INDEXES.iata).load_many(["ZRH", "YYZ"])?;
    /// assert!(found[0].is_some() && found[1].is_none());
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Table::get_many`].
    pub fn load_many(
        &self,
        keys: impl IntoIterator<Item = impl Lookup<<R as HasIndex<N>>::Key>>,
    ) -> Result<Vec<Option<R>>> {
        self.read_many(keys, |key, value| self.table.form().decode(key, value))
    }

    /// Calls `read` with the record that has each of `keys`, in the order of the table.
    fn read_many<T>(
        &self,
        keys: impl IntoIterator<Item = impl Lookup<<R as HasIndex<N>>::Key>>,
        mut read: impl FnMut(&[u8], StoredValue<'_, R>) -> Result<T>,
    ) -> Result<Vec<Option<T>>> {
        let mut batch = KeyBatch::default();
        for (place, key) in keys.into_iter().enumerate() {
            batch.push(&super::by::encode_exact(key), place);
        }
        let mut found = Answers::new(batch.keys.len());
        let Some((reader, index)) = self.reading()? else { return Ok(found.0) };
        let mut holders = KeyBatch::default();
        for (index_key, place) in batch.sorted() {
            if let Some(primary_key) = index.holder(&reader, index_key)? {
                holders.push(&primary_key, place);
            }
        }
        holders.read(&reader, self.table.byte_table(), |primary_key, place, value| {
            let Some(value) = value else {
                return Err(index.dangling(batch.key_at(place), primary_key));
            };
            found.set(place, Some(read(primary_key, StoredValue::InFile(value))?));
            Ok(())
        })?;
        Ok(found.0)
    }
}

/// Encoded keys, each with its place among those of the caller.
#[derive(Default)]
struct KeyBatch {
    /// The bytes of all keys.
    arena: Vec<u8>,
    keys: Vec<PlacedKey>,
}

/// A key in the arena.
struct PlacedKey {
    /// Its first bytes as a number, which decides most comparisons.
    prefix: u64,
    start: usize,
    end: usize,
    place: usize,
}

impl KeyBatch {
    fn push(&mut self, key: &[u8], place: usize) {
        let start = self.arena.len();
        self.arena.extend_from_slice(key);
        let prefix = first_word(key).0;
        self.keys.push(PlacedKey { prefix, start, end: self.arena.len(), place });
    }

    fn bytes(&self, key: &PlacedKey) -> &[u8] {
        self.arena.get(key.start..key.end).invariant("a key lies where it was put")
    }

    /// The key that came from `place`; only to say what is wrong with it.
    fn key_at(&self, place: usize) -> &[u8] {
        let key = self.keys.iter().find(|key| key.place == place);
        key.map(|key| self.bytes(key)).invariant("there is a key for each place")
    }

    fn sort(&mut self) {
        let mut keys = std::mem::take(&mut self.keys);
        keys.sort_unstable_by(|a, b| {
            a.prefix.cmp(&b.prefix).then_with(|| self.bytes(a).cmp(self.bytes(b)))
        });
        self.keys = keys;
    }

    /// The keys with their places, in the order of the table.
    fn sorted(&mut self) -> impl Iterator<Item = (&[u8], usize)> {
        self.sort();
        self.keys.iter().map(|key| (self.bytes(key), key.place))
    }

    /// Calls `read` with each key, its place and the value under it, in the order of the table, until it fails.
    fn read(
        &mut self,
        reader: &Reader<'_>,
        table: &ByteTable,
        mut read: impl FnMut(&[u8], usize, Option<&[u8]>) -> Result<()>,
    ) -> Result<()> {
        self.sort();
        let mut places = self.keys.iter().map(|key| key.place);
        let mut keys = self.keys.iter().map(|key| self.bytes(key));
        let mut outcome = Ok(());
        reader.bytes().get_many(table, &mut keys, &mut |key, value| {
            let place = places.next().invariant("each key has a place");
            match read(key, place, value) {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    outcome = Err(error);
                    ControlFlow::Break(())
                }
            }
        })?;
        outcome
    }
}

/// What was found, in the order of the caller's keys.
struct Answers<T>(Vec<Option<T>>);

impl<T> Answers<T> {
    fn new(len: usize) -> Self {
        Self(std::iter::repeat_with(|| None).take(len).collect())
    }

    fn set(&mut self, place: usize, answer: Option<T>) {
        debug_assert!(place < self.0.len(), "there is an answer for each place");
        if let Some(found) = self.0.get_mut(place) {
            *found = answer;
        }
    }
}
