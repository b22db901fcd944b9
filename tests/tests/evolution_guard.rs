//! An index that was added, removed or changed since a table was written: opening the table says which.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use storage::{Storage, StorageError, StoredRecord, error::SchemaMismatch};
use tests::Scratch;

/// A release of a program: the record `Book` with the indexes of that release.
macro_rules! release {
    ($name:ident, [$($on_struct:tt)*], [$($on_title:tt)*], [$($on_year:tt)*]) => {
        mod $name {
            use rkyv::{Archive, Deserialize, Serialize};
            use storage::StoredRecord;

            #[derive(Archive, Serialize, Deserialize, StoredRecord)]
            #[store(codec = "rkyv", table = "books")]
            $($on_struct)*
            pub(crate) struct Book {
                #[store(key)]
                pub(crate) id: u32,
                $($on_title)*
                pub(crate) title: String,
                $($on_year)*
                pub(crate) year: i32,
            }

            #[allow(dead_code, reason = "some releases index by it")]
            fn is_old(book: &Book) -> bool {
                book.year < 1900
            }

            #[allow(dead_code, reason = "some releases index by it")]
            fn is_new(book: &Book) -> bool {
                book.year >= 1900
            }

            #[allow(dead_code, reason = "some releases index by it")]
            fn century(book: &Book) -> i32 {
                book.year / 100
            }
        }
    };
}

release!(first, [#[store(index(name = "shelf", fields(year, title)))]], [#[store(index)]], []);
release!(same, [#[store(index(name = "shelf", fields(year, title)))]], [#[store(index)]], []);
release!(added, [#[store(index(name = "shelf", fields(year, title)))]], [#[store(index)]], [#[store(index)]]);
release!(removed, [#[store(index(name = "shelf", fields(year, title)))]], [], []);
release!(removed_shelf, [], [#[store(index)]], []);
release!(removed_both, [], [], []);
release!(unique, [#[store(index(name = "shelf", fields(year, title)))]], [#[store(unique)]], []);
release!(other_order, [#[store(index(name = "shelf", fields(title, year)))]], [#[store(index)]], []);
release!(fewer_fields, [#[store(index(name = "shelf", fields(year)))]], [#[store(index)]], []);
release!(partial, [#[store(index(name = "shelf", fields(year, title), if = is_old))]], [#[store(index)]], []);
release!(computed, [#[store(index(name = "shelf", with = century, key = i32))]], [#[store(index)]], []);
release!(renamed, [#[store(index(name = "shelves", fields(year, title)))]], [#[store(index)]], []);
release!(old_only, [#[store(index(name = "some", fields(year), if = is_old))]], [], []);
release!(new_only, [#[store(index(name = "some", fields(year), if = is_new))]], [], []);

/// A store that the first release wrote.
fn written_by_the_first() -> (Scratch, Storage) {
    let scratch = Scratch::new();
    let storage = scratch.open();
    let books = first::Book::table(&storage).unwrap();
    books
        .put_stream((0..3).map(|id| first::Book { id, title: format!("{id}"), year: 1900 }))
        .unwrap();
    (scratch, storage)
}

fn mismatch<R: StoredRecord>(storage: &Storage) -> SchemaMismatch {
    match R::table(storage).map(drop) {
        Err(StorageError::Schema(mismatch)) => *mismatch,
        other => panic!("expected a mismatch: {other:?}"),
    }
}

/// The release `R` is refused, with the index named; what the file has, and what the code has.
fn assert_refused<R: StoredRecord>(
    storage: &Storage,
    index: &str,
    stored: Option<&str>,
    expected: Option<&str>,
) {
    let mismatch = mismatch::<R>(storage);
    let difference = mismatch.difference();
    assert_eq!(difference.subject(), format!("index {index}"));
    assert_eq!((difference.stored(), difference.expected()), (stored, expected));
    let text = mismatch.to_string();
    assert!(text.contains("books") && text.contains(&format!("index {index}")), "{text}");
    // Transactions refuse it too, and nothing has changed for the release that wrote it.
    storage.read().unwrap().table::<R>().unwrap_err();
    storage.write(|txn| txn.table::<R>().map(drop)).unwrap_err();
    let books = first::Book::table(storage).unwrap();
    assert_eq!((books.len().unwrap(), books.verify().unwrap()), (3, vec![]));
}

#[test]
fn the_same_indexes_are_accepted() {
    let (scratch, storage) = written_by_the_first();
    drop(storage);
    let storage = scratch.open();
    let books = same::Book::table(&storage).unwrap();
    assert_eq!(books.by(same::Book::INDEXES.shelf).prefix((1900,)).unwrap().count().unwrap(), 3);
}

const SHELF: &str = "(i32, string) over year, title";

#[test]
fn an_added_index_is_named() {
    let (_scratch, storage) = written_by_the_first();
    assert_refused::<added::Book>(&storage, "year", None, Some("i32 over year"));
}

#[test]
fn a_removed_index_is_named() {
    let (_scratch, storage) = written_by_the_first();
    assert_refused::<removed::Book>(&storage, "title", Some("string over title"), None);
    assert_refused::<removed_shelf::Book>(&storage, "shelf", Some(SHELF), None);
    let both = mismatch::<removed_both::Book>(&storage);
    assert!(both.difference().subject().starts_with("index "), "{both}");
}

#[test]
fn a_changed_index_is_named() {
    let (_scratch, storage) = written_by_the_first();
    let refused = assert_refused::<unique::Book>;
    refused(&storage, "title", Some("string over title"), Some("unique string over title"));
    let shelf = |expected: &str| (Some(SHELF), Some(expected.to_owned()));
    let (stored, expected) = shelf("(string, i32) over title, year");
    assert_refused::<other_order::Book>(&storage, "shelf", stored, expected.as_deref());
    let (stored, expected) = shelf("i32 over year");
    assert_refused::<fewer_fields::Book>(&storage, "shelf", stored, expected.as_deref());
    let (stored, expected) = shelf("(i32, string) over year, title if is_old");
    assert_refused::<partial::Book>(&storage, "shelf", stored, expected.as_deref());
    let (stored, expected) = shelf("i32 over with century");
    assert_refused::<computed::Book>(&storage, "shelf", stored, expected.as_deref());
}

#[test]
fn a_renamed_index_is_named() {
    let (_scratch, storage) = written_by_the_first();
    let renamed = mismatch::<renamed::Book>(&storage);
    assert!(
        ["index shelf", "index shelves"].contains(&renamed.difference().subject()),
        "{renamed}"
    );
}

#[test]
fn another_condition_is_another_index() {
    let scratch = Scratch::new();
    let storage = scratch.open();
    let books = old_only::Book::table(&storage).unwrap();
    books.put(&old_only::Book { id: 1, title: "Emma".into(), year: 1815 }).unwrap();
    let refused = mismatch::<new_only::Book>(&storage);
    assert_eq!(refused.difference().subject(), "index some");
    assert_eq!(refused.difference().stored(), Some("i32 over year if is_old"));
    assert_eq!(refused.difference().expected(), Some("i32 over year if is_new"));
}
