//! Whole tables: cleared, dropped, renamed and listed, beside savepoints, snapshots, caches, hand-ins and open handles.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod renamed_in_code;
mod renames;

use rkyv::{Archive, Deserialize, Serialize};
use std::time::{Duration, Instant};
use storage::{
    Storage, StorageError, StoredRecord, Table, error::TableNameError, maintenance::TableInfo,
    table::Access,
};
use tests::Scratch;

#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "people")]
struct Person {
    #[store(key)]
    id: u64,
    #[store(unique)]
    email: String,
    #[store(index)]
    city: String,
}

/// Another record in the same table.
#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "people")]
struct Visitor {
    #[store(key)]
    number: u64,
    #[store(index)]
    city: u32,
}

fn person(id: u64) -> Person {
    Person { id, email: format!("p{id}"), city: format!("c{}", id % 97) }
}

fn fill(storage: &Storage, count: u64) -> Table<Person> {
    let people = Person::table(storage).unwrap();
    people.put_stream((0..count).map(person)).unwrap();
    people
}

/// There are `ids`, by every way to them, and nothing else.
fn holds<A: Access>(people: &Table<Person, A>, ids: impl IntoIterator<Item = u64>) {
    let ids: Vec<u64> = ids.into_iter().collect();
    let records = load(people).unwrap();
    assert_eq!(records, ids.iter().copied().map(person).collect::<Vec<_>>());
    assert_eq!(people.len().unwrap(), ids.len() as u64);
    assert_eq!(people.by(Person::INDEXES.email).len().unwrap(), ids.len() as u64);
    assert_eq!(people.by(Person::INDEXES.city).len().unwrap(), ids.len() as u64);
    assert_eq!(people.verify().unwrap(), []);
}

fn load<A: Access>(people: &Table<Person, A>) -> storage::Result<Vec<Person>> {
    people.iter()?.map(|row| row?.load()).collect()
}

/// The names of the engine's tables.
fn engine_tables(storage: &Storage) -> Vec<String> {
    storage.table_stats().unwrap().into_iter().map(|table| table.table).collect()
}

#[test]
fn a_table_is_cleared_with_its_indexes() {
    let scratch = Scratch::new();
    let storage = scratch.open();
    let people = Person::table(&storage).unwrap();
    assert_eq!(people.clear().unwrap(), 0);
    assert!(storage.tables().unwrap().is_empty(), "to clear a table does not make it");
    fill(&storage, 500);
    let (before, mut rows) = (storage.read().unwrap(), people.iter().unwrap());
    assert_eq!(rows.next().unwrap().unwrap().view().id, 0);
    assert_eq!(people.clear().unwrap(), 500);
    holds(&people, []);
    holds(&before.table().unwrap(), 0..500);
    assert_eq!(rows.count().unwrap(), 499);
    people.put(&person(7)).unwrap();
    assert_eq!(people.delete_range(..).unwrap(), 1);
    people.put_stream((3..6).map(person)).unwrap();
    holds(&people, 3..6);
    drop((people, before, storage));
    let storage = scratch.open();
    assert!(storage.check().unwrap().is_sound());
    holds(&storage.table().unwrap(), 3..6);
}

#[test]
fn clearing_and_dropping_inside_a_write_are_undone_with_it() {
    let storage = Storage::in_memory().unwrap();
    fill(&storage, 100);
    let tables = engine_tables(&storage);
    let fail = |()| Err::<(), _>(StorageError::custom("on purpose"));
    storage
        .write(|txn| {
            let people = txn.table::<Person>()?;
            people.put(&person(100))?;
            txn.savepoint(|| {
                assert_eq!(people.clear()?, 101);
                holds(&people, []);
                people.put(&person(7))?;
                txn.savepoint(|| {
                    assert!(txn.drop_table("people")?);
                    holds(&people, []);
                    people.put(&person(8))?;
                    txn.savepoint(|| people.clear().map(drop).and_then(fail)).unwrap_err();
                    holds(&people, [8]);
                    fail(())
                })
                .unwrap_err();
                holds(&people, [7]);
                fail(())
            })
            .unwrap_err();
            holds(&people, 0..101);
            Ok(())
        })
        .unwrap();
    holds(&storage.table().unwrap(), 0..101);
    let undone = storage.write(|txn| txn.drop_table("people").map(drop).and_then(fail));
    undone.unwrap_err();
    holds(&storage.table().unwrap(), 0..101);
    assert_eq!(engine_tables(&storage), tables);
    // What was put aside for a savepoint goes with the commit.
    storage
        .write(|txn| {
            let people = txn.table::<Person>()?;
            txn.savepoint(|| people.clear())?;
            people.put(&person(1))?;
            txn.savepoint(|| people.clear())?;
            people.put(&person(2))
        })
        .unwrap();
    holds(&storage.table().unwrap(), [2]);
    assert_eq!(engine_tables(&storage), tables);
    assert!(storage.check().unwrap().is_sound());
}

#[test]
fn a_handle_of_a_dropped_table_sees_what_is_there_now() {
    let storage = Storage::in_memory().unwrap();
    let people = fill(&storage, 10).with_cache(1 << 20);
    for _ in 0..3 {
        assert!(people.get(3, |_| ()).unwrap().is_some());
    }
    let (before, mut rows) = (storage.read().unwrap(), people.iter().unwrap());
    rows.next().unwrap().unwrap();
    let token = rows.page_token().unwrap();
    assert!(storage.drop_table("people").unwrap());
    assert_eq!(engine_tables(&storage), ["$catalog"]);
    assert!(people.get(3, |_| ()).unwrap().is_none(), "the cache is cleared");
    holds(&people, []);
    holds(&before.table().unwrap(), 0..10);
    assert!(people.iter().unwrap().after(&token).unwrap().next().is_none());

    // A write makes it anew, and the catalogue knows it.
    people.put(&person(1)).unwrap();
    people.put_async(person(2)).unwrap().wait().unwrap();
    holds(&people, [1, 2]);
    let [table] = &storage.tables().unwrap()[..] else { panic!("one table") };
    assert_eq!((&*table.name, &*table.row_type, table.row_count), ("people", "Person", 2));
    assert_eq!((&*table.codec, &*table.indexes), ("rkyv", &["city".into(), "email".into()][..]));

    // Another record takes its name: the old handle is refused, whatever it does.
    storage.drop_table("people").unwrap();
    let visitors = Visitor::table(&storage).unwrap();
    visitors.put(&Visitor { number: 1, city: 9 }).unwrap();
    let errors = [
        people.get(1, |_| ()).map(drop).unwrap_err(),
        people.put(&person(1)).map(drop).unwrap_err(),
        people.clear().map(drop).unwrap_err(),
        people.put_stream([person(1)]).map(drop).unwrap_err(),
        people.put_async(person(1)).unwrap().wait().map(drop).unwrap_err(),
        people.by(Person::INDEXES.city).len().map(drop).unwrap_err(),
    ];
    for error in errors {
        assert!(matches!(error, StorageError::Schema(_)), "{error}");
    }
    assert_eq!(visitors.load(1).unwrap(), Some(Visitor { number: 1, city: 9 }));
    holds(&before.table().unwrap(), 0..10);
    assert!(storage.check().unwrap().is_sound());
}

#[test]
fn readers_beside_a_drop_see_one_state_or_the_other() {
    let storage = Storage::in_memory().unwrap();
    let (people, end) = (fill(&storage, 10), Instant::now() + Duration::from_millis(300));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while Instant::now() < end {
                    match load(&people) {
                        Ok(records) => assert!([0, 10].contains(&records.len())),
                        Err(StorageError::Schema(_)) => {}
                        Err(other) => panic!("{other}"),
                    }
                }
            });
        }
        while Instant::now() < end {
            storage.drop_table("people").unwrap();
            let visitors = Visitor::table(&storage).unwrap();
            visitors.put(&Visitor { number: 1, city: 9 }).unwrap();
            storage.drop_table("people").unwrap();
            people.put_stream((0..10).map(person)).unwrap();
        }
    });
    holds(&people, 0..10);
}

#[test]
fn a_table_whose_first_write_is_undone_is_entered_by_the_next() {
    let storage = Storage::in_memory().unwrap();
    let pairs = storage.new_rkyv_table::<u64, u64>("pairs");
    storage
        .write(|txn| {
            let people = txn.table::<Person>()?;
            let undone = txn.savepoint(|| {
                people.put(&person(1))?;
                people.put(&person(2))?;
                Err::<(), _>(StorageError::custom("on purpose"))
            });
            undone.unwrap_err();
            assert!(txn.tables()?.is_empty());
            people.put(&person(3)).map(drop)
        })
        .unwrap();
    holds(&storage.table().unwrap(), [3]);
    let refused = storage.write(|txn| {
        txn.new_rkyv_table::<u64, u64>("pairs").put(1, &1)?;
        assert!(txn.drop_table("people")?);
        Err::<(), _>(StorageError::custom("on purpose"))
    });
    refused.unwrap_err();
    pairs.put(2, &2).unwrap();
    let names: Vec<_> = storage.tables().unwrap().into_iter().map(|table| table.name).collect();
    assert_eq!(names, ["pairs", "people"]);
    assert!(storage.check().unwrap().is_sound());
}

/// A table is listed by its name alone, and read and written by its type: in one write, in either order.
#[test]
fn tables_are_listed_in_the_write_that_uses_them() {
    let storage = Storage::in_memory().unwrap();
    for id in 1..=2 {
        storage
            .write(|txn| {
                let count = |tables: Vec<TableInfo>| {
                    tables.iter().map(|table| table.row_count).sum::<u64>()
                };
                assert_eq!(count(txn.tables()?), id - 1);
                txn.table::<Person>()?.put(&person(id))?;
                assert_eq!(count(txn.tables()?), id);
                txn.table::<Person>()?.put(&person(id)).map(drop)
            })
            .unwrap();
    }
    holds(&storage.table().unwrap(), 1..=2);
}

#[test]
fn only_tables_can_be_dropped() {
    let storage = Storage::in_memory().unwrap();
    fill(&storage, 3);
    assert!(!storage.drop_table("peopl").unwrap());
    for name in ["$catalog", "people$city", "", "a\u{1}"] {
        let error = storage.drop_table(name).unwrap_err();
        let StorageError::TableName { reason, .. } = &error else { panic!("{error}") };
        assert!(matches!(reason, TableNameError::Character { .. } | TableNameError::Empty));
    }
    holds(&storage.table().unwrap(), 0..3);
}

#[test]
fn emptying_takes_less_time_than_filling() {
    let storage = Storage::in_memory().unwrap();
    let filling = Instant::now();
    let people = fill(&storage, 50_000);
    let (filled, emptying) = (filling.elapsed(), Instant::now());
    assert_eq!(people.delete_range(..).unwrap(), 50_000);
    let emptied = emptying.elapsed();
    assert!(emptied < filled / 3, "filled in {filled:?}, emptied in {emptied:?}");
}
