//! A file system on which a new file has its last name at once, as if it were created in place.

use super::SimulatedFiles;
use std::{
    io,
    path::{Path, PathBuf},
};
use storage::backend::{Disk, FileStat, FileSystem};

/// Gives every draft `.name.*.new` the name `name` when it is created: what a store must not do.
#[derive(Clone, Debug)]
pub struct HastyFiles(pub SimulatedFiles);

/// The name that the draft at `path` will have.
fn last_name(path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?.to_str()?.strip_prefix('.')?.strip_suffix(".new")?;
    let (name, _) = name.rsplit_once('.')?;
    Some(path.with_file_name(name))
}

impl FileSystem for HastyFiles {
    fn stat(&self, path: &Path) -> io::Result<FileStat> {
        self.0.stat(path)
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn Disk>> {
        self.0.open(path)
    }

    fn open_read_only(&self, path: &Path) -> io::Result<Box<dyn Disk>> {
        self.0.open_read_only(path)
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn Disk>> {
        let disk = self.0.create(path)?;
        if let Some(last) = last_name(path) {
            self.0.link(path, &last)?;
        }
        Ok(disk)
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        if last_name(from).as_deref() == Some(to) { Ok(()) } else { self.0.link(from, to) }
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.0.remove(path)
    }

    fn has_folder(&self, path: &Path) -> bool {
        self.0.has_folder(path)
    }

    fn list_folder(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        self.0.list_folder(folder)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.0.sync_folder(folder)
    }
}
