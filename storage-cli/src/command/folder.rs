//! The files of an export, and what their lines have beside the fields of a row.
//!
//! ```text
//! notes.table.txt       all that the file has of the table but its rows: the table is made anew by it
//! notes.schema.txt      its layout as text; notes.2.schema.txt where there are several
//! notes.jsonl           a row a line
//! ```
//!
//! A row whose fields do not say which bytes it has, because only its type knows, ends with these bytes and its key.

use crate::failure::Failure;
use std::{io, path::Path};

/// What the number of a layout is called beside the fields of a row: no field has such a name.
pub(super) const LAYOUT: &str = "$layout";
/// The same of the key of a row that has its bytes beside it,
pub(super) const KEY: &str = "$key";
/// and of these.
pub(super) const BODY: &str = "$body";

/// How the name of the file ends by which a table is made anew.
pub(super) const DEFINITION: &str = ".table.txt";
/// How that of its rows ends.
pub(super) const ROWS: &str = ".jsonl";

/// A name for files that every system has: what others do not take is in hexadecimal behind `%`.
pub(super) fn file_name(table: &str) -> String {
    let mut name = String::new();
    for c in table.chars() {
        match c {
            c if c.is_alphanumeric() || "_-. ".contains(c) && !name.is_empty() => name.push(c),
            c => {
                let bytes = c.encode_utf8(&mut [0; 4]).as_bytes().to_vec();
                name.extend(bytes.iter().map(|byte| format!("%{byte:02x}")));
            }
        }
    }
    name
}

/// The table that files of this name are of; `None` if it is no such name.
pub(super) fn table_name(file: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = file.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        rest = behind;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let (digits, behind) = rest.split_at_checked(2)?;
        bytes.push(u8::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()?);
        rest = behind;
    }
    String::from_utf8(bytes).ok().filter(|name| file_name(name) == file)
}

/// A file cannot be written.
pub(super) fn cannot_write(path: &Path, error: &io::Error) -> Failure {
    let hint = match error.kind() {
        io::ErrorKind::AlreadyExists => "; --force replaces it",
        _ => "",
    };
    Failure::Disk(format!("cannot write `{}`: {error}{hint}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_found_by_the_name_of_its_file() {
        for name in ["notes", "a b.c", ".hidden", "straße", "a/b", "100%", "x\u{202e}"] {
            assert_eq!(table_name(&file_name(name)).as_deref(), Some(name));
        }
        for file in ["%", "%zz", "%61", "a/b"] {
            assert_eq!(table_name(file), None, "{file}");
        }
    }
}
