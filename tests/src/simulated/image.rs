//! All that a file system holds: names, and the bytes behind them.

use super::trace::{FileId, Op};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
};

/// The content of a file system. Cheap to clone: bytes are copied when they are changed.
#[derive(Clone, Debug, Default)]
pub struct Image {
    pub(super) names: BTreeMap<PathBuf, FileId>,
    files: BTreeMap<FileId, Arc<Vec<u8>>>,
}

impl Image {
    /// Every name.
    pub fn names(&self) -> impl Iterator<Item = &Path> {
        self.names.keys().map(PathBuf::as_path)
    }

    /// Whether there is a file of the name `path`.
    #[must_use]
    pub fn has(&self, path: &Path) -> bool {
        self.names.contains_key(path)
    }

    /// The bytes of a file.
    #[must_use]
    pub fn bytes(&self, file: FileId) -> &[u8] {
        self.files.get(&file).map_or(&[], |bytes| bytes)
    }

    /// A number that no file has.
    #[must_use]
    pub(super) fn next_file(&self) -> FileId {
        self.files.keys().chain(self.names.values()).max().map_or(0, |last| last + 1)
    }

    /// Does what `op` says.
    pub(super) fn apply(&mut self, op: &Op) {
        match op {
            Op::Name(path, file) => {
                self.files.entry(*file).or_default();
                self.names.insert(path.clone(), *file);
            }
            Op::Unname(path) => {
                self.names.remove(path);
            }
            Op::Write(file, offset, bytes) => self.write(*file, *offset, bytes),
            Op::SetLen(file, len) => self.bytes_mut(*file).resize(*len as usize, 0),
            Op::FailedSync(_)
            | Op::SyncFolder(_)
            | Op::Sync(_)
            | Op::Begin(_)
            | Op::Acknowledged(_) => {}
        }
    }

    /// Writes `bytes` from `offset` on.
    pub(super) fn write(&mut self, file: FileId, offset: u64, bytes: &[u8]) {
        let start = offset as usize;
        let end = start + bytes.len();
        let content = self.bytes_mut(file);
        if content.len() < end {
            content.resize(end, 0);
        }
        content[start..end].copy_from_slice(bytes);
    }

    /// Files without a name are gone when the power is back.
    pub(super) fn forget_nameless(&mut self) {
        let names = &self.names;
        self.files.retain(|file, _| names.values().any(|named| named == file));
    }

    fn bytes_mut(&mut self, file: FileId) -> &mut Vec<u8> {
        Arc::make_mut(self.files.entry(file).or_default())
    }
}
