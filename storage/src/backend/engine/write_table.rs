//! An open table of a write transaction, whatever the length of its keys.

use super::{
    chunks::{Chunk, ChunkLimit},
    error::engine_error,
    fixed_key::{self, ByteKey, OpenAs},
    page::ValueBytes,
    range::{Bounds, End},
    witness::Witness,
};
use crate::{
    backend::{ByteRow, ByteTable, Bytes, KeyBytes, SortedRows},
    error::{Action, Result},
};
use redb::{CursorError, ReadableTable, ReadableTableMetadata, Table, TableDefinition, TableError};
use std::{collections::VecDeque, ops::Bound};

/// What a pass over rows did that removed some.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pass {
    pub(super) removed: u64,
    /// The rows that it went over and left.
    pub(super) left: u64,
    /// So many keys, from the first, were looked for.
    pub(super) looked_for: usize,
}

/// An open table. Only bytes leave it; its calls may panic at a damaged page.
pub(crate) trait WriteTable {
    /// The length that every key must have.
    fn key_len(&self) -> Option<usize>;

    /// Writes a value, or removes the one that is there; calls `before` with what was there.
    fn set(
        &mut self,
        key: &[u8],
        value: Option<&[u8]>,
        before: &mut dyn FnMut(Option<&[u8]>),
    ) -> redb::Result<()>;

    fn get(&self, key: &[u8]) -> redb::Result<Option<Bytes>>;

    fn contains(&self, key: &[u8]) -> redb::Result<bool>;

    /// The row at `end` of the range between two bounds.
    fn edge(&self, bounds: Bounds<'_>, end: End) -> redb::Result<Option<ByteRow>>;

    /// Copies rows between two bounds, counted from `end`.
    fn rows(&self, bounds: Bounds<'_>, end: End) -> redb::Result<Chunk<ByteRow>>;

    /// Copies up to `limit` of the keys between two bounds, counted from `end`.
    fn keys(
        &self,
        bounds: Bounds<'_>,
        end: End,
        limit: ChunkLimit,
    ) -> redb::Result<Chunk<KeyBytes>>;

    fn len(&self) -> redb::Result<u64>;

    /// Writes rows whose keys do not descend, each in place of a value that is there.
    /// `witness` sees what was there before, and what is.
    fn put_sorted(
        &mut self,
        rows: &mut dyn SortedRows,
        witness: &mut Witness<'_, '_>,
    ) -> Result<(), redb::Error>;

    /// Removes the rows under `keys`, which ascend, up to the one that the undo log has no room for. `witness` sees
    /// what was there before.
    fn remove_sorted(
        &mut self,
        keys: &[&[u8]],
        witness: &mut Witness<'_, '_>,
    ) -> Result<Pass, redb::Error>;

    /// Removes every row from `first` to `last`.
    fn delete_run(&mut self, first: &[u8], last: &[u8]) -> redb::Result<()>;
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
    let opened = fixed_key::open(table.key_len(), &WriteOpener { transaction, table });
    opened.map_err(engine_error(Action::OpenTable, Some(table.name())))
}

/// Whether there is a table of that name. The engine's only way to open one creates it.
pub(super) fn exists(transaction: &redb::WriteTransaction, table: &ByteTable) -> Result<bool> {
    let own_name = TableDefinition::<ValueBytes, ValueBytes>::new(table.name());
    // To give a table the name that it has changes nothing, and is refused when there is none.
    match transaction.rename_table(own_name, own_name) {
        Ok(()) | Err(TableError::TableExists(_)) => Ok(true),
        Err(TableError::TableDoesNotExist(_)) => Ok(false),
        Err(error) => Err(engine_error(Action::OpenTable, Some(table.name()))(error)),
    }
}

/// Deletes a table, if it is there. It must not be open.
pub(super) fn delete(transaction: &redb::WriteTransaction, table: &ByteTable) -> Result<()> {
    let deleted =
        transaction.delete_table(TableDefinition::<ValueBytes, ValueBytes>::new(table.name()));
    deleted.map(drop).map_err(engine_error(Action::RemoveTable, Some(table.name())))
}

/// Renames a table, which must not be open.
pub(super) fn rename(
    transaction: &redb::WriteTransaction,
    from: &ByteTable,
    to: &ByteTable,
) -> Result<()> {
    let [from_name, to_name] =
        [from, to].map(|table| TableDefinition::<ValueBytes, ValueBytes>::new(table.name()));
    let renamed = transaction.rename_table(from_name, to_name);
    renamed.map_err(engine_error(Action::RenameTable, Some(from.name())))
}

struct WriteOpener<'txn, 'a> {
    transaction: &'txn redb::WriteTransaction,
    table: &'a ByteTable,
}

impl<'txn> OpenAs for WriteOpener<'txn, '_> {
    type Table = Box<dyn WriteTable + 'txn>;

    fn open_as<K: ByteKey>(&self) -> Result<Self::Table, TableError> {
        let definition = TableDefinition::<K, ValueBytes>::new(self.table.name());
        Ok(Box::new(self.transaction.open_table(definition)?))
    }
}

impl<K: ByteKey> WriteTable for Table<'_, K, ValueBytes> {
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

    fn contains(&self, key: &[u8]) -> redb::Result<bool> {
        Ok(ReadableTable::get(self, key)?.is_some())
    }

    fn edge(&self, bounds: Bounds<'_>, end: End) -> redb::Result<Option<ByteRow>> {
        Ok(copied(self, bounds, end, ChunkLimit::ONE, row)?.items.pop_front())
    }

    fn rows(&self, bounds: Bounds<'_>, end: End) -> redb::Result<Chunk<ByteRow>> {
        copied(self, bounds, end, ChunkLimit::ROWS, row)
    }

    fn keys(
        &self,
        bounds: Bounds<'_>,
        end: End,
        limit: ChunkLimit,
    ) -> redb::Result<Chunk<KeyBytes>> {
        let copy =
            |key: &[u8], _: &[u8]| (KeyBytes::from(key), key.len().max(size_of::<KeyBytes>()));
        copied(self, bounds, end, limit, copy)
    }

    fn len(&self) -> redb::Result<u64> {
        ReadableTableMetadata::len(self)
    }

    fn put_sorted(
        &mut self,
        rows: &mut dyn SortedRows,
        witness: &mut Witness<'_, '_>,
    ) -> Result<(), redb::Error> {
        while rows.current().is_some() {
            let run_len = put_run(self, rows, witness)?;
            let plain_len = if run_len < RUN_LEN_MIN { PLAIN_LEN } else { 1 };
            for _ in 0..plain_len {
                let Some((key, value)) = rows.current() else { break };
                let replaced = self.insert(key, value)?;
                witness.see(key, replaced.as_ref().map(redb::AccessGuard::value), Some(value));
                drop(replaced);
                witness.make_room()?;
                rows.advance();
            }
        }
        Ok(())
    }

    fn remove_sorted(
        &mut self,
        keys: &[&[u8]],
        witness: &mut Witness<'_, '_>,
    ) -> Result<Pass, redb::Error> {
        let mut pass = Pass { looked_for: keys.len(), ..Pass::default() };
        // Those of another length are not there.
        let fits = |key: &&[u8]| K::fixed_width().is_none_or(|len| len == key.len());
        let mut wanted = keys.iter().copied().filter(fits).peekable();
        let (Some(first), Some(last)) = (wanted.peek().copied(), keys.iter().copied().rfind(fits))
        else {
            return Ok(pass);
        };
        let range = (Bound::Included(first), Bound::Included(last));
        self.retain_in::<&[u8], _>(range, |key, value| {
            if witness.undo.is_full() {
                return true;
            }
            while wanted.next_if(|wanted| *wanted < key).is_some() {}
            let is_left = wanted.next_if_eq(&key).is_none();
            if is_left {
                pass.left = pass.left.saturating_add(1);
            } else {
                witness.see(key, Some(value), None);
                pass.removed = pass.removed.saturating_add(1);
            }
            is_left
        })?;
        if let Some(next) = wanted.next().filter(|_| witness.undo.is_full()) {
            pass.looked_for = keys.partition_point(|key| *key < next);
        }
        Ok(pass)
    }

    fn delete_run(&mut self, first: &[u8], last: &[u8]) -> redb::Result<()> {
        let run = (Bound::Included(first), Bound::Included(last));
        self.retain_in::<&[u8], _>(run, |_, _| false)
    }
}

/// Writes rows up to one that does not fit into the gap, between two rows that are there, that the first lies in.
/// Returns their number.
fn put_run<K: ByteKey>(
    table: &mut Table<'_, K, ValueBytes>,
    rows: &mut dyn SortedRows,
    witness: &mut Witness<'_, '_>,
) -> Result<usize, redb::Error> {
    let Some((key, _)) = rows.current() else { return Ok(0) };
    let mut cursor = table.lower_bound_mut(Bound::Included(key))?;
    let mut run = OpenRun::<K>::new(witness);
    while let Some((key, value)) = rows.current() {
        match cursor.insert_before(key, value) {
            Ok(()) => run.push(key, value),
            Err(CursorError::Storage(error)) => return Err(error.into()),
            // There is a row that must come before, or be replaced.
            Err(_) => break,
        }
        rows.advance();
    }
    cursor.close()?;
    let len = run.len;
    drop(run);
    witness.make_room().map(|()| len)
}

/// The rows that a cursor has written so far, which the undo log remembers however that ends: after a panic of the
/// caller's rows, which may be caught inside the transaction, they are in the table.
struct OpenRun<'r, 'u, 'txn, K: ByteKey> {
    witness: &'r mut Witness<'u, 'txn>,
    first: K::Copy,
    last: K::Copy,
    len: usize,
}

impl<'r, 'u, 'txn, K: ByteKey> OpenRun<'r, 'u, 'txn, K> {
    fn new(witness: &'r mut Witness<'u, 'txn>) -> Self {
        Self { witness, first: K::Copy::default(), last: K::Copy::default(), len: 0 }
    }

    #[inline]
    fn push(&mut self, key: &[u8], value: &[u8]) {
        self.witness.see_new(key, value);
        self.len = self.len.saturating_add(1);
        if self.witness.undo.is_wanted() {
            K::copy(key, if self.len == 1 { &mut self.first } else { &mut self.last });
        }
    }
}

impl<K: ByteKey> Drop for OpenRun<'_, '_, '_, K> {
    fn drop(&mut self) {
        if self.witness.undo.is_wanted() && self.len > 0 {
            let last = if self.len == 1 { &self.first } else { &self.last };
            self.witness.undo.remember_run(self.first.as_ref(), last.as_ref());
        }
    }
}

/// A copy of a row, and its length in bytes.
fn row(key: &[u8], value: &[u8]) -> (ByteRow, usize) {
    let len = key.len().saturating_add(value.len());
    (ByteRow { key: KeyBytes::from(key), value: Bytes::copied(value) }, len)
}

/// What `copy` makes of the rows between two bounds, counted from `end`, and up to `limit` of it.
fn copied<K: ByteKey, T>(
    table: &Table<'_, K, ValueBytes>,
    bounds: Bounds<'_>,
    end: End,
    limit: ChunkLimit,
    copy: impl Fn(&[u8], &[u8]) -> (T, usize),
) -> redb::Result<Chunk<T>> {
    let mut range = table.range::<&[u8]>(bounds)?;
    let (mut items, mut len) = (VecDeque::new(), 0_usize);
    loop {
        let next = match end {
            End::Front => range.next(),
            End::Back => range.next_back(),
        };
        let Some((key, value)) = next.transpose()? else {
            return Ok(Chunk { items, reached: None });
        };
        let (item, item_len) = copy(key.value(), value.value());
        items.push_back(item);
        len = len.saturating_add(item_len);
        if items.len() >= limit.count || len >= limit.len {
            return Ok(Chunk { items, reached: Some(key.value().to_vec()) });
        }
    }
}
