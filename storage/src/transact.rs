//! The verbs that begin transactions over all tables.

use crate::{
    backend::Durability,
    error::{OwnError, Result, StorageError},
    store::Storage,
    txn::{ReadTxn, WriteTxn},
};

impl Storage {
    /// The latest committed state of all tables, unchanged for as long as it is held.
    ///
    /// # Errors
    ///
    /// [`StorageError::Database`](crate::StorageError::Database) when the engine cannot begin a read.
    #[doc(alias("snapshot", "begin_read"))]
    pub fn read(&self) -> Result<ReadTxn> {
        self.handle().check_process()?;
        Ok(ReadTxn::new(self.handle().snapshot()?, self.handle().clone()))
    }

    /// Runs `body` in one transaction over all tables: everything it writes is committed when it returns `Ok`, and
    /// gone when it returns `Err` or panics. Waits for a write of another thread to end, so `body` must not wait for a
    /// thread that writes.
    ///
    /// `body` reads what it wrote through tables of `txn`. A table that was opened outside reads the last committed
    /// state, inside `body` as everywhere, and so without the changes of `body`; its writes are refused there.
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
    ///     // The table from outside: the state before this transaction.
    ///     assert_eq!(accounts.get(7, |account| account.cents.to_native())?, Some(500));
    ///     Ok(())
    /// })?;
    /// assert_eq!(accounts.get(7, |account| account.cents.to_native())?, Some(300));
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The error of `body`; for one of your own there is [`try_write`](Self::try_write);
    /// [`StorageError::NestedWrite`](crate::StorageError::NestedWrite) inside another write of this thread;
    /// [`StorageError::CommitUnknown`](crate::StorageError::CommitUnknown) when the commit itself fails.
    #[doc(alias("transaction", "begin", "commit", "atomic"))]
    #[track_caller]
    pub fn write<T>(&self, body: impl FnOnce(&WriteTxn<'_>) -> Result<T>) -> Result<T> {
        self.write_with(Durability::Immediate, body)
    }

    /// As [`write`](Self::write), with a `body` whose errors are of a type of your own: `anyhow::Error`, or an enum
    /// with a variant for [`StorageError`]. An error rolls everything back and is returned as it is.
    ///
    /// It is a verb of its own because the compiler cannot guess `E` where `body` ends in `Ok(())`: each plain
    /// [`write`](Self::write) would have to name it. Name it here if the compiler asks: `Ok::<_, MyError>(())`.
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
    /// The error of `body`; else that of [`write`](Self::write), converted.
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

    /// The same as [`write`](Self::write), with a commit as durable as `durability` says.
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

    /// Removes the table `name` with its indexes and its place in the catalogue, in one transaction; `false` if there
    /// was none. Its record type need not be known. The room is reused; [`compact`](Self::compact) makes the file
    /// shorter.
    ///
    /// Handles of the table that are open go on: to them it is one that was never written to, and a write through one
    /// makes it anew. States that are held ([`ReadTxn`], iterators) keep its rows.
    ///
    /// ```
    /// # use storage::Storage;
    /// # let storage = Storage::in_memory()?;
    /// storage.new_rkyv_table::<u64, String>("old names").put(7, &"Ada".to_string())?;
    /// assert!(storage.drop_table("old names")?);
    /// assert!(!storage.drop_table("old names")?);
    /// assert!(storage.tables()?.is_empty());
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`StorageError::TableName`](crate::StorageError::TableName) for a name that no table can have; else as
    /// [`write`](Self::write).
    #[track_caller]
    pub fn drop_table(&self, name: &str) -> Result<bool> {
        self.write(|txn| txn.drop_table(name))
    }

    /// Renames the table `from`, with its indexes, to `to`, in one transaction; `false` if there is no table `from`.
    /// No row is written anew, and page tokens of the table go on under the new name.
    ///
    /// Handles that are open know which table they are of. To read or write through one of the table by its old name is
    /// [`StorageError::TableReplaced`](crate::StorageError::TableReplaced), and so it is through one of another table
    /// that had the new name: open them again.
    ///
    /// ```
    /// # use storage::Storage;
    /// # let storage = Storage::in_memory()?;
    /// storage.new_rkyv_table::<u64, String>("names").put(7, &"Ada".to_string())?;
    /// assert!(storage.rename_table("names", "people")?);
    /// let people = storage.new_rkyv_table::<u64, String>("people");
    /// assert_eq!(people.load(7)?, Some("Ada".into()));
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`StorageError::TableExists`](crate::StorageError::TableExists) when there is a table `to`;
    /// [`StorageError::TableName`](crate::StorageError::TableName) for a name that no table can have; else as
    /// [`write`](Self::write). Nothing is changed then.
    #[track_caller]
    pub fn rename_table(&self, from: &str, to: &str) -> Result<bool> {
        self.write(|txn| txn.rename_table(from, to))
    }
}
