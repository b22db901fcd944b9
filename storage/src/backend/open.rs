//! Opening the file: every refusal names the path and leaves it as it was.

use super::{
    OpenOptions, RedbBackend, Snapshot,
    cache::CachedTables,
    commit::{WriterGate, WritesInLine},
    disk::{Disk, folder_of},
    engine::{EngineSlot, io_refusal},
    snapshot::LatestSnapshot,
    watch::Watchers,
};
use crate::error::{OpenError, OpenReason, Result};
use std::{io, panic::Location, path::Path, sync::Arc};

impl RedbBackend {
    /// Opens the redb file at `path`, which must exist.
    ///
    /// # Errors
    ///
    /// [`StorageError::Open`](crate::StorageError::Open) with the reason.
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

    /// A backend over `disk`, which is at `disk_path`; `path` is what an error names.
    pub(super) fn on(
        disk: Box<dyn Disk>,
        disk_path: &Path,
        path: &Path,
        options: &OpenOptions,
    ) -> Result<Self> {
        let absolute_path =
            options.files.absolute(disk_path).map_err(|error| io_refusal(path, error))?;
        let gate = Arc::<WriterGate<_>>::default();
        let engine = EngineSlot::new(path);
        let line = Arc::new(WritesInLine::new(&gate, engine.access(), options.queue_len()));
        let backend = Self {
            engine,
            path: path.to_owned(),
            absolute_path,
            options: options.clone(),
            gate,
            latest: LatestSnapshot::default(),
            caches: CachedTables::default(),
            line,
            readers: Arc::default(),
            watchers: Watchers::default(),
        };
        backend.engine.open(disk, options, path)?;
        Ok(backend)
    }

    /// Closes the file and opens it again: the way out of an error of the engine, after which it refuses to go on.
    /// Waits for a write of another thread to end. What readers hold can be looked at, but not read on.
    ///
    /// # Errors
    ///
    /// [`StorageError::Open`](crate::StorageError::Open) with the reason; the store is closed then, and this
    /// can be tried again.
    #[track_caller]
    pub fn reopen(&self) -> Result<()> {
        self.engine.check_process()?;
        let permit = self.gate.enter(Location::caller())?;
        let opened = self.open_again();
        let woken = self.watchers.reopened();
        drop(permit);
        woken.wake();
        opened
    }

    fn open_again(&self) -> Result<()> {
        let _invalidation = self.caches.clear();
        // Reads that begin meanwhile wait.
        let _held = self.latest.hold();
        // What was committed durably is safe, and what was not nobody was promised: a failed close is what one
        // comes from.
        let _ = self.engine.close();
        self.engine.mend(&self.path, || open_disk(&self.absolute_path, &self.options))?;
        let disk = open_disk(&self.absolute_path, &self.options)?;
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
    let disk = options.files.open_read_only(path).map_err(|error| io_refusal(path, error))?;
    Snapshot::peek(disk, path)
}

/// Whether there is a file at `path`. What the engine would block on, overwrite or misname is refused.
pub(crate) fn exists(path: &Path, options: &OpenOptions) -> Result<bool> {
    let refuse = |reason| Err(OpenError::new(path, reason).into());
    if !names_a_file(path) {
        let is_folder = options.files.has_folder(path);
        return refuse(if is_folder { OpenReason::NotAFile } else { OpenReason::NoFileName });
    }
    match options.files.stat(path) {
        Ok(stat) if !stat.is_file => refuse(OpenReason::NotAFile),
        Ok(stat) if stat.len == 0 => refuse(OpenReason::Empty),
        Ok(_) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(io_refusal(path, error)),
    }
}

/// Whether the last part of `path` is a name that a file can have, and not that of a folder only.
fn names_a_file(path: &Path) -> bool {
    let is_separator = |byte: &u8| std::path::is_separator(char::from(*byte));
    let bytes = path.as_os_str().as_encoded_bytes();
    let ends_in_dot =
        bytes.strip_suffix(b".").is_some_and(|rest| rest.last().is_none_or(is_separator));
    path.file_name().is_some() && !bytes.last().is_none_or(is_separator) && !ends_in_dot
}
