//! A file system on which a new file has its last name at once, as if it were created in place.

use super::SimulatedFiles;
use std::{
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};
use storage::backend::{Disk, FileStat, FileSystem};

/// Gives every draft, when it is created, the name that was asked for in vain before: what a store must not do.
#[derive(Clone, Debug)]
pub struct HastyFiles {
    files: SimulatedFiles,
    /// The path that nothing was at.
    missing: Arc<Mutex<Option<PathBuf>>>,
}

impl HastyFiles {
    /// Over `files`.
    #[must_use]
    pub fn new(files: SimulatedFiles) -> Self {
        Self { files, missing: Arc::default() }
    }
}

impl FileSystem for HastyFiles {
    fn stat(&self, path: &Path) -> io::Result<FileStat> {
        let found = self.files.stat(path);
        if matches!(&found, Err(error) if error.kind() == io::ErrorKind::NotFound) {
            *self.missing.lock().expect("no panic before") = Some(path.to_owned());
        }
        found
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn Disk>> {
        self.files.open(path)
    }

    fn open_read_only(&self, path: &Path) -> io::Result<Box<dyn Disk>> {
        self.files.open_read_only(path)
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn Disk>> {
        let disk = self.files.create(path)?;
        if let Some(last) = self.missing.lock().expect("no panic before").take() {
            self.files.link(path, &last)?;
        }
        Ok(disk)
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        if self.files.has(to) { Ok(()) } else { self.files.link(from, to) }
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.files.remove(path)
    }

    fn has_folder(&self, path: &Path) -> bool {
        self.files.has_folder(path)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.files.sync_folder(folder)
    }
}
