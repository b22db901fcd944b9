//! What an error promises.

use super::{ALL, Pair, Rows, all, get_many, put_all, write, write::Sorted};
use std::{
    ops::{Bound, ControlFlow},
    sync::Arc,
};
use storage::{
    OpenOptions, Storage, StorageError,
    backend::{ByteReader, ByteTable, ByteWriter},
};
use tests::simulated::{Fault, Image, Plan, SimulatedFiles};

/// A store whose pages do not fit into memory, and what is in it.
struct Fixture {
    files: SimulatedFiles,
    storage: Storage,
    table: ByteTable,
    rows: Rows,
}

impl Fixture {
    fn new() -> Self {
        let files = SimulatedFiles::on(Image::default());
        let options =
            OpenOptions::default().file_system(Arc::new(files.clone())).cache_size(1 << 14);
        let storage = Storage::open_with("laws.redb", &options).unwrap();
        let table = ByteTable::new("numbers", Some(8));
        let row = |number: u64| (number.to_be_bytes().to_vec(), vec![7; 2000]);
        let rows: Rows = (0..120).map(row).collect();
        write(storage.backend(), |writer| put_all(writer, &table, &rows));
        Self { files, storage, table, rows }
    }

    /// Calls `read` with a snapshot and with a writer of a store whose `at`th read of the disk fails. Returns how often
    /// the disk failed.
    fn fail(&self, at: u64, read: impl Fn(&dyn ByteReader)) -> usize {
        let backend = self.storage.backend();
        let mut count = 0;
        for in_writer in [false, true] {
            backend.reopen().unwrap();
            let plan = Plan { fault: Fault::Read, at };
            let run = |reader: &dyn ByteReader| {
                self.files.fail(plan);
                read(reader);
                usize::from(self.files.heal().1)
            };
            if in_writer {
                // What is read in vain is no reason to commit, and cannot be.
                let _ = backend.write(|writer| {
                    count += run(writer);
                    Err::<(), _>(StorageError::custom("given up"))
                });
            } else {
                count += run(&*backend.snapshot().unwrap());
            }
        }
        backend.reopen().unwrap();
        assert_eq!(all(&*backend.snapshot().unwrap(), &self.table), self.rows);
        count
    }

    /// The same for every read that there is.
    fn fail_everywhere(&self, read: impl Fn(&dyn ByteReader)) {
        let mut at = 1;
        while self.fail(at, &read) > 0 {
            at += 1;
        }
        assert!(at > 2, "the disk was asked for too little to fail");
    }
}

/// Checks that `found` are the first of `expected`, in the order they are read, then perhaps one error, and no more.
fn assert_true_as_far<T: PartialEq + std::fmt::Debug>(
    mut found: impl Iterator<Item = Result<T, StorageError>>,
    expected: impl IntoIterator<Item = T>,
) {
    for expected in expected {
        match found.next() {
            Some(Ok(found)) => assert_eq!(found, expected),
            Some(Err(error)) => {
                assert!(matches!(error, StorageError::Database(_)), "{error:?}");
                break;
            }
            None => panic!("it ended without an error before {expected:?}"),
        }
    }
    assert!(found.next().is_none());
}

fn pair(row: storage::backend::ByteRow) -> Pair {
    (row.key.to_vec(), row.value.to_vec())
}

#[test]
fn iterators_end_after_an_error_and_report_no_error_as_an_end() {
    let fixture = Fixture::new();
    let (table, rows) = (&fixture.table, &fixture.rows);
    let keys = || rows.keys().cloned();
    let pairs = || rows.clone().into_iter();
    fixture.fail_everywhere(|reader| {
        if let Ok(found) = reader.rows(table, ALL.0, ALL.1) {
            assert_true_as_far(found.map(|row| row.map(pair)), pairs());
        }
    });
    fixture.fail_everywhere(|reader| {
        if let Ok(found) = reader.rows(table, ALL.0, ALL.1) {
            assert_true_as_far(found.rev().map(|row| row.map(pair)), pairs().rev());
        }
    });
    fixture.fail_everywhere(|reader| {
        if let Ok(found) = reader.keys(table, ALL.0, ALL.1) {
            assert_true_as_far(found.map(|key| key.map(|key| key.to_vec())), keys());
        }
    });
}

#[test]
fn no_error_is_reported_as_a_row_that_is_missing() {
    let fixture = Fixture::new();
    let (table, rows) = (&fixture.table, &fixture.rows);
    let wanted = 60_u64.to_be_bytes();
    fixture.fail_everywhere(|reader| {
        if let Ok(value) = reader.get(table, &wanted) {
            assert_eq!(value.as_deref(), Some(&[7; 2000][..]));
        }
        if let Ok(is_there) = reader.contains(table, &wanted) {
            assert!(is_there);
        }
        if let Ok(key) = reader.last_key(table, Bound::Unbounded, Bound::Included(&wanted)) {
            assert_eq!(key.as_deref(), Some(&wanted[..]));
        }
    });
    fixture.fail_everywhere(|reader| {
        let lower = Bound::Excluded(&wanted[..]);
        if let Ok(row) = reader.first(table, lower, Bound::Unbounded) {
            assert_eq!(row.map(|row| row.key.to_vec()), Some(61_u64.to_be_bytes().to_vec()));
        }
        if let Ok(row) = reader.last(table, Bound::Unbounded, Bound::Excluded(&wanted)) {
            assert_eq!(row.map(|row| row.key.to_vec()), Some(59_u64.to_be_bytes().to_vec()));
        }
    });
    fixture.fail_everywhere(|reader| {
        if let Ok(len) = reader.len(table) {
            assert_eq!(len, rows.len() as u64);
        }
        if let Ok(names) = reader.table_names() {
            assert!(names.iter().any(|name| name == table.name()));
        }
    });
    fixture.fail_everywhere(|reader| {
        let mut expected = rows.iter();
        let mut keys = rows.keys().map(Vec::as_slice);
        let result = reader.get_many(table, &mut keys, &mut |key, value| {
            let (expected_key, expected) = expected.next().unwrap();
            assert_eq!((key, value), (&**expected_key, Some(&**expected)));
            ControlFlow::Continue(())
        });
        assert!(result.is_err() || expected.next().is_none());
    });
}

#[test]
fn a_key_that_the_table_cannot_have_is_refused_and_nothing_is_written_for_it() {
    let storage = Storage::in_memory().unwrap();
    let table = ByteTable::new("numbers", Some(4));
    let row = |key: &[u8]| (key.to_vec(), b"value".to_vec());
    write(storage.backend(), |writer| {
        writer.put(&table, b"key1", b"value").unwrap();
        for key in [&b""[..], b"key", b"key12"] {
            let error = writer.put(&table, key, b"other").unwrap_err();
            let expected = format!("keys have 4 bytes, and this one has {}", key.len());
            assert!(error.to_string().contains(&expected), "{error}");
            // To look for it is no error: it is not there.
            assert!(writer.get(&table, key).unwrap().is_none());
            assert!(!writer.delete(&table, key).unwrap());
        }
        assert_eq!(all(writer, &table), Rows::from([row(b"key1")]));
        // Of sorted rows, those before it are written.
        for has_savepoint in [false, true] {
            let savepoint = writer.savepoint();
            if !has_savepoint {
                writer.release(writer.savepoint());
            }
            let rows = [row(b"key2"), row(b"key3"), row(b"key34"), row(b"key4")];
            writer.put_sorted(&table, &mut Sorted(&rows)).unwrap_err();
            let expected = Rows::from([row(b"key1"), row(b"key2"), row(b"key3")]);
            assert_eq!(all(writer, &table), expected);
            writer.roll_back(savepoint).unwrap();
        }
        let rows = [row(b"key2"), row(b"key3"), row(b"key34"), row(b"key4")];
        writer.put_sorted(&table, &mut Sorted(&rows)).unwrap_err();
    });
    let snapshot = storage.backend().snapshot().unwrap();
    assert_eq!(all(&*snapshot, &table), Rows::from([row(b"key1"), row(b"key2"), row(b"key3")]));
    let keys = [b"key1".to_vec(), b"key".to_vec(), b"key34".to_vec()];
    let found = get_many(&*snapshot, &table, &keys, usize::MAX);
    assert_eq!(found.iter().filter(|(_, value)| value.is_some()).count(), 1);
}

#[test]
fn a_write_that_fails_leaves_nothing_when_its_transaction_ends_with_the_error() {
    for fault in [Fault::Read, Fault::Once, Fault::Full] {
        for at in 1..40 {
            let fixture = Fixture::new();
            let (table, backend) = (&fixture.table, fixture.storage.backend());
            backend.reopen().unwrap();
            fixture.files.fail(Plan { fault, at });
            let result = backend.write(|writer| {
                for key in fixture.rows.keys().step_by(3) {
                    writer.put(table, key, &[8; 3000])?;
                    writer.delete(table, key)?;
                }
                Ok(())
            });
            let _ = fixture.files.heal();
            backend.reopen().unwrap();
            let found = all(&*backend.snapshot().unwrap(), table);
            let mut changed = fixture.rows.clone();
            fixture.rows.keys().step_by(3).for_each(|key| drop(changed.remove(key)));
            match result {
                Ok(()) => assert_eq!(found, changed),
                // Only a commit that failed may be there: see `StorageError::CommitUnknown`.
                Err(StorageError::CommitUnknown(_)) => {
                    assert!(found == changed || found == fixture.rows);
                }
                Err(_) => assert_eq!(found, fixture.rows),
            }
        }
    }
}

/// Calls `part` inside a write that goes on whatever it returns; `part` makes the disk fail by the plan that it gets.
fn fail_part(part: impl Fn(&dyn ByteWriter, &Fixture, Plan) -> Result<(), StorageError>) {
    let mut failed_count = 0;
    for fault in [Fault::Read, Fault::Once, Fault::Full] {
        for at in (1..).step_by(4) {
            let fixture = Fixture::new();
            let (table, backend) = (&fixture.table, fixture.storage.backend());
            backend.reopen().unwrap();
            let mut is_part_done = false;
            let result = backend.write(|writer| {
                writer.put(table, &1000_u64.to_be_bytes(), b"before")?;
                for key in fixture.rows.keys().step_by(3) {
                    writer.put(table, key, &[8; 3000])?;
                }
                is_part_done = part(writer, &fixture, Plan { fault, at }).is_ok();
                Ok(())
            });
            let _ = fixture.files.heal();
            backend.reopen().unwrap();
            if is_part_done {
                break;
            }
            failed_count += 1;
            let error = result.unwrap_err();
            assert!(matches!(error, StorageError::Database(_)), "{error:?}");
            assert!(error.io_error().is_some(), "{error}");
            assert!(error.to_string().contains("an earlier step failed halfway"), "{error}");
            assert_eq!(all(&*backend.snapshot().unwrap(), table), fixture.rows);
        }
    }
    assert!(failed_count > 10, "the disk was asked for too little to fail");
}

#[test]
fn a_write_of_which_a_part_was_not_undone_is_not_committed() {
    fail_part(|writer, fixture, plan| {
        let savepoint = writer.savepoint();
        for key in fixture.rows.keys().step_by(3) {
            writer.put(&fixture.table, key, &[9; 2000]).unwrap();
        }
        fixture.files.fail(plan);
        writer.roll_back(savepoint)
    });
}

#[test]
fn a_write_of_which_a_change_failed_is_not_committed() {
    fail_part(|writer, fixture, plan| {
        fixture.files.fail(plan);
        for key in fixture.rows.keys().step_by(2) {
            writer.delete(&fixture.table, key)?;
        }
        Ok(())
    });
    fail_part(|writer, fixture, plan| {
        fixture.files.fail(plan);
        let rows: Vec<_> = fixture.rows.keys().map(|key| (key.clone(), vec![9; 1000])).collect();
        writer.put_sorted(&fixture.table, &mut Sorted(&rows))
    });
}
