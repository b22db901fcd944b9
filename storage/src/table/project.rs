//! Some fields of one record: `project`, `project_with`.

use super::{Access, Table};
use crate::{
    error::Result,
    key::Lookup,
    project::Projection,
    record::{FieldRecord, StoredRecord},
};

impl<R: StoredRecord, A: Access> Table<R, A> {
    /// Returns some fields of the record under `key` as owned values, or `None` if there is no such record.
    ///
    /// Only these fields are checked and read, and only the 512-byte blocks they are in are verified.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// let a = Airport::FIELDS;
    /// let zurich = airports.project("LSZH", (a.iata, a.elevation_ft))?;
    /// assert_eq!(zurich, Some((Some("ZRH".into()), 1416)));
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    pub fn project<P: Projection<R>>(
        &self,
        key: impl Lookup<R::Key>,
        projection: P,
    ) -> Result<Option<P::Owned>>
    where
        R: FieldRecord,
    {
        self.project_with(key, projection, P::own)
    }

    /// Calls `accessor` with some fields of the record under `key`, borrowed where possible.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// let is_swiss = airports.project_with("LSZH", Airport::FIELDS.country, |country: &str| country == "CH")?;
    /// assert_eq!(is_swiss, Some(true));
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    pub fn project_with<P: Projection<R>, T>(
        &self,
        key: impl Lookup<R::Key>,
        projection: P,
        accessor: impl FnOnce(P::Output<'_>) -> T,
    ) -> Result<Option<T>>
    where
        R: FieldRecord,
    {
        let key = self.encode_key(&key)?;
        self.find(&key, |value| {
            self.form().with_fields(&key, value, |source| projection.read(source).map(accessor))
        })
    }
}
