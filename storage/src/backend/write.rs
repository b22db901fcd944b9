//! What can be written inside a write transaction.

use super::{ByteReader, ByteTable};
use crate::error::Result;

/// What can be written inside a write transaction. Sealed, as [`ByteReader`] is, whose laws hold too.
///
/// # Laws
///
/// 1. **Put and delete.** After [`put`](Self::put) there is the value under the key, and after
///    [`delete`](Self::delete) there is none; both return whether there was one before. To delete from a table that
///    nobody has written to does not create it.
/// 2. **Sorted is the same.** [`put_sorted`](Self::put_sorted) leaves what [`put`](Self::put) of each row in turn
///    would, and [`delete_sorted`](Self::delete_sorted) what [`delete`](Self::delete) of each key would.
/// 3. **Errors.** A key that the table cannot have, or a value that is too long, is refused, and nothing is written for
///    it; of [`put_sorted`](Self::put_sorted) the rows before it are. After any other error it is not known what of
///    the call was written or undone: the transaction is not committed, even if its body returns `Ok`.
/// 4. **Savepoints.** [`roll_back`](Self::roll_back) makes every row what it was when the savepoint was made, whatever
///    savepoints were made, released or rolled back since; a table that was new may stay, empty.
///    [`release`](Self::release) keeps everything.
/// 5. **Whole tables.** After [`remove_table`](Self::remove_table) a table is as one that nobody has written to, and
///    after [`rename_table`](Self::rename_table) the rows are under the other name. Savepoints undo both.
/// 6. **All or nothing.** A transaction whose body fails or panics leaves nothing; one that is acknowledged is there
///    whole.
pub trait ByteWriter: ByteReader {
    /// Writes `value` under `key`, in place of a value that is there. Returns whether there was one.
    ///
    /// # Errors
    ///
    /// [`StorageError::Database`](crate::StorageError::Database) when the engine cannot write.
    fn put(&self, table: &ByteTable, key: &[u8], value: &[u8]) -> Result<bool>;

    /// Writes `value` under `key`, where it says the same as the value that is there, in another form: nobody who
    /// watches the table is told.
    ///
    /// # Errors
    ///
    /// As [`put`](Self::put).
    fn rewrite(&self, table: &ByteTable, key: &[u8], value: &[u8]) -> Result<()>;

    /// Writes rows whose keys do not descend, each in place of a value that is there: cheaper than one by one. When
    /// `rows` panics, the rows before are written, and the panic goes on.
    ///
    /// # Errors
    ///
    /// As [`put`](Self::put).
    fn put_sorted(&self, table: &ByteTable, rows: &mut dyn SortedRows) -> Result<()>;

    /// How many bytes of memory the engine may use for pages.
    fn cache_len(&self) -> usize;

    /// Takes a number of `table` that was not taken since the store was opened, `least` or more, also by writes that
    /// were undone; `None` if there is none left.
    #[doc(hidden)]
    fn take_id(&self, table: &ByteTable, least: u64) -> Option<u64>;

    /// Deletes the value under `key`. Returns whether there was one.
    ///
    /// # Errors
    ///
    /// As [`put`](Self::put).
    fn delete(&self, table: &ByteTable, key: &[u8]) -> Result<bool>;

    /// Deletes the values under `keys`, which do not descend, and returns how many were there: cheaper than one by one.
    /// When `keys` panics, some of those before are deleted, and the panic goes on.
    ///
    /// # Errors
    ///
    /// As [`put`](Self::put).
    fn delete_sorted(
        &self,
        table: &ByteTable,
        keys: &mut dyn Iterator<Item = &[u8]>,
    ) -> Result<u64>;

    /// Removes `table` with all its rows, which the engine does at once, and returns how many there were.
    ///
    /// # Errors
    ///
    /// As [`put`](Self::put).
    fn remove_table(&self, table: &ByteTable) -> Result<u64>;

    /// Gives the table `from`, if there is one, the name `to`.
    ///
    /// # Errors
    ///
    /// As [`put`](Self::put), and when there is a table `to` that has rows.
    fn rename_table(&self, from: &ByteTable, to: &ByteTable) -> Result<()>;

    /// What is known of tables holds no more: see [`generation`](ByteReader::generation). To be called by whoever
    /// changes the catalogue.
    #[doc(hidden)]
    fn renew(&self);

    /// Marks the present state, to go back to it with [`roll_back`](Self::roll_back). From here on every change
    /// remembers what it changed, until [`release`](Self::release).
    fn savepoint(&self) -> Savepoint;

    /// Undoes every change since `savepoint` was made.
    ///
    /// # Errors
    ///
    /// As [`put`](Self::put).
    fn roll_back(&self, savepoint: Savepoint) -> Result<()>;

    /// Keeps every change since `savepoint` was made.
    fn release(&self, savepoint: Savepoint);
}

/// Rows whose keys do not descend, one after the other.
pub trait SortedRows {
    /// The key and value to be written; `None` after the last.
    fn current(&self) -> Option<(&[u8], &[u8])>;

    /// Goes on to the next row.
    fn advance(&mut self);
}

/// A state inside a write transaction.
#[derive(Debug)]
#[must_use = "roll back to it or release it"]
pub struct Savepoint {
    /// Counted in its transaction.
    pub(super) number: u64,
}

/// Calls `body`; if it returns `Err` or panics, what it changed is undone.
pub(crate) fn all_or_nothing<T>(
    writer: &dyn ByteWriter,
    body: impl FnOnce() -> Result<T>,
) -> Result<T> {
    let mut undo = UndoOnPanic { writer, savepoint: Some(writer.savepoint()) };
    let outcome = body();
    if let Some(savepoint) = undo.savepoint.take() {
        match outcome {
            Ok(_) => writer.release(savepoint),
            Err(_) => writer.roll_back(savepoint)?,
        }
    }
    outcome
}

/// The panic may be caught inside the transaction, which then goes on.
struct UndoOnPanic<'w> {
    writer: &'w dyn ByteWriter,
    savepoint: Option<Savepoint>,
}

impl Drop for UndoOnPanic<'_> {
    fn drop(&mut self) {
        if let Some(savepoint) = self.savepoint.take() {
            // There is nobody to report to: the panic goes on.
            let _ = self.writer.roll_back(savepoint);
        }
    }
}
