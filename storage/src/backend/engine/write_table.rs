//! An open table of a write transaction, whatever the length of its keys.

use super::{
    error::engine_error,
    fixed_key::{self, ByteKey, OpenAs},
    page::Value,
    range::{Bounds, End},
};
use crate::{
    backend::{ByteRow, ByteTable, Bytes, KeyBytes, SortedRows},
    error::Result,
};
use redb::{CursorError, ReadableTable, ReadableTableMetadata, Table, TableDefinition, TableError};
use std::{collections::VecDeque, ops::Bound};

/// An open table. What it gives of the engine is bytes; its calls may panic at a damaged page.
pub(crate) trait WriteTable {
    /// The length that every key must have.
    fn key_len(&self) -> Option<usize>;

    /// Writes a value, or removes the one that is there; lends `before` what was there.
    fn set(
        &mut self,
        key: &[u8],
        value: Option<&[u8]>,
        before: &mut dyn FnMut(Option<&[u8]>),
    ) -> redb::Result<()>;

    fn get(&self, key: &[u8]) -> redb::Result<Option<Bytes>>;

    /// Copies up to `len` rows between two bounds, counted from `end`.
    fn batch(&self, bounds: Bounds<'_>, end: End, len: usize) -> redb::Result<VecDeque<ByteRow>>;

    fn len(&self) -> redb::Result<u64>;

    /// Writes rows whose keys do not descend, each in place of a value that is there.
    fn put_sorted(&mut self, rows: &mut dyn SortedRows) -> redb::Result<()>;
}

/// A run through the engine's cursor that is shorter than this did not pay.
const RUN_LEN_MIN: usize = 4;
/// After a run that did not pay, so many rows are written without the cursor.
const PLAIN_LEN: usize = 32;

/// Opens `table`, which creates it.
pub(crate) fn open<'txn>(
    transaction: &'txn redb::WriteTransaction,
    table: &ByteTable,
) -> Result<Box<dyn WriteTable + 'txn>> {
    let opened = fixed_key::open(table.key_len(), &Opener { transaction, table });
    opened.map_err(engine_error("open the table", Some(table.name())))
}

struct Opener<'txn, 'a> {
    transaction: &'txn redb::WriteTransaction,
    table: &'a ByteTable,
}

impl<'txn> OpenAs for Opener<'txn, '_> {
    type Table = Box<dyn WriteTable + 'txn>;

    fn open_as<K: ByteKey>(&self) -> Result<Self::Table, TableError> {
        let definition = TableDefinition::<K, Value>::new(self.table.name());
        Ok(Box::new(self.transaction.open_table(definition)?))
    }
}

impl<K: ByteKey> WriteTable for Table<'_, K, Value> {
    fn key_len(&self) -> Option<usize> {
        K::fixed_width()
    }

    fn set(
        &mut self,
        key: &[u8],
        value: Option<&[u8]>,
        before: &mut dyn FnMut(Option<&[u8]>),
    ) -> redb::Result<()> {
        let replaced = match value {
            Some(value) => self.insert(key, value)?,
            None => self.remove(key)?,
        };
        before(replaced.as_ref().map(redb::AccessGuard::value));
        Ok(())
    }

    fn get(&self, key: &[u8]) -> redb::Result<Option<Bytes>> {
        Ok(ReadableTable::get(self, key)?.map(|value| Bytes::copied(value.value())))
    }

    fn batch(&self, bounds: Bounds<'_>, end: End, len: usize) -> redb::Result<VecDeque<ByteRow>> {
        let mut range = self.range::<&[u8]>(bounds)?;
        let next = || match end {
            End::Front => range.next(),
            End::Back => range.next_back(),
        };
        let copied = |row: redb::Result<_>| {
            let (key, value): (redb::AccessGuard<'_, K>, redb::AccessGuard<'_, Value>) = row?;
            Ok(ByteRow { key: KeyBytes::from(key.value()), value: Bytes::copied(value.value()) })
        };
        std::iter::from_fn(next).take(len).map(copied).collect()
    }

    fn len(&self) -> redb::Result<u64> {
        ReadableTableMetadata::len(self)
    }

    fn put_sorted(&mut self, rows: &mut dyn SortedRows) -> redb::Result<()> {
        while let Some((key, _)) = rows.current() {
            // The cursor stays in one gap between rows that are there, and fills it.
            let mut cursor = self.lower_bound_mut(Bound::Included(key))?;
            let mut run_len: usize = 0;
            while let Some((key, value)) = rows.current() {
                match cursor.insert_before(key, value) {
                    Ok(()) => run_len = run_len.saturating_add(1),
                    Err(CursorError::Storage(error)) => return Err(error),
                    // There is a row that must come before, or be replaced.
                    Err(_) => break,
                }
                rows.advance();
            }
            cursor.close()?;
            let plain_len = if run_len < RUN_LEN_MIN { PLAIN_LEN } else { 1 };
            for _ in 0..plain_len {
                let Some((key, value)) = rows.current() else { break };
                self.insert(key, value)?;
                rows.advance();
            }
        }
        Ok(())
    }
}
