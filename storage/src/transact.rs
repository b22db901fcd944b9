//! The verbs that begin transactions over all tables.

use crate::{
    backend::Durability,
    error::{OwnError, Result, StorageError},
    store::Storage,
    txn::{ReadTxn, WriteTxn},
};

impl Storage {
    /// Returns a snapshot of the latest committed state of all tables. Later commits do not change it.
    ///
    /// ```
    #[doc = include_str!("guide/example/airports.txt")]
    /// let txn = storage.read()?;
    /// airports.delete("EGLL")?;
    /// assert!(txn.table::<Airport>()?.contains("EGLL")?); // The state before.
    /// assert!(!airports.contains("EGLL")?);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`StorageError::Database`](crate::StorageError::Database) if the engine cannot begin a read.
    #[doc(alias("snapshot", "begin_read"))]
    pub fn read(&self) -> Result<ReadTxn> {
        self.handle().check_process()?;
        Ok(ReadTxn::new(self.handle().snapshot()?, self.handle().clone()))
    }

    /// Runs `body` in one transaction over all tables: everything it writes is committed if it returns `Ok`, and rolled
    /// back if it returns `Err` or panics. There is one write at a time: this waits for one of another thread, so
    /// `body` must not wait for a thread that writes.
    ///
    /// Tables opened from `txn` see what `body` has written. A table that was opened outside reads the last committed
    /// state, without the changes of `body`, and its writes are refused inside `body`.
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
    /// storage.write(|txn| {
    ///     let inside = txn.table::<Account>()?;
    ///     inside.update(7, |account| account.cents -= 200)?;
    ///     assert_eq!(inside.get(7, |account| account.cents.to_native())?, Some(300));
    ///     // The table that was opened outside reads the state before this transaction.
    ///     assert_eq!(accounts.get(7, |account| account.cents.to_native())?, Some(500));
    ///     Ok(())
    /// })?;
    /// assert_eq!(accounts.get(7, |account| account.cents.to_native())?, Some(300));
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The error of `body` (to return an error of your own, use [`try_write`](Self::try_write));
    /// [`StorageError::NestedWrite`](crate::StorageError::NestedWrite) inside another write of this thread;
    /// [`StorageError::CommitUnknown`](crate::StorageError::CommitUnknown) if the commit itself fails.
    #[doc(alias("transaction", "begin", "commit", "atomic"))]
    #[track_caller]
    pub fn write<T>(&self, body: impl FnOnce(&WriteTxn<'_>) -> Result<T>) -> Result<T> {
        self.write_with(Durability::Immediate, body)
    }

    /// Like [`write`](Self::write), for a `body` that returns errors of your own type: `anyhow::Error`, or an enum with
    /// a variant for [`StorageError`]. An error rolls everything back and is returned unchanged.
    ///
    /// If the compiler cannot infer the error type, name it: `Ok::<_, MyError>(())`. That is also why this is a method
    /// of its own: every plain [`write`](Self::write) would have to name it.
    ///
    /// ```
    /// # use rkyv::{Archive, Deserialize, Serialize};
    /// # use storage::{Storage, StorageError, StoredRecord};
    /// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// # #[store(codec = "rkyv", table = "accounts")]
    /// # struct Account { #[store(key)] id: u64, cents: i64 }
    /// #[derive(Debug, PartialEq)]
    /// enum TransferError {
    ///     NoAccount(u64),
    ///     TooLittle { cents: i64 },
    ///     Storage(String),
    /// }
    ///
    /// impl From<StorageError> for TransferError {
    ///     fn from(error: StorageError) -> Self {
    ///         Self::Storage(error.to_string())
    ///     }
    /// }
    ///
    /// fn transfer(storage: &Storage, from: u64, to: u64, cents: i64) -> Result<(), TransferError> {
    ///     storage.try_write(|txn| {
    ///         let accounts = txn.table::<Account>()?; // a `StorageError`, converted
    ///         let deposited = accounts.update(to, |account| account.cents += cents)?;
    ///         deposited.ok_or(TransferError::NoAccount(to))?;
    ///         let left = accounts.update(from, |account| {
    ///             account.cents -= cents;
    ///             account.cents
    ///         })?;
    ///         match left.ok_or(TransferError::NoAccount(from))? {
    ///             cents @ ..0 => Err(TransferError::TooLittle { cents }),
    ///             _ => Ok(()),
    ///         }
    ///     })
    /// }
    ///
    /// # let storage = Storage::in_memory()?;
    /// let accounts = Account::table(&storage)?;
    /// accounts.put_stream([Account { id: 1, cents: 500 }, Account { id: 2, cents: 0 }])?;
    /// assert_eq!(transfer(&storage, 1, 2, 200), Ok(()));
    /// assert_eq!(transfer(&storage, 1, 2, 400), Err(TransferError::TooLittle { cents: -100 }));
    /// assert_eq!(transfer(&storage, 1, 3, 100), Err(TransferError::NoAccount(3)));
    /// assert_eq!(accounts.load(2)?.map(|account| account.cents), Some(200));
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The error of `body`, or that of [`write`](Self::write), converted.
    #[doc(alias("transaction", "anyhow"))]
    #[track_caller]
    pub fn try_write<T, E: From<StorageError>>(
        &self,
        body: impl FnOnce(&WriteTxn<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut own = OwnError::default();
        let written = self.write(|txn| own.set_aside(body(txn)));
        own.restore(written)
    }

    /// Like [`write`](Self::write), with the given [`Durability`].
    ///
    /// ```
    #[doc = include_str!("guide/example/airports.txt")]
    /// use storage::Durability;
    ///
    /// // Does not wait for the disk: safe only after the next durable commit.
    /// storage.write_with(Durability::None, |txn| {
    ///     txn.table::<Airport>()?.put(&airport("LSGG", "CH", Some("GVA"), 1411))?;
    ///     Ok(())
    /// })?;
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`write`](Self::write).
    #[track_caller]
    pub fn write_with<T>(
        &self,
        durability: Durability,
        body: impl FnOnce(&WriteTxn<'_>) -> Result<T>,
    ) -> Result<T> {
        let evolution = self.handle().options().how_to_evolve();
        self.handle().write_with(durability, |writer| body(&WriteTxn::new(writer, evolution)))
    }
}
