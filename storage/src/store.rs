//! The store: one file, its catalogue, and the way to its tables.

use crate::{
    backend::{
        self, CompactProgress, Created, Handle, MemoryFiles, OpenOptions, RedbBackend, Stats,
        TableStats,
    },
    catalog::{self, CheckReport},
    error::{OpenError, OpenReason, Result},
    table::Autocommit,
};
use std::{panic::Location, path::Path, sync::Arc};

/// How much memory a backup uses to write, in bytes.
const BACKUP_CACHE_LEN: usize = 64 * 1024 * 1024;

/// An open store. Cheap to clone: all clones share it. It closes when the last clone is dropped, after all queued
/// writes have ended.
#[derive(Clone, Debug)]
pub struct Storage {
    backend: Handle,
}

impl Storage {
    /// Opens the store at `path`, or creates it if there is no file.
    ///
    /// ```
    #[doc = include_str!("guide/example/file.txt")]
    /// let storage = Storage::open(&path)?;
    /// storage.new_rkyv_table::<u64, String>("names").put(7, &"Ada".to_string())?;
    /// # assert!(path.exists());
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`StorageError::Open`](crate::StorageError::Open) with the path, the reason and how to fix it: the file is not a
    /// store, is damaged, is already open, or cannot be read. The file is not changed.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        Self::open_with(path, &OpenOptions::default())
    }

    /// Same as [`open`](Self::open).
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn new(path: impl AsRef<Path>) -> Result<Self> {
        Self::open(path)
    }

    /// Opens the store at `path`; fails if there is no file.
    ///
    /// ```
    #[doc = include_str!("guide/example/file.txt")]
    /// let missing = Storage::open_existing(&path);
    /// assert!(missing.is_err() && !path.exists());
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn open_existing(path: impl AsRef<Path>) -> Result<Self> {
        Self::open_with(path, &OpenOptions::default().create(false))
    }

    /// Opens the store at `path` with `options`.
    ///
    /// ```
    /// use storage::{OpenOptions, Storage, Verify};
    ///
    /// # let dir = tempfile::tempdir().unwrap();
    /// # let path = dir.path().join("verified.redb");
    /// let options = OpenOptions::default().verify(Verify::Always).cache_size(64 << 20);
    /// let storage = Storage::open_with(path, &options)?;
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn open_with(path: impl AsRef<Path>, options: &OpenOptions) -> Result<Self> {
        let path = path.as_ref();
        if backend::exists(path, options)? {
            backend::sweep(path, options);
            // A file of another program is refused before it is opened for writing, which would change it.
            if let Some(snapshot) = backend::peek(path, options)? {
                let checked = catalog::check(&snapshot, path);
                checked.map_err(|error| backend::unopened(path, error))?;
            }
        } else if options.creates() {
            let created = backend::create(path, options, catalog::open)?;
            if created == Created::Existed && !backend::exists(path, options)? {
                // A name that is taken, with nothing behind it.
                return Err(OpenError::new(path, OpenReason::DanglingLink).into());
            }
        }
        let backend = RedbBackend::open(path, options)?;
        catalog::open(&backend).map_err(|error| backend::unopened(path, error))?;
        Ok(Self { backend: Handle::new(backend) })
    }

    /// Creates a store in memory, which is lost with its last handle: for tests, and for data that need not outlive the
    /// program. [`backup_with`](Self::backup_with) copies it to a file.
    ///
    /// ```
    /// # use storage::Storage;
    /// let storage = Storage::in_memory()?;
    /// let names = storage.new_rkyv_table::<u64, String>("names");
    /// names.put(7, &"Ada".to_string())?;
    /// # assert_eq!(names.load(7)?, Some("Ada".into()));
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn in_memory() -> Result<Self> {
        let options = OpenOptions::default().file_system(Arc::new(MemoryFiles::default()));
        Self::open_with("memory.redb", &options)
    }

    /// Closes the file and opens it again, for this handle, its clones and its tables. Use it to recover from an error
    /// of the disk or the engine, after which the engine refuses to write. Waits for a running write of another thread.
    ///
    /// As after a crash, commits of [`Durability::None`](crate::Durability::None) that were not followed by a durable
    /// one may be lost.
    ///
    /// Existing [`ReadTxn`](crate::ReadTxn)s and iterators stop working; [`Stored`](crate::Stored) guards stay
    /// readable.
    ///
    /// ```
    #[doc = include_str!("guide/example/file.txt")]
    /// let storage = Storage::open(path)?;
    /// let names = storage.new_rkyv_table::<u64, String>("names");
    /// names.put(7, &"Ada".to_string())?;
    /// storage.reopen()?;
    /// assert_eq!(names.load(7)?, Some("Ada".into())); // The same handle.
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open); the store is then closed, and you can call this again.
    /// [`StorageError::NestedWrite`](crate::StorageError::NestedWrite) inside a write of this thread.
    #[track_caller]
    pub fn reopen(&self) -> Result<()> {
        self.backend.reopen()?;
        // Another file may lie there by now, which no handle may write to.
        let checked = catalog::open(&self.backend).inspect_err(|_| self.backend.shut());
        checked.map_err(|error| backend::unopened(self.path(), error))
    }

    /// Copies the latest committed state to a new store at `path`, without unused space and with full pages. Other
    /// threads can read and write meanwhile.
    ///
    /// Verifies the checksum of every row, and the file appears under its name only when it is complete and on the
    /// disk. It is created in the file system of this store, which for a store in memory is lost with it; see
    /// [`backup_with`](Self::backup_with).
    ///
    /// ```
    /// # use storage::Storage;
    /// # let dir = tempfile::tempdir().unwrap();
    /// # let (path, copy) = (dir.path().join("live.redb"), dir.path().join("copy.redb"));
    /// let storage = Storage::open(path)?;
    /// storage.new_rkyv_table::<u64, String>("names").put(7, &"Ada".to_string())?;
    /// storage.backup(&copy)?;
    /// let copied = Storage::open(copy)?.new_rkyv_table::<u64, String>("names");
    /// assert_eq!(copied.load(7)?, Some("Ada".into()));
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`StorageError::Open`](crate::StorageError::Open) if `path` exists already or the file cannot be written;
    /// [`StorageError::Corrupt`](crate::StorageError::Corrupt) for the first damaged row, and
    /// [`StorageError::Newer`](crate::StorageError::Newer) for one that only a newer release understands. No file is
    /// created then.
    pub fn backup(&self, path: impl AsRef<Path>) -> Result<()> {
        self.backup_with(path, self.backend.options())
    }

    /// Like [`backup`](Self::backup), to the file system of `options`: by default that of the operating system.
    ///
    /// ```
    /// # use storage::{OpenOptions, Storage};
    /// # let dir = tempfile::tempdir().unwrap();
    /// let storage = Storage::in_memory()?;
    /// storage.backup_with(dir.path().join("saved.redb"), &OpenOptions::default())?;
    /// # assert!(dir.path().join("saved.redb").exists());
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`backup`](Self::backup).
    pub fn backup_with(&self, path: impl AsRef<Path>, options: &OpenOptions) -> Result<()> {
        let path = path.as_ref();
        let exists = || OpenError::new(path, OpenReason::Exists).into();
        let options = options.clone().cache_size(BACKUP_CACHE_LEN);
        if backend::exists(path, &options)? {
            return Err(exists());
        }
        self.backend.check_process()?;
        let snapshot = self.backend.snapshot()?;
        match backend::create(path, &options, |target| catalog::copy(&*snapshot, target))? {
            Created::New => Ok(()),
            Created::Existed => Err(exists()),
        }
    }

    /// Copies what can be read to a new file: see [`dynamic::salvage`](crate::dynamic::salvage()).
    #[cfg(feature = "dynamic")]
    pub(crate) fn salvage(&self, path: &Path, options: &OpenOptions) -> Result<catalog::Salvage> {
        let exists = || OpenError::new(path, OpenReason::Exists).into();
        if backend::exists(path, options)? {
            return Err(exists());
        }
        self.backend.check_process()?;
        let snapshot = self.backend.snapshot()?;
        let mut saved = catalog::Salvage::default();
        let fill = |target: &RedbBackend| {
            saved = catalog::salvage(&*snapshot, target)?;
            Ok(())
        };
        match backend::create(path, options, fill)? {
            Created::New => Ok(saved),
            Created::Existed => Err(exists()),
        }
    }

    /// Reclaims unused space: moves used pages to the front of the file and truncates it. Returns `false` if there was
    /// nothing to gain. Other threads wait meanwhile.
    ///
    /// Pages are moved, not repacked: rows that were written one by one, in no order, leave pages a third empty, and
    /// the file stays up to about 1.4 times as long as one that was loaded in a stream. A [`backup`](Self::backup)
    /// writes full pages, and so the shortest file.
    ///
    /// ```
    #[doc = include_str!("guide/example/names.txt")]
    /// names.clear()?;
    /// while storage.compact()? {}
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`StorageError::Database`](crate::StorageError::Database) while a snapshot is in use: by a running `get` or
    /// `scan` (including one on this thread), a [`ReadTxn`](crate::ReadTxn), an iterator or a [`Stored`](crate::Stored)
    /// guard; [`StorageError::NestedWrite`](crate::StorageError::NestedWrite) inside a write of this thread. The
    /// content does not change.
    #[track_caller]
    pub fn compact(&self) -> Result<bool> {
        self.compact_with(|_| ())
    }

    /// Like [`compact`](Self::compact), but calls `tell` with the progress, about ten times a second and once at the
    /// end.
    ///
    /// ```
    #[doc = include_str!("guide/example/names.txt")]
    /// storage.compact_with(|progress| {
    ///     println!("{} of {} bytes after {:?}", progress.file_len, progress.file_len_before, progress.elapsed);
    /// })?;
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`compact`](Self::compact).
    #[track_caller]
    pub fn compact_with(&self, tell: impl FnMut(CompactProgress)) -> Result<bool> {
        self.backend.compact(tell)
    }

    /// Reads the whole latest state and verifies the checksum of every row. It knows nothing about record types: use
    /// [`Table::verify`](crate::Table::verify) to compare indexes with records.
    ///
    /// ```
    #[doc = include_str!("guide/example/names.txt")]
    /// let report = storage.check()?;
    /// assert!(report.is_sound(), "{:?}", report.faults);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`StorageError::Database`](crate::StorageError::Database) if a page is so damaged that the engine cannot
    /// continue; [`StorageError::Newer`](crate::StorageError::Newer) if a newer release has written something that this
    /// one does not understand. Other damage is in the report.
    pub fn check(&self) -> Result<CheckReport> {
        self.backend.check_process()?;
        catalog::check_rows(&*self.backend.snapshot()?)
    }

    /// Returns figures about the file and the engine.
    ///
    /// ```
    #[doc = include_str!("guide/example/names.txt")]
    /// let stats = storage.stats()?;
    /// println!("{} bytes, {} commits", stats.file_len, stats.commit_count);
    /// if let Some(reader) = stats.oldest_reader {
    ///     println!("a snapshot has been held for {:?}", reader.age);
    /// }
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`StorageError::Database`](crate::StorageError::Database) when the store is closed.
    pub fn stats(&self) -> Result<Stats> {
        self.backend.stats()
    }

    /// Returns the size of every table and index, by name. Reads all their pages.
    ///
    /// ```
    #[doc = include_str!("guide/example/names.txt")]
    /// for table in storage.table_stats()? {
    ///     println!("{}: {} rows in {} bytes", table.table, table.row_count, table.stored_len);
    /// }
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`StorageError::Database`](crate::StorageError::Database) when the engine cannot read.
    pub fn table_stats(&self) -> Result<Vec<TableStats>> {
        self.backend.table_stats()
    }

    /// Waits until every write that was queued before this call ([`put_async`](crate::Table::put_async)) has ended.
    /// Those that succeeded are then on the disk.
    ///
    /// ```
    /// # use storage::Storage;
    /// # let storage = Storage::in_memory()?;
    /// # use rkyv::{Archive, Deserialize, Serialize};
    /// # use storage::StoredRecord;
    /// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// # #[store(codec = "rkyv", table = "readings")]
    /// # struct Reading { #[store(key)] hour: u32, pm25: f64 }
    /// let readings = Reading::table(&storage)?;
    /// for hour in 0..100 {
    ///     drop(readings.put_async(Reading { hour, pm25: 12.5 })?); // Not waited for one by one.
    /// }
    /// storage.flush()?;
    /// assert_eq!(readings.len()?, 100);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The first error of a queued write whose ticket was dropped; each such error is returned once. If it would wait
    /// for itself: [`StorageError::NestedWrite`](crate::StorageError::NestedWrite) inside a write of this thread, and
    /// [`StorageError::WouldDeadlock`](crate::StorageError::WouldDeadlock) on the thread that runs queued writes.
    #[track_caller]
    pub fn flush(&self) -> Result<()> {
        self.backend.flush(Location::caller())
    }

    /// Waits for all queued writes, as [`flush`](Self::flush) does, and closes the store. Dropping the last handle does
    /// the same without reporting errors.
    ///
    /// Once it returns, the file can be opened again. A program that ends without closing its stores or dropping their
    /// last handles (handles in a `static`, [`std::process::exit`]) loses queued writes that were not waited for.
    ///
    /// ```
    #[doc = include_str!("guide/example/file.txt")]
    /// let storage = Storage::open(&path)?;
    /// storage.new_rkyv_table::<u64, String>("names").put(7, &"Ada".to_string())?;
    /// storage.close()?;
    /// let storage = Storage::open(&path)?; // Nothing holds the file any more.
    /// # drop(storage);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`StorageError::InUse`](crate::StorageError::InUse) if another handle or table of this store is alive, which
    /// keeps it open; [`StorageError::Database`](crate::StorageError::Database) if the engine cannot finish its work,
    /// although everything committed is safe; and the errors of [`flush`](Self::flush). If it would wait for itself,
    /// the store closes once the queued writes have ended; otherwise it is closed when this returns.
    #[track_caller]
    pub fn close(self) -> Result<()> {
        self.backend.close()
    }

    /// Returns the path the store was opened at.
    ///
    /// ```
    #[doc = include_str!("guide/example/file.txt")]
    /// let storage = Storage::open(&path)?;
    /// assert_eq!(storage.path(), path);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    #[must_use]
    pub fn path(&self) -> &Path {
        self.backend.path()
    }

    /// Returns the tables of bytes underneath: an escape hatch for what this crate does not offer.
    ///
    /// Writing here bypasses the catalogue, the checksums and the indexes.
    #[must_use]
    pub fn backend(&self) -> &RedbBackend {
        &self.backend
    }

    pub(crate) const fn handle(&self) -> &Handle {
        &self.backend
    }

    pub(crate) fn autocommit(&self) -> Autocommit {
        Autocommit::new(self.backend.clone())
    }
}
