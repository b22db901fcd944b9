//! The operating system's files.

use super::{Disk, FileStat, FileSystem};
use crate::backend::engine::EngineFile;
use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

/// The operating system's file system.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct OsFiles;

/// A file of the operating system.
#[derive(Debug)]
pub struct OsDisk {
    file: EngineFile,
    #[cfg(unix)]
    identity: (u64, u64),
}

impl OsDisk {
    fn new(file: File) -> io::Result<Self> {
        Ok(Self {
            #[cfg(unix)]
            identity: identity(&file.metadata()?),
            file: EngineFile::new(file)?,
        })
    }
}

/// What a file is, whatever its name.
#[cfg(unix)]
fn identity(metadata: &fs::Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    (metadata.dev(), metadata.ino())
}

/// What the file at `path` is, and its length in bytes.
#[cfg(unix)]
fn identity_and_len(path: &Path) -> io::Result<((u64, u64), u64)> {
    // Not its times: Linux remembers that somebody saw them, and the next write then has to change them, which costs
    // a commit a quarter of what it costs without.
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{AtFlags, CWD, StatxFlags, makedev, statx};
        let wanted = StatxFlags::INO | StatxFlags::SIZE;
        if let Ok(found) = statx(CWD, path, AtFlags::empty(), wanted) {
            let device = makedev(found.stx_dev_major, found.stx_dev_minor);
            return Ok(((device, found.stx_ino), found.stx_size));
        }
    }
    let metadata = fs::metadata(path)?;
    Ok((identity(&metadata), metadata.len()))
}

impl FileSystem for OsFiles {
    fn absolute(&self, path: &Path) -> io::Result<PathBuf> {
        std::path::absolute(path)
    }

    fn stat(&self, path: &Path) -> io::Result<FileStat> {
        let metadata = fs::metadata(path)?;
        Ok(FileStat { is_file: metadata.is_file(), len: metadata.len() })
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn Disk>> {
        let file = File::options().read(true).write(true).open(path)?;
        Ok(Box::new(OsDisk::new(file)?))
    }

    fn open_read_only(&self, path: &Path) -> io::Result<Box<dyn Disk>> {
        Ok(Box::new(OsDisk::new(File::open(path)?)?))
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn Disk>> {
        let mut options = File::options();
        options.read(true).write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        Ok(Box::new(OsDisk::new(options.open(path)?)?))
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::hard_link(from, to)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        #[cfg(target_os = "linux")]
        {
            use rustix::{
                fs::{CWD, RenameFlags, renameat_with},
                io::Errno,
            };
            match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
                // Neither every file system nor every kernel knows the flag.
                Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {}
                renamed => return Ok(renamed?),
            }
        }
        // Another store is not created here meanwhile.
        if fs::symlink_metadata(to).is_ok() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn has_folder(&self, path: &Path) -> bool {
        path.is_dir()
    }

    fn is_link(&self, path: &Path) -> bool {
        fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink())
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        // Elsewhere a folder cannot be opened as a file.
        if !cfg!(unix) {
            return Ok(());
        }
        match File::open(folder)?.sync_all() {
            // Not every file system can: it keeps names as it sees fit.
            Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(()),
            synced => synced,
        }
    }
}

impl Disk for OsDisk {
    fn len(&self) -> io::Result<u64> {
        self.file.len()
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.file.read(offset, out)
    }

    fn write(&self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        self.file.write(offset, bytes)
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.file.set_len(len)
    }

    fn sync(&self) -> io::Result<()> {
        self.file.sync()
    }

    fn try_lock(&self) -> io::Result<bool> {
        self.file.try_lock()
    }

    fn close(&self) -> io::Result<()> {
        self.file.close()
    }

    #[cfg(unix)]
    fn len_at(&self, path: &Path) -> io::Result<Option<u64>> {
        let found = identity_and_len(path).ok().filter(|(identity, _)| *identity == self.identity);
        Ok(found.map(|(_, len)| len))
    }

    fn engine_file(&self) -> Option<&EngineFile> {
        Some(&self.file)
    }
}
