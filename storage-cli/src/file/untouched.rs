//! A file system that reads the operating system's files, and keeps in memory what is written to them.

use super::copy::consistent_copy;
use std::{
    collections::BTreeMap,
    fs::{File, TryLockError},
    io,
    path::{Path, PathBuf},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};
use storage::backend::{Disk, FileStat, FileSystem, OsFiles};

/// How many bytes are kept in memory where one is written.
const PAGE_LEN: u64 = 4096;

/// The operating system's files, which stay as they are.
#[derive(Debug, Default)]
pub(super) struct Untouched {
    is_copy: AtomicBool,
}

impl Untouched {
    /// Whether a file was read that another program has open.
    pub(super) fn is_copy(&self) -> bool {
        self.is_copy.load(Ordering::Relaxed)
    }
}

impl FileSystem for Untouched {
    fn absolute(&self, path: &Path) -> io::Result<PathBuf> {
        OsFiles::default().absolute(path)
    }

    fn stat(&self, path: &Path) -> io::Result<FileStat> {
        OsFiles::default().stat(path)
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn Disk>> {
        let disk = OsFiles::default().open_read_only(path)?;
        // The engine takes this lock, too: exclusively, if it writes.
        let lock = File::open(path)?;
        match lock.try_lock_shared() {
            Ok(()) => Ok(Box::new(Overlay::over(disk, Some(lock))?)),
            Err(TryLockError::WouldBlock) => {
                self.is_copy.store(true, Ordering::Relaxed);
                Ok(Box::new(Overlay::over(consistent_copy(&*disk)?, None)?))
            }
            // A file system without locks: nobody can be kept from writing, and nobody is.
            Err(TryLockError::Error(_)) => Ok(Box::new(Overlay::over(disk, None)?)),
        }
    }

    fn open_read_only(&self, path: &Path) -> io::Result<Box<dyn Disk>> {
        self.open(path)
    }

    fn create(&self, _: &Path) -> io::Result<Box<dyn Disk>> {
        Err(io::ErrorKind::PermissionDenied.into())
    }

    fn link(&self, _: &Path, _: &Path) -> io::Result<()> {
        Err(io::ErrorKind::PermissionDenied.into())
    }

    fn remove(&self, _: &Path) -> io::Result<()> {
        Err(io::ErrorKind::PermissionDenied.into())
    }

    fn has_folder(&self, path: &Path) -> bool {
        OsFiles::default().has_folder(path)
    }

    fn is_link(&self, path: &Path) -> bool {
        OsFiles::default().is_link(path)
    }

    fn sync_folder(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }
}

/// A disk over another, which is only read.
#[derive(Debug)]
struct Overlay {
    base: Box<dyn Disk>,
    base_len: u64,
    written: Mutex<Written>,
    /// Held while the file is read: nobody writes to it meanwhile.
    _lock: Option<File>,
}

/// What was written: pages by their number, and the length.
#[derive(Debug)]
struct Written {
    pages: BTreeMap<u64, Box<[u8]>>,
    len: u64,
    /// Where the file below ends for good: what was cut off does not come back.
    base_end: u64,
}

impl Overlay {
    fn over(base: Box<dyn Disk>, lock: Option<File>) -> io::Result<Self> {
        let len = base.len()?;
        let written = Mutex::new(Written { pages: BTreeMap::new(), len, base_end: len });
        Ok(Self { base, base_len: len, written, _lock: lock })
    }

    fn written(&self) -> MutexGuard<'_, Written> {
        self.written.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What of the file below lies from `offset` on; zeros behind its end.
    fn read_base(&self, end: u64, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let end = end.min(self.base_len);
        let there = usize::try_from(end.saturating_sub(offset)).unwrap_or(usize::MAX);
        let (there, behind) = out.split_at_mut(there.min(out.len()));
        behind.fill(0);
        if there.is_empty() { Ok(()) } else { self.base.read(offset, there) }
    }
}

/// The parts of `len` bytes from `offset` on that lie in one page each: the page, where in it, and where in the bytes.
fn parts(offset: u64, len: usize) -> impl Iterator<Item = (u64, usize, usize, usize)> {
    let mut done = 0_usize;
    std::iter::from_fn(move || {
        let left = len.checked_sub(done).filter(|left| *left > 0)?;
        let at = offset.checked_add(u64::try_from(done).ok()?)?;
        let within = at % PAGE_LEN;
        let room = usize::try_from(PAGE_LEN.saturating_sub(within)).ok()?;
        let part = (at / PAGE_LEN, usize::try_from(within).ok()?, done, left.min(room));
        done = done.saturating_add(part.3);
        Some(part)
    })
}

impl Disk for Overlay {
    fn len(&self) -> io::Result<u64> {
        Ok(self.written().len)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let written = self.written();
        let end = u64::try_from(out.len()).ok().and_then(|len| offset.checked_add(len));
        if end.is_none_or(|end| end > written.len) {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.read_base(written.base_end, offset, out)?;
        if written.pages.is_empty() {
            return Ok(());
        }
        for (page, within, at, len) in parts(offset, out.len()) {
            let kept = written.pages.get(&page).and_then(|page| page.get(within..)?.get(..len));
            let place = out.get_mut(at..).and_then(|out| out.get_mut(..len));
            if let (Some(kept), Some(place)) = (kept, place) {
                place.copy_from_slice(kept);
            }
        }
        Ok(())
    }

    fn write(&self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        let mut written = self.written();
        for (page, within, at, len) in parts(offset, bytes.len()) {
            if !written.pages.contains_key(&page) {
                let page_len = usize::try_from(PAGE_LEN).map_err(io::Error::other)?;
                let mut fresh = vec![0; page_len].into_boxed_slice();
                self.read_base(written.base_end, page.saturating_mul(PAGE_LEN), &mut fresh)?;
                written.pages.insert(page, fresh);
            }
            let kept = written.pages.get_mut(&page);
            let place = kept.and_then(|page| page.get_mut(within..)?.get_mut(..len));
            let part = bytes.get(at..).and_then(|bytes| bytes.get(..len));
            if let (Some(place), Some(part)) = (place, part) {
                place.copy_from_slice(part);
            }
        }
        let len = u64::try_from(bytes.len()).map_err(io::Error::other)?;
        written.len = written.len.max(offset.saturating_add(len));
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        let mut written = self.written();
        written.len = len;
        written.base_end = written.base_end.min(len);
        let first_gone = len.div_ceil(PAGE_LEN);
        written.pages.split_off(&first_gone);
        let within = usize::try_from(len % PAGE_LEN).map_err(io::Error::other)?;
        if let Some(cut) = written.pages.get_mut(&(len / PAGE_LEN)) {
            cut.get_mut(within..).unwrap_or_default().fill(0);
        }
        Ok(())
    }

    fn sync(&self) -> io::Result<()> {
        Ok(())
    }

    fn close(&self) -> io::Result<()> {
        self.base.close()
    }
}
