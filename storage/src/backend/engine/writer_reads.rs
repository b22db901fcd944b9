//! Reading inside a write transaction, which sees what it wrote.

use super::{
    chunks::ChunkLimit,
    error::engine_error,
    range::{Bounds, End},
    rows::{ByteKeys, ByteRows, Scan},
    write_table::WriteTable,
    writer::{IfAbsent, WriterTables},
};
use crate::{
    backend::{ByteReader, ByteRow, ByteTable, Bytes, KeyBytes, VisitMany},
    error::{Action, Result},
};
use std::ops::Bound;

impl<'txn> WriterTables<'txn> {
    /// What `read` returns of the open table; `None` if nobody has written to it.
    fn read<T>(
        &self,
        action: Action,
        table: &ByteTable,
        read: impl FnOnce(&(dyn WriteTable + 'txn)) -> redb::Result<T>,
    ) -> Result<Option<T>> {
        self.with_table(table, IfAbsent::Leave, |open| {
            read(open).map_err(engine_error(action, Some(table.name())))
        })
    }

    /// The row at one end of a range.
    fn edge(&self, table: &ByteTable, bounds: Bounds<'_>, end: End) -> Result<Option<ByteRow>> {
        let row = self.read(Action::ReadRange, table, |open| open.edge(bounds, end))?;
        self.health.check_within(table, bounds, row.flatten())
    }

    /// The keys between two bounds, up to `limit` of them copied at a time.
    fn keys_by(&self, table: &ByteTable, bounds: Bounds<'_>, limit: ChunkLimit) -> ByteKeys<'_> {
        let copied = table.clone();
        let fetch = move |bounds: Bounds<'_>, end| {
            let chunk =
                self.read(Action::ReadRange, &copied, |open| open.keys(bounds, end, limit))?;
            Ok(chunk.unwrap_or_default())
        };
        ByteKeys::new(Scan::of_writer(Box::new(fetch), table.name(), bounds, self.health))
    }
}

impl ByteReader for WriterTables<'_> {
    fn get(&self, table: &ByteTable, key: &[u8]) -> Result<Option<Bytes>> {
        self.read(Action::ReadValue, table, |open| open.get(key)).map(Option::flatten)
    }

    fn contains(&self, table: &ByteTable, key: &[u8]) -> Result<bool> {
        self.read(Action::ReadValue, table, |open| open.contains(key))
            .map(Option::unwrap_or_default)
    }

    fn get_many(
        &self,
        table: &ByteTable,
        keys: &mut dyn Iterator<Item = &[u8]>,
        visit: &mut VisitMany<'_>,
    ) -> Result<()> {
        for key in keys {
            // Copied, so that `visit` may write.
            if visit(key, self.get(table, key)?.as_deref()).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn first(
        &self,
        table: &ByteTable,
        lower: Bound<&[u8]>,
        upper: Bound<&[u8]>,
    ) -> Result<Option<ByteRow>> {
        self.edge(table, (lower, upper), End::Front)
    }

    fn last(
        &self,
        table: &ByteTable,
        lower: Bound<&[u8]>,
        upper: Bound<&[u8]>,
    ) -> Result<Option<ByteRow>> {
        self.edge(table, (lower, upper), End::Back)
    }

    fn first_key(
        &self,
        table: &ByteTable,
        lower: Bound<&[u8]>,
        upper: Bound<&[u8]>,
    ) -> Result<Option<KeyBytes>> {
        self.keys_by(table, (lower, upper), ChunkLimit::ONE).next().transpose()
    }

    fn last_key(
        &self,
        table: &ByteTable,
        lower: Bound<&[u8]>,
        upper: Bound<&[u8]>,
    ) -> Result<Option<KeyBytes>> {
        self.keys_by(table, (lower, upper), ChunkLimit::ONE).next_back().transpose()
    }

    fn keys(
        &self,
        table: &ByteTable,
        lower: Bound<&[u8]>,
        upper: Bound<&[u8]>,
    ) -> Result<ByteKeys<'_>> {
        Ok(self.keys_by(table, (lower, upper), ChunkLimit::KEYS))
    }

    fn rows(
        &self,
        table: &ByteTable,
        lower: Bound<&[u8]>,
        upper: Bound<&[u8]>,
    ) -> Result<ByteRows<'_>> {
        let copied = table.clone();
        let fetch = move |bounds: Bounds<'_>, end| {
            let chunk = self.read(Action::ReadRange, &copied, |open| open.rows(bounds, end))?;
            Ok(chunk.unwrap_or_default())
        };
        let scan = Scan::of_writer(Box::new(fetch), table.name(), (lower, upper), self.health);
        Ok(ByteRows::new(scan))
    }

    fn len(&self, table: &ByteTable) -> Result<u64> {
        self.read(Action::CountRows, table, <dyn WriteTable>::len).map(Option::unwrap_or_default)
    }

    fn table_names(&self) -> Result<Vec<String>> {
        let names =
            self.health.call(Action::ListTables, None, || self.transaction.list_tables())?;
        let names = names.map(|table| redb::TableHandle::name(&table).to_owned());
        let (removed, undo) = (self.removed.borrow(), self.undo.borrow());
        let is_removed = |name: &str| removed.iter().any(|table| table.name() == name);
        Ok(names.filter(|name| !is_removed(name) && !undo.is_own_table(name)).collect())
    }

    fn generation(&self) -> u64 {
        self.generation.get()
    }
}
