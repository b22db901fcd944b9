//! Where a store's bytes lie: a file system of files, each an array of bytes.
//!
//! The operating system's by default ([`OsFiles`](crate::backend::OsFiles)), memory for tests
//! ([`MemoryFiles`](crate::backend::MemoryFiles)), or one of your own: to encrypt, to count, to fail on purpose.

mod memory;
mod os;
mod page_sums;

pub(super) use self::page_sums::PageSums;
pub use self::{
    memory::MemoryFiles,
    os::{OsDisk, OsFiles},
};
use super::engine::EngineFile;
use std::{
    fmt, io,
    path::{Path, PathBuf},
};

/// A file system that stores are kept in, given to [`OpenOptions::file_system`](crate::OpenOptions::file_system).
///
/// *Law*: what was written is there after a crash once [`Disk::sync`] returned, and a name once
/// [`sync_folder`](Self::sync_folder) did. A store promises no more than its file system does.
pub trait FileSystem: fmt::Debug + Send + Sync + 'static {
    /// The same path, whatever becomes of the working folder; an open store finds its file by it again.
    ///
    /// # Errors
    ///
    /// As the file system says.
    fn absolute(&self, path: &Path) -> io::Result<PathBuf> {
        Ok(path.to_owned())
    }

    /// What is at `path`; an error of the kind [`NotFound`](io::ErrorKind::NotFound) when there is nothing.
    ///
    /// # Errors
    ///
    /// As the file system says.
    fn stat(&self, path: &Path) -> io::Result<FileStat>;

    /// Opens the file at `path` to read and write.
    ///
    /// # Errors
    ///
    /// As the file system says.
    fn open(&self, path: &Path) -> io::Result<Box<dyn Disk>>;

    /// Opens the file at `path` to read only.
    ///
    /// # Errors
    ///
    /// As the file system says.
    fn open_read_only(&self, path: &Path) -> io::Result<Box<dyn Disk>>;

    /// Creates an empty file at `path`, where there is none, that only its owner may read.
    ///
    /// # Errors
    ///
    /// [`AlreadyExists`](io::ErrorKind::AlreadyExists) when there is one.
    fn create(&self, path: &Path) -> io::Result<Box<dyn Disk>>;

    /// Gives the file at `from` the name `to` as well, whole or not at all.
    ///
    /// # Errors
    ///
    /// [`AlreadyExists`](io::ErrorKind::AlreadyExists) when there is a file of that name, and
    /// [`Unsupported`](io::ErrorKind::Unsupported) when a file can have one name only: then it is renamed.
    fn link(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Gives the file at `from` the name `to` instead, whole or not at all. Asked only after [`link`](Self::link) has
    /// failed, and never by two stores at once for the same `to`.
    ///
    /// # Errors
    ///
    /// [`AlreadyExists`](io::ErrorKind::AlreadyExists) when there is a file of that name.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let _ = (from, to);
        Err(io::ErrorKind::Unsupported.into())
    }

    /// Takes the name `path` away.
    ///
    /// # Errors
    ///
    /// As the file system says.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Whether there is a folder at `path`.
    fn has_folder(&self, path: &Path) -> bool;

    /// Whether `path` is a symbolic link, wherever it leads to. [`stat`](Self::stat) follows it.
    fn is_link(&self, path: &Path) -> bool {
        let _ = path;
        false
    }

    /// Makes the names in `folder` safe from a power cut.
    ///
    /// # Errors
    ///
    /// As the file system says.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;
}

/// What is at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "made by every file system")]
pub struct FileStat {
    /// Whether it is a regular file.
    pub is_file: bool,
    /// Its length in bytes.
    pub len: u64,
}

/// An open file: an array of bytes that grows and shrinks. It is closed when it is dropped.
#[expect(clippy::len_without_is_empty, reason = "an empty file is none that anybody asks for")]
pub trait Disk: fmt::Debug + Send + Sync + 'static {
    /// The length in bytes.
    ///
    /// # Errors
    ///
    /// As the file system says.
    fn len(&self) -> io::Result<u64>;

    /// Fills `out` with the bytes from `offset` on.
    ///
    /// # Errors
    ///
    /// [`UnexpectedEof`](io::ErrorKind::UnexpectedEof) when the file ends before.
    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()>;

    /// Writes `bytes` from `offset` on.
    ///
    /// # Errors
    ///
    /// As the file system says.
    fn write(&self, offset: u64, bytes: &[u8]) -> io::Result<()>;

    /// Sets the length; what is new is zero.
    ///
    /// # Errors
    ///
    /// As the file system says.
    fn set_len(&self, len: u64) -> io::Result<()>;

    /// Waits until all that was written is safe from a power cut.
    ///
    /// # Errors
    ///
    /// As the file system says.
    fn sync(&self) -> io::Result<()>;

    /// Takes the right to use the file, exclusively unless it was opened to read only; `false` when another handle
    /// has it. It is given back when the file is closed.
    ///
    /// # Errors
    ///
    /// As the file system says.
    fn try_lock(&self) -> io::Result<bool> {
        Ok(true)
    }

    /// Gives back what [`try_lock`](Self::try_lock) took. Nothing is read or written afterwards.
    ///
    /// # Errors
    ///
    /// As the file system says.
    fn close(&self) -> io::Result<()> {
        Ok(())
    }

    /// The length in bytes of the file at `path`; `None` when that is not this file: what is written to it is then
    /// lost with the last handle.
    ///
    /// Asked before every write transaction, and when a file is created, so that two who create one do not take each
    /// other's for their own.
    ///
    /// # Errors
    ///
    /// As the file system says.
    fn len_at(&self, path: &Path) -> io::Result<Option<u64>> {
        let _ = path;
        self.len().map(Some)
    }

    /// The operating system's file, if it is one: the engine then takes its own locks, which other programs know.
    #[doc(hidden)]
    fn engine_file(&self) -> Option<&EngineFile> {
        None
    }
}

/// The folder that `path` lies in.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}
