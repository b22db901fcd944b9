//! Opening the file: every refusal names the path and leaves it as it was.

use super::{
    CachedTables, Disk, EngineSlot, FileSystem, LatestSnapshot, OldReader, OsFiles, RedbBackend,
    Snapshot, WriteQueue, WriterGate,
    create::folder_of,
    engine::{DiskAccess, EngineDisk, Health, Meter},
    snapshot::{ReaderAlarm, Readers},
};
use crate::error::{OpenError, OpenReason, Result, StorageError};
use std::{io, panic::Location, path::Path, sync::Arc, time::Duration};

/// How a store is opened, with [`Storage::open_with`](crate::Storage::open_with).
#[derive(Clone, Debug)]
pub struct OpenOptions {
    pub(super) create: bool,
    pub(super) verify: Verify,
    pub(super) verify_pages: bool,
    pub(super) cache_size: Option<usize>,
    pub(super) files: Arc<dyn FileSystem>,
    pub(super) alarm: Option<ReaderAlarm>,
}

/// When every page's checksum is verified.
///
/// The engine does not verify pages as it reads them. A page that was damaged outside this program can then hide
/// rows, or end an operation with an error, and one of the engine's own can stop the process when the file is closed.
/// A wrong value it can never give, because every value carries a checksum of its own.
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

/// The memory for pages when nothing else is said: the engine's own choice.
const ENGINE_CACHE_LEN: usize = 1024 * 1024 * 1024;

impl Default for OpenOptions {
    fn default() -> Self {
        Self {
            create: true,
            verify: Verify::default(),
            verify_pages: false,
            cache_size: None,
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
    /// an error, and with [`Verify::Always`] no damage of any kind hides a row or gives a wrong one. Costs 8 bytes of
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

    /// Where the file lies: the operating system's file system by default.
    #[must_use]
    pub fn file_system(mut self, files: Arc<dyn FileSystem>) -> Self {
        self.files = files;
        self
    }

    /// Calls `tell` after a commit, on the thread that committed, for each state that has been held for `age` or
    /// longer although newer ones exist; once for each. The file grows for as long as such a state is held.
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

    /// How many bytes of memory the engine may use for pages.
    pub(super) fn cache_len(&self) -> usize {
        self.cache_size.unwrap_or(ENGINE_CACHE_LEN)
    }

    /// What the engine is told.
    pub(super) fn builder(&self) -> redb::Builder {
        let mut builder = redb::Database::builder();
        builder.set_check_integrity_on_open(self.verify == Verify::Always);
        builder.set_cache_size(self.cache_len());
        builder
    }
}

impl RedbBackend {
    /// Opens the redb file at `path`, which must exist.
    ///
    /// # Errors
    ///
    /// [`StorageError::Open`] with the reason.
    pub fn open(path: impl AsRef<Path>, options: &OpenOptions) -> Result<Self> {
        let path = path.as_ref();
        let backend = Self::on(open_disk(path, options)?, path, path, options)?;
        // Who created the file may have been killed before its name was safe, and what is committed to it from here
        // on would be lost with the name.
        match options.files.sync_folder(folder_of(path)) {
            // Nobody creates a file in a folder that he may not read.
            Err(error) if error.kind() != io::ErrorKind::PermissionDenied => {
                Err(io_refusal(path, error))
            }
            _ => Ok(backend),
        }
    }

    /// A backend over `disk`, which lies at `place`; `path` is what an error names.
    pub(super) fn on(
        disk: Box<dyn Disk>,
        place: &Path,
        path: &Path,
        options: &OpenOptions,
    ) -> Result<Self> {
        let place = options.files.absolute(place).map_err(|error| io_refusal(path, error))?;
        let backend = Self {
            engine: EngineSlot::new(path),
            path: path.to_owned(),
            place,
            options: options.clone(),
            gate: WriterGate::default(),
            latest: LatestSnapshot::default(),
            caches: CachedTables::default(),
            queue: WriteQueue::default(),
            readers: Arc::default(),
        };
        backend.engine.open(disk, options, path)?;
        Ok(backend)
    }

    /// Closes the file and opens it again: the way out of an error of the engine, after which it refuses to go on.
    /// Waits for a write of another thread to end. What readers hold can be looked at, but not read on.
    ///
    /// # Errors
    ///
    /// [`StorageError::Open`] with the reason; the store is closed then, and this can be tried again.
    #[track_caller]
    pub fn reopen(&self) -> Result<()> {
        self.engine.check_process()?;
        let _permit = self.gate.enter(Location::caller())?;
        let _invalidation = self.caches.clear();
        // Reads that begin meanwhile wait.
        let _held = self.latest.hold();
        // What was committed durably is safe, and what was not nobody was promised: a failed close is what one
        // comes from.
        let _ = self.engine.close();
        self.engine.mend(&self.path, || open_disk(&self.place, &self.options))?;
        let disk = open_disk(&self.place, &self.options)?;
        self.engine.open(disk, &self.options, &self.path)
    }
}

/// Opens the file at `path`, which must exist.
fn open_disk(path: &Path, options: &OpenOptions) -> Result<Box<dyn Disk>> {
    if !exists(path, options)? {
        return Err(OpenError::new(path, OpenReason::Missing).into());
    }
    options.files.open(path).map_err(|error| io_refusal(path, error))
}

/// The committed state of the file at `path`, read without changing a byte of it.
///
/// `None` when the engine must mend it first, which only opening it can do.
///
/// # Errors
///
/// As [`RedbBackend::open`].
pub(crate) fn peek(path: &Path, options: &OpenOptions) -> Result<Option<Snapshot>> {
    let health = Health::new(path);
    let disk = options.files.open_read_only(path).map_err(|error| io_refusal(path, error))?;
    let access = Arc::new(DiskAccess::new(path));
    let disk = EngineDisk::new(Arc::from(disk), Arc::<Meter>::default(), access);
    let peek = || match redb::Database::builder().open_read_only_with_backend(disk) {
        Ok(db) => Snapshot::begin(&db, &health, 0, &Arc::<Readers>::default()).map(Some),
        Err(redb::DatabaseError::RepairAborted) => Ok(None),
        Err(error) => Err(refusal(path, error)),
    };
    health.contain("open", None, peek).map_err(|error| unopened(path, error))
}

/// Whether there is a file at `path`. What the engine would block on, overwrite or misname is refused.
pub(crate) fn exists(path: &Path, options: &OpenOptions) -> Result<bool> {
    let refuse = |reason| Err(OpenError::new(path, reason).into());
    match options.files.stat(path) {
        Ok(stat) if !stat.is_file => refuse(OpenReason::NotAFile),
        Ok(stat) if stat.len == 0 => refuse(OpenReason::Empty),
        Ok(_) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(io_refusal(path, error)),
    }
}

/// An error of the operating system about `path`.
pub(super) fn io_refusal(path: &Path, error: io::Error) -> StorageError {
    OpenError::new(path, OpenReason::Io(error.kind())).with_source(error).into()
}

/// An error on the way to opening, as one about `path`: the disk said no, or the file is damaged.
pub(crate) fn unopened(path: &Path, error: StorageError) -> StorageError {
    let (StorageError::Database(error) | StorageError::CommitUnknown(error)) = error else {
        return error;
    };
    let detail = || error.source.to_string();
    // A failed commit is told to several, and so shared.
    let shared = error.source.downcast_ref::<Arc<redb::Error>>().map(|error| &**error);
    let reason = match shared.or_else(|| error.source.downcast_ref()) {
        Some(redb::Error::Io(io)) => OpenReason::Io(io.kind()),
        Some(redb::Error::PreviousIo) => OpenReason::Engine { detail: detail() },
        _ => OpenReason::Damaged { detail: detail() },
    };
    OpenError::new(path, reason).with_source(error).into()
}

/// The engine's refusal in words that help.
pub(super) fn refusal(path: &Path, error: redb::DatabaseError) -> StorageError {
    use redb::{DatabaseError as E, StorageError as S};
    let reason = match &error {
        E::DatabaseAlreadyOpen | E::LockProtocolMismatch => OpenReason::Locked,
        E::UpgradeRequired(found) => OpenReason::EngineVersion { found: *found },
        E::Storage(S::Io(io)) => match io.kind() {
            io::ErrorKind::InvalidData => OpenReason::Foreign,
            io::ErrorKind::UnexpectedEof => OpenReason::Damaged { detail: "it ends early".into() },
            kind => OpenReason::Io(kind),
        },
        E::Storage(S::Corrupted(detail)) => match newer_version(detail) {
            Some(found) => OpenReason::EngineVersion { found },
            None => OpenReason::Damaged { detail: detail.clone() },
        },
        E::RepairAborted => OpenReason::Damaged { detail: "its repair was given up".into() },
        other => OpenReason::Engine { detail: other.to_string() },
    };
    OpenError::new(path, reason).with_source(error).into()
}

/// The version in what the engine says of a file that is newer than itself, which it calls corrupted.
fn newer_version(detail: &str) -> Option<u8> {
    let versions = detail.strip_prefix("Expected file format version")?;
    versions.rsplit_once("found ")?.1.parse().ok()
}
