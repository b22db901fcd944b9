//! How a store is opened.

use super::{
    disk::{FileSystem, OsFiles},
    snapshot::{OldReader, ReaderAlarm},
};
use std::{sync::Arc, time::Duration};

/// How a store is opened, with [`Storage::open_with`](crate::Storage::open_with).
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
/// The engine does not verify pages as it reads them. A page that was damaged outside this program can then hide
/// rows, or end an operation with an error, and one of the engine's own can stop the process when the file is closed.
/// It can never return a wrong value, because every value carries a checksum of its own.
///
/// Where the engine panics at such a page, the operation ends with an error; the program's panic hook is called all the
/// same, and std's prints a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verify {
    /// Not even after a crash: every commit also writes down what the engine needs to go on without reading the file
    /// through. Commits cost more, and the file is larger; a file of many GiB opens at once after a crash.
    Never,
    /// When the file is opened after a crash. The default.
    #[default]
    AfterCrash,
    /// Whenever the file is opened, which reads all of it: about a second for each half GiB.
    Always,
}

/// What becomes of a table whose record, in the file, differs from that of the program: see
/// [`OpenOptions::evolution`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Evolution {
    /// Rows of older layouts are read as records of today, and none is rewritten unless it is written or
    /// [migrated](crate::Table::migrate). Indexes that the file lacks are built when the table is opened. The default.
    #[default]
    Lazy,
    /// A table is opened only if the newest layout in the file, and the indexes, are those that the program declares;
    /// else it is a [`StorageError::Schema`](crate::StorageError::Schema), and nothing is changed. For programs of
    /// which one migrates, and the others wait until it has.
    Refuse,
    /// A table is migrated when it is opened from the store itself: every row of another layout is rewritten, and every
    /// index built, before `R::table` returns. What [`Migrate::run`](crate::Migrate::run) complains of, is complained
    /// of there. In a snapshot and inside a write it is as with `Lazy`.
    Eager,
    /// As `Lazy`, and a file that a newer version of the program has written is read as far as this one understands it:
    /// what it does not know of a record is left out. Such a table can be read, and to write it is a
    /// [`StorageError::NewerLayout`](crate::StorageError::NewerLayout).
    ReadNewer,
}

/// The memory for pages when nothing else is said: the engine's own choice.
const ENGINE_CACHE_LEN: usize = 1024 * 1024 * 1024;

/// The memory for writes that were handed in when nothing else is said.
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
    /// Whether a missing file is created (the default) or an error.
    #[must_use]
    pub fn create(mut self, create: bool) -> Self {
        self.create = create;
        self
    }

    /// When every page is verified.
    #[must_use]
    pub fn verify(mut self, verify: Verify) -> Self {
        self.verify = verify;
        self
    }

    /// Whether a page that is read again is compared with what it was: damage done while the store is open is then
    /// an error, and with [`Verify::Always`] damage of any kind neither hides a row nor changes one. Costs 8 bytes of
    /// memory for each 4 KiB of the file, and half a microsecond for each page that is not in memory. Off by default.
    #[must_use]
    pub fn verify_pages(mut self, verify_pages: bool) -> Self {
        self.verify_pages = verify_pages;
        self
    }

    /// How much memory the engine may use to keep pages, in bytes. 1 GiB by default.
    #[must_use]
    pub fn cache_size(mut self, bytes: usize) -> Self {
        self.cache_size = Some(bytes);
        self
    }

    /// How much memory writes may take that were handed in ([`put_async`](crate::Table::put_async)) and are not
    /// committed yet, in bytes: one that finds no room waits, and one that is longer than all of it goes in alone.
    /// 64 MiB by default. A write counts with the bytes of its record, which count once more in a table with indexes:
    /// the value is kept, too. There is room for 65,536 writes, whatever their size.
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

    /// What becomes of a table whose record, in the file, differs from that of the program. [`Evolution::Lazy`] by
    /// default.
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

    /// Where the file lies: the operating system's file system by default.
    #[must_use]
    pub fn file_system(mut self, files: Arc<dyn FileSystem>) -> Self {
        self.files = files;
        self
    }

    /// Calls `tell` after a commit, on a thread that committed, for each state that has been held for `age` or
    /// longer although newer ones exist; once for each. The file grows for as long as such a state is held.
    ///
    /// `tell` may read and write, hand in writes and wait for them, or for another thread: others write on meanwhile.
    /// A panic in it is caught: the commit is made. Where no thread is to be had for what was handed in, to wait for
    /// that fails with [`WouldDeadlock`](crate::StorageError::WouldDeadlock).
    ///
    /// ```
    /// # use storage::{OpenOptions, Storage};
    /// # use std::time::Duration;
    /// # let dir = tempfile::tempdir().unwrap();
    /// # let path = dir.path().join("watched.redb");
    /// let options = OpenOptions::default().warn_old_reader(Duration::from_secs(60), |reader| {
    ///     eprintln!("a state is held for {:?}, {} commits", reader.age, reader.commits_behind);
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

    /// Whether a missing file is created.
    #[must_use]
    pub const fn creates(&self) -> bool {
        self.create
    }

    /// What becomes of a table whose record differs.
    pub(crate) const fn how_to_evolve(&self) -> Evolution {
        self.evolution
    }

    /// How many bytes of memory writes may take that were handed in.
    pub(super) const fn queue_len(&self) -> usize {
        self.queue_size
    }

    /// How many bytes of memory the engine may use for pages.
    pub(crate) fn cache_len(&self) -> usize {
        self.cache_size.unwrap_or(ENGINE_CACHE_LEN)
    }
}
