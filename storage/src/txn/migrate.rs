//! Work in the transaction of each row that a migration rewrites: `migrate().with(..)`.

use super::WriteTxn;
use crate::{error::Result, record::StoredRecord, table::migrate::Migrate};

impl<'t, R: StoredRecord, F> Migrate<'t, R, F> {
    /// Calls `work` for each row of an older layout, with the record as it was, of the type `O`, and as it is, and in
    /// the transaction that rewrites it: so once for each row, whatever cuts the migration off. What `work` writes to
    /// other tables is there exactly if the row has its new layout.
    ///
    /// To split a table in two, say:
    ///
    /// ```
    /// use rkyv::{Archive, Deserialize, Serialize};
    /// use storage::{Storage, StoredRecord};
    ///
    /// #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// #[store(codec = "rkyv", table = "users", was = "User")]
    /// struct UserV1 {
    ///     #[store(key)]
    ///     id: u64,
    ///     name: String,
    ///     bio: String,
    /// }
    ///
    /// #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// #[store(codec = "rkyv", table = "users", was = "UserV1", removed("bio"), by_migration)]
    /// struct User {
    ///     #[store(key)]
    ///     id: u64,
    ///     name: String,
    /// }
    ///
    /// #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// #[store(codec = "rkyv", table = "profiles")]
    /// struct Profile {
    ///     #[store(key)]
    ///     user: u64,
    ///     bio: String,
    /// }
    ///
    /// # fn main() -> storage::Result<()> {
    /// # let storage = Storage::in_memory()?;
    /// # let ada = UserV1 { id: 7, name: "Ada".into(), bio: "Countess".into() };
    /// # UserV1::table(&storage)?.put(&ada)?;
    /// let users = User::table(&storage)?;
    /// users
    ///     .migrate()
    ///     .with(|txn, old: UserV1, _| {
    ///         txn.table::<Profile>()?.put(&Profile { user: old.id, bio: old.bio })?;
    ///         Ok(())
    ///     })
    ///     .run()?;
    /// let profile = Profile::table(&storage)?.load(7)?;
    /// assert_eq!(profile.map(|profile| profile.bio), Some("Countess".into()));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// It is not called for rows that were written as records of today, nor for those that `work` itself writes to
    /// this table. A row of an older layout that is written before the migration comes to it would be one of today from
    /// then on, and its `bio` would be gone. So that attribute says `by_migration`: such a write is
    /// [`StorageError::MigrationNeeded`](crate::StorageError::MigrationNeeded), until the migration is done. It also
    /// refuses a migration without work, and [`Evolution::Eager`](crate::Evolution::Eager) leaves such rows alone. New
    /// rows are written, and all are read and deleted.
    ///
    /// # Errors
    ///
    /// When it [runs](Self::run): [`StorageError::Schema`](crate::StorageError::Schema) where rows of an older layout
    /// are not those of the type `O`, before the first is rewritten; and the error of `work`, which undoes its batch,
    /// that of the row included. The batches before it stay, and another run goes on behind them.
    pub fn with<O, W>(self, mut work: W) -> Self
    where
        O: StoredRecord,
        W: FnMut(&WriteTxn<'_>, O, &R) -> Result<()> + 't,
    {
        self.with_work(move |writer, evolution, old, new| {
            work(&WriteTxn::new(writer, evolution), old, new)
        })
    }
}
