//! How a store is opened.

use super::{
    disk::{FileSystem, OsFiles},
    snapshot::{OldReader, ReaderAlarm},
};
use std::{sync::Arc, time::Duration};

/// Options for [`Storage::open_with`](crate::Storage::open_with).
#[derive(Clone, Debug)]
pub struct OpenOptions {
    pub(super) create: bool,
    pub(super) verify: Verify,
    pub(super) verify_pages: bool,
    pub(super) cache_size: Option<usize>,
    queue_size: usize,
    evolution: Evolution,
    pub(super) files: Arc<dyn FileSystem>,
    pub(super) alarm: Option<ReaderAlarm>,
}

/// When every page's checksum is verified.
///
/// The engine does not verify pages as it reads them. A page that was damaged outside this program can then hide rows
/// or cause an error, and a damaged page of the engine's own bookkeeping can abort the process when the file is closed.
/// No wrong value is ever returned, because every value has a checksum of its own.
///
/// If the engine panics at such a page, the operation ends with an error, but the program's panic hook is called; that
/// of the standard library prints a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verify {
    /// Never, not even after a crash: every commit also records what the engine needs to open the file without reading
    /// all of it. Commits cost more, and the file is larger, but a file of many GiB opens at once after a crash.
    Never,
    /// When the file is opened after a crash. The default.
    #[default]
    AfterCrash,
    /// Whenever the file is opened, which reads all of it: about a second for each half GiB.
    Always,
}

/// How a table is opened whose record type differs from the one in the file: see [`OpenOptions::evolution`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Evolution {
    /// Rows of older layouts are read as records of the current type. Each keeps its layout until it is written or
    /// [migrated](crate::Table::migrate). Indexes that the file lacks are built when the table is opened. The default.
    #[default]
    Lazy,
    /// A table opens only if the newest layout in the file and the indexes are those that the program declares;
    /// otherwise opening it fails with [`StorageError::Schema`](crate::StorageError::Schema), and nothing is changed.
    /// For several programs of which only one migrates.
    Refuse,
    /// A table is migrated when it is opened from the store itself: every row of another layout is rewritten, and every
    /// index built, before `R::table` returns. Opening it fails as [`Migrate::run`](crate::evolution::Migrate::run)
    /// would. In a snapshot and inside a write it works like `Lazy`.
    Eager,
    /// Like `Lazy`, but tables that a newer version of the program has written can be read as well, without the fields
    /// that this one does not know. Writing such a table fails with
    /// [`StorageError::NewerLayout`](crate::StorageError::NewerLayout).
    ReadNewer,
}

/// The memory for pages when nothing else is said: the engine's own choice.
const ENGINE_CACHE_LEN: usize = 1024 * 1024 * 1024;

/// The default memory for queued writes.
const QUEUE_LEN: usize = 64 * 1024 * 1024;

impl Default for OpenOptions {
    fn default() -> Self {
        Self {
            create: true,
            verify: Verify::default(),
            verify_pages: false,
            cache_size: None,
            queue_size: QUEUE_LEN,
            evolution: Evolution::default(),
            files: Arc::new(OsFiles),
            alarm: None,
        }
    }
}

impl OpenOptions {
    /// Sets whether to create a missing file. If not, opening it fails. `true` by default.
    ///
    /// ```
    #[doc = include_str!("../guide/example/file.txt")]
    /// use storage::OpenOptions;
    ///
    /// let options = OpenOptions::default().create(false);
    /// assert!(Storage::open_with(&path, &options).is_err());
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    #[must_use]
    pub fn create(mut self, create: bool) -> Self {
        self.create = create;
        self
    }

    /// Sets when to verify every page of the file.
    ///
    /// ```
    #[doc = include_str!("../guide/example/file.txt")]
    /// use storage::{OpenOptions, Verify};
    ///
    /// let storage = Storage::open_with(path, &OpenOptions::default().verify(Verify::Always))?;
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    #[must_use]
    pub fn verify(mut self, verify: Verify) -> Self {
        self.verify = verify;
        self
    }

    /// Sets whether to compare a page that is read again with what it was before, so that damage done while the store
    /// is open is an error. Together with [`Verify::Always`], no damage can hide or change a row. Costs 8 bytes of
    /// memory per 4 KiB of the file, and half a microsecond for each page that is not in memory. `false` by default.
    ///
    /// ```
    #[doc = include_str!("../guide/example/file.txt")]
    /// use storage::{OpenOptions, Verify};
    ///
    /// let options = OpenOptions::default().verify(Verify::Always).verify_pages(true);
    /// let storage = Storage::open_with(path, &options)?;
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    #[must_use]
    pub fn verify_pages(mut self, verify_pages: bool) -> Self {
        self.verify_pages = verify_pages;
        self
    }

    /// Sets how much memory the engine may use to cache pages, in bytes. 1 GiB by default.
    ///
    /// ```
    #[doc = include_str!("../guide/example/file.txt")]
    /// use storage::OpenOptions;
    ///
    /// let storage = Storage::open_with(path, &OpenOptions::default().cache_size(256 << 20))?;
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    #[must_use]
    pub fn cache_size(mut self, bytes: usize) -> Self {
        self.cache_size = Some(bytes);
        self
    }

    /// Sets how much memory queued writes ([`put_async`](crate::Table::put_async)) may use, in bytes. If the queue is
    /// full, queueing another write waits; one that is larger than the queue is queued alone. 64 MiB by default. A
    /// write counts the bytes of its record, twice in a table with indexes, because the value is kept, too. The queue
    /// holds at most 65,536 writes, whatever their size.
    ///
    /// ```
    /// # use storage::{OpenOptions, Storage};
    /// # let dir = tempfile::tempdir().unwrap();
    /// # let path = dir.path().join("queued.redb");
    /// let storage = Storage::open_with(path, &OpenOptions::default().queue_size(8 << 20))?;
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    #[must_use]
    pub fn queue_size(mut self, bytes: usize) -> Self {
        self.queue_size = bytes;
        self
    }

    /// Sets how to open a table whose record type differs from the one in the file. [`Evolution::Lazy`] by default.
    ///
    /// ```
    /// # use storage::{Evolution, OpenOptions, Storage};
    /// # let dir = tempfile::tempdir().unwrap();
    /// # let path = dir.path().join("refused.redb");
    /// let options = OpenOptions::default().evolution(Evolution::Refuse);
    /// let storage = Storage::open_with(path, &options)?;
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    #[must_use]
    pub fn evolution(mut self, evolution: Evolution) -> Self {
        self.evolution = evolution;
        self
    }

    /// Sets the file system of the file. That of the operating system by default.
    ///
    /// ```
    /// # use std::sync::Arc;
    /// # use storage::{OpenOptions, Storage};
    /// use storage::backend::MemoryFiles;
    ///
    /// // Like `Storage::in_memory`, but the files outlive the store.
    /// let files = Arc::new(MemoryFiles::default());
    /// let options = OpenOptions::default().file_system(files);
    /// Storage::open_with("names.redb", &options)?.new_rkyv_table::<u64, String>("names").put(7, &"Ada".into())?;
    /// let again = Storage::open_with("names.redb", &options.create(false))?;
    /// assert_eq!(again.new_rkyv_table::<u64, String>("names").len()?, 1);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    #[must_use]
    pub fn file_system(mut self, files: Arc<dyn FileSystem>) -> Self {
        self.files = files;
        self
    }

    /// Calls `tell` once for each snapshot that has been held for `age` or longer although newer ones exist. The file
    /// grows while such a snapshot is held. `tell` is called after a commit, on the thread that committed.
    ///
    /// `tell` may read and write, queue writes and wait for them: others can write meanwhile. If it panics, the panic
    /// is caught, and the commit stands. If no thread can be started for queued writes, waiting for them fails with
    /// [`WouldDeadlock`](crate::StorageError::WouldDeadlock).
    ///
    /// ```
    /// # use storage::{OpenOptions, Storage};
    /// # use std::time::Duration;
    /// # let dir = tempfile::tempdir().unwrap();
    /// # let path = dir.path().join("watched.redb");
    /// let options = OpenOptions::default().warn_old_reader(Duration::from_secs(60), |reader| {
    ///     eprintln!("a snapshot is held for {:?}, {} commits", reader.age, reader.commits_behind);
    /// });
    /// let storage = Storage::open_with(path, &options)?;
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    #[must_use]
    pub fn warn_old_reader(
        mut self,
        age: Duration,
        tell: impl Fn(OldReader) + Send + Sync + 'static,
    ) -> Self {
        self.alarm = Some(ReaderAlarm { age, tell: Arc::new(tell) });
        self
    }

    /// Returns whether a missing file is created.
    ///
    /// ```
    #[doc = include_str!("../guide/example/file.txt")]
    /// use storage::OpenOptions;
    ///
    /// assert!(OpenOptions::default().creates());
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    #[must_use]
    pub const fn creates(&self) -> bool {
        self.create
    }

    /// What becomes of a table whose record differs.
    pub(crate) const fn how_to_evolve(&self) -> Evolution {
        self.evolution
    }

    /// How many bytes of memory queued writes may take.
    pub(super) const fn queue_len(&self) -> usize {
        self.queue_size
    }

    /// How many bytes of memory the engine may use for pages.
    pub(crate) fn cache_len(&self) -> usize {
        self.cache_size.unwrap_or(ENGINE_CACHE_LEN)
    }
}
