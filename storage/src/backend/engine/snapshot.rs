//! Snapshots: committed states that are read.

use super::{
    contain::Health,
    disk::EngineDisk,
    error::{refusal, unopened},
    range::{Bounds, End},
    read_table::{self, Contain, ReadTable, Visit},
    rows::{ByteKeys, ByteRows, OfSnapshot, Scan, Scanned, SnapshotRows},
    slot::{EngineSlot, UNSETTLED},
};
use crate::{
    backend::{
        ByteReader, ByteRow, ByteTable, Bytes, Disk, KeyBytes, TableStats, VisitMany,
        snapshot::{Readers, Ticket},
        table::TableMap,
    },
    error::{Action, Result},
    invariant::Invariant,
    sealed::Sealed,
};
use redb::ReadableDatabase;
use std::{
    fmt,
    ops::Bound,
    path::Path,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

/// A committed state of the whole file. Holding it keeps the pages it needs from being reused.
pub struct Snapshot {
    transaction: redb::ReadTransaction,
    health: Health,
    generation: u64,
    ticket: Arc<Ticket>,
    tables: SnapshotTables,
}

/// The tables that are open: opening one costs as much as a read, so it is done once.
#[derive(Default)]
struct SnapshotTables {
    /// Found without a lock; a cell is taken by the first table whose hash falls on it.
    cells: [OnceLock<(ByteTable, Box<dyn ReadTable>)>; 32],
    others: Mutex<TableMap<Arc<dyn ReadTable>>>,
}

const CELL_COUNT: u8 = 32;

impl SnapshotTables {
    fn cell(&self, table: &ByteTable) -> Option<&OnceLock<(ByteTable, Box<dyn ReadTable>)>> {
        // The number of cells is a power of two: the low bits are the number of one.
        let number = table.hash() & u64::from(CELL_COUNT.wrapping_sub(1));
        let number = usize::try_from(number).invariant("five bits fit");
        self.cells.get(number)
    }
}

impl EngineSlot {
    /// Begins a read of the latest committed state of the file at `path`.
    pub(crate) fn begin_read(&self, path: &Path, readers: &Arc<Readers>) -> Result<Snapshot> {
        self.with(path, |engine| {
            let generation = self.generation();
            let mut snapshot = Snapshot::begin(&engine.db, &engine.health, readers)?;
            // With an odd number, or with another one afterwards, nobody can tell which tables this state has.
            let is_settled = generation.is_multiple_of(2) && generation == self.generation();
            snapshot.generation = if is_settled { generation } else { UNSETTLED };
            Ok(snapshot)
        })
    }
}

impl Snapshot {
    /// The committed state of the file on `disk`, which lies at `path`, read without changing a byte of it; `None`
    /// when the engine must mend it first.
    pub(crate) fn peek(disk: Box<dyn Disk>, path: &Path) -> Result<Option<Self>> {
        let health = Health::new(path, Arc::default());
        let disk = EngineDisk::of_this_process(disk, path);
        let peek = || match redb::Database::builder().open_read_only_with_backend(disk) {
            Ok(db) => Self::begin(&db, &health, &Arc::default()).map(Some),
            Err(redb::DatabaseError::RepairAborted) => Ok(None),
            Err(error) => Err(refusal(path, error)),
        };
        health.contain(Action::Open, None, peek).map_err(|error| unopened(path, error))
    }

    fn begin(db: &impl ReadableDatabase, health: &Health, readers: &Arc<Readers>) -> Result<Self> {
        // Entered first: a commit between the two makes the reader look older than it is, not younger.
        let ticket = readers.enter();
        let transaction = health.call(Action::BeginRead, None, || db.begin_read())?;
        let (health, tables) = (health.clone(), SnapshotTables::default());
        let generation = UNSETTLED;
        Ok(Self { transaction, health, generation, ticket, tables })
    }

    /// Runs `use_table` with the open table; `None` when nobody has written to it.
    #[inline]
    fn with_table<T>(
        &self,
        table: &ByteTable,
        use_table: impl FnOnce(&dyn ReadTable) -> Result<T>,
    ) -> Result<Option<T>> {
        let cell = self.tables.cell(table);
        if let Some((open, reader)) = cell.and_then(OnceLock::get)
            && open.name() == table.name()
        {
            return use_table(&**reader).map(Some);
        }
        self.open_table(table, use_table)
    }

    #[cold]
    fn open_table<T>(
        &self,
        table: &ByteTable,
        use_table: impl FnOnce(&dyn ReadTable) -> Result<T>,
    ) -> Result<Option<T>> {
        let mut others = self.tables.others.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(open) = others.get(table).map(Arc::clone) {
            drop(others);
            return use_table(&*open).map(Some);
        }
        let open = self.health.contain(Action::OpenTable, Some(table.name()), || {
            read_table::open(&self.transaction, table)
        })?;
        let Some(open) = open else { return Ok(None) };
        match self.tables.cell(table).filter(|cell| cell.get().is_none()) {
            Some(cell) => {
                drop(others);
                let (_, open) = cell.get_or_init(|| (table.clone(), open));
                use_table(&**open).map(Some)
            }
            None => {
                let open = Arc::from(open);
                others.insert(table.clone(), Arc::clone(&open));
                drop(others);
                use_table(&*open).map(Some)
            }
        }
    }

    /// Calls `read` with the value under `key`.
    ///
    /// # Errors
    ///
    /// As [`ByteReader::get`].
    #[inline]
    pub fn get_with<T>(
        &self,
        table: &ByteTable,
        key: &[u8],
        read: impl FnOnce(&[u8]) -> T,
    ) -> Result<Option<T>> {
        let read = self.with_table(table, |open| {
            // Put here by what is contained: returned, it would be moved from one result to the next.
            let mut value = None;
            self.health.call(Action::ReadValue, Some(table.name()), || {
                value = open.get(key)?;
                Ok::<_, redb::StorageError>(())
            })?;
            // The caller's code runs outside of what is contained: its panic is its own.
            Ok(value.as_ref().map(|value| read(value.value())))
        })?;
        Ok(read.flatten())
    }

    /// Calls `visit` for the rows between two bounds, from one end, until it breaks.
    pub(crate) fn walk(
        &self,
        table: &ByteTable,
        bounds: (Bound<&[u8]>, Bound<&[u8]>),
        is_reverse: bool,
        visit: &mut Visit<'_>,
    ) -> Result<()> {
        let end = if is_reverse { End::Back } else { End::Front };
        let contain = Contain { health: &self.health, table: table.name() };
        self.with_table(table, |open| open.walk(bounds, end, contain, visit)).map(drop)
    }

    pub(crate) fn table_stats(&self, name: &str) -> Result<TableStats> {
        let measured = self.with_table(&name.into(), |open| {
            self.health.call(Action::MeasureTable, Some(name), || open.measure(name))
        })?;
        Ok(measured.unwrap_or_else(|| TableStats::empty(name.to_owned())))
    }

    /// As [`ByteReader::rows`]; the rows keep the snapshot alive by themselves.
    ///
    /// # Errors
    ///
    /// As [`ByteReader::get`].
    pub fn owned_rows(
        &self,
        table: &ByteTable,
        lower: Bound<&[u8]>,
        upper: Bound<&[u8]>,
    ) -> Result<SnapshotRows> {
        let scan = self.scan(table, (lower, upper))?;
        Ok(scan.map_or_else(SnapshotRows::empty, SnapshotRows::new))
    }

    /// As [`ByteReader::keys`]; the keys keep the snapshot alive by themselves.
    ///
    /// # Errors
    ///
    /// As [`ByteReader::get`].
    pub fn owned_keys(
        &self,
        table: &ByteTable,
        lower: Bound<&[u8]>,
        upper: Bound<&[u8]>,
    ) -> Result<ByteKeys<'static>> {
        let scan = self.scan(table, (lower, upper))?;
        Ok(scan.map_or_else(ByteKeys::empty, |scan| ByteKeys::new(scan.into_any())))
    }

    fn scan<T: Scanned>(
        &self,
        table: &ByteTable,
        bounds: Bounds<'_>,
    ) -> Result<Option<Scan<OfSnapshot<T>>>> {
        self.with_table(table, |open| {
            let range =
                self.health.call(Action::ReadRange, Some(table.name()), || open.range(bounds))?;
            Ok(Scan::of_snapshot(range, table.name(), bounds, &self.health, &self.ticket))
        })
    }

    /// The row at one end of a range.
    fn edge(&self, table: &ByteTable, bounds: Bounds<'_>, end: End) -> Result<Option<ByteRow>> {
        let row = self.with_table(table, |open| {
            self.health.call(Action::ReadRange, Some(table.name()), || {
                open.edge(bounds, end, &self.ticket)
            })
        })?;
        self.health.check_within(table, bounds, row.flatten())
    }
}

impl Sealed for Snapshot {}

impl ByteReader for Snapshot {
    fn get(&self, table: &ByteTable, key: &[u8]) -> Result<Option<Bytes>> {
        let value = self.with_table(table, |open| {
            let value =
                self.health.call(Action::ReadValue, Some(table.name()), || open.get_owned(key))?;
            Ok(value.map(|page| Bytes::in_page(page, &self.ticket)))
        })?;
        Ok(value.flatten())
    }

    fn contains(&self, table: &ByteTable, key: &[u8]) -> Result<bool> {
        Ok(self.get_with(table, key, |_| ())?.is_some())
    }

    fn get_many(
        &self,
        table: &ByteTable,
        keys: &mut dyn Iterator<Item = &[u8]>,
        visit: &mut VisitMany<'_>,
    ) -> Result<()> {
        let contain = Contain { health: &self.health, table: table.name() };
        let is_there = self.with_table(table, |open| open.get_many(keys, contain, visit))?;
        if is_there.is_none() {
            for key in keys {
                if visit(key, None).is_break() {
                    break;
                }
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
        self.owned_keys(table, lower, upper)?.next().transpose()
    }

    fn last_key(
        &self,
        table: &ByteTable,
        lower: Bound<&[u8]>,
        upper: Bound<&[u8]>,
    ) -> Result<Option<KeyBytes>> {
        self.owned_keys(table, lower, upper)?.next_back().transpose()
    }

    fn keys(
        &self,
        table: &ByteTable,
        lower: Bound<&[u8]>,
        upper: Bound<&[u8]>,
    ) -> Result<ByteKeys<'_>> {
        self.owned_keys(table, lower, upper)
    }

    fn rows(
        &self,
        table: &ByteTable,
        lower: Bound<&[u8]>,
        upper: Bound<&[u8]>,
    ) -> Result<ByteRows<'_>> {
        let scan = self.scan(table, (lower, upper))?;
        Ok(scan.map_or_else(ByteRows::empty, |scan| ByteRows::new(scan.into_any())))
    }

    fn len(&self, table: &ByteTable) -> Result<u64> {
        let len = self.with_table(table, |open| {
            self.health.call(Action::CountRows, Some(table.name()), || open.len())
        })?;
        Ok(len.unwrap_or_default())
    }

    fn table_names(&self) -> Result<Vec<String>> {
        let names =
            self.health.call(Action::ListTables, None, || self.transaction.list_tables())?;
        Ok(names.map(|table| redb::TableHandle::name(&table).to_owned()).collect())
    }

    fn generation(&self) -> u64 {
        self.generation
    }
}

impl fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Snapshot").field("generation", &self.generation).finish_non_exhaustive()
    }
}
