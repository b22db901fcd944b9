//! Files in memory: for tests, and for what need not outlive the program.

use super::{Disk, FileStat, FileSystem};
use std::{
    collections::BTreeMap,
    fmt, io,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, RwLock, Weak,
        atomic::{AtomicBool, Ordering},
    },
};

/// A file system in memory, gone with its last handle. Every folder exists.
///
/// ```
/// use std::sync::Arc;
/// use storage::{OpenOptions, Storage, backend::MemoryFiles};
///
/// let options = OpenOptions::default().file_system(Arc::new(MemoryFiles::default()));
/// let storage = Storage::open_with("scratch.redb", &options)?;
/// drop(storage);
/// // Still there: `options` holds the file system.
/// let storage = Storage::open_with("scratch.redb", &options.create(false))?;
/// # Ok::<(), storage::StorageError>(())
/// ```
#[derive(Debug, Default)]
pub struct MemoryFiles {
    files: Arc<Names>,
}

/// Which file has which name.
type Names = Mutex<BTreeMap<PathBuf, Arc<MemoryFile>>>;

#[derive(Default)]
struct MemoryFile {
    bytes: RwLock<Vec<u8>>,
    is_locked: AtomicBool,
}

impl fmt::Debug for MemoryFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryFile").field("is_locked", &self.is_locked).finish_non_exhaustive()
    }
}

/// An open handle of a file in memory.
#[derive(Debug)]
struct MemoryDisk {
    file: Arc<MemoryFile>,
    files: Weak<Names>,
    has_lock: AtomicBool,
}

impl MemoryFiles {
    fn files(&self) -> MutexGuard<'_, BTreeMap<PathBuf, Arc<MemoryFile>>> {
        lock(&self.files)
    }

    fn disk(&self, file: Arc<MemoryFile>) -> MemoryDisk {
        MemoryDisk { file, files: Arc::downgrade(&self.files), has_lock: AtomicBool::new(false) }
    }

    fn file(&self, path: &Path) -> io::Result<Arc<MemoryFile>> {
        self.files().get(path).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

/// A map is changed in one step, so a panic of another thread leaves nothing half done.
fn lock(names: &Names) -> MutexGuard<'_, BTreeMap<PathBuf, Arc<MemoryFile>>> {
    names.lock().unwrap_or_else(PoisonError::into_inner)
}

impl FileSystem for MemoryFiles {
    fn stat(&self, path: &Path) -> io::Result<FileStat> {
        let len = self.disk(self.file(path)?).len()?;
        Ok(FileStat { is_file: true, len })
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn Disk>> {
        Ok(Box::new(self.disk(self.file(path)?)))
    }

    fn open_read_only(&self, path: &Path) -> io::Result<Box<dyn Disk>> {
        self.open(path)
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn Disk>> {
        let file = Arc::<MemoryFile>::default();
        match self.files().entry(path.to_owned()) {
            std::collections::btree_map::Entry::Occupied(_) => {
                Err(io::ErrorKind::AlreadyExists.into())
            }
            std::collections::btree_map::Entry::Vacant(entry) => {
                entry.insert(Arc::clone(&file));
                Ok(Box::new(self.disk(file)))
            }
        }
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        let file = self.file(from)?;
        let mut files = self.files();
        if files.contains_key(to) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        files.insert(to.to_owned(), file);
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.files().remove(path).map(drop).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn has_folder(&self, _: &Path) -> bool {
        true
    }

    fn sync_folder(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }
}

/// Where `len` bytes from `offset` on lie in memory.
fn range(offset: u64, len: usize) -> io::Result<std::ops::Range<usize>> {
    let start = usize::try_from(offset).ok();
    let end = start.and_then(|start| start.checked_add(len));
    start.zip(end).map(|(start, end)| start..end).ok_or_else(|| io::ErrorKind::FileTooLarge.into())
}

impl Disk for MemoryDisk {
    fn len(&self) -> io::Result<u64> {
        let len = self.file.bytes.read().unwrap_or_else(PoisonError::into_inner).len();
        u64::try_from(len).map_err(|_| io::ErrorKind::FileTooLarge.into())
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let bytes = self.file.bytes.read().unwrap_or_else(PoisonError::into_inner);
        let found = bytes.get(range(offset, out.len())?);
        out.copy_from_slice(found.ok_or(io::ErrorKind::UnexpectedEof)?);
        Ok(())
    }

    fn write(&self, offset: u64, new: &[u8]) -> io::Result<()> {
        let mut bytes = self.file.bytes.write().unwrap_or_else(PoisonError::into_inner);
        let range = range(offset, new.len())?;
        if bytes.len() < range.end {
            bytes.resize(range.end, 0);
        }
        bytes.get_mut(range).ok_or(io::ErrorKind::UnexpectedEof)?.copy_from_slice(new);
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        let len = range(len, 0)?.start;
        self.file.bytes.write().unwrap_or_else(PoisonError::into_inner).resize(len, 0);
        Ok(())
    }

    fn sync(&self) -> io::Result<()> {
        Ok(())
    }

    fn try_lock(&self) -> io::Result<bool> {
        let locked = !self.file.is_locked.swap(true, Ordering::AcqRel);
        self.has_lock.fetch_or(locked, Ordering::AcqRel);
        Ok(locked)
    }

    fn len_at(&self, path: &Path) -> io::Result<Option<u64>> {
        // Who gave up the file system has the file alone.
        let Some(files) = self.files.upgrade() else { return self.len().map(Some) };
        let found = lock(&files).get(path).is_some_and(|file| Arc::ptr_eq(file, &self.file));
        found.then(|| self.len()).transpose()
    }

    fn close(&self) -> io::Result<()> {
        if self.has_lock.swap(false, Ordering::AcqRel) {
            self.file.is_locked.store(false, Ordering::Release);
        }
        Ok(())
    }
}

impl Drop for MemoryDisk {
    fn drop(&mut self) {
        // Nobody is there to be told, and nothing can go wrong.
        let _ = self.close();
    }
}
