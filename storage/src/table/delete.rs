//! Deleting rows: `delete`, `remove`, `delete_range`, `delete_many`, `clear`.

use super::{AccessMut, Row, Rows, Table, WriteSize, delete_rows::RowDeleter, row::Owned};
use crate::{
    backend::ByteWriter,
    error::Result,
    key::{KeyRange, Lookup, Place},
};
use std::ops::Bound;

impl<L: Row, A: AccessMut> Table<L, A> {
    /// Deletes the row under `key`. Returns `false` if there was none.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// assert!(airports.delete("LSZH")?);
    /// assert!(!airports.delete("LSZH")?);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
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

    /// Deletes the row under `key` and returns it, or `None` if there was none. [`delete`](Self::delete) is cheaper: it
    /// decodes a record only if the table has indexes.
    ///
    /// ```
    /// # use storage::Storage;
    /// # let storage = Storage::in_memory()?;
    /// let names = storage.new_rkyv_table::<u64, String>("names");
    /// names.put(7, &"Ada".to_string())?;
    /// assert_eq!(names.remove(7)?, Some("Ada".into()));
    /// assert_eq!(names.remove(7)?, None);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`delete`](Self::delete) and [`load`](Self::load). A row that cannot be read is not deleted.
    #[doc(alias("take", "pop"))]
    #[track_caller]
    pub fn remove(&self, key: impl Lookup<L::Key>) -> Result<Option<Owned<L>>> {
        let key = self.encode_key(&key)?;
        let removed = self.change(WriteSize::Row, |writer| {
            let row = self.load_in(writer, &key)?;
            if row.is_some() {
                self.replace(writer, &key, None)?;
            }
            Ok(row)
        });
        removed.map(Option::flatten)
    }

    /// Deletes every row whose key is in `range`, in one transaction, and returns their number. For the range of all
    /// keys this is [`clear`](Self::clear).
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// assert_eq!(airports.delete_range("EG".."EH")?, 2);
    /// assert_eq!(airports.len()?, 2);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
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
        Rows::new(self, None, range)?.delete()
    }

    /// Deletes the rows under `keys` in one transaction, and returns how many there were. It costs less than one delete
    /// after the other, and uses bounded memory.
    ///
    /// ```
    /// # use storage::Storage;
    /// # let storage = Storage::in_memory()?;
    /// let names = storage.new_rkyv_table::<u64, String>("names");
    /// names.put_stream((1..=5).map(|id| (id, "Ada".to_string())))?;
    /// assert_eq!(names.delete_many([5, 3, 3, 9])?, 2);
    /// # assert_eq!(names.len()?, 3);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`delete`](Self::delete), and [`StorageError::Key`](crate::StorageError::Key) if one of `keys` is too long.
    /// Nothing is deleted then.
    #[doc(alias("delete_all", "remove_many"))]
    #[track_caller]
    pub fn delete_many(&self, keys: impl IntoIterator<Item = impl Lookup<L::Key>>) -> Result<u64> {
        let deleted = self.change(WriteSize::Rows, |writer| {
            let mut deleter = RowDeleter::new(self);
            for key in keys {
                deleter.find(writer, &self.encode_key(&key)?)?;
                if deleter.is_full() {
                    deleter.flush(writer)?;
                }
            }
            deleter.flush(writer)?;
            Ok(deleter.count())
        });
        deleted.map(Option::unwrap_or_default)
    }

    /// Deletes every row with its index entries, in one transaction, and returns the number of rows. No row is read:
    /// the engine frees the pages of the table and of its indexes.
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

    pub(super) fn remove_rows(&self, writer: &dyn ByteWriter) -> Result<u64> {
        self.shared.entry.keep_ids(writer, L::is_auto())?;
        self.shared.indexes.iter().try_for_each(|index| index.clear(writer))?;
        if let Some(mut feed) = self.feed_writer(writer)? {
            for key in writer.keys(self.byte_table(), Bound::Unbounded, Bound::Unbounded)? {
                feed.replaced(writer, &key?, true, false)?;
            }
        }
        writer.remove_table(self.byte_table())
    }
}
