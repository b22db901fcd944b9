//! The verbs that change whole tables: removed, renamed, and written anew under other keys.

use crate::{error::Result, record::StoredRecord, store::Storage, table::rekey::Rekey};

/// Whole tables.
impl Storage {
    /// Removes the table `name`, its indexes and its entry in the catalogue in one transaction; returns `false` if
    /// there is no such table. Does not need its record type. The space is reused; [`compact`](Self::compact) shrinks
    /// the file.
    ///
    /// Open handles of the table stay usable: they see an empty table, and a write creates it again. Existing
    /// [`ReadTxn`](crate::ReadTxn)s and iterators keep seeing its rows.
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
    /// [`StorageError::TableName`](crate::StorageError::TableName) for a name that no table can have; otherwise as
    /// [`write`](Self::write).
    #[track_caller]
    pub fn drop_table(&self, name: &str) -> Result<bool> {
        self.write(|txn| txn.drop_table(name))
    }

    /// Renames the table `from` and its indexes to `to` in one transaction; returns `false` if there is no table
    /// `from`. No row is rewritten, and page tokens of the table stay valid.
    ///
    /// Handles that were opened under the old name, and those of another table that once had the new name, fail with
    /// [`StorageError::TableReplaced`](crate::StorageError::TableReplaced): open them again.
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
    /// [`StorageError::TableExists`](crate::StorageError::TableExists) if there is a table `to`;
    /// [`StorageError::TableName`](crate::StorageError::TableName) for a name that no table can have; otherwise as
    /// [`write`](Self::write). Nothing is changed then.
    #[track_caller]
    pub fn rename_table(&self, from: &str, to: &str) -> Result<bool> {
        self.write(|txn| txn.rename_table(from, to))
    }

    /// Prepares to rewrite the records of a table under other keys; [`run`](Rekey::run) does it. `convert` makes a
    /// record of the new type from each record of the old one. Its key may have another type, other fields or other
    /// values.
    ///
    /// The key decides where a row is stored, so it is the one part of a record that attributes cannot change. Keep the
    /// old struct under another name, and call this before you open the table. Both types name the same table, or the
    /// new type names another one.
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
    /// // When the program is started again, there is nothing to do.
    /// let again = storage.rekey(|old: UserV1| Ok(User::from(old))).run()?;
    /// assert_eq!(again.rewritten, 0);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// `convert` may be called again for the same record and should then return the same, so it cannot number records.
    /// To return an error of your own, wrap it with [`StorageError::custom`].
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
