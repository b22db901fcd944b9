//! Catalogues of rows that were sealed as they must be, whatever they say: a store that has them lists its tables, is
//! checked, and every table of it is read, written, renamed and dropped, or there is an error; no record is made up.
//!
//! Built and run as `flatbuffers` is. An input says what is done, and is a list of rows: what kind of row, how long its
//! payload is, and the payload, which is a name, a text, or edits of a good text.

#![no_main]

use fuzz::{Person, Row, assert_nothing_is_made_up, edit, frame, people, rows, undone};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use storage::{Result, Storage, StorageError, StoredRecord, WriteTxn};

const CATALOGUE: &str = "$catalog";
/// Tables that the store has, and two that it has not.
const TABLES: [&str; 5] = ["people", "folk", "pairs", "people$name", "none"];

struct Fixture {
    storage: Storage,
    /// What the store has: a table, one that was renamed, and one of pairs.
    rows: Vec<Row>,
}

static FIXTURE: LazyLock<Fixture> = LazyLock::new(|| {
    let storage = people();
    storage.new_rkyv_table::<u64, String>("pairs").put(1, &"one".into()).expect("a pair");
    assert!(storage.rename_table("people", "folk").expect("it is renamed"));
    let people = Person::table(&storage).expect("a table of the same name");
    people.put_stream((0..9).map(Person::number)).expect("records");
    let rows = rows(&storage, CATALOGUE);
    assert_eq!(rows.len(), 12, "the header; 3 rows twice, 1 and 2, and 2 seal names");
    Fixture { storage, rows }
});

/// The row that `kind` and `payload` stand for, sealed.
fn row(fixture: &Fixture, kind: u8, payload: &[u8]) -> Row {
    let (good_key, good_value) = &fixture.rows[usize::from(kind >> 3) % fixture.rows.len()];
    let mut text = frame::body(good_value).to_vec();
    let table = TABLES[usize::from(kind >> 3) % TABLES.len()].as_bytes();
    let mut form = 1;
    let key = match kind % 8 {
        0..=2 => {
            edit(&mut text, payload);
            good_key.clone()
        }
        3 => {
            form = 2;
            good_key.clone()
        }
        4 => {
            let mut key = good_key.clone();
            edit(&mut key, payload);
            key
        }
        5 => [table, b"\0I", payload].concat(),
        6 => {
            text = payload.to_vec();
            [table, b"\0S"].concat()
        }
        _ => {
            text = table.to_vec();
            [b"\x01", payload].concat()
        }
    };
    frame::seal(CATALOGUE.as_bytes(), 0, &key, form, &mut text);
    (key, text)
}

/// An error that the bytes of a catalogue can be blamed for.
fn assert_is_of_the_file<T>(outcome: Result<T>) -> Option<T> {
    let error = match outcome {
        Ok(value) => return Some(value),
        Err(error) => error,
    };
    let is_of_the_file = error.is_corrupt()
        || matches!(error, StorageError::Newer { .. } | StorageError::Schema(_))
        || matches!(error, StorageError::TableExists { .. } | StorageError::TableName { .. });
    assert!(is_of_the_file, "{error:?}");
    None
}

/// Uses the tables in one of several ways.
fn use_tables(txn: &WriteTxn<'_>, way: u8) {
    let table = TABLES[usize::from(way >> 2) % TABLES.len()];
    match way % 4 {
        0 => assert_nothing_is_made_up(txn, way >> 2),
        1 => {
            if assert_is_of_the_file(txn.rename_table(table, "another")) == Some(true) {
                let again = txn.rename_table(table, "another");
                assert!(matches!(again, Ok(false)), "{table} is still there: {again:?}");
                assert_is_of_the_file(txn.tables());
            }
        }
        2 => {
            if assert_is_of_the_file(txn.drop_table(table)).is_some() {
                let left = assert_is_of_the_file(txn.tables()).unwrap_or_default();
                assert!(left.iter().all(|other| other.name != table), "{table} is still there");
            }
        }
        _ => {
            let Some(people) = assert_is_of_the_file(txn.table::<Person>()) else { return };
            if assert_is_of_the_file(people.put(&Person::number(9))).is_some() {
                assert_eq!(people.load(9).expect("it is read"), Some(Person::number(9)));
            }
        }
    }
}

fuzz_target!(|data: &[u8]| {
    let fixture = &*FIXTURE;
    let Some((way, mut rest)) = data.split_first() else { return };
    undone(&fixture.storage, |txn| {
        while let [kind, len, behind @ ..] = rest {
            let (payload, behind) = behind.split_at(usize::from(*len).min(behind.len()));
            let (key, value) = row(fixture, *kind, payload);
            txn.bytes().put(&CATALOGUE.into(), &key, &value).expect("the engine takes any bytes");
            rest = behind;
        }
        txn.bytes().renew();
        use_tables(txn, *way);
    });
});
