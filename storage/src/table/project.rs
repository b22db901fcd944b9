//! Some fields of one record: `project`, `project_with`.

use super::{Access, Table};
use crate::{
    error::Result,
    key::Lookup,
    project::Projection,
    record::{FieldRecord, StoredRecord},
};

impl<R: StoredRecord, A: Access> Table<R, A> {
    /// Some fields of the record under `key`, as owned values; `None` when there is no such record.
    ///
    /// Only these fields are verified, checked and read.
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

    /// Calls `accessor` with some fields of the record under `key`, borrowed where they can be.
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
