//! The laws of `ByteReader`, but for those of errors.

use super::{
    ALL, Bounds, Pair, Rows, all, each_reader, expected, get_many, key, put_all, rows, sample,
    tables, write, write_in_vain,
};
use std::ops::Bound;
use storage::{
    Storage,
    backend::{ByteReader, ByteTable},
};
use tests::random::Random;

type OwnedBounds = (Bound<Vec<u8>>, Bound<Vec<u8>>);

/// Bounds of every kind, at keys that are there, beside them and elsewhere; some in the wrong order.
fn bounds(table: &ByteTable, rows: &Rows, seed: u64) -> Vec<OwnedBounds> {
    let mut random = Random::new(seed);
    let present: Vec<_> = rows.keys().cloned().collect();
    let mut bound = || {
        let place =
            if random.chance(700) { random.one(&present).clone() } else { key(table, &mut random) };
        match random.below(5) {
            0 => Bound::Unbounded,
            1 | 2 => Bound::Included(place),
            _ => Bound::Excluded(place),
        }
    };
    let mut bounds: Vec<_> = (0..25).map(|_| (bound(), bound())).collect();
    bounds.push((Bound::Unbounded, Bound::Unbounded));
    bounds.push((Bound::Included(present[9].clone()), Bound::Included(present[9].clone())));
    bounds.push((Bound::Excluded(present[9].clone()), Bound::Excluded(present[9].clone())));
    bounds
}

fn borrowed(bounds: &OwnedBounds) -> Bounds<'_> {
    (bounds.0.as_ref().map(Vec::as_slice), bounds.1.as_ref().map(Vec::as_slice))
}

fn keys_of(rows: &[Pair]) -> Vec<Vec<u8>> {
    rows.iter().map(|(key, _)| key.clone()).collect()
}

#[test]
fn order_rows_and_keys_ascend_from_the_front_and_descend_from_the_back() {
    each_reader(|reader, table, model| {
        for bounds in bounds(table, model, 1) {
            let (bounds, expected) = (borrowed(&bounds), expected(model, borrowed(&bounds)));
            assert_eq!(rows(reader, table, bounds), expected);
            let back = reader.rows(table, bounds.0, bounds.1).unwrap().rev();
            let mut back: Vec<Pair> = back
                .map(|row| row.unwrap())
                .map(|row| (row.key.to_vec(), row.value.to_vec()))
                .collect();
            back.reverse();
            assert_eq!(back, expected);
            let mut back: Vec<_> = reader
                .keys(table, bounds.0, bounds.1)
                .unwrap()
                .rev()
                .map(|key| key.unwrap().to_vec())
                .collect();
            back.reverse();
            assert_eq!(back, keys_of(&expected));
        }
    });
}

#[test]
fn order_each_row_and_key_is_returned_once_where_the_ends_meet() {
    each_reader(|reader, table, model| {
        let mut random = Random::new(2);
        let model: Vec<Pair> = expected(model, ALL);
        for share in [100, 500, 900] {
            let (mut front, mut back) = (Vec::new(), Vec::new());
            let mut found = reader.rows(table, ALL.0, ALL.1).unwrap();
            loop {
                let (side, row) = if random.chance(share) {
                    (&mut front, found.next())
                } else {
                    (&mut back, found.next_back())
                };
                let Some(row) = row.transpose().unwrap() else { break };
                side.push((row.key.to_vec(), row.value.to_vec()));
            }
            assert!(found.next().is_none() && found.next_back().is_none());
            front.extend(back.into_iter().rev());
            assert_eq!(front, model);

            let (mut front, mut back) = (Vec::new(), Vec::new());
            let mut found = reader.keys(table, ALL.0, ALL.1).unwrap();
            loop {
                let (side, key) = if random.chance(share) {
                    (&mut front, found.next())
                } else {
                    (&mut back, found.next_back())
                };
                let Some(key) = key.transpose().unwrap() else { break };
                side.push(key.to_vec());
            }
            front.extend(back.into_iter().rev());
            assert_eq!(front, keys_of(&model));
        }
    });
}

#[test]
fn one_answer_all_verbs_agree() {
    each_reader(|reader, table, model| {
        assert_eq!(reader.len(table).unwrap(), model.len() as u64);
        assert!(reader.table_names().unwrap().iter().any(|name| name == table.name()));
        for bounds in bounds(table, model, 3) {
            let bounds = borrowed(&bounds);
            let expected = expected(model, bounds);
            let pair = |row: storage::backend::ByteRow| (row.key.to_vec(), row.value.to_vec());
            let first = reader.first(table, bounds.0, bounds.1).unwrap().map(pair);
            let last = reader.last(table, bounds.0, bounds.1).unwrap().map(pair);
            assert_eq!((first.as_ref(), last.as_ref()), (expected.first(), expected.last()));
            let first = reader.first_key(table, bounds.0, bounds.1).unwrap();
            let last = reader.last_key(table, bounds.0, bounds.1).unwrap();
            let keys = keys_of(&expected);
            assert_eq!(first.as_deref(), keys.first().map(Vec::as_slice));
            assert_eq!(last.as_deref(), keys.last().map(Vec::as_slice));
            let keys = reader.keys(table, bounds.0, bounds.1).unwrap();
            assert_eq!(
                keys.map(|key| key.unwrap().to_vec()).collect::<Vec<_>>(),
                keys_of(&expected)
            );
        }
        let mut random = Random::new(4);
        let mut keys: Vec<_> = model.keys().cloned().collect();
        keys.extend((0..50).map(|_| key(table, &mut random)));
        keys.extend(keys.clone());
        for is_sorted in [true, false] {
            if is_sorted {
                keys.sort();
            } else {
                keys.reverse();
            }
            let expected: Vec<_> =
                keys.iter().map(|key| (key.clone(), model.get(key).cloned())).collect();
            assert_eq!(get_many(reader, table, &keys, usize::MAX), expected);
            // It goes on no longer than it is wanted.
            assert_eq!(get_many(reader, table, &keys, 3), expected[..3]);
            for (key, value) in &expected {
                assert_eq!(reader.get(table, key).unwrap().as_deref(), value.as_deref());
                assert_eq!(reader.contains(table, key).unwrap(), value.is_some());
            }
        }
    });
}

/// Asks everything of a table that nobody has written to.
fn assert_absent(reader: &dyn ByteReader, table: &ByteTable) {
    assert!(reader.get(table, b"key1").unwrap().is_none());
    let keys = [b"key1".to_vec(), b"key2".to_vec()];
    let none: Vec<_> = keys.iter().map(|key| (key.clone(), None)).collect();
    assert_eq!(get_many(reader, table, &keys, usize::MAX), none);
    assert_eq!(get_many(reader, table, &keys, 1), none[..1]);
    assert!(reader.first(table, ALL.0, ALL.1).unwrap().is_none());
    assert!(reader.last(table, ALL.0, ALL.1).unwrap().is_none());
    assert!(!reader.contains(table, b"key1").unwrap());
    assert!(reader.first_key(table, ALL.0, ALL.1).unwrap().is_none());
    assert!(reader.last_key(table, ALL.0, ALL.1).unwrap().is_none());
    assert!(reader.keys(table, ALL.0, ALL.1).unwrap().next().is_none());
    assert!(reader.rows(table, ALL.0, ALL.1).unwrap().next_back().is_none());
    assert_eq!(reader.len(table).unwrap(), 0);
    assert!(!reader.table_names().unwrap().iter().any(|name| name == table.name()));
}

#[test]
fn absent_tables_are_empty_and_reading_does_not_create_them() {
    let storage = Storage::in_memory().unwrap();
    let backend = storage.backend();
    for table in tables() {
        assert_absent(&*backend.snapshot().unwrap(), &table);
        write(backend, |writer| {
            assert_absent(writer, &table);
            assert!(!writer.delete(&table, b"key1").unwrap());
            assert_absent(writer, &table);
        });
        assert_absent(&*backend.snapshot().unwrap(), &table);
        // One whose creation was given up is absent again.
        write_in_vain(backend, |writer| {
            let row = sample(&table, 1).into_iter().take(1).collect();
            put_all(writer, &table, &row);
            assert_eq!(writer.len(&table).unwrap(), 1);
        });
        write(backend, |writer| assert_absent(writer, &table));
        assert_absent(&*backend.snapshot().unwrap(), &table);
    }
    // In a transaction that other writes share, too.
    assert!(!backend.delete("nobody's", b"key").unwrap());
    assert_absent(&*backend.snapshot().unwrap(), &"nobody's".into());
}

#[test]
fn isolation_a_snapshot_is_one_committed_state() {
    let storage = Storage::in_memory().unwrap();
    let backend = storage.backend();
    for table in tables() {
        let (old, new) = (sample(&table, 5), sample(&table, 6));
        write(backend, |writer| put_all(writer, &table, &old));
        let before = backend.snapshot().unwrap();
        let mut half = before.rows(&table, ALL.0, ALL.1).unwrap();
        let first_half: Vec<_> =
            half.by_ref().take(old.len() / 2).map(|row| row.unwrap().key.to_vec()).collect();
        write(backend, |writer| {
            for key in old.keys() {
                writer.delete(&table, key).unwrap();
            }
            put_all(writer, &table, &new);
            // What is not committed is seen by the transaction alone.
            assert_eq!(all(writer, &table), new);
            assert_eq!(all(&*before, &table), old);
            assert_eq!(all(&*backend.snapshot().unwrap(), &table), old);
        });
        // What was acknowledged is seen by whoever begins, and by nobody who had begun.
        assert_eq!(all(&*backend.snapshot().unwrap(), &table), new);
        assert_eq!(all(&*before, &table), old);
        let second_half = half.map(|row| row.unwrap().key.to_vec());
        assert!(first_half.into_iter().chain(second_half).eq(old.keys().cloned()));
        // What was given up is seen by nobody.
        write_in_vain(backend, |writer| put_all(writer, &table, &old));
        assert_eq!(all(&*backend.snapshot().unwrap(), &table), new);
        write(backend, |writer| {
            assert_eq!(all(writer, &table), new);
            for key in new.keys() {
                assert!(writer.delete(&table, key).unwrap());
            }
        });
    }
}

#[test]
fn a_writer_reads_its_own_writes() {
    let storage = Storage::in_memory().unwrap();
    let mut random = Random::new(7);
    for table in tables() {
        let mut model = sample(&table, 8);
        write(storage.backend(), |writer| {
            put_all(writer, &table, &model);
            for _ in 0..300 {
                let key = if random.chance(500) {
                    key(&table, &mut random)
                } else {
                    random.one(&model.keys().cloned().collect::<Vec<_>>()).clone()
                };
                if random.chance(500) {
                    writer.put(&table, &key, b"new").unwrap();
                    model.insert(key.clone(), b"new".to_vec());
                } else {
                    writer.delete(&table, &key).unwrap();
                    model.remove(&key);
                }
                assert_eq!(
                    writer.get(&table, &key).unwrap().as_deref(),
                    model.get(&key).map(Vec::as_slice)
                );
                assert_eq!(writer.len(&table).unwrap(), model.len() as u64);
                let first = writer.first(&table, Bound::Included(&key), Bound::Unbounded).unwrap();
                let expected =
                    model.range::<[u8], _>((Bound::Included(&*key), Bound::Unbounded)).next();
                assert_eq!(first.map(|row| row.key.to_vec()), expected.map(|(key, _)| key.clone()));
            }
            assert_eq!(all(writer, &table), model);
        });
    }
}

#[test]
fn an_open_iterator_of_a_writer_returns_no_row_twice_and_loses_none_that_stays() {
    let storage = Storage::in_memory().unwrap();
    let mut random = Random::new(9);
    for table in tables() {
        let model = sample(&table, 10);
        write(storage.backend(), |writer| {
            put_all(writer, &table, &model);
            let mut stays: Vec<_> = model.keys().cloned().collect();
            let mut found = Vec::new();
            let mut keys = writer.keys(&table, ALL.0, ALL.1).unwrap();
            let mut rows = writer.rows(&table, ALL.0, ALL.1).unwrap();
            while let Some(row) = rows.next().transpose().unwrap() {
                assert!(found.last().is_none_or(|last: &Vec<u8>| **last < *row.key));
                found.push(row.key.to_vec());
                keys.next().transpose().unwrap();
                // On both sides of where it is.
                writer.put(&table, &key(&table, &mut random), b"new").unwrap();
                if random.chance(300) {
                    let gone = random.one(&stays).clone();
                    writer.delete(&table, &gone).unwrap();
                    stays.retain(|key| *key != gone);
                }
            }
            assert!(stays.iter().all(|key| found.binary_search(key).is_ok()));
            // What is no longer there when the keys have been read to the end was read ahead, and that is little.
            assert!(keys.count() <= 16 * 1024);
        });
    }
}

#[test]
fn a_chunk_of_a_writer_is_bounded_by_its_bytes() {
    let storage = Storage::in_memory().unwrap();
    let table = ByteTable::from("long");
    let number = |row: &[u8]| usize::from(row[0]);
    write(storage.backend(), |writer| {
        for key in 0..60_u8 {
            writer.put(&table, &[key; 1000], &vec![0; 100_000]).unwrap();
        }
        // A row ends the chunk that reaches 256 KiB: three of these. A key ends the chunk that reaches 16 KiB.
        let mut rows = writer.rows(&table, ALL.0, ALL.1).unwrap();
        let mut keys = writer.keys(&table, ALL.0, ALL.1).unwrap();
        let mut from_the_back = writer.rows(&table, ALL.0, ALL.1).unwrap();
        let (first, first_key) = (rows.next().unwrap().unwrap(), keys.next().unwrap().unwrap());
        assert_eq!((number(&first.key), number(&first_key)), (0, 0));
        assert_eq!(number(&from_the_back.next_back().unwrap().unwrap().key), 59);
        for key in 0..60_u8 {
            writer.delete(&table, &[key; 1000]).unwrap();
        }
        let rest: Vec<_> = rows.map(|row| number(&row.unwrap().key)).collect();
        assert_eq!(rest, [1, 2]);
        let rest: Vec<_> = keys.map(|key| number(&key.unwrap())).collect();
        assert_eq!(rest, (1..17).collect::<Vec<_>>());
        let rest: Vec<_> = from_the_back.map(|row| number(&row.unwrap().key)).collect();
        assert_eq!(rest, [57, 58]);
        // One row longer than that is a chunk of its own, and short ones end at 64.
        for key in 0..100_u8 {
            let len = if key == 0 { 1_000_000 } else { 10 };
            writer.put(&table, &[key], &vec![0; len]).unwrap();
        }
        let mut rows = writer.rows(&table, ALL.0, ALL.1).unwrap();
        assert_eq!(number(&rows.next().unwrap().unwrap().key), 0);
        writer.delete(&table, &[1]).unwrap();
        assert_eq!(number(&rows.next().unwrap().unwrap().key), 2);
        for key in 3..100_u8 {
            writer.delete(&table, &[key]).unwrap();
        }
        assert_eq!(rows.count(), 63);
    });
}
