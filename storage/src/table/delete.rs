//! Deleting rows: `delete`, `delete_range`.

use super::{AccessMut, Row, Table, WriteSize};
use crate::{
    error::Result,
    key::{KeyRange, Lookup, Place},
};

impl<L: Row, A: AccessMut> Table<L, A> {
    /// Deletes the row under `key`; `false` if there was none.
    ///
    /// # Errors
    ///
    /// [`StorageError::NestedWrite`](crate::StorageError::NestedWrite) inside another write of this thread.
    #[track_caller]
    pub fn delete(&self, key: impl Lookup<L::Key>) -> Result<bool> {
        let key = self.encode_key(&key)?;
        self.change(WriteSize::Row, |writer| self.replace(writer, &key, None))
            .map(Option::unwrap_or_default)
    }

    /// Deletes every row whose key is in `range`, in one transaction, and returns their number.
    ///
    /// # Errors
    ///
    /// As [`delete`](Self::delete).
    #[track_caller]
    pub fn delete_range(&self, range: impl KeyRange<L::Key>) -> Result<u64> {
        let range = range.byte_range(Place::Last);
        if range.is_empty() {
            return Ok(0);
        }
        let deleted = self.change(WriteSize::Rows, |writer| {
            let (lower, upper) = range.bounds();
            let mut count: u64 = 0;
            for key in writer.keys(self.byte_table(), lower, upper)? {
                self.replace(writer, &key?, None)?;
                count = count.saturating_add(1);
            }
            Ok(count)
        });
        deleted.map(Option::unwrap_or_default)
    }
}
