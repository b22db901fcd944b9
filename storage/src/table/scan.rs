//! Reading many rows: `iter`, `range`, `prefix`, `first`, `last`, `len`, `scan`.

use super::{Access, Pair, Row, Rows, Stored, Table, View, form::StoredValue};
use crate::{
    backend::{ByteReader, ByteRow, ByteTable},
    codec::Codec,
    error::Result,
    key::{ByteRange, Key, KeyRange, Place, Prefix},
    record::StoredRecord,
};
use std::ops::Bound;

impl<L: Row, A: Access> Table<L, A> {
    /// Returns an iterator over all rows in key order.
    ///
    /// # Changing rows while iterating
    ///
    /// Outside of transactions, the iterator holds a snapshot, and each change is a commit of its own, which cannot
    /// reuse the pages of that snapshot: a loop over `iter()` that calls [`update`](Self::update) on the same table
    /// makes the file hundreds of times as long. Do one of these instead, which make it at most twice as long:
    ///
    /// - iterate and change inside one [`Storage::write`](crate::Storage::write), which is also the fastest;
    /// - collect the keys first, then change one row after the other;
    /// - go page by page, with one write per page ([`limit`](Rows::limit), [`page_token`](Rows::page_token)).
    ///
    /// ```
    /// # use rkyv::{Archive, Deserialize, Serialize};
    /// # use storage::{Result, Storage, StoredRecord};
    /// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// # #[store(codec = "rkyv", table = "players")]
    /// # struct Player { #[store(key)] id: u32, score: u32 }
    /// # let storage = Storage::in_memory()?;
    /// let players = Player::table(&storage)?;
    /// players.put_stream((0..100).map(|id| Player { id, score: id }))?;
    ///
    /// // In one transaction.
    /// storage.write(|txn| {
    ///     let players = txn.table::<Player>()?;
    ///     for player in players.iter()? {
    ///         let id = player?.view().id.to_native();
    ///         players.update(id, |player| player.score += 1)?;
    ///     }
    ///     Ok(())
    /// })?;
    ///
    /// // In many transactions, with the keys collected first.
    /// let ids: Vec<u32> = players.iter()?.select(Player::FIELDS.id).collect::<Result<_>>()?;
    /// for id in ids {
    ///     players.update(id, |player| player.score += 1)?;
    /// }
    /// assert_eq!(players.load(99)?.map(|player| player.score), Some(101));
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Same as [`get`](Self::get); in addition, each item can fail.
    pub fn iter(&self) -> Result<Rows<L, A>> {
        Rows::new(self, None, ByteRange::ALL)
    }

    /// Returns the rows whose key is in `range`: `"A".."B"`, `10..=20`, `(Bound::Excluded("A"), Bound::Unbounded)`.
    ///
    /// A range that ends before it starts is empty.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// assert_eq!(airports.range("EGM".."LSF")?.keys()?, ["EGPF", "LSEZ"]);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`iter`](Self::iter).
    pub fn range(&self, range: impl KeyRange<L::Key>) -> Result<Rows<L, A>> {
        Rows::new(self, None, range.byte_range(Place::Last))
    }

    /// Returns the rows whose key starts with `prefix`: the leading parts of a composite key, as in `("GB",)`, or the
    /// first characters of a text key.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// assert_eq!(airports.prefix("EG")?.keys()?, ["EGLL", "EGPF"]);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`iter`](Self::iter).
    pub fn prefix(&self, prefix: impl Prefix<L::Key>) -> Result<Rows<L, A>> {
        Rows::new(self, None, prefix.byte_range(Place::Last))
    }
}

impl<R: StoredRecord, A: Access> Table<R, A> {
    /// Calls `scanner` with a view of every record, in key order, and collects the values it returns.
    ///
    /// Do not change records in `scanner`: collect keys, and change them afterwards, as [`iter`](Self::iter) explains.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// let high = airports.scan(|a| (a.elevation_ft > 1000).then(|| a.ident.to_string()))?;
    /// assert_eq!(high, ["LSEZ", "LSZH"]);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    pub fn scan<T>(&self, mut scanner: impl FnMut(View<'_, R>) -> Option<T>) -> Result<Vec<T>> {
        self.each(|_, view| Ok(scanner(view)))
    }
}

impl<K: Key, V: 'static, C: Codec<V>, A: Access> Table<Pair<K, V, C>, A> {
    /// Calls `scanner` with a reference to every key and a view of its value, in key order, and collects the
    /// values it returns.
    ///
    /// ```
    /// # use storage::Storage;
    /// # let storage = Storage::in_memory()?;
    /// let ages = storage.new_rkyv_table::<u64, u32>("ages");
    /// ages.put_stream([(1, 36), (2, 17), (3, 85)])?;
    /// let adults = ages.scan(|key, age| (*age >= 18).then_some(*key))?;
    /// assert_eq!(adults, [1, 3]);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    pub fn scan<T>(
        &self,
        mut scanner: impl FnMut(&K::Ref<'_>, View<'_, Pair<K, V, C>>) -> Option<T>,
    ) -> Result<Vec<T>> {
        self.each(|bytes, view| Ok(scanner(&self.form().decode_key(bytes)?, view)))
    }
}

impl<L: Row, A: Access> Table<L, A> {
    /// Returns the row with the least key: a record, or a key with its value.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// assert_eq!(airports.first()?.unwrap().key()?, "EGLL");
    ///
    /// let names = storage.new_rkyv_table::<u64, String>("names");
    /// names.put(7, &"Ada".to_string())?;
    /// let (id, name) = names.first()?.unwrap();
    /// assert_eq!((id, name.view().as_str()), (7, "Ada"));
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    pub fn first(&self) -> Result<Option<L::Keyed<Stored<L>>>> {
        self.edge(|reader, table| reader.first(table, Bound::Unbounded, Bound::Unbounded))
    }

    /// Returns the row with the greatest key.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// assert_eq!(airports.last()?.unwrap().key()?, "LSZH");
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    pub fn last(&self) -> Result<Option<L::Keyed<Stored<L>>>> {
        self.edge(|reader, table| reader.last(table, Bound::Unbounded, Bound::Unbounded))
    }

    /// Returns the number of rows. The engine keeps it: no row is read.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// assert_eq!(airports.len()?, 4);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    pub fn len(&self) -> Result<u64> {
        self.reading()?.map_or(Ok(0), |reader| reader.bytes().len(self.byte_table()))
    }

    /// Returns whether there are no rows.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// assert!(!airports.is_empty()?);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    pub fn is_empty(&self) -> Result<bool> {
        Ok(self.len()? == 0)
    }

    fn edge(
        &self,
        find: impl FnOnce(&dyn ByteReader, &ByteTable) -> Result<Option<ByteRow>>,
    ) -> Result<Option<L::Keyed<Stored<L>>>> {
        let Some(reader) = self.reading()? else { return Ok(None) };
        let row = find(reader.bytes(), self.byte_table())?;
        row.map(|row| self.form().item(&row.key, row.value)).transpose()
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
