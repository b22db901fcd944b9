//! Saving what can be read of a damaged store.

use crate::{backend::OpenOptions, catalog::Salvage, error::Result, store::Storage};
use std::path::Path;

/// Copies every row of `storage` that fits its checksum to a new store at `path`, in the file system that `options`
/// say, and tells what could not be read. [`Storage::backup`] ends at the first such row.
///
/// Rows go as they are, whatever their layout. An index that lacks something, or whose table does, has no entries in
/// the new store, and is built when a program that declares it opens the table.
///
/// ```
/// # use storage::{OpenOptions, Storage, dynamic::salvage};
/// # let dir = tempfile::tempdir().unwrap();
/// # let path = dir.path().join("saved.redb");
/// let storage = Storage::in_memory()?;
/// storage.new_rkyv_table::<u64, String>("names").put(7, &"Ada".to_string())?;
/// let saved = salvage(&storage, &path, &OpenOptions::default())?;
/// assert_eq!((saved.row_count, saved.lost_count), (1, 0));
/// # Ok::<(), storage::StorageError>(())
/// ```
///
/// # Errors
///
/// [`StorageError::Open`](crate::StorageError::Open) when there is something at `path` already, or when the file cannot
/// be written, and [`StorageError::Database`](crate::StorageError::Database) when not even the names of tables can be
/// read. There is no file then.
pub fn salvage(
    storage: &Storage,
    path: impl AsRef<Path>,
    options: &OpenOptions,
) -> Result<Salvage> {
    storage.salvage(path.as_ref(), options)
}
