//! Reading one row: `get`, `view`, `load`, `contains`.

use super::{Access, Row, Stored, Table, View, row::Owned};
use crate::{error::Result, key::Lookup};

impl<L: Row, A: Access> Table<L, A> {
    /// Calls `accessor` with a view of the row under `key` and returns its result, or `None` if there is no such row.
    ///
    /// The row is checked and read in place; nothing is decoded.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// let elevation = airports.get("LSZH", |zurich| zurich.elevation_ft.to_native())?;
    /// assert_eq!(elevation, Some(1416));
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`StorageError::Corrupt`](crate::StorageError::Corrupt) if the stored bytes are not what was written,
    /// [`StorageError::Schema`](crate::StorageError::Schema) if the table has another type.
    #[inline]
    pub fn get<T>(
        &self,
        key: impl Lookup<L::Key>,
        accessor: impl FnOnce(View<'_, L>) -> T,
    ) -> Result<Option<T>> {
        let key = self.encode_key(&key)?;
        self.find(&key, |value| self.form().with_view(&key, value, accessor))
    }

    /// Returns the row under `key` as a guard that owns the checked bytes it views.
    ///
    /// The guard stays readable after the row is changed or deleted, or the store is dropped. While it is held, the
    /// file cannot reuse the pages of its snapshot: prefer [`get`](Self::get) for short work.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// let zurich = airports.view("LSZH")?.unwrap();
    /// airports.delete("LSZH")?;
    /// assert_eq!(zurich.view().elevation_ft, 1416); // Still there.
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    pub fn view(&self, key: impl Lookup<L::Key>) -> Result<Option<Stored<L>>> {
        let key = self.encode_key(&key)?;
        let Some(value) = self.find_held(&key)? else { return Ok(None) };
        self.form().hold(&key, value).map(Some)
    }

    /// Returns the row under `key` as an owned value.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// let zurich: Option<Airport> = airports.load("LSZH")?;
    /// assert_eq!(zurich.unwrap().elevation_ft, 1416);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    pub fn load(&self, key: impl Lookup<L::Key>) -> Result<Option<Owned<L>>> {
        let key = self.encode_key(&key)?;
        self.find(&key, |value| self.form().decode(&key, value))
    }

    /// Returns whether there is a row under `key`, without reading it.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// assert!(airports.contains("LSZH")?);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    pub fn contains(&self, key: impl Lookup<L::Key>) -> Result<bool> {
        let key = self.encode_key(&key)?;
        self.has(&key)
    }
}
