//! Records whose key has another type or other fields are written under their new keys: in batches, beside others that
//! read and write, and whatever cuts it off.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod cut_off;
mod others;
mod pasted;
mod refused;
mod releases;
mod run;

use storage::{Storage, maintenance::CheckReport};

/// The name of the table that becomes `users`.
const HIDDEN: &str = "$rekey$users";

/// The keys of the catalogue's rows about a rekey.
fn traces(storage: &Storage) -> Vec<String> {
    let mut traces = Vec::new();
    let keep = |key: &[u8], _: &[u8]| {
        traces.push(String::from_utf8_lossy(key).into_owned());
        true
    };
    storage.backend().scan("$catalog", keep).unwrap();
    traces.retain(|key| key.starts_with(HIDDEN) || key.ends_with("\0K"));
    traces
}

/// Nothing is left of a rekey, and every checksum is right.
fn assert_settled(storage: &Storage) {
    assert_eq!(traces(storage), [""; 0]);
    let mut tables: Vec<String> = Vec::new();
    for table in storage.table_stats().unwrap() {
        tables.push(table.table);
    }
    assert!(tables.iter().all(|name| !name.starts_with(HIDDEN)), "{tables:?}");
    assert_sound(storage);
}

fn assert_sound(storage: &Storage) {
    let CheckReport { fault_count, faults, .. } = storage.check().unwrap();
    assert_eq!(fault_count, 0, "{faults:?}");
}
