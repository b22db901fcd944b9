//! Tables that are declared twice, changed, or too many.

use rkyv::{Archive, Deserialize, Serialize};
use std::env;
use storage::{RkyvTable, Storage, StorageError, StoredRecord};

mod theirs {
    use super::{Archive, Deserialize, Serialize, StoredRecord};

    #[derive(Debug, Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "users")]
    pub(super) struct Customer {
        #[store(key)]
        pub(super) number: u64,
    }
}

#[derive(Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users")]
struct User {
    #[store(key)]
    id: u64,
    name: String,
}

#[test]
fn two_types_with_one_table_name_are_told_apart() {
    let storage = Storage::in_memory().unwrap();
    // Both may be opened while nobody has written.
    let users = User::table(&storage).unwrap();
    let customers = theirs::Customer::table(&storage).unwrap();
    users.put(&User { id: 1, name: "Ada".into() }).unwrap();
    for error in [
        customers.put(&theirs::Customer { number: 1 }).unwrap_err(),
        customers.load(1).unwrap_err(),
        theirs::Customer::table(&storage).unwrap_err(),
    ] {
        let StorageError::Schema(mismatch) = &error else { panic!("{error:?}") };
        assert_eq!(mismatch.table(), "users");
        assert!(error.to_string().contains("another type? give it a table of its own"), "{error}");
    }
    assert_eq!(users.load(1).unwrap(), Some(User { id: 1, name: "Ada".into() }));
    assert_eq!(users.len().unwrap(), 1);
}

/// 2,000 tables, or as many as `STORAGE_TABLES` says.
#[test]
fn very_many_tables_are_a_matter_of_time_only() {
    let count = env::var("STORAGE_TABLES").map_or(2_000, |count| count.parse().unwrap());
    let storage = Storage::in_memory().unwrap();
    let name = |number: usize| format!("table {number}");
    storage
        .write(|txn| {
            (0..count).try_for_each(|number| {
                let table = txn.new_rkyv_table::<u64, u64>(&name(number));
                table.put(1, &(number as u64)).map(drop)
            })
        })
        .unwrap();
    storage.reopen().unwrap();
    for number in [0, count / 2, count - 1] {
        let table: RkyvTable<u64, u64> = storage.new_rkyv_table(&name(number));
        assert_eq!(table.load(1).unwrap(), Some(number as u64));
    }
    let report = storage.check().unwrap();
    assert!(report.is_sound());
    assert_eq!(report.table_count, count as u64 + 1);
    assert_eq!(storage.table_stats().unwrap().len(), count + 1);
}

/// Rows of the catalogue that no table stands behind: a hostile file's way to make an open slow or large.
#[test]
fn a_catalogue_of_very_many_rows_costs_nothing_to_open() {
    let count: u64 = env::var("STORAGE_TABLES").map_or(10_000, |count| count.parse().unwrap());
    let storage = Storage::in_memory().unwrap();
    numbers(&storage).put(1, &1).unwrap();
    let rubbish = (0..count).map(|n| (format!("forged {n:08}").into_bytes(), vec![b'x'; 100]));
    storage.backend().put_stream("$catalog", rubbish).unwrap();
    let read_before = storage.stats().unwrap().bytes_read;
    storage.reopen().unwrap();
    assert_eq!(numbers(&storage).load(1).unwrap(), Some(1));
    let read = storage.stats().unwrap().bytes_read;
    assert!(read < 1 << 20, "{read} bytes were read ({read_before} before)");
    // None of them is believed, and a report stays short.
    let report = storage.check().unwrap();
    assert_eq!((report.fault_count, report.faults.len() as u64), (count, count.min(1000)));
}

fn numbers(storage: &Storage) -> RkyvTable<u64, u64> {
    storage.new_rkyv_table("numbers")
}
