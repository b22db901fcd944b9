//! What several test files share: stores in fresh files, and the data that is not on every machine.

pub mod child;
pub mod draft;
pub mod dynamic;
pub mod flat;
pub mod flat_field;
pub mod frame;
pub mod guarded;
pub mod random;
pub mod resealed;
pub mod simulated;
pub mod workload;

use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use storage::Storage;
use tempfile::TempDir;

/// A store in a file of its own, which goes away with it.
#[derive(Debug)]
pub struct Scratch {
    dir: TempDir,
}

impl Scratch {
    /// A fresh folder.
    #[must_use]
    pub fn new() -> Self {
        Self { dir: tempfile::tempdir().expect("a temporary folder") }
    }

    /// The path of the store's file; nothing is there yet.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.dir.path().join("test.redb")
    }

    /// The folder itself.
    #[must_use]
    pub fn dir(&self) -> &Path {
        self.dir.path()
    }

    /// Opens the store, or creates it.
    #[must_use]
    pub fn open(&self) -> Storage {
        Storage::open(self.path()).expect("the store opens")
    }
}

impl Default for Scratch {
    fn default() -> Self {
        Self::new()
    }
}

/// The SHA-256 of `lines`, joined by a newline, as hexadecimal digits.
#[must_use]
pub fn sha256<T: AsRef<str>>(lines: impl IntoIterator<Item = T>) -> String {
    let mut hash = Sha256::new();
    for (index, line) in lines.into_iter().enumerate() {
        if index > 0 {
            hash.update("\n");
        }
        hash.update(line.as_ref());
    }
    hash.finalize().iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

/// The shared test data below `name`; `None`, and a line that says so, where it is absent.
#[must_use]
pub fn shared_data(name: &str) -> Option<PathBuf> {
    let root = std::env::var_os("STORAGE_TEST_DATA").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data"),
        PathBuf::from,
    );
    let path = root.join(name);
    if path.exists() {
        return Some(path);
    }
    #[expect(clippy::print_stderr, reason = "a skipped test says so")]
    {
        eprintln!(
            "skipped: {} not found; set STORAGE_TEST_DATA to the data folder",
            path.display()
        );
    }
    None
}
