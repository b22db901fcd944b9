//! The verbs that change whole tables: removed, renamed, and written anew under other keys.

use crate::{error::Result, record::StoredRecord, store::Storage, table::Rekey};

/// Whole tables.
impl Storage {
    /// Removes the table `name` with its indexes and its place in the catalogue, in one transaction; `false` if there
    /// was none. Its record type need not be known. The room is reused; [`compact`](Self::compact) makes the file
    /// shorter.
    ///
    /// Handles of the table that are open go on: to them it is one that was never written to, and a write through one
    /// makes it anew. States that are held ([`ReadTxn`](crate::ReadTxn), iterators) keep its rows.
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

    /// Returns what writes the records of a table anew under other keys, when it is [run](Rekey::run): `convert` makes
    /// a record of the new type of each of the old, whose key may have another type, other fields, or other values.
    ///
    /// Where a record's key lies decides where its row lies, so the key is the one thing of a record that no attribute
    /// changes. The program that changes it keeps the old struct under another name, and calls this before it opens the
    /// table. Both types name the same table, or the new one another.
    ///
    /// ```
    /// use rkyv::{Archive, Deserialize, Serialize};
    /// use storage::{Storage, StoredRecord};
    ///
    /// #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// #[store(codec = "rkyv", table = "users", was = "User")]
    /// struct UserV1 {
    ///     #[store(key)]
    ///     id: u32,
    ///     name: String,
    /// }
    ///
    /// #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// #[store(codec = "rkyv", table = "users")]
    /// struct User {
    ///     #[store(key)]
    ///     id: u64,
    ///     #[store(index)]
    ///     name: String,
    /// }
    ///
    /// impl From<UserV1> for User {
    ///     fn from(old: UserV1) -> Self {
    ///         Self { id: old.id.into(), name: old.name }
    ///     }
    /// }
    ///
    /// # fn main() -> storage::Result<()> {
    /// # let storage = Storage::in_memory()?;
    /// # UserV1::table(&storage)?.put(&UserV1 { id: 7, name: "Ada".into() })?;
    /// storage.rekey(|old: UserV1| Ok(User::from(old))).run()?;
    /// let users = User::table(&storage)?;
    /// assert_eq!(users.load(7)?.map(|user| user.name), Some("Ada".into()));
    ///
    /// // When the program starts again, there is nothing to do.
    /// let again = storage.rekey(|old: UserV1| Ok(User::from(old))).run()?;
    /// assert_eq!(again.rewritten, 0);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// `convert` should return the same for the same record, as it may be called again for one; so the keys of records
    /// cannot be counted in it. For an error of its own there is [`StorageError::custom`].
    ///
    /// [`StorageError::custom`]: crate::StorageError::custom
    pub fn rekey<O, N, F>(&self, convert: F) -> Rekey<O, N, F>
    where
        O: StoredRecord,
        N: StoredRecord,
        F: FnMut(O) -> Result<N>,
    {
        Rekey::new(self.autocommit(), convert)
    }
}
