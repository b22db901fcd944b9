//! A copy of a file that another program has open.
//!
//! The engine never overwrites a page of the last committed state: what it writes goes elsewhere, until a commit says
//! so in the file's first page. So a copy that was made between two equal first pages is that state. Where commits come
//! faster than a copy is made, there is none.

use std::{
    env, fs, io,
    path::PathBuf,
    process,
    sync::atomic::{AtomicU32, Ordering},
};
use storage::backend::{Disk, FileSystem as _, OsFiles};

/// How many bytes at the start of a file say which state is the last.
const HEAD_LEN: usize = 320;
/// How often it is tried.
const TRIES: usize = 8;
/// How many bytes are copied at a time.
const PART_LEN: usize = 1 << 20;

/// A file that is gone when it is closed.
#[derive(Debug)]
struct Temporary {
    disk: Box<dyn Disk>,
    path: PathBuf,
}

/// Copies the last committed state of `disk` to a temporary file.
pub(super) fn consistent_copy(disk: &dyn Disk) -> io::Result<Box<dyn Disk>> {
    let copy = Temporary::create()?;
    for _ in 0..TRIES {
        let before = head(disk)?;
        copy_all(disk, &*copy.disk)?;
        if head(disk)? == before {
            copy.disk.write(0, &before)?;
            return Ok(Box::new(copy));
        }
    }
    Err(io::Error::other(
        "another program writes to it faster than it can be copied; try again, or look at a backup",
    ))
}

fn head(disk: &dyn Disk) -> io::Result<Vec<u8>> {
    let mut head = vec![0; HEAD_LEN];
    disk.read(0, &mut head)?;
    Ok(head)
}

fn copy_all(from: &dyn Disk, to: &dyn Disk) -> io::Result<()> {
    let len = from.len()?;
    to.set_len(len)?;
    let mut part = vec![0; PART_LEN];
    let mut at = 0;
    while at < len {
        let left = usize::try_from(len.saturating_sub(at)).unwrap_or(PART_LEN).min(PART_LEN);
        let part = part.get_mut(..left).unwrap_or_default();
        match from.read(at, part) {
            // It was made shorter meanwhile, and so the first page has changed.
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(()),
            read => read?,
        }
        to.write(at, part)?;
        at = at.saturating_add(u64::try_from(left).map_err(io::Error::other)?);
    }
    Ok(())
}

impl Temporary {
    fn create() -> io::Result<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        loop {
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            let path = env::temp_dir().join(format!("storage-{}-{number}.tmp", process::id()));
            match OsFiles::default().create(&path) {
                Ok(disk) => return Ok(Self { disk, path }),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

impl Disk for Temporary {
    fn len(&self) -> io::Result<u64> {
        self.disk.len()
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.disk.read(offset, out)
    }

    fn write(&self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        self.disk.write(offset, bytes)
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.disk.set_len(len)
    }

    fn sync(&self) -> io::Result<()> {
        Ok(())
    }
}
