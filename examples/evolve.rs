//! A record changes from one release of a program to the next, in ways that programs change: the old file is opened,
//! its rows are read as the new record, and the message of what was forgotten says what to write.
//!
//! `cargo run -p examples --example evolve`
//!
//! Each change has the record as it was `before`, and as it is. Where the change needs an attribute, the record is
//! there `without` it, too. The page `changing` of the guide goes through the same changes.
#![expect(clippy::print_stdout, reason = "an example shows what it does")]

#[path = "evolve/fields.rs"]
mod fields;
#[path = "evolve/meaning.rs"]
mod meaning;
#[path = "evolve/nested.rs"]
mod nested;

use std::error::Error;
use storage::{Storage, StorageError, StoredRecord};

type Shown = Result<(), Box<dyn Error>>;
type Change = fn(&Storage) -> Shown;

fn main() -> Shown {
    let changes: [(&str, Change); 7] = [
        ("a field more", fields::a_field_more),
        ("another name", fields::another_name),
        ("a field less", fields::a_field_less),
        ("wider, and optional", fields::wider_and_optional),
        ("no longer optional", fields::no_longer_optional),
        ("inside a nested struct and an enum", nested::nested),
        ("another meaning", meaning::another_meaning),
    ];
    for (number, (name, change)) in (1..).zip(changes) {
        println!("\n{number}. {name}");
        change(&Storage::in_memory()?)?;
    }
    Ok(())
}

/// Shows what the program is told that opens the table as `R`. Nothing in the file changes.
fn forgotten<R: StoredRecord>(storage: &Storage) -> Shown {
    match R::table(storage) {
        Err(StorageError::Schema(mismatch)) => println!("{mismatch}"),
        Err(error) => return Err(error.into()),
        Ok(_) => return Err("nothing was forgotten".into()),
    }
    Ok(())
}
