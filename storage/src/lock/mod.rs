//! A lock: the layouts of released programs, kept in version control, so that a change that does not read their files
//! fails in a test and not at a user's.
//!
//! The test is written once, [`lock!`](crate::lock!) is all that it calls. The page `changing` of the guide shows how
//! it is used; [`check`] does the same where a program wants the error as a value.
//!
//! What the lock says of the indexes is there to be seen in a review: a changed index is built anew, and no file is
//! refused for it. So is the number of a layout, which in a file may be another.

mod date;
mod folder;
mod locked;
mod mode;
mod text;

use self::text::Lock;
pub use self::{locked::Locked, mode::LockMode};
use crate::error::{LockError, LockFault, LockReason};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Fails if the code does not read what released programs have written, or if the lock does not say what the code is.
///
/// Call it in a test of your own. The folder is in that of the package whose test it is.
///
/// ```no_run
/// # use storage::StoredRecord;
/// # #[derive(StoredRecord)]
/// # #[store(codec = "flatbuffers", table = "users")]
/// # struct User {
/// #     #[store(key)]
/// #     id: u32,
/// # }
/// # #[derive(StoredRecord)]
/// # #[store(codec = "flatbuffers", table = "orders")]
/// # struct Order {
/// #     #[store(key)]
/// #     id: u32,
/// # }
/// storage::lock!("schemas": User, Order);
/// ```
///
/// The first run writes a file for each table, to be committed. Later ones write if the environment variable
/// `STORAGE_LOCK` is `update`, or `release`, which a release of the program is made with; see [`LockMode`]. The page
/// `changing` of the guide has more.
///
/// # Panics
///
/// With the text of the [`LockError`] that [`check`](crate::lock::check) returns.
#[macro_export]
macro_rules! lock {
    ($folder:literal : $($record:ty),+ $(,)?) => {
        if let ::core::result::Result::Err(error) = $crate::__private::lock(
            ::core::env!("CARGO_MANIFEST_DIR"),
            $folder,
            &[$($crate::lock::Locked::of::<$record>()),+],
        ) {
            ::core::panic!("the lock does not hold\n\n{error}\n")
        }
    };
    ($($other:tt)*) => {
        ::core::compile_error!(
            "expected a folder and records: `storage::lock!(\"schemas\": User, Order)`"
        )
    };
}

/// Checks that the code reads what released programs have written, and that the lock in `folder` says what the code is;
/// writes what `mode` asks for if nothing is wrong.
///
/// ```
/// use storage::{StoredRecord, lock::{self, LockMode, Locked}};
///
/// #[derive(StoredRecord)]
/// #[store(codec = "flatbuffers", table = "users")]
/// struct User {
///     #[store(key)]
///     id: u32,
/// }
///
/// # fn main() -> Result<(), storage::error::LockError> {
/// # let dir = tempfile::tempdir().unwrap();
/// # let folder = dir.path().join("schemas");
/// lock::check(&folder, &[Locked::of::<User>()], LockMode::Release)?;
/// lock::check(&folder, &[Locked::of::<User>()], LockMode::Check)
/// # }
/// ```
///
/// # Errors
///
/// [`LockError`] with all that is wrong in any of the files, none of which is written then; or with the file that could
/// not be written.
pub fn check(folder: &Path, records: &[Locked], mode: LockMode) -> Result<(), LockError> {
    let mut faults = Vec::new();
    let mut found = |path: &Path, reason| faults.push(LockFault { path: path.to_owned(), reason });
    let one = |reason| LockError::one(folder, reason);
    let files = folder::files(folder).map_err(|error| one(LockReason::Io(error)))?;
    if files.is_none() && mode == LockMode::Check {
        return Err(one(LockReason::Missing));
    }
    // On the first run it is the same as to update.
    let mode = if files.is_none() && mode == LockMode::Begin { LockMode::Update } else { mode };
    let paths: Vec<PathBuf> =
        records.iter().map(|record| folder::path(folder, record.table())).collect();
    let (mut changed, mut moved) = (Vec::new(), Vec::new());
    for (index, (record, path)) in records.iter().zip(&paths).enumerate() {
        let mut before = paths.iter().take(index).zip(records);
        if let Some((_, other)) = before.find(|(other, _)| folder::is_same(other, path)) {
            // What the records were of under other keys is checked with what they are of now.
            if !record.has_other_key_than(other) {
                let (first, second) = (other.table().to_owned(), record.table().to_owned());
                found(path, LockReason::Shared { first, second });
            }
            continue;
        }
        let before: Vec<&Locked> =
            records.iter().skip(index).filter(|other| other.has_other_key_than(record)).collect();
        let renamed = renamed(folder, record, path, files.as_deref().unwrap_or_default());
        moved.extend(renamed.as_ref().map(|(_, path)| path.clone()));
        match check_file(path, record, renamed, &before, mode) {
            Ok(Some(text)) => changed.push((path, text)),
            Ok(None) => {}
            Err(reasons) => reasons.into_iter().for_each(|reason| found(path, reason)),
        }
    }
    let is_known = |file: &&PathBuf| paths.contains(file) || moved.contains(file);
    let strays = files.iter().flatten().filter(|file| !is_known(file));
    strays.for_each(|file| found(file, LockReason::Stray));
    if !faults.is_empty() {
        return Err(LockError { faults });
    }
    write(folder, &changed)?;
    if mode.is_writing() {
        for path in &moved {
            fs::remove_file(path).map_err(|error| LockError::one(path, LockReason::Io(error)))?;
        }
    }
    Ok(())
}

/// The name that the table of `record`, which has no file, had when it had one, and that file.
fn renamed(
    folder: &Path,
    record: &Locked,
    path: &PathBuf,
    files: &[PathBuf],
) -> Option<(&'static str, PathBuf)> {
    if files.contains(path) {
        return None;
    }
    let was = record.table_was().iter().map(|was| (*was, folder::path(folder, was)));
    was.into_iter().find(|(_, path)| files.contains(path))
}

/// Checks the file of a record, which may be `renamed`; `before` are the types that the records were of under other
/// keys. Returns the text that it is to have, if it has another.
fn check_file(
    path: &Path,
    record: &Locked,
    renamed: Option<(&str, PathBuf)>,
    before: &[&Locked],
    mode: LockMode,
) -> Result<Option<String>, Vec<LockReason>> {
    let one = |reason| vec![reason];
    let is_moved = renamed.is_some();
    let (table, path) = renamed.unwrap_or_else(|| (record.table(), path.to_owned()));
    let read = folder::read(&path).map_err(one)?;
    let lock = match &read {
        None if !mode.is_writing() => return Err(vec![LockReason::Missing]),
        None => record.begin(mode).map_err(one)?,
        Some(text) => {
            let mut lock = Lock::parse(text, mode.is_writing()).map_err(one)?;
            if lock.table != table {
                let expected = "the name of the record's table";
                return Err(vec![LockReason::Damaged { line: 3, expected }]);
            }
            record.table().clone_into(&mut lock.table);
            let lock = record.check(lock, before, mode)?;
            if is_moved && !mode.is_writing() {
                let changes = format!("table: was `{table}`");
                return Err(vec![LockReason::Stale { changes }]);
            }
            lock
        }
    };
    let text = lock.to_string();
    let is_other = mode.is_writing() && (is_moved || read.is_none_or(|read| read != text));
    Ok(is_other.then_some(text))
}

fn write(folder: &Path, files: &[(&PathBuf, String)]) -> Result<(), LockError> {
    let refused = |path: &Path, error| LockError::one(path, LockReason::Io(error));
    if !files.is_empty() {
        fs::create_dir_all(folder).map_err(|error| refused(folder, error))?;
    }
    for (path, text) in files {
        folder::write(path, text).map_err(|error| refused(path, error))?;
    }
    Ok(())
}

/// What [`lock!`](crate::lock!) does with a folder below `root`, where the package is.
///
/// # Errors
///
/// Those of [`check`].
#[doc(hidden)]
pub fn check_below(root: &str, folder: &str, records: &[Locked]) -> Result<(), LockError> {
    let root = Path::new(root);
    // Where the program was built somewhere else, no folder is made.
    fs::metadata(root).map_err(|error| LockError::one(root, LockReason::Io(error)))?;
    let folder = root.join(folder);
    let mode = LockMode::from_env().map_err(|reason| LockError::one(&folder, reason))?;
    check(&folder, records, mode)
}
