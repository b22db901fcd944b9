//! FlatBuffers schemas for programs in other languages.

use super::fbs::fbs;
use crate::{
    error::file_twice,
    schema::{CodecId, RecordSchema},
};
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// Writes the FlatBuffers schema of each record to `folder`, which is created if it is missing, and returns the files.
///
/// A file is named after its record: `AirportRunway` is in `airport_runway.fbs`. A record of another codec has no such
/// schema and no file. Give them to `flatc` to make code for another language, which reads and writes the same bytes.
///
/// ```
/// use storage::{StoredRecord, codec::write_fbs};
///
/// #[derive(StoredRecord)]
/// #[store(codec = "flatbuffers", table = "users")]
/// struct User {
///     #[store(key)]
///     id: u64,
///     name: String,
/// }
///
/// # fn main() -> std::io::Result<()> {
/// # let dir = tempfile::tempdir()?;
/// # let folder = dir.path();
/// let files = write_fbs(folder, &[User::SCHEMA])?;
/// assert_eq!(files, [folder.join("user.fbs")]);
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// The error of the file system; [`io::ErrorKind::AlreadyExists`] if two of the records have one name.
pub fn write_fbs(folder: impl AsRef<Path>, records: &[&RecordSchema]) -> io::Result<Vec<PathBuf>> {
    let folder = folder.as_ref();
    fs::create_dir_all(folder)?;
    let mut written = Vec::new();
    for record in records {
        if record.codec() != CodecId::Flatbuffers {
            continue;
        }
        let path = folder.join(format!("{}.fbs", snake_case(record.name())));
        if written.contains(&path) {
            return Err(file_twice(record.name(), &path));
        }
        fs::write(&path, fbs(&record.types()))?;
        written.push(path);
    }
    Ok(written)
}

/// `AirportRunway` as `airport_runway`.
fn snake_case(name: &str) -> String {
    let mut snake = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.extend(c.to_lowercase());
    }
    snake
}
