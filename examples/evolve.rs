//! A record changes from one release of a program to the next, in ways that programs change: the old file is opened,
//! its rows are read as the new record, and the message of what was forgotten says what to write.
//!
//! `cargo run -p examples --example evolve`
//!
//! Each change has the record as it was `before`, and as it is. Where the change needs an attribute, the record is
//! there `without` it, too. The page `changing` of the guide goes through the same changes.

#[path = "evolve/fields.rs"]
mod fields;
#[path = "evolve/keys.rs"]
mod keys;
#[path = "evolve/meaning.rs"]
mod meaning;
#[path = "evolve/nested.rs"]
mod nested;
#[path = "evolve/tables.rs"]
mod tables;

use std::{
    error::Error,
    io::{self, Write},
};
use storage::{Storage, StorageError, StoredRecord};

type Shown = Result<(), Box<dyn Error>>;
type Change = fn(&Storage, &mut dyn Write) -> Shown;

const CHANGES: [(&str, Change); 10] = [
    ("a field more", fields::a_field_more),
    ("another name", fields::another_name),
    ("a field less", fields::a_field_less),
    ("wider, or optional", fields::wider_and_optional),
    ("no longer optional", fields::no_longer_optional),
    ("inside a nested struct or an enum", nested::nested),
    ("another meaning", meaning::another_meaning),
    ("another key", keys::another_key),
    ("another name of the table", tables::another_name),
    ("two tables of one", tables::two_of_one),
];

fn main() -> Shown {
    play(&mut io::stdout().lock())
}

/// Plays all changes, and writes what the program is told.
pub(crate) fn play(out: &mut dyn Write) -> Shown {
    for (number, (name, change)) in (1..).zip(CHANGES) {
        writeln!(out, "\n{number}. {name}")?;
        change(&Storage::in_memory()?, out)?;
    }
    Ok(())
}

/// Shows what the program is told that opens the table as `R`. Nothing in the file changes.
fn forgotten<R: StoredRecord>(storage: &Storage, out: &mut dyn Write) -> Shown {
    match R::table(storage) {
        Err(StorageError::Schema(mismatch)) => writeln!(out, "{mismatch}")?,
        Err(error) => return Err(error.into()),
        Ok(_) => return Err("nothing was forgotten".into()),
    }
    Ok(())
}
