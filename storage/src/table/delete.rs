//! Deleting rows: `delete`, `delete_range`, `clear`.

use super::{AccessMut, Row, Table, WriteSize};
use crate::{
    backend::ByteWriter,
    error::Result,
    key::{ByteRange, KeyRange, Lookup, Place},
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

    /// Deletes every row whose key is in `range`, in one transaction, and returns their number. The range of all keys
    /// is [`clear`](Self::clear)ed; of any other, rows are deleted one by one.
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
            if range == ByteRange::ALL {
                return self.remove_rows(writer);
            }
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

    /// Deletes every row with its index entries, in one transaction, and returns the number of rows. No row is read:
    /// the engine gives up the pages of the table and of its indexes.
    ///
    /// The table stays in the catalogue, from which [`Storage::drop_table`](crate::Storage::drop_table) removes it.
    ///
    /// ```
    /// # use storage::Storage;
    /// # let storage = Storage::in_memory()?;
    /// let names = storage.new_rkyv_table::<u64, String>("names");
    /// names.put(7, &"Ada".to_string())?;
    /// names.put(8, &"Grace".to_string())?;
    /// assert_eq!(names.clear()?, 2);
    /// assert!(names.is_empty()?);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`delete`](Self::delete).
    #[track_caller]
    pub fn clear(&self) -> Result<u64> {
        let cleared = self.change(WriteSize::Rows, |writer| self.remove_rows(writer));
        cleared.map(Option::unwrap_or_default)
    }

    fn remove_rows(&self, writer: &dyn ByteWriter) -> Result<u64> {
        self.shared.indexes.iter().try_for_each(|index| index.clear(writer))?;
        writer.remove_table(self.byte_table())
    }
}
