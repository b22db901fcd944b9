//! Verbs that need keys copy no values, and verbs that need a value at a time copy no more: memory does not grow with
//! the number of long values, inside a write neither.

#![cfg(target_os = "linux")] // whose kernel tells the most memory a process had
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use rkyv::{Archive, Deserialize, Serialize};
use std::fs;
use storage::{OpenOptions, Storage, StoredRecord, WriteTxn};
use tests::{Scratch, child};

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "blobs")]
struct Blob {
    #[store(key)]
    id: u64,
    #[store(index)]
    group: u64,
    body: String,
}

const ROW_COUNT: u64 = 60;
const VALUE_LEN: usize = 1_000_000;
/// What a verb may take beside the cache, in MiB: a few values, and what undoes the write. All values are 57 MiB.
const GROWTH_MAX: u64 = 25;
const PATH: &str = "STORAGE_TEST_PATH";

/// What a verb does to the store; returns how many rows it was about.
type Verb = fn(&Storage) -> u64;

/// Those that leave the rows come first.
const VERBS: [(&str, Verb); 11] = [
    ("first and last", |storage| {
        storage
            .write(|txn| {
                let blobs = txn.table::<Blob>()?;
                Ok(u64::from(blobs.first()?.is_some()) + u64::from(blobs.last()?.is_some()))
            })
            .unwrap()
    }),
    ("contains", |storage| {
        storage
            .write(|txn| {
                let blobs = txn.table::<Blob>()?;
                (0..ROW_COUNT).try_fold(0, |sum, id| Ok(sum + u64::from(blobs.contains(id)?)))
            })
            .unwrap()
    }),
    ("verify", |storage| {
        let faults = storage.write(|txn| txn.table::<Blob>()?.verify()).unwrap();
        faults.len() as u64
    }),
    ("verify of the latest state", |storage| {
        Blob::table(storage).unwrap().verify().unwrap().len() as u64
    }),
    ("by, counted", |storage| {
        storage.write(|txn| txn.table::<Blob>()?.by(Blob::INDEXES.group).count(0)).unwrap()
    }),
    ("by, read", |storage| {
        let ids = |txn: &WriteTxn<'_>| {
            let blobs = txn.table::<Blob>()?;
            let rows = blobs.by(Blob::INDEXES.group).get_all(0)?;
            rows.select(Blob::FIELDS.id).try_fold(0, |count, id| id.map(|_| count + 1))
        };
        storage.write(ids).unwrap()
    }),
    ("select", |storage| {
        let ids = |txn: &WriteTxn<'_>| {
            let rows = txn.table::<Blob>()?.iter()?;
            rows.select(Blob::FIELDS.id).try_fold(0, |count, id| id.map(|_| count + 1))
        };
        storage.write(ids).unwrap()
    }),
    ("delete_range inside a write, undone", |storage| {
        undone(storage, |txn| txn.table::<Blob>()?.delete_range(1..))
    }),
    ("delete_many inside a write, undone", |storage| {
        undone(storage, |txn| txn.table::<Blob>()?.delete_many(0..ROW_COUNT))
    }),
    ("update of all rows inside a write, undone", |storage| {
        undone(storage, |txn| txn.table::<Blob>()?.iter()?.update(|blob| blob.group += 1))
    }),
    ("delete_range", |storage| Blob::table(storage).unwrap().delete_range(1..).unwrap()),
];

/// How many rows each is about.
const COUNTS: [u64; 11] = [
    2,
    ROW_COUNT,
    0,
    0,
    ROW_COUNT,
    ROW_COUNT,
    ROW_COUNT,
    ROW_COUNT - 1,
    ROW_COUNT,
    ROW_COUNT,
    ROW_COUNT - 1,
];

/// Changes that are undone with the write around them.
fn undone(storage: &Storage, change: impl FnOnce(&WriteTxn<'_>) -> storage::Result<u64>) -> u64 {
    let changed = storage.write(|txn| {
        let changed = change(txn)?;
        Err::<u64, _>(storage::StorageError::custom(changed.to_string()))
    });
    changed.unwrap_err().to_string().parse().unwrap()
}

/// The most memory this process had since it was last asked to forget that, in MiB.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
}

fn open(path: &str) -> Storage {
    Storage::open_with(path, &OpenOptions::default().cache_size(2 << 20)).unwrap()
}

#[test]
fn memory_does_not_grow_with_the_number_of_long_values() {
    if let Some(role) = child::role() {
        let at: usize = role.parse().unwrap();
        let storage = open(&std::env::var(PATH).unwrap());
        fs::write("/proc/self/clear_refs", "5").unwrap();
        let before = peak();
        assert_eq!(VERBS[at].1(&storage), COUNTS[at], "{}", VERBS[at].0);
        let growth = peak() - before;
        assert!(growth < GROWTH_MAX, "{}: {growth} MiB", VERBS[at].0);
        return;
    }
    let scratch = Scratch::new();
    let path = scratch.path().to_str().unwrap().to_owned();
    let storage = open(&path);
    for id in 0..ROW_COUNT {
        let body = "x".repeat(VALUE_LEN);
        Blob::table(&storage).unwrap().put(&Blob { id, group: 0, body }).unwrap();
    }
    drop(storage);
    let is_moderate = |at: &usize| {
        let name = "memory_does_not_grow_with_the_number_of_long_values";
        child::again(name, &at.to_string()).env(PATH, &path).status().unwrap().success()
    };
    let greedy = (0..VERBS.len()).filter(|at| !is_moderate(at)).map(|at| VERBS[at].0);
    assert_eq!(greedy.collect::<Vec<_>>(), [""; 0]);
}
