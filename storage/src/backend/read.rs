//! Reading: the surface that snapshots and write transactions share, and snapshots.

use super::{
    ByteRows, Bytes, byte_table,
    contain::Health,
    engine_error,
    readers::{Readers, Ticket},
    stats::TableStats,
};
use crate::error::Result;
use redb::{ReadableDatabase, ReadableTableMetadata, TableError};
use std::{
    collections::HashMap,
    fmt,
    ops::Bound,
    sync::{Arc, Mutex, PoisonError},
};

/// What can be read, whether in a snapshot or inside a write transaction. A table that nobody has written yet is
/// empty.
pub trait ByteReader: fmt::Debug {
    /// The value under `key`.
    ///
    /// # Errors
    ///
    /// [`StorageError::Database`](crate::StorageError::Database) when the engine cannot read.
    fn get(&self, table: &str, key: &[u8]) -> Result<Option<Bytes>>;

    /// The rows between two bounds, from either end.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    fn rows(&self, table: &str, lower: Bound<&[u8]>, upper: Bound<&[u8]>) -> Result<ByteRows<'_>>;

    /// The number of rows.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    fn len(&self, table: &str) -> Result<u64>;

    /// The names of all tables.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    fn table_names(&self) -> Result<Vec<String>>;

    /// The how manieth opening of the file it is by the same handle: what is known of the content of one opening
    /// need not hold for the next.
    fn generation(&self) -> u64;
}

/// A committed state of the whole file. Holding it keeps the pages it needs from being reused.
pub struct Snapshot {
    transaction: redb::ReadTransaction,
    health: Health,
    generation: u64,
    ticket: Arc<Ticket>,
    // Opening a table costs as much as a read, so it is done once.
    tables: Mutex<HashMap<String, Arc<SnapshotTable>>>,
}

type SnapshotTable = redb::ReadOnlyTable<&'static [u8], &'static [u8]>;

impl Snapshot {
    pub(super) fn begin(
        db: &impl ReadableDatabase,
        health: &Health,
        generation: u64,
        readers: &Arc<Readers>,
    ) -> Result<Self> {
        // Entered first: a commit between the two makes the reader look older than it is, not younger.
        let ticket = readers.enter();
        let begin = || db.begin_read().map_err(engine_error("begin a read", None));
        let transaction = health.contain("begin a read", None, begin)?;
        let (health, tables) = (health.clone(), Mutex::default());
        Ok(Self { transaction, health, generation, ticket, tables })
    }

    fn table(&self, name: &str) -> Result<Option<Arc<SnapshotTable>>> {
        let mut tables = self.tables.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(table) = tables.get(name) {
            return Ok(Some(Arc::clone(table)));
        }
        match self.transaction.open_table(byte_table(name)) {
            Ok(table) => {
                let table = Arc::new(table);
                tables.insert(name.to_owned(), Arc::clone(&table));
                Ok(Some(table))
            }
            Err(TableError::TableDoesNotExist(_)) => Ok(None),
            Err(error) => Err(engine_error("open the table", Some(name))(error)),
        }
    }

    pub(super) fn table_stats(&self, name: String) -> Result<TableStats> {
        self.health.contain("measure the table", Some(&name), || {
            let Some(open) = self.table(&name)? else { return Ok(TableStats::empty(name.clone())) };
            let measured = open.stats().and_then(|stats| Ok((open.len()?, stats)));
            let (row_count, stats) =
                measured.map_err(engine_error("measure the table", Some(&name)))?;
            Ok(TableStats::new(name.clone(), row_count, &stats))
        })
    }

    /// As [`ByteReader::rows`]; the rows keep the snapshot alive by themselves.
    ///
    /// # Errors
    ///
    /// As [`ByteReader::get`].
    pub fn owned_rows(
        &self,
        table: &str,
        lower: Bound<&[u8]>,
        upper: Bound<&[u8]>,
    ) -> Result<ByteRows<'static>> {
        self.health.contain("read a range", Some(table), || {
            let Some(open) = self.table(table)? else { return Ok(ByteRows::empty()) };
            let range = open
                .range_owned::<&[u8]>((lower, upper))
                .map_err(engine_error("read a range", Some(table)))?;
            Ok(ByteRows::snapshot(range, table, &self.health, &self.ticket))
        })
    }
}

impl ByteReader for Snapshot {
    fn get(&self, table: &str, key: &[u8]) -> Result<Option<Bytes>> {
        self.health.contain("read a value", Some(table), || {
            let Some(open) = self.table(table)? else { return Ok(None) };
            let value = open.get_owned(key).map_err(engine_error("read a value", Some(table)))?;
            Ok(value.map(|guard| Bytes::page(guard, Some(Arc::clone(&self.ticket)))))
        })
    }

    fn rows(&self, table: &str, lower: Bound<&[u8]>, upper: Bound<&[u8]>) -> Result<ByteRows<'_>> {
        self.owned_rows(table, lower, upper)
    }

    fn len(&self, table: &str) -> Result<u64> {
        self.health.contain("count the rows", Some(table), || {
            let Some(open) = self.table(table)? else { return Ok(0) };
            open.len().map_err(engine_error("count the rows", Some(table)))
        })
    }

    fn table_names(&self) -> Result<Vec<String>> {
        self.health.contain("list the tables", None, || {
            let names = self.transaction.list_tables();
            let names = names.map_err(engine_error("list the tables", None))?;
            Ok(names.map(|table| redb::TableHandle::name(&table).to_owned()).collect())
        })
    }

    fn generation(&self) -> u64 {
        self.generation
    }
}

impl fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Snapshot").finish_non_exhaustive()
    }
}
