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

/// An open store. Cheap to clone; all clones are the same store, which closes when the last one is dropped: then, too,
/// everything that was handed in is written first.
#[derive(Clone, Debug)]
pub struct Storage {
    backend: Handle,
}

impl Storage {
    /// Opens the store at `path`, or creates it when there is no file.
    ///
    /// # Errors
    ///
    /// [`StorageError::Open`](crate::StorageError::Open) with the path, the reason and the way out: the file is not
    /// a store, is damaged, is open already, or may not be read. It is left as it was.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        Self::open_with(path, &OpenOptions::default())
    }

    /// The same as [`open`](Self::open).
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn new(path: impl AsRef<Path>) -> Result<Self> {
        Self::open(path)
    }

    /// Opens the store at `path`; a missing file is an error.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn open_existing(path: impl AsRef<Path>) -> Result<Self> {
        Self::open_with(path, &OpenOptions::default().create(false))
    }

    /// Opens the store at `path` as `options` say.
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

    /// A new store in memory, gone with its last handle: for tests, and for what need not outlive the program.
    /// [`backup_with`](Self::backup_with) copies it to a file.
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

    /// Closes the file and opens it again, for this handle, its clones and its tables: the way out of an error of the
    /// disk or the engine, after which the engine refuses to go on. Waits for a write of another thread to end.
    ///
    /// Commits of [`Durability::None`](crate::Durability::None) that no durable one followed may be gone afterwards, as
    /// after a crash.
    ///
    /// States that are held ([`ReadTxn`](crate::ReadTxn), iterators) cannot be read on; [`Stored`](crate::Stored)
    /// guards can.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open); the store is closed then, and this can be tried again. And
    /// [`StorageError::NestedWrite`](crate::StorageError::NestedWrite) inside a write of this thread.
    #[track_caller]
    pub fn reopen(&self) -> Result<()> {
        self.backend.reopen()?;
        // Another file may lie there by now, which no handle may write to.
        let checked = catalog::open(&self.backend).inspect_err(|_| self.backend.shut());
        checked.map_err(|error| backend::unopened(self.path(), error))
    }

    /// Copies the latest committed state to a new file at `path`: a store of its own, as short as its content, with
    /// full pages, however the rows came into this store. Reads and writes go on meanwhile.
    ///
    /// Every row is compared with its checksum on the way, and the file appears under its name when it is complete and
    /// on the disk: in the file system of this store. That of a store in memory goes away with it; see
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
    /// [`StorageError::Open`](crate::StorageError::Open) when there is something at `path` already, or when the file
    /// cannot be written; [`StorageError::Corrupt`](crate::StorageError::Corrupt) for the first row that is not what
    /// was written, and [`StorageError::Newer`](crate::StorageError::Newer) for one that only a newer release
    /// understands. There is no file then.
    pub fn backup(&self, path: impl AsRef<Path>) -> Result<()> {
        self.backup_with(path, self.backend.options())
    }

    /// The same to the file system that `options` say: the operating system's by default.
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

    /// Moves what the file holds to its front and cuts off the rest. Returns `false` when there was nothing to gain.
    /// Reads and writes of other threads wait.
    ///
    /// Pages are moved, not filled: rows that came in one by one, or in small parts in no order, leave pages a third
    /// empty, and the file stays up to about 1.4 times as long as one that was loaded in a stream. A
    /// [`backup`](Self::backup) writes the rows anew, into full pages: it is the shortest file for a content.
    ///
    /// # Errors
    ///
    /// [`StorageError::Database`](crate::StorageError::Database) while somebody holds a state: a `get` or `scan` that
    /// is under way, this thread's included, a [`ReadTxn`](crate::ReadTxn), an iterator or a
    /// [`Stored`](crate::Stored) guard; [`StorageError::NestedWrite`](crate::StorageError::NestedWrite) inside a write
    /// of this thread. The content is as it was.
    #[track_caller]
    pub fn compact(&self) -> Result<bool> {
        self.compact_with(|_| ())
    }

    /// The same, and calls `tell` with the progress, ten times a second and at the end.
    ///
    /// # Errors
    ///
    /// As [`compact`](Self::compact).
    #[track_caller]
    pub fn compact_with(&self, tell: impl FnMut(CompactProgress)) -> Result<bool> {
        self.backend.compact(tell)
    }

    /// Reads the whole latest state through and compares every row with its checksum. What the records mean it does
    /// not know: [`Table::verify`](crate::Table::verify) compares indexes with records.
    ///
    /// # Errors
    ///
    /// [`StorageError::Database`](crate::StorageError::Database) when a page is so damaged that the engine cannot go
    /// on; [`StorageError::Newer`](crate::StorageError::Newer) for a table of which a newer release has written what
    /// this one does not know. What is damaged but can be read is in the report.
    pub fn check(&self) -> Result<CheckReport> {
        self.backend.check_process()?;
        catalog::check_rows(&*self.backend.snapshot()?)
    }

    /// What the file and the engine are doing, in numbers.
    ///
    /// # Errors
    ///
    /// [`StorageError::Database`](crate::StorageError::Database) when the store is closed.
    pub fn stats(&self) -> Result<Stats> {
        self.backend.stats()
    }

    /// The size of every table and index, by name. Reads the pages of all of them.
    ///
    /// # Errors
    ///
    /// [`StorageError::Database`](crate::StorageError::Database) when the engine cannot read.
    pub fn table_stats(&self) -> Result<Vec<TableStats>> {
        self.backend.table_stats()
    }

    /// Waits until every write that was handed in before this call ([`put_async`](crate::Table::put_async)) has ended.
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
    ///     drop(readings.put_async(Reading { hour, pm25: 12.5 })?); // Nobody waits for this one alone.
    /// }
    /// storage.flush()?;
    /// assert_eq!(readings.len()?, 100);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The first error of a write whose ticket was dropped, of which nobody else is told; each is returned once.
    /// Where it would wait for itself: [`StorageError::NestedWrite`](crate::StorageError::NestedWrite) inside a write
    /// of this thread, and [`StorageError::WouldDeadlock`](crate::StorageError::WouldDeadlock) on the thread that runs
    /// what was handed in.
    #[track_caller]
    pub fn flush(&self) -> Result<()> {
        self.backend.flush(Location::caller())
    }

    /// Waits for everything that was handed in, as [`flush`](Self::flush) does, closes the store, and returns whether
    /// all went well. Dropping the last handle does the same and reports nothing.
    ///
    /// Once it returns, the file is free: it can be opened again at once. A program that ends without closing its
    /// stores or dropping their last handles (handles in a `static`, [`std::process::exit`]) loses what was handed in
    /// and not waited for.
    ///
    /// # Errors
    ///
    /// [`StorageError::InUse`](crate::StorageError::InUse) when another handle or table of this store is alive, which
    /// keeps it open; [`StorageError::Database`](crate::StorageError::Database) when the engine cannot finish its
    /// work, what was committed is safe all the same; and the errors of [`flush`](Self::flush). Where it would wait for
    /// itself, the store is closed once what was handed in has ended; otherwise it is closed when this returns.
    #[track_caller]
    pub fn close(self) -> Result<()> {
        self.backend.close()
    }

    /// The path the store was opened at.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.backend.path()
    }

    /// The byte tables underneath: a way out, for what this crate does not do.
    ///
    /// Whoever writes here writes around the catalogue, the checksums and the indexes.
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
