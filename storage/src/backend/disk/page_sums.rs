//! Pages verified as they are read: a disk that remembers what it gave and took.
//!
//! The engine verifies its pages when the file is opened with
//! [`Verify::Always`](crate::backend::Verify::Always), and never again. This layer remembers a 64-bit hash of every
//! page that was read or written since, and a page that reads otherwise later is an error: damage done while the file
//! is open is noticed before the engine sees it.

use super::Disk;
use crate::{backend::engine::EngineFile, hash::hash, invariant::Invariant};
use std::{
    io,
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// The engine's page size in bytes.
const PAGE_LEN: usize = 4096;

/// A disk whose pages are compared with what they were.
#[derive(Debug)]
pub(crate) struct PageSums {
    disk: Box<dyn Disk>,
    /// One for each page; zero for a page whose content is not known whole.
    sums: Mutex<Vec<u64>>,
}

impl PageSums {
    pub(crate) fn new(disk: Box<dyn Disk>) -> Self {
        Self { disk, sums: Mutex::default() }
    }

    /// Each sum is set in one step, so a panic of another thread leaves nothing half done.
    fn sums(&self) -> MutexGuard<'_, Vec<u64>> {
        self.sums.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where in memory `offset` would be, if all of the file were: no file is longer whose sums are kept.
fn start(offset: u64) -> io::Result<usize> {
    usize::try_from(offset).map_err(|_| io::ErrorKind::FileTooLarge.into())
}

/// The pages that lie whole in `bytes`, which begin at `start`, with their numbers.
fn whole_pages(start: usize, bytes: &[u8]) -> impl Iterator<Item = (usize, u64)> {
    let first = start.div_ceil(PAGE_LEN);
    let skipped = first.saturating_mul(PAGE_LEN).saturating_sub(start);
    let pages = bytes.get(skipped..).unwrap_or_default().chunks_exact(PAGE_LEN);
    // The lowest bit is given up, so that no sum is zero.
    pages.enumerate().map(move |(number, page)| (first.saturating_add(number), hash(page, 0) | 1))
}

/// The numbers of the pages that `len` bytes from `start` on touch.
fn touched_pages(start: usize, len: usize) -> std::ops::Range<usize> {
    start / PAGE_LEN..start.saturating_add(len).div_ceil(PAGE_LEN)
}

fn changed(number: usize) -> io::Error {
    // Not of the kind `InvalidData`, which is what a file of another format gives.
    io::Error::other(format!(
        "page {number} is not what was written; the file was changed while it was open"
    ))
}

impl Disk for PageSums {
    fn len(&self) -> io::Result<u64> {
        self.disk.len()
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.disk.read(offset, out)?;
        let pages: Vec<_> = whole_pages(start(offset)?, out).collect();
        let mut sums = self.sums();
        for (number, sum) in pages {
            if sums.len() <= number {
                sums.resize(number.saturating_add(1), 0);
            }
            match sums.get_mut(number) {
                Some(known) if *known == 0 => *known = sum,
                known if known.as_deref() == Some(&sum) => {}
                _ => return Err(changed(number)),
            }
        }
        Ok(())
    }

    fn write(&self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        // Until the write has succeeded, nothing is known of the pages it touches.
        let start = start(offset)?;
        self.forget(touched_pages(start, bytes.len()));
        self.disk.write(offset, bytes)?;
        let mut sums = self.sums();
        for (number, sum) in whole_pages(start, bytes) {
            if let Some(known) = sums.get_mut(number) {
                *known = sum;
            }
        }
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.disk.set_len(len)?;
        // A page that is cut off, wholly or in part, is another page when the file grows again.
        self.sums().truncate(start(len)? / PAGE_LEN);
        Ok(())
    }

    fn sync(&self) -> io::Result<()> {
        self.disk.sync()
    }

    fn try_lock(&self) -> io::Result<bool> {
        self.disk.try_lock()
    }

    fn close(&self) -> io::Result<()> {
        self.disk.close()
    }

    fn len_at(&self, path: &Path) -> io::Result<Option<u64>> {
        self.disk.len_at(path)
    }

    fn engine_file(&self) -> Option<&EngineFile> {
        self.disk.engine_file()
    }
}

impl PageSums {
    fn forget(&self, pages: std::ops::Range<usize>) {
        let mut sums = self.sums();
        if sums.len() < pages.end {
            sums.resize(pages.end, 0);
        }
        sums.get_mut(pages).invariant("there is a sum for each page up to the end").fill(0);
    }
}
