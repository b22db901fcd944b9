//! The folder of a lock: a file for each table.

use crate::error::LockReason;
use std::{
    fmt::Write as _,
    fs::{self, File},
    io::{self, Read as _},
    path::{Path, PathBuf},
};

const EXTENSION: &str = "schema";
/// The longest file that is read: a thousand layouts of a large record.
const LEN_MAX: u64 = 16 * 1024 * 1024;

/// The file of `table`. Characters that file systems do not agree on are `%` and two digits for each byte.
pub(super) fn path(folder: &Path, table: &str) -> PathBuf {
    let mut name = String::new();
    for byte in table.bytes() {
        if byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-' {
            name.push(char::from(byte));
        } else {
            let _ = write!(name, "%{byte:02x}");
        }
    }
    folder.join(format!("{name}.{EXTENSION}"))
}

/// Whether the names of two files are one where capital letters are small letters.
pub(super) fn is_same(one: &Path, other: &Path) -> bool {
    let lower = |path: &Path| path.as_os_str().to_ascii_lowercase();
    lower(one) == lower(other)
}

/// Returns the files in a lock's folder; `None` if there is no folder.
pub(super) fn files(folder: &Path) -> io::Result<Option<Vec<PathBuf>>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == EXTENSION) {
            found.push(path);
        }
    }
    found.sort_unstable();
    Ok(Some(found))
}

/// Returns the text of the file; `None` if there is none.
pub(super) fn read(path: &Path) -> Result<Option<String>, LockReason> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(LockReason::Io(error)),
    };
    let mut bytes = Vec::new();
    file.take(LEN_MAX.saturating_add(1)).read_to_end(&mut bytes).map_err(LockReason::Io)?;
    if u64::try_from(bytes.len()).is_ok_and(|len| len <= LEN_MAX) {
        String::from_utf8(bytes).map(Some).map_err(|_| LockReason::Foreign)
    } else {
        Err(LockReason::TooLong { max: LEN_MAX })
    }
}

/// Makes `text` that of the file, which is the old or the new one at every moment.
pub(super) fn write(path: &Path, text: &str) -> io::Result<()> {
    let new = path.with_extension("new");
    fs::write(&new, text).and_then(|()| fs::rename(&new, path)).inspect_err(|_| {
        // What is left of it may stay where it cannot be removed.
        fs::remove_file(&new).ok();
    })
}
