//! The engine: ordered bytes in tables, snapshots, one writer at a time.
//!
//! *Invariant*: it sees bytes only: no key type, no codec, no record.
//!
//! | wing | what lives there |
//! |---|---|
//! | `disk/` | file systems and the files in them |
//! | `engine/` | redb: tables, rows, transactions, and the slot it sits in |
//! | `snapshot/` | committed states that are read |
//! | `commit/` | how writes become commits |
//! | `cache/` | rows that are kept in memory |
//! | `watch/` | commits that are told to those who watch |

mod bytes;
mod cache;
mod commit;
mod compact;
mod create;
mod disk;
mod draft;
mod durability;
mod engine;
mod guarded;
mod handle;
mod ids;
mod locks;
mod open;
mod options;
mod read;
mod snapshot;
mod stats;
mod table;
mod watch;
mod write;

pub use self::{
    bytes::{ByteRow, Bytes, KeyBytes, VisitMany},
    cache::CacheStats,
    commit::WriteTicket,
    compact::CompactProgress,
    disk::{Disk, FileStat, FileSystem, MemoryFiles, OsDisk, OsFiles},
    durability::Durability,
    engine::{ByteKeys, ByteRows, Snapshot, SnapshotRows},
    options::{Evolution, OpenOptions, Verify},
    read::ByteReader,
    snapshot::OldReader,
    stats::{Stats, TableStats},
    table::ByteTable,
    write::{ByteWriter, Savepoint, SortedRows},
};
use self::{
    cache::CachedTables,
    commit::{Batch, WriterGate, WritesInLine},
    engine::EngineSlot,
    snapshot::{LatestSnapshot, Readers},
    watch::Watchers,
};
pub(crate) use self::{
    cache::{CacheRow, Found, TableCache},
    create::{Created, create, sweep},
    engine::{UNSETTLED, unopened},
    guarded::guarded,
    handle::Handle,
    open::{exists, peek},
    watch::{CommitChanges, Image, NetChange, Scope, Wait, Watching},
    write::all_or_nothing,
};
use crate::error::{OpenError, Result};
use std::{
    ops::{Bound, ControlFlow},
    panic::{Location, resume_unwind},
    path::{Path, PathBuf},
    sync::{Arc, atomic::Ordering},
};

/// A redb database of byte tables.
///
/// The lowest public layer: no keys, no codecs, no checksums, no catalogue. Tables that a
/// [`Storage`](crate::Storage) writes are read here as the bytes they are.
#[derive(Debug)]
pub struct RedbBackend {
    engine: EngineSlot,
    /// The path as it was given.
    path: PathBuf,
    /// Where the file lies, whatever becomes of the working folder.
    absolute_path: PathBuf,
    options: OpenOptions,
    gate: Arc<WriterGate<Batch>>,
    latest: LatestSnapshot,
    caches: CachedTables,
    line: Arc<WritesInLine>,
    readers: Arc<Readers>,
    watchers: Watchers,
}

impl RedbBackend {
    /// The path the file was opened at.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How the file was opened.
    pub(crate) const fn options(&self) -> &OpenOptions {
        &self.options
    }

    /// The latest committed state, unchanged for as long as it is held.
    ///
    /// # Errors
    ///
    /// [`StorageError::Database`](crate::StorageError::Database) when the engine cannot begin a read.
    pub fn snapshot(&self) -> Result<Arc<Snapshot>> {
        self.latest.get_or_begin(|| self.check_process(), || self.begin_read())
    }

    /// Calls `read` with the latest committed state, which costs less than holding it.
    ///
    /// # Errors
    ///
    /// The error of `read`, and as [`snapshot`](Self::snapshot).
    #[inline]
    pub(crate) fn with_snapshot<T>(&self, read: impl FnOnce(&Snapshot) -> Result<T>) -> Result<T> {
        // Whether it may be used is not asked at each read, which it would cost a fair part of: a process that came
        // out of a fork has in its memory what was there, and the disk refuses the rest.
        self.latest.with(|| self.check_process(), || self.begin_read(), read)
    }

    fn begin_read(&self) -> Result<Snapshot> {
        self.engine.begin_read(&self.path, &self.readers)
    }

    /// Fails in a process that came out of a fork of the one that opened the file.
    pub(crate) fn check_process(&self) -> Result<()> {
        self.engine.check_process()
    }

    /// Closes the file and says whether all went well; dropping does the same and says nothing.
    ///
    /// # Errors
    ///
    /// [`StorageError::Database`](crate::StorageError::Database) when the engine cannot finish its work. What was
    /// committed is safe all the same.
    pub fn close(self) -> Result<()> {
        self.close_file()
    }

    /// Closes the file, which [`reopen`](Self::reopen) can open again.
    pub(crate) fn shut(&self) {
        // It is closed because something else is wrong, which is what the caller is told.
        let _ = self.close_file();
    }

    fn close_file(&self) -> Result<()> {
        if self.engine.check_process().is_err() {
            return Ok(());
        }
        self.latest.forget();
        self.engine.close()
    }

    /// Runs `body` in a write transaction: its changes are committed if it returns `Ok`, and gone if it returns
    /// `Err` or panics. Waits for a write of another thread to end.
    ///
    /// # Errors
    ///
    /// The error of `body`; [`StorageError::NestedWrite`](crate::StorageError::NestedWrite) inside another write of
    /// this thread; [`StorageError::CommitUnknown`](crate::StorageError::CommitUnknown) when the commit itself fails.
    #[track_caller]
    pub fn write<T>(&self, body: impl FnOnce(&dyn ByteWriter) -> Result<T>) -> Result<T> {
        self.write_with(Durability::Immediate, body)
    }

    /// The same, with a commit as durable as `durability` says.
    ///
    /// # Errors
    ///
    /// As [`write`](Self::write).
    #[track_caller]
    pub fn write_with<T>(
        &self,
        durability: Durability,
        body: impl FnOnce(&dyn ByteWriter) -> Result<T>,
    ) -> Result<T> {
        // Before any lock: in a fork, a thread that no longer exists may hold it.
        self.engine.check_process()?;
        let permit = self.gate.enter(Location::caller())?;
        let mut batch = self.begin_batch(durability)?;
        let outcome = Arc::clone(&batch.outcome);
        let result = batch.run_alone(body);
        self.end_batch(permit, batch);
        self.tell_of_old_readers();
        match result {
            Ok(value) => outcome.wait().of(value?, &self.path),
            Err(panic) => resume_unwind(panic),
        }
    }

    fn begin_batch(&self, durability: Durability) -> Result<Batch> {
        let quick_repair = self.options.verify == Verify::Never;
        let transaction =
            self.engine.begin_write(&self.absolute_path, &self.path, durability, quick_repair)?;
        Ok(Batch::new(transaction, self.caches.changes(), self.watchers.capture()))
    }

    /// Reads the value under `key` and returns what `accessor` makes of it; `None` when there is none.
    ///
    /// # Errors
    ///
    /// [`StorageError::Database`](crate::StorageError::Database) when the engine cannot read.
    pub fn get<T>(
        &self,
        table: &str,
        key: &[u8],
        accessor: impl FnOnce(&[u8]) -> T,
    ) -> Result<Option<T>> {
        self.with_snapshot(|snapshot| snapshot.get_with(&table.into(), key, accessor))
    }

    /// Writes `value` under `key`, in place of a value that is there.
    ///
    /// # Errors
    ///
    /// As [`write`](Self::write).
    #[track_caller]
    pub fn put(&self, table: &str, key: &[u8], value: &[u8]) -> Result<()> {
        self.write_grouped(|writer| writer.put(&table.into(), key, value).map(drop))
    }

    /// Writes every pair in one transaction and returns their number.
    ///
    /// # Errors
    ///
    /// As [`write`](Self::write).
    #[track_caller]
    pub fn put_stream<K: AsRef<[u8]>, V: AsRef<[u8]>>(
        &self,
        table: &str,
        items: impl IntoIterator<Item = (K, V)>,
    ) -> Result<u64> {
        self.write(|writer| {
            let (table, mut count) = (table.into(), 0_u64);
            for (key, value) in items {
                writer.put(&table, key.as_ref(), value.as_ref())?;
                count = count.saturating_add(1);
            }
            Ok(count)
        })
    }

    /// Removes the value under `key`; `false` when there was none.
    ///
    /// # Errors
    ///
    /// As [`write`](Self::write).
    #[track_caller]
    pub fn delete(&self, table: &str, key: &[u8]) -> Result<bool> {
        self.write_grouped(|writer| writer.delete(&table.into(), key))
    }

    /// Calls `callback` with every key and value in key order, until it returns `false`.
    ///
    /// # Errors
    ///
    /// [`StorageError::Database`](crate::StorageError::Database) when the engine cannot read.
    pub fn scan(&self, table: &str, mut callback: impl FnMut(&[u8], &[u8]) -> bool) -> Result<()> {
        let mut visit = |key: &[u8], value: &[u8]| match callback(key, value) {
            true => ControlFlow::Continue(()),
            false => ControlFlow::Break(()),
        };
        let all = (Bound::Unbounded, Bound::Unbounded);
        self.snapshot()?.walk(&table.into(), all, false, &mut visit)
    }

    /// The state of the file and the engine.
    ///
    /// # Errors
    ///
    /// [`StorageError::Database`](crate::StorageError::Database) when the store is closed, and
    /// [`StorageError::Open`](crate::StorageError::Open) when the file cannot be asked for its length.
    pub fn stats(&self) -> Result<Stats> {
        self.engine.check_process()?;
        self.engine.with(&self.path, |engine| {
            let file_len = engine.disk.len().map_err(|error| OpenError::io(&self.path, error))?;
            let meter = &engine.meter;
            Ok(Stats {
                file_len,
                bytes_read: meter.bytes_read.load(Ordering::Relaxed),
                bytes_written: meter.bytes_written.load(Ordering::Relaxed),
                sync_count: meter.sync_count.load(Ordering::Relaxed),
                commit_count: self.readers.commit_count(),
                oldest_reader: self.readers.oldest(),
            })
        })
    }

    /// The size of every table in the latest state, by name. Reads all pages above the rows.
    ///
    /// # Errors
    ///
    /// [`StorageError::Database`](crate::StorageError::Database) when the engine cannot read.
    pub fn table_stats(&self) -> Result<Vec<TableStats>> {
        let snapshot = self.snapshot()?;
        let mut names = ByteReader::table_names(&*snapshot)?;
        names.sort_unstable();
        names.iter().map(|name| snapshot.table_stats(name)).collect()
    }

    /// Verifies the checksum of every page. Reads that begin meanwhile wait.
    ///
    /// # Errors
    ///
    /// [`StorageError::Open`](crate::StorageError::Open) when one does not match.
    pub(crate) fn verify_pages(&self) -> Result<()> {
        let _held = self.latest.hold();
        self.engine.verify_pages(&self.path)
    }

    /// The cache of `table` for rows as `T`, with room for `len_max` bytes or more.
    pub(crate) fn cache<T: CacheRow + Send + Sync + 'static>(
        &self,
        table: &ByteTable,
        len_max: usize,
    ) -> Arc<TableCache<T>> {
        self.caches.get_or_add(table, len_max)
    }
}

impl Drop for RedbBackend {
    fn drop(&mut self) {
        if self.engine.check_process().is_err() {
            // To close the file would write to the file of the process that opened it.
            self.engine.leak();
            self.latest.leak();
            return;
        }
        // Nobody is there to be told; `close` tells.
        let _ = self.close_file();
        self.watchers.close();
    }
}
