//! Savepoints with much to undo: rows that came in runs, and a log that is longer than memory keeps.

use super::{Rows, all, key, tables, write, write::Sorted};
use storage::{
    Storage,
    backend::{ByteReader, ByteTable, ByteWriter},
};
use tests::random::Random;

/// Longer than what the log keeps in memory.
const LOG_LEN: usize = 20 << 20;

fn number(number: u64) -> Vec<u8> {
    number.to_be_bytes().to_vec()
}

fn put_sorted(writer: &dyn ByteWriter, table: &ByteTable, rows: &Rows) {
    let rows: Vec<_> = rows.clone().into_iter().collect();
    writer.put_sorted(table, &mut Sorted(&rows)).unwrap();
}

fn run(numbers: impl Iterator<Item = u64>, value: &[u8]) -> Rows {
    numbers.map(|at| (number(at), value.to_vec())).collect()
}

/// A key of a narrow space, so that runs touch each other and other rows.
fn near_key(table: &ByteTable, random: &mut Random) -> Vec<u8> {
    let mut key = key(table, random);
    let last = key.len().saturating_sub(1);
    key.iter_mut().take(last).for_each(|byte| *byte = 0);
    key
}

/// Changes `model` and what `writer` has alike, in runs and one by one.
fn change(
    writer: &dyn ByteWriter,
    table: &ByteTable,
    model: &mut Rows,
    random: &mut Random,
    len_max: usize,
) {
    for _ in 0..random.below(8) {
        let keys = (0..random.below(60)).map(|_| near_key(table, random)).collect::<Vec<_>>();
        let value = vec![random.below(256) as u8; random.below(len_max)];
        match random.below(3) {
            0 => {
                let rows: Rows = keys.into_iter().map(|key| (key, value.clone())).collect();
                put_sorted(writer, table, &rows);
                model.extend(rows);
            }
            1 => {
                for key in keys {
                    writer.put(table, &key, &value).unwrap();
                    model.insert(key, value.clone());
                }
            }
            _ => {
                for key in keys {
                    writer.delete(table, &key).unwrap();
                    model.remove(&key);
                }
            }
        }
    }
}

fn nest(
    writer: &dyn ByteWriter,
    tables: &[ByteTable],
    models: &mut [Rows],
    random: &mut Random,
    (depth, len_max): (usize, usize),
) {
    for _ in 0..3 {
        let at = random.below(tables.len());
        change(writer, &tables[at], &mut models[at], random, len_max);
        if depth == 0 {
            continue;
        }
        let (savepoint, before) = (writer.savepoint(), models.to_vec());
        nest(writer, tables, models, random, (depth - 1, len_max));
        if random.chance(500) {
            writer.roll_back(savepoint).unwrap();
            models.clone_from_slice(&before);
        } else {
            writer.release(savepoint);
        }
        for (table, model) in tables.iter().zip(&*models) {
            assert!(all(writer, table) == *model, "{table:?}");
        }
    }
}

#[test]
fn savepoints_in_savepoints_undo_runs_and_single_rows_of_several_tables() {
    let tables = tables();
    // The second kind of run has more to undo than memory keeps.
    for (len_max, seeds, depth) in [(100, 0..12, 3), (60_000, 12..14, 2)] {
        for seed in seeds {
            let storage = Storage::in_memory().unwrap();
            let (mut random, mut models) = (Random::new(seed), vec![Rows::new(); tables.len()]);
            write(storage.backend(), |writer| {
                nest(writer, &tables, &mut models, &mut random, (depth, len_max));
            });
            let snapshot = storage.backend().snapshot().unwrap();
            for (table, model) in tables.iter().zip(&models) {
                assert!(all(&*snapshot, table) == *model, "{table:?}, seed {seed}");
            }
        }
    }
}

#[test]
fn a_run_is_undone_whatever_became_of_it() {
    let storage = Storage::in_memory().unwrap();
    let table = ByteTable::new("numbers", Some(8));
    write(storage.backend(), |writer| {
        let old = run([0, 500, 1000].into_iter(), b"old");
        put_sorted(writer, &table, &old);
        let outer = writer.savepoint();
        // Runs that touch each other and what is there.
        put_sorted(writer, &table, &run(1..400, b"new"));
        put_sorted(writer, &table, &run(400..500, b"new"));
        let inner = writer.savepoint();
        let middle = all(writer, &table);
        // Rows over it, rows out of it, and rows into what was taken out.
        put_sorted(writer, &table, &run(300..700, b"newer"));
        for at in (0..700).step_by(7) {
            writer.delete(&table, &number(at)).unwrap();
        }
        put_sorted(writer, &table, &run(7..700, b"again"));
        writer.roll_back(inner).unwrap();
        assert!(all(writer, &table) == middle);
        writer.delete(&table, &number(1)).unwrap();
        writer.delete(&table, &number(499)).unwrap();
        writer.roll_back(outer).unwrap();
        assert!(all(writer, &table) == old);
        assert_eq!(writer.len(&table).unwrap(), 3);
    });
}

#[test]
fn what_is_put_away_is_in_no_list_and_no_file() {
    let storage = Storage::in_memory().unwrap();
    let backend = storage.backend();
    let table = ByteTable::new("numbers", Some(8));
    let value = vec![7; 100_000];
    let old = run(0..(LOG_LEN / value.len()) as u64, &value);
    write(backend, |writer| put_sorted(writer, &table, &old));
    let names = |reader: &dyn ByteReader| reader.table_names().unwrap();
    let before = names(&*backend.snapshot().unwrap());
    for ending in 0..3 {
        write(backend, |writer| {
            let savepoint = writer.savepoint();
            for key in old.keys() {
                writer.delete(&table, key).unwrap();
            }
            assert_eq!(names(writer), before);
            match ending {
                0 => writer.roll_back(savepoint).unwrap(),
                1 => {
                    writer.release(savepoint);
                    put_sorted(writer, &table, &old);
                }
                // It is neither: the write ends with it.
                _ => put_sorted(writer, &table, &old),
            }
            assert_eq!(names(writer), before);
        });
        assert_eq!(names(&*backend.snapshot().unwrap()), before);
        assert!(all(&*backend.snapshot().unwrap(), &table) == old);
    }
}

#[test]
fn a_savepoint_inside_of_what_was_undone_is_the_state_that_came_of_it() {
    let storage = Storage::in_memory().unwrap();
    let table = ByteTable::new("numbers", Some(8));
    write(storage.backend(), |writer| {
        writer.put(&table, &number(0), b"before").unwrap();
        let outer = writer.savepoint();
        writer.put(&table, &number(1), b"a longer value").unwrap();
        writer.put(&table, &number(1), b"another").unwrap();
        let inner = writer.savepoint();
        writer.roll_back(outer).unwrap();
        let before = all(writer, &table);
        for at in 2..20 {
            writer.put(&table, &number(at), b"x").unwrap();
        }
        writer.roll_back(inner).unwrap();
        assert_eq!(all(writer, &table), before);
    });
}

#[test]
fn values_that_are_longer_than_what_is_put_away_at_a_time_come_back() {
    let storage = Storage::in_memory().unwrap();
    let table = ByteTable::new("numbers", Some(8));
    write(storage.backend(), |writer| {
        let old: Rows = (0..6).map(|at| (number(at), vec![at as u8; 3_500_000])).collect();
        put_sorted(writer, &table, &old);
        let savepoint = writer.savepoint();
        put_sorted(writer, &table, &run(0..6, b"new"));
        writer.roll_back(savepoint).unwrap();
        assert!(all(writer, &table) == old);
    });
}
