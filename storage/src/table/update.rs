//! Changing a record in place: `update`, `upsert`, `get_or_insert_with`, `compare_and_set`; `try_` says that errors are
//! the caller's own.

use super::{AccessMut, Outcome, Table, WriteSize, form::StoredValue, replace::NewRow};
use crate::{
    backend::ByteWriter,
    error::{OwnError, Result, StorageError},
    key::{KeyBuf, Lookup},
    record::{EqFields, StoredRecord},
};

impl<R: StoredRecord, A: AccessMut> Table<R, A> {
    /// Calls `change` with the record under `key`, writes the changed record, and returns the result of `change`, or
    /// `None` if there is no such record.
    ///
    /// If `change` returns an `Err`, nothing is written, and the error is returned: see [`Outcome`]. If it changes the
    /// key, the record moves; a record that exists under the new key is an error.
    ///
    /// Outside of transactions each call is a commit. To change many records, use one
    /// [`Storage::write`](crate::Storage::write), or [`Rows::update`](crate::Rows::update). Do not call it in a loop
    /// over
    /// [`iter`](Self::iter) of the same table, which keeps the file from reusing pages.
    ///
    /// ```
    /// # use rkyv::{Archive, Deserialize, Serialize};
    /// # use storage::{Storage, StoredRecord};
    /// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// # #[store(codec = "rkyv", table = "accounts")]
    /// # struct Account { #[store(key)] id: u64, cents: i64 }
    /// # let storage = Storage::in_memory()?;
    /// let accounts = Account::table(&storage)?;
    /// accounts.put(&Account { id: 7, cents: 500 })?;
    ///
    /// let left = accounts.update(7, |account| {
    ///     account.cents -= 200;
    ///     account.cents
    /// })?;
    /// assert_eq!(left, Some(300));
    ///
    /// let refused = accounts.update(7, |account| {
    ///     account.cents -= 400;
    ///     if account.cents < 0 { Err("not enough") } else { Ok(account.cents) }
    /// });
    /// assert_eq!(refused.unwrap_err().to_string(), "not enough");
    /// assert_eq!(accounts.get(7, |account| account.cents.to_native())?, Some(300));
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`put`](Self::put), [`StorageError::AlreadyExists`] if there is a record under the new key, and the error of
    /// `change` as [`StorageError::Custom`].
    #[track_caller]
    pub fn update<T: Outcome>(
        &self,
        key: impl Lookup<R::Key>,
        change: impl FnOnce(&mut R) -> T,
    ) -> Result<Option<T::Value>> {
        let key = self.encode_key(&key)?;
        let changed = self.change(WriteSize::Row, |writer| {
            let Some(mut record) = self.load_in(writer, &key)? else { return Ok(None) };
            let value = change(&mut record).into_result()?;
            self.write_back(writer, &key, &record)?;
            Ok(Some(value))
        });
        changed.map(Option::flatten)
    }

    /// Like [`update`](Self::update), for a `change` that returns errors of your own type: an `Err` undoes the change
    /// and is returned unchanged. The `Ok` value may be of any type.
    ///
    /// ```
    /// # use rkyv::{Archive, Deserialize, Serialize};
    /// # use storage::{Storage, StorageError, StoredRecord};
    /// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// # #[store(codec = "rkyv", table = "accounts")]
    /// # struct Account { #[store(key)] id: u64, cents: i64 }
    /// # let storage = Storage::in_memory()?;
    /// #[derive(Debug)]
    /// enum PayError {
    ///     TooLittle { cents: i64 },
    ///     Storage(StorageError),
    /// }
    ///
    /// impl From<StorageError> for PayError {
    ///     fn from(error: StorageError) -> Self {
    ///         Self::Storage(error)
    ///     }
    /// }
    ///
    /// let accounts = Account::table(&storage)?;
    /// accounts.put(&Account { id: 7, cents: 100 })?;
    /// let paid = accounts.try_update(7, |account| {
    ///     account.cents -= 400;
    ///     let cents = account.cents;
    ///     if cents < 0 { Err(PayError::TooLittle { cents }) } else { Ok(cents) }
    /// });
    /// assert!(matches!(paid, Err(PayError::TooLittle { cents: -300 })));
    /// assert_eq!(accounts.load(7)?.map(|account| account.cents), Some(100));
    /// # Ok::<(), StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The error of `change`, or that of [`update`](Self::update), converted.
    #[track_caller]
    pub fn try_update<T, E: From<StorageError>>(
        &self,
        key: impl Lookup<R::Key>,
        change: impl FnOnce(&mut R) -> Result<T, E>,
    ) -> Result<Option<T>, E> {
        let mut own = OwnError::default();
        let updated = self.update(key, |record| own.set_aside(change(record)));
        own.restore(updated)
    }

    /// Calls `change` with the record under `key`, or `None` if there is none, writes the record it returns, and
    /// returns that. It must have the same key: to move a record to another key, use [`update`](Self::update).
    ///
    /// If `change` returns an `Err` instead, nothing is written, and the error is returned: see [`Outcome`].
    ///
    /// ```
    /// # use rkyv::{Archive, Deserialize, Serialize};
    /// # use storage::{Storage, StoredRecord};
    /// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// # #[store(codec = "rkyv", table = "words")]
    /// # struct Word { #[store(key)] word: String, count: u64 }
    /// # let storage = Storage::in_memory()?;
    /// let words = Word::table(&storage)?;
    /// for _ in 0..2 {
    ///     words.upsert("sea", |old| match old {
    ///         Some(old) => Word { count: old.count + 1, ..old },
    ///         None => Word { word: "sea".into(), count: 1 },
    ///     })?;
    /// }
    /// assert_eq!(words.get("sea", |word| word.count.to_native())?, Some(2));
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`put`](Self::put), [`StorageError::OtherKey`] if the record has another key than `key`, and the error of
    /// `change` as [`StorageError::Custom`]. Nothing is written then.
    #[track_caller]
    pub fn upsert<T: Outcome<Value = R>>(
        &self,
        key: impl Lookup<R::Key>,
        change: impl FnOnce(Option<R>) -> T,
    ) -> Result<R> {
        let key = self.encode_key(&key)?;
        self.write_whole(WriteSize::Row, |writer| {
            let record = change(self.load_in(writer, &key)?).into_result()?;
            self.write_under(writer, &key, &record)?;
            Ok(record)
        })
    }

    /// Like [`upsert`](Self::upsert), for a `change` that returns errors of your own type: an `Err` is returned
    /// unchanged, and nothing is written.
    ///
    /// ```
    /// # use rkyv::{Archive, Deserialize, Serialize};
    /// # use storage::{Storage, StorageError, StoredRecord};
    /// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// # #[store(codec = "rkyv", table = "seats")]
    /// # struct Seat { #[store(key)] number: u32, guest: String }
    /// # let storage = Storage::in_memory()?;
    /// # #[derive(Debug)]
    /// # enum BookError { Taken { by: String }, Storage(StorageError) }
    /// # impl From<StorageError> for BookError {
    /// #     fn from(error: StorageError) -> Self { Self::Storage(error) }
    /// # }
    /// let seats = Seat::table(&storage)?;
    /// let book = |number, guest: &str| {
    ///     seats.try_upsert(number, |seat| match seat {
    ///         Some(seat) => Err(BookError::Taken { by: seat.guest }),
    ///         None => Ok(Seat { number, guest: guest.into() }),
    ///     })
    /// };
    /// assert!(book(12, "Ada").is_ok());
    /// assert!(matches!(book(12, "Alan"), Err(BookError::Taken { by }) if by == "Ada"));
    /// # Ok::<(), StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The error of `change`, or that of [`upsert`](Self::upsert), converted.
    #[track_caller]
    pub fn try_upsert<E: From<StorageError>>(
        &self,
        key: impl Lookup<R::Key>,
        change: impl FnOnce(Option<R>) -> Result<R, E>,
    ) -> Result<R, E> {
        let mut own = OwnError::default();
        let written = self.upsert(key, |record| own.set_aside(change(record)));
        own.restore(written)
    }

    /// Returns the record under `key`; if there is none, writes the record that `make` returns, and returns that. An
    /// existing record is only read, without a transaction.
    ///
    /// ```
    /// # use rkyv::{Archive, Deserialize, Serialize};
    /// # use storage::{Storage, StoredRecord};
    /// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// # #[store(codec = "rkyv", table = "settings")]
    /// # struct Setting { #[store(key)] name: String, value: u32 }
    /// # let storage = Storage::in_memory()?;
    /// let settings = Setting::table(&storage)?;
    /// let depth = |value| settings.get_or_insert_with("depth", || Setting { name: "depth".into(), value });
    /// assert_eq!(depth(3)?.value, 3);
    /// assert_eq!(depth(4)?.value, 3);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`upsert`](Self::upsert).
    #[doc(alias("entry", "or_insert_with"))]
    #[track_caller]
    pub fn get_or_insert_with<T: Outcome<Value = R>>(
        &self,
        key: impl Lookup<R::Key>,
        make: impl FnOnce() -> T,
    ) -> Result<R> {
        let key = self.encode_key(&key)?;
        let there = self.find(&key, |value| self.form().decode(&key, value))?;
        if let Some(record) = there {
            return Ok(record);
        }
        self.write_whole(WriteSize::Row, |writer| {
            // Another thread may have come between.
            if let Some(record) = self.load_in(writer, &key)? {
                return Ok(record);
            }
            let record = make().into_result()?;
            self.write_under(writer, &key, &record)?;
            Ok(record)
        })
    }

    /// Replaces `expected` by `new`. Returns `false`, and writes nothing, if the table has anything else under its key.
    ///
    /// Two records are equal if their encoded bytes are, or if all their fields are, by [`PartialEq`]. So the order in
    /// which a `HashMap` or `HashSet` keeps its elements does not matter. The types of all fields must have
    /// `PartialEq`; the record itself need not. For floats this means:
    ///
    /// - `0.0` and `-0.0` are equal;
    /// - a NaN equals itself only where all bytes are equal. A record that has both a NaN and a `HashMap` or `HashSet`
    ///   of several elements may never be found equal: `update` changes such a record.
    ///
    /// ```
    /// # use rkyv::{Archive, Deserialize, Serialize};
    /// # use storage::{Storage, StoredRecord};
    /// # use std::collections::HashMap;
    /// # #[derive(Clone, Archive, Serialize, Deserialize, StoredRecord)]
    /// # #[store(codec = "rkyv", table = "carts")]
    /// # struct Cart { #[store(key)] id: u64, items: HashMap<String, u32> }
    /// # let storage = Storage::in_memory()?;
    /// let carts = Cart::table(&storage)?;
    /// carts.put(&Cart { id: 7, items: HashMap::from([("pear".into(), 2), ("fig".into(), 5)]) })?;
    ///
    /// // If another thread changes the record in between, try again.
    /// while let Some(cart) = carts.load(7)? {
    ///     let mut more = cart.clone();
    ///     *more.items.entry("fig".into()).or_default() += 1;
    ///     if carts.compare_and_set(&cart, &more)? {
    ///         break;
    ///     }
    /// }
    /// assert_eq!(carts.load(7)?.map(|cart| cart.items["fig"]), Some(6));
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`update`](Self::update).
    #[track_caller]
    pub fn compare_and_set(&self, expected: &R, new: &R) -> Result<bool>
    where
        R: for<'a> EqFields<'a>,
    {
        let mut bytes = Vec::new();
        let key = self.encode_record(expected, &mut bytes)?;
        let changed = self.change(WriteSize::Row, |writer| {
            let Some(present) = writer.get(self.byte_table(), &key)? else { return Ok(false) };
            if *present != *bytes && !self.has_equal_fields(&key, &present, &bytes)? {
                return Ok(false);
            }
            self.write_back(writer, &key, new)?;
            Ok(true)
        });
        changed.map(Option::unwrap_or_default)
    }

    /// Whether two records that are stored as other bytes are equal all the same: one may have an older layout. Else
    /// both are decoded, so that what is not stored of a record makes no difference.
    fn has_equal_fields(&self, key: &[u8], one: &[u8], other: &[u8]) -> Result<bool>
    where
        R: for<'a> EqFields<'a>,
    {
        if self.form().is_same(key, one, other) {
            return Ok(true);
        }
        let decode = |bytes| self.form().decode(key, StoredValue::InFile(bytes));
        Ok(decode(one)?.eq_fields(&decode(other)?))
    }

    /// Writes `record`, which was read under `old_key`, under the key it has now, and returns that.
    pub(super) fn write_back(
        &self,
        writer: &dyn ByteWriter,
        old_key: &KeyBuf,
        record: &R,
    ) -> Result<KeyBuf> {
        let mut bytes = Vec::new();
        let key = self.encode_record(record, &mut bytes)?;
        if key != *old_key {
            if self.has_in(writer, &key)? {
                return Err(self.in_the_way(&key, old_key));
            }
            self.replace(writer, old_key, None)?;
        }
        self.replace(writer, &key, Some(&NewRow::new(record, &bytes)))?;
        Ok(key)
    }

    /// Writes `record`, which was made for `asked`, and so must have that key.
    fn write_under(&self, writer: &dyn ByteWriter, asked: &KeyBuf, record: &R) -> Result<()> {
        let mut bytes = Vec::new();
        let key = self.encode_record(record, &mut bytes)?;
        if key != *asked {
            return Err(self.other_key(asked, &key));
        }
        self.replace(writer, &key, Some(&NewRow::new(record, &bytes)))?;
        Ok(())
    }
}
