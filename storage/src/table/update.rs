//! Changing a record in place: `update`, `upsert`, `compare_and_set`.

use super::{AccessMut, Table, WriteSize, replace::NewRow};
use crate::{
    backend::ByteWriter,
    error::Result,
    key::{KeyBuf, Lookup},
    record::StoredRecord,
};

impl<R: StoredRecord, A: AccessMut> Table<R, A> {
    /// Calls `change` with the record under `key`, writes it back changed, and returns what `change` returned; `None`
    /// when there is no such record.
    ///
    /// A record whose key was changed moves; another record under the new key is an error.
    ///
    /// # Errors
    ///
    /// As [`put`](Self::put), and [`StorageError::AlreadyExists`](crate::StorageError::AlreadyExists).
    #[track_caller]
    pub fn update<T>(
        &self,
        key: impl Lookup<R::Key>,
        change: impl FnOnce(&mut R) -> T,
    ) -> Result<Option<T>> {
        let key = self.encode_key(&key)?;
        let changed = self.change(WriteSize::Row, |writer| {
            let Some(mut record) = self.load_in(writer, &key)? else { return Ok(None) };
            let result = change(&mut record);
            self.write_back(writer, &key, &record)?;
            Ok(Some(result))
        });
        changed.map(Option::flatten)
    }

    /// Writes what `change` makes of the record under `key`, or of its absence, and returns it.
    ///
    /// # Errors
    ///
    /// As [`update`](Self::update).
    #[track_caller]
    pub fn upsert(
        &self,
        key: impl Lookup<R::Key>,
        change: impl FnOnce(Option<R>) -> R,
    ) -> Result<R> {
        let key = self.encode_key(&key)?;
        self.write_whole(WriteSize::Row, |writer| {
            let record = change(self.load_in(writer, &key)?);
            self.write_back(writer, &key, &record)?;
            Ok(record)
        })
    }

    /// Writes `new` in the place of `expected`; `false`, and nothing is written, when the table holds anything
    /// else under its key.
    ///
    /// Records are compared by their encoded bytes.
    ///
    /// # Errors
    ///
    /// As [`update`](Self::update).
    #[track_caller]
    pub fn compare_and_set(&self, expected: &R, new: &R) -> Result<bool> {
        let mut bytes = Vec::new();
        let key = self.encode_record(expected, &mut bytes)?;
        let changed = self.change(WriteSize::Row, |writer| {
            let present = writer.get(self.byte_table(), &key)?;
            if present.as_deref() != Some(bytes.as_slice()) {
                return Ok(false);
            }
            self.write_back(writer, &key, new)?;
            Ok(true)
        });
        changed.map(Option::unwrap_or_default)
    }

    /// Writes `record`, which was read under `old_key`, under the key it has now.
    fn write_back(&self, writer: &dyn ByteWriter, old_key: &KeyBuf, record: &R) -> Result<()> {
        let mut bytes = Vec::new();
        let key = self.encode_record(record, &mut bytes)?;
        if key != *old_key {
            if self.has_in(writer, &key)? {
                return Err(self.already_exists(&key));
            }
            self.replace(writer, old_key, None)?;
        }
        self.replace(writer, &key, Some(&NewRow::new(record, &bytes))).map(drop)
    }
}
