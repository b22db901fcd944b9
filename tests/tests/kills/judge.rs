//! What must be in the file after a kill.

use super::writer::{Commit, KEYS, Order, Receipt, THREADS};
use std::{collections::BTreeMap, fs, path::Path};
use storage::{Storage, StoredRecord as _};
use tests::Scratch;

/// The commits that were found after the last kill, which nothing may take back.
#[derive(Debug, Default)]
pub(crate) struct Judge {
    found: [u64; THREADS],
}

impl Judge {
    /// Opens the store and its backups and looks at everything; gives the number of backups.
    pub(crate) fn assert_whole(
        &mut self,
        scratch: &Scratch,
        told: [u64; THREADS],
        context: &str,
    ) -> u64 {
        let storage = Storage::open(scratch.path());
        let storage = storage.unwrap_or_else(|error| panic!("{context}: {error}"));
        let found = assert_is_a_state(&storage, context);
        for thread in 0..THREADS {
            let least = told[thread].max(self.found[thread]);
            assert!(found[thread] >= least, "{context}: lost {least}, found {}", found[thread]);
        }
        self.found = found;
        drop(storage);
        let backups = fs::read_dir(scratch.dir()).unwrap().map(|entry| entry.unwrap().path());
        let is_backup =
            |path: &Path| path.file_name().unwrap().to_string_lossy().starts_with("backup");
        let backups: Vec<_> = backups.filter(|path| is_backup(path)).collect();
        for backup in &backups {
            let storage = Storage::open(backup);
            let storage = storage.unwrap_or_else(|error| panic!("{context}: {error}"));
            // It may have commits that waited for nothing and that the store itself has lost.
            assert_is_a_state(&storage, context);
        }
        sweep_backups(scratch);
        backups.len() as u64
    }
}

/// A draft of a backup goes when there is a backup of that name again, or when that is opened.
fn sweep_backups(scratch: &Scratch) {
    for number in 0..2 {
        drop(Storage::open(scratch.dir().join(format!("backup-{number}"))).unwrap());
    }
}

/// Asserts that the store holds what some number of commits of each thread leave, and gives these numbers.
fn assert_is_a_state(storage: &Storage, context: &str) -> [u64; THREADS] {
    let report = storage.check().unwrap();
    assert!(report.is_sound(), "{context}: {report:?}");
    let (orders, receipts) = (Order::table(storage).unwrap(), Receipt::table(storage).unwrap());
    assert_eq!(orders.verify().unwrap(), [], "{context}");
    assert_eq!(receipts.verify().unwrap(), [], "{context}");
    let counters = storage.new_rkyv_table::<u64, u64>("counters");
    let mut found = [0; THREADS];
    let mut row_count = 0;
    for (thread, found) in found.iter_mut().enumerate() {
        let thread = thread as u64;
        *found = counters.load(thread).unwrap().unwrap_or_default();
        let expected = expected(thread, *found);
        row_count += expected.len() as u64;
        for id in 0..KEYS {
            let commit = expected.get(&id).map(|number| Commit { thread, number: *number });
            let order = commit.as_ref().map(|commit| commit.order(id));
            assert!(orders.load((thread, id)).unwrap() == order, "{context}: order {thread} {id}");
            let receipt = commit.as_ref().map(|commit| commit.receipt(id));
            assert!(receipts.load((thread, id)).unwrap() == receipt, "{context}: {thread} {id}");
        }
    }
    assert_eq!(orders.len().unwrap(), row_count, "{context}");
    assert_eq!(receipts.len().unwrap(), row_count, "{context}");
    found
}

/// Which commit each id of `thread` was last written by, after `number` commits.
fn expected(thread: u64, number: u64) -> BTreeMap<u64, u64> {
    let mut rows = BTreeMap::new();
    for number in 1..=number {
        let (written, deleted) = Commit { thread, number }.ids();
        rows.extend(written.into_iter().map(|id| (id, number)));
        rows.retain(|id, _| !deleted.contains(id));
    }
    rows
}
