//! The laws of `ByteWriter`, but for those of errors.

use super::{Rows, all, key, put_all, sample, tables, write, write_in_vain};
use std::panic::{AssertUnwindSafe, catch_unwind};
use storage::{
    Storage, StorageError,
    backend::{ByteReader as _, ByteTable, ByteWriter, SortedRows},
};
use tests::random::Random;

/// Rows that are lent one after the other.
pub(crate) struct Sorted<'r>(pub(crate) &'r [(Vec<u8>, Vec<u8>)]);

impl SortedRows for Sorted<'_> {
    fn current(&self) -> Option<(&[u8], &[u8])> {
        self.0.first().map(|(key, value)| (&**key, &**value))
    }

    fn advance(&mut self) {
        self.0 = self.0.get(1..).unwrap_or_default();
    }
}

#[test]
fn put_and_delete_return_whether_there_was_a_value() {
    let storage = Storage::in_memory().unwrap();
    for table in tables() {
        let rows = sample(&table, 1);
        write(storage.backend(), |writer| {
            for (key, value) in &rows {
                assert!(!writer.delete(&table, key).unwrap());
                assert!(!writer.put(&table, key, b"first").unwrap());
                assert!(writer.put(&table, key, value).unwrap());
                assert_eq!(writer.get(&table, key).unwrap().as_deref(), Some(&**value));
            }
            assert_eq!(all(writer, &table), rows);
        });
        write(storage.backend(), |writer| {
            for key in rows.keys() {
                assert!(writer.delete(&table, key).unwrap());
                assert!(writer.get(&table, key).unwrap().is_none());
                assert!(!writer.delete(&table, key).unwrap());
            }
            assert_eq!(writer.len(&table).unwrap(), 0);
        });
    }
}

#[test]
fn sorted_rows_leave_what_puts_would() {
    let storage = Storage::in_memory().unwrap();
    let mut random = Random::new(2);
    for table in tables() {
        for has_savepoint in [false, true] {
            write(storage.backend(), |writer| {
                let mut model = sample(&table, 3);
                put_all(writer, &table, &model);
                // New rows, rows that replace others, and several with one key, of which the last stays.
                let mut new: Vec<_> = sample(&table, 4).into_iter().collect();
                new.extend(model.keys().take(50).map(|key| (key.clone(), b"replaced".to_vec())));
                for _ in 0..20 {
                    let (key, _) = random.one(&new).clone();
                    new.push((key, vec![1; random.below(10)]));
                }
                new.sort_by(|a, b| a.0.cmp(&b.0));
                model.extend(new.iter().cloned());
                let savepoint = has_savepoint.then(|| writer.savepoint());
                writer.put_sorted(&table, &mut Sorted(&new)).unwrap();
                assert_eq!(all(writer, &table), model);
                assert_eq!(writer.len(&table).unwrap(), model.len() as u64);
                if let Some(savepoint) = savepoint {
                    writer.roll_back(savepoint).unwrap();
                    assert_eq!(all(writer, &table), sample(&table, 3));
                }
            });
            write(storage.backend(), |writer| {
                for key in all(writer, &table).keys() {
                    assert!(writer.delete(&table, key).unwrap());
                }
            });
        }
    }
}

/// Keys that are there and keys that are not, close together and far apart, of another length, several times and, at
/// last, in no order.
#[test]
fn sorted_deletes_leave_what_deletes_would() {
    let storage = Storage::in_memory().unwrap();
    let mut random = Random::new(5);
    for table in tables() {
        for step in [1, 2, 7, 40] {
            let mut model = Rows::new();
            for seed in 0..12 {
                model.extend(sample(&table, seed).into_keys().map(|key| (key, vec![7; 9])));
            }
            let filled = model.clone();
            write(storage.backend(), |writer| {
                put_all(writer, &table, &model);
                let savepoint = writer.savepoint();
                let mut keys: Vec<Vec<u8>> = model.keys().step_by(step).cloned().collect();
                keys.extend((0..200).map(|_| key(&table, &mut random)));
                keys.extend([vec![], vec![0x80; 3], vec![0xff; 17]]);
                keys.extend(keys.iter().take(9).cloned().collect::<Vec<_>>());
                keys.sort();
                keys.extend(model.keys().rev().step_by(5).take(99).cloned());
                let expected = keys.iter().filter(|key| model.remove(*key).is_some()).count();
                let mut keys = keys.iter().map(|key| &**key);
                let deleted = writer.delete_sorted(&table, &mut keys).unwrap();
                assert_eq!(deleted, expected as u64);
                assert_eq!(all(writer, &table), model);
                assert_eq!(writer.len(&table).unwrap(), model.len() as u64);
                writer.roll_back(savepoint).unwrap();
                assert_eq!(all(writer, &table), filled);
                writer.remove_table(&table).unwrap();
            });
        }
        write(storage.backend(), |writer| {
            let absent = ByteTable::new("not there", None);
            assert_eq!(writer.delete_sorted(&absent, &mut [&b"a"[..]].into_iter()).unwrap(), 0);
        });
    }
}

/// Changes `model` and what `writer` has alike.
fn change(writer: &dyn ByteWriter, table: &ByteTable, model: &mut Rows, random: &mut Random) {
    for _ in 0..random.below(40) {
        if random.chance(40) {
            let row_count = writer.remove_table(table).unwrap();
            assert_eq!(row_count, model.len() as u64);
            model.clear();
            continue;
        }
        let present = model.keys().nth(random.below(model.len().max(1))).cloned();
        let key = present.filter(|_| random.chance(500)).unwrap_or_else(|| key(table, random));
        if random.chance(600) {
            let value = vec![2; random.below(100)];
            assert_eq!(
                writer.put(table, &key, &value).unwrap(),
                model.insert(key, value).is_some()
            );
        } else {
            assert_eq!(writer.delete(table, &key).unwrap(), model.remove(&key).is_some());
        }
    }
}

/// Opens savepoints in each other, and ends each in one way or the other.
fn nest(
    writer: &dyn ByteWriter,
    table: &ByteTable,
    model: &mut Rows,
    random: &mut Random,
    depth: usize,
) {
    for _ in 0..3 {
        change(writer, table, model, random);
        if depth == 0 {
            continue;
        }
        let (savepoint, before) = (writer.savepoint(), model.clone());
        nest(writer, table, model, random, depth - 1);
        if random.chance(500) {
            writer.roll_back(savepoint).unwrap();
            *model = before;
        } else {
            writer.release(savepoint);
        }
        assert_eq!(all(writer, table), *model);
    }
}

#[test]
fn savepoints_bring_back_every_row_or_keep_every_change() {
    let storage = Storage::in_memory().unwrap();
    for table in tables() {
        for seed in 0..6 {
            let mut random = Random::new(seed);
            let mut model = all(&*storage.backend().snapshot().unwrap(), &table);
            write(storage.backend(), |writer| {
                nest(writer, &table, &mut model, &mut random, 3);
            });
            assert_eq!(all(&*storage.backend().snapshot().unwrap(), &table), model);
        }
    }
}

#[test]
fn whole_tables_are_removed_renamed_and_brought_back() {
    let storage = Storage::in_memory().unwrap();
    let other = ByteTable::from("other");
    for table in tables() {
        let rows = sample(&table, 7);
        write(storage.backend(), |writer| {
            put_all(writer, &table, &rows);
            writer.rename_table(&table, &other).unwrap();
            assert_eq!((all(writer, &table), all(writer, &other)), (Rows::new(), rows.clone()));
            writer.rename_table(&other, &table).unwrap();
            // What is removed is not listed, though a savepoint may want it back.
            let savepoint = writer.savepoint();
            writer.rename_table(&table, &other).unwrap();
            writer.put(&table, rows.keys().next().unwrap(), b"new").unwrap();
            let refused = writer.rename_table(&table, &other).unwrap_err();
            assert!(refused.to_string().contains("rename the table"), "{refused}");
            assert_eq!(writer.remove_table(&table).unwrap(), 1);
            assert_eq!(writer.remove_table(&table).unwrap(), 0);
            assert_eq!(writer.remove_table(&other).unwrap(), rows.len() as u64);
            assert_eq!(all(writer, &other), Rows::new());
            let names = writer.table_names().unwrap();
            assert!(names.iter().all(|name| name.starts_with(['k', '$'])), "{names:?}");
            writer.roll_back(savepoint).unwrap();
            assert_eq!((all(writer, &table), all(writer, &other)), (rows.clone(), Rows::new()));
            // To the one that is still there, empty.
            writer.rename_table(&table, &other).unwrap();
            writer.rename_table(&other, &table).unwrap();
            assert_eq!(all(writer, &table), rows);
            writer.rename_table(&"never written".into(), &other).unwrap();
        });
        let snapshot = storage.backend().snapshot().unwrap();
        write(storage.backend(), |writer| {
            let savepoint = writer.savepoint();
            assert_eq!(writer.remove_table(&table).unwrap(), rows.len() as u64);
            writer.release(savepoint);
        });
        assert_eq!(all(&*snapshot, &table), rows);
        let names = storage.backend().snapshot().unwrap().table_names().unwrap();
        assert!(names.iter().all(|name| name.starts_with(['k', '$']) && name != table.name()));
    }
}

#[test]
fn a_savepoint_outlives_those_that_were_made_after_it() {
    let storage = Storage::in_memory().unwrap();
    let table = ByteTable::from("letters");
    write(storage.backend(), |writer| {
        let outer = writer.savepoint();
        writer.put(&table, b"a", b"1").unwrap();
        let inner = writer.savepoint();
        writer.put(&table, b"b", b"2").unwrap();
        // Released in the order they were made, which is not the order of their ends.
        writer.roll_back(outer).unwrap();
        assert_eq!(writer.len(&table).unwrap(), 0);
        writer.put(&table, b"c", b"3").unwrap();
        writer.release(inner);
        assert_eq!(all(writer, &table), Rows::from([(b"c".to_vec(), b"3".to_vec())]));
    });
}

#[test]
fn a_transaction_is_there_whole_or_not_at_all() {
    let storage = Storage::in_memory().unwrap();
    let backend = storage.backend();
    for table in tables() {
        let (rows, others) = (sample(&table, 5), sample(&table, 6));
        write(backend, |writer| put_all(writer, &table, &rows));
        write_in_vain(backend, |writer| put_all(writer, &table, &others));
        let panicked = catch_unwind(AssertUnwindSafe(|| {
            backend.write(|writer| -> Result<(), StorageError> {
                put_all(writer, &table, &others);
                panic!("in the middle")
            })
        }));
        assert!(panicked.is_err());
        assert_eq!(all(&*backend.snapshot().unwrap(), &table), rows);
    }
}
