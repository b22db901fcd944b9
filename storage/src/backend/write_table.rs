//! An open table of a write transaction, whatever the length of its keys.

use super::{
    ByteRow, ByteTable, Bytes, FixedKey, KeyBytes, engine_error,
    read_table::{Bounds, Value},
    rows::End,
};
use crate::error::Result;
use redb::{Key, ReadableTable, ReadableTableMetadata, Table, TableDefinition, TableError};
use std::collections::VecDeque;

/// An open table. What it gives of the engine is bytes; its calls may panic at a damaged page.
pub(super) trait WriteTable {
    /// The length that every key must have.
    fn key_len(&self) -> Option<usize>;

    /// Writes a value; `true` when there was one.
    fn insert(&mut self, key: &[u8], value: &[u8]) -> redb::Result<bool>;

    /// Removes a value; `false` when there was none.
    fn remove(&mut self, key: &[u8]) -> redb::Result<bool>;

    fn get(&self, key: &[u8]) -> redb::Result<Option<Bytes>>;

    /// Copies up to `len` rows between two bounds, counted from `end`.
    fn batch(&self, bounds: Bounds<'_>, end: End, len: usize) -> redb::Result<VecDeque<ByteRow>>;

    fn len(&self) -> redb::Result<u64>;
}

/// Opens `table`, which creates it.
pub(super) fn open<'txn>(
    transaction: &'txn redb::WriteTransaction,
    table: &ByteTable,
) -> Result<Box<dyn WriteTable + 'txn>> {
    let open = |key_len| match key_len {
        Some(4) => open_as::<FixedKey<4>>(transaction, table),
        Some(8) => open_as::<FixedKey<8>>(transaction, table),
        Some(12) => open_as::<FixedKey<12>>(transaction, table),
        Some(16) => open_as::<FixedKey<16>>(transaction, table),
        _ => open_as::<&'static [u8]>(transaction, table),
    };
    let mut opened = open(table.key_len());
    if matches!(opened, Err(TableError::TableTypeMismatch { .. })) {
        // The name alone does not tell; the file does.
        let others = FixedKey::LENGTHS.into_iter().map(Some).chain([None]);
        opened = others.map(open).find(Result::is_ok).unwrap_or(opened);
    }
    opened.map_err(engine_error("open the table", Some(table.name())))
}

fn open_as<'txn, K>(
    transaction: &'txn redb::WriteTransaction,
    table: &ByteTable,
) -> Result<Box<dyn WriteTable + 'txn>, TableError>
where
    K: for<'k> Key<SelfType<'k> = &'k [u8]> + 'static,
{
    let definition = TableDefinition::<K, Value>::new(table.name());
    Ok(Box::new(transaction.open_table(definition)?))
}

impl<K> WriteTable for Table<'_, K, Value>
where
    K: for<'k> Key<SelfType<'k> = &'k [u8]> + 'static,
{
    fn key_len(&self) -> Option<usize> {
        K::fixed_width()
    }

    fn insert(&mut self, key: &[u8], value: &[u8]) -> redb::Result<bool> {
        Ok(self.insert(key, value)?.is_some())
    }

    fn remove(&mut self, key: &[u8]) -> redb::Result<bool> {
        Ok(self.remove(key)?.is_some())
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
}
