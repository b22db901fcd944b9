//! Rows of older layouts are rewritten in batches, online, and their layouts are retired; and what a file has of all
//! that is reported.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod by_migration;
mod cut_off;
mod drawn;
mod late;
mod many;
mod others;
mod plain;
mod policies;
#[path = "../evolution/releases.rs"]
#[allow(dead_code, reason = "each suite has what it needs of it")]
mod releases;
mod report;
mod retired;
mod run;
mod split;
mod threads;

use storage::{Storage, maintenance::CheckReport};

/// The row of the catalogue under this key.
fn row(storage: &Storage, key: &[u8]) -> Option<Vec<u8>> {
    storage.backend().get("$catalog", key, <[u8]>::to_vec).unwrap()
}

/// All rows of the catalogue.
fn catalog(storage: &Storage) -> Vec<(Vec<u8>, Vec<u8>)> {
    rows_of(storage, "$catalog")
}

fn rows_of(storage: &Storage, table: &str) -> Vec<(Vec<u8>, Vec<u8>)> {
    let mut rows = Vec::new();
    let keep = |key: &[u8], value: &[u8]| {
        rows.push((key.to_vec(), value.to_vec()));
        true
    };
    storage.backend().scan(table, keep).unwrap();
    rows
}

/// The numbers of the layouts that the rows of `users` have, each once.
fn numbers(storage: &Storage) -> Vec<u16> {
    let rows = rows_of(storage, "users");
    let number = |value: &[u8]| {
        u16::from_le_bytes(value[value.len() - 6..value.len() - 4].try_into().unwrap())
    };
    let mut numbers: Vec<u16> = rows.iter().map(|(_, value)| number(value)).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

fn layout_count(storage: &Storage) -> u64 {
    storage.tables().unwrap()[0].layout_count
}

/// Every checksum is right, and no row names a layout that is gone.
fn assert_sound(storage: &Storage) {
    let CheckReport { fault_count, faults, .. } = storage.check().unwrap();
    assert_eq!(fault_count, 0, "{faults:?}");
}
