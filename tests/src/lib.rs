//! What several test files share: stores in fresh files, and the data that is not on every machine.

pub mod child;
pub mod flat;
pub mod guarded;
pub mod random;
pub mod simulated;
pub mod workload;

use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use storage::Storage;
use tempfile::TempDir;
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

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

/// The catalogue's header of a file of format `format`, written as the specification in `storage/src/catalog` and
/// `storage/src/codec/frame.rs` says, without the crate's own code.
#[must_use]
pub fn catalog_header(format: u32) -> Vec<u8> {
    let mut row = b"storage\0".to_vec();
    row.extend_from_slice(&format.to_le_bytes());
    seal(b"$catalog", 0, b"", 1, &mut row);
    row
}

/// The layout fingerprint of a table: the hash of its catalogue entry without its indexes.
#[must_use]
pub fn layout_fingerprint(store: &Storage, table: &str) -> u64 {
    let row = store.backend().get("$catalog", table.as_bytes(), <[u8]>::to_vec);
    let row = row.expect("the catalogue is read").expect("the table was written");
    let text = std::str::from_utf8(&row[..row.len() - 6]).expect("an entry is text");
    let is_layout = |line: &&str| !line.starts_with("index ");
    xxh3_64(text.split_inclusive('\n').filter(is_layout).collect::<String>().as_bytes())
}

/// Seals a value of at most 1024 bytes.
pub fn seal(table: &[u8], layout_fingerprint: u64, key: &[u8], version: u16, value: &mut Vec<u8>) {
    let table_seed = xxh3_64_with_seed(table, layout_fingerprint);
    let seed = xxh3_64_with_seed(key, table_seed ^ u64::from(version));
    let check = xxh3_64_with_seed(value, seed).to_le_bytes();
    value.extend_from_slice(&version.to_le_bytes());
    value.extend_from_slice(&check[..4]);
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
