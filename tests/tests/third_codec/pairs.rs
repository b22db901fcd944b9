//! Every verb of a table of pairs, with a codec that decodes.

use crate::json::{Json, Note, Notes};
use serde::{Deserialize, Serialize};
use std::{cell::Cell, collections::BTreeMap, marker::PhantomData};
use storage::{
    Storage, StorageError, Table,
    table::{KeyAndValue, Pair},
};
use tests::Scratch;

const COUNT: u64 = 100;

fn filled(store: &Storage) -> Notes {
    let notes = store.pairs("notes");
    assert_eq!(notes.put_stream((0..COUNT).map(|key| (key, Note::new(key)))).unwrap(), COUNT);
    notes
}

#[test]
fn values_are_put_read_and_deleted() {
    let scratch = Scratch::new();
    let notes = filled(&scratch.open());
    assert!(notes.put(7, &Note::new(70)).unwrap());
    assert!(!notes.put(1000, &Note::new(1000)).unwrap());
    let title = |note: &Note| note.title.clone();
    assert_eq!(notes.get(7, title).unwrap().as_deref(), Some("note 70"));
    assert_eq!(notes.get(101, title).unwrap(), None);
    assert_eq!(notes.load(8).unwrap(), Some(Note::new(8)));
    assert_eq!(notes.load(101).unwrap(), None);
    let titles = notes.get_many([5, 101, 3], title).unwrap();
    assert_eq!(titles, [Some("note 5".into()), None, Some("note 3".into())]);
    assert!(notes.contains(9).unwrap());
    assert!(notes.delete(9).unwrap());
    assert!(!notes.contains(9).unwrap());
    assert_eq!(notes.len().unwrap(), COUNT);
}

#[test]
fn rows_are_walked_from_either_end_and_in_parallel() {
    let scratch = Scratch::new();
    let notes = filled(&scratch.open());
    let scores = |key: &u64, note: &Note| note.score.map(|score| (*key, score));
    let expected: Vec<_> = (0..COUNT).filter_map(|key| scores(&key, &Note::new(key))).collect();
    assert_eq!(notes.scan(scores).unwrap(), expected);
    assert_eq!(notes.par_scan(scores).unwrap(), expected);
    let load =
        |row: storage::Result<KeyAndValue<u64, Note, Json>>| row.and_then(|(_, note)| note.load());
    let walked: storage::Result<Vec<Note>> = notes.iter().unwrap().map(load).collect();
    assert_eq!(walked.unwrap(), (0..COUNT).map(Note::new).collect::<Vec<_>>());
    let keys: Vec<u64> = notes.range(10..13).unwrap().rev().map(|row| row.unwrap().0).collect();
    assert_eq!(keys, [12, 11, 10]);
    let (first, last) = (notes.first().unwrap().unwrap(), notes.last().unwrap().unwrap());
    assert_eq!((first.0, first.1.view()), (0, &Note::new(0)));
    assert_eq!((last.0, last.1.view()), (99, &Note::new(99)));
}

#[test]
fn guards_outlive_the_row_and_the_store() {
    let scratch = Scratch::new();
    let notes = filled(&scratch.open());
    let stored = notes.view(5).unwrap().unwrap();
    notes.delete(5).unwrap();
    drop(notes);
    assert_eq!(stored.view(), &Note::new(5));
    let moved = Box::new(stored);
    assert_eq!((moved.load().unwrap(), moved.view()), (Note::new(5), &Note::new(5)));
}

#[test]
fn transactions_open_the_same_table() {
    let scratch = Scratch::new();
    let store = scratch.open();
    let notes = filled(&store);
    let before = store.read().unwrap();
    let body = |txn: &storage::WriteTxn<'_>| {
        let notes: Notes<_> = txn.pairs("notes");
        notes.put(1, &Note::new(10))?;
        assert_eq!(notes.load(1)?, Some(Note::new(10)));
        txn.savepoint(|| {
            notes.delete(1)?;
            Err::<(), _>(StorageError::custom("given up"))
        })
        .unwrap_err();
        notes.put_stream([(2, Note::new(20))])
    };
    assert_eq!(store.write(body).unwrap(), 1);
    let read = |notes: &Notes| [1, 2].map(|key| notes.load(key).unwrap().unwrap().title);
    assert_eq!(read(&notes), ["note 10", "note 20"]);
    let old: Notes<_> = before.pairs("notes");
    assert_eq!([1, 2].map(|key| old.load(key).unwrap()), [1, 2].map(|key| Some(Note::new(key))));
}

#[test]
fn a_cache_returns_what_is_stored() {
    let scratch = Scratch::new();
    let plain = filled(&scratch.open());
    let cached = plain.clone().with_cache(1 << 20);
    let score = |note: &Note| note.score;
    for round in 0..4 {
        for key in 0..COUNT + 10 {
            assert_eq!(cached.load(key).unwrap(), plain.load(key).unwrap());
            assert_eq!(cached.get(key, score).unwrap(), plain.get(key, score).unwrap());
            assert_eq!(cached.contains(key).unwrap(), key < COUNT);
        }
        cached.put(round, &Note::new(round + 50)).unwrap();
    }
    let stats = cached.cache_stats().unwrap();
    assert!(stats.hit_count > 500 && stats.len <= stats.len_max, "{stats:?}");
    assert!(stats.row_count as u64 >= COUNT - 1, "{stats:?}");
}

#[test]
fn what_cannot_be_encoded_is_not_written() {
    let scratch = Scratch::new();
    // JSON has objects with texts for keys only.
    let maps: Table<Pair<u64, BTreeMap<Vec<u8>, u8>, Json>> = scratch.open().pairs("maps");
    maps.put(1, &BTreeMap::new()).unwrap();
    let error = maps.put(1, &BTreeMap::from([(vec![1], 2)])).unwrap_err();
    let StorageError::Serialization(error) = error else { panic!("{error:?}") };
    assert_eq!((error.table(), error.key()), ("maps", "1"));
    assert_eq!(maps.load(1).unwrap(), Some(BTreeMap::new()));
}

#[test]
fn what_would_not_be_read_again_is_not_written() {
    let scratch = Scratch::new();
    // JSON writes what is no number as `null`.
    let numbers: Table<Pair<u64, f64, Json>> = scratch.open().pairs("numbers");
    let stream = [(1, 1.5), (2, f64::NAN)];
    let errors = [numbers.put(1, &f64::NAN).map(drop), numbers.put_stream(stream).map(drop)];
    for error in errors.map(Result::unwrap_err) {
        assert!(matches!(error, StorageError::Serialization(_)), "{error:?}");
        assert!(error.to_string().contains("would not be readable again"), "{error}");
    }
    assert!(numbers.put_bytes(1, b"1.5 and more").is_err());
    assert!(numbers.is_empty().unwrap());
    numbers.put_bytes(1, b" 1.50 ").unwrap();
    assert_eq!(numbers.load(1).unwrap(), Some(1.5));
}

thread_local! {
    static DECODED_COUNT: Cell<u32> = const { Cell::new(0) };
}

/// Counts how often it is decoded. It cannot leave its thread, which nothing here asks of a value.
#[derive(Debug, Serialize, Deserialize)]
#[serde(from = "u8")]
struct Counted(u8, #[serde(skip)] PhantomData<*const ()>);

impl From<u8> for Counted {
    fn from(number: u8) -> Self {
        DECODED_COUNT.set(DECODED_COUNT.get() + 1);
        Self(number, PhantomData)
    }
}

#[test]
fn a_value_is_decoded_once_for_each_reading() {
    let count = |work: &dyn Fn()| {
        DECODED_COUNT.set(0);
        work();
        DECODED_COUNT.get()
    };
    let storage = Storage::in_memory().unwrap();
    let plain: Table<Pair<u64, Counted, Json>> = storage.pairs("counted");
    let put = || assert!(!plain.put_bytes(1, b"7").unwrap());
    assert_eq!(count(&put), 1, "written as it will be read");
    assert_eq!(count(&|| assert!(plain.contains(1).unwrap())), 0);
    let cached = plain.clone().with_cache(1 << 20);
    for _ in 0..3 {
        assert!(cached.load(1).unwrap().is_some());
    }
    let hits = cached.cache_stats().unwrap().hit_count;
    for table in [&plain, &cached] {
        assert_eq!(count(&|| assert_eq!(table.get(1, |n| n.0).unwrap(), Some(7))), 1);
        assert_eq!(count(&|| assert_eq!(table.load(1).unwrap().unwrap().0, 7)), 1);
    }
    assert_eq!(cached.cache_stats().unwrap().hit_count, hits + 2);
    let stored = plain.view(1).unwrap().unwrap();
    assert_eq!(count(&|| assert_eq!(stored.view().0, 7)), 0, "decoded when it was made");
}
