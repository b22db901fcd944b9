//! Whole tables: cleared, dropped, renamed and listed, beside savepoints, snapshots, caches, hand-ins and open handles.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use rkyv::{Archive, Deserialize, Serialize};
use std::time::{Duration, Instant};
use storage::{
    Access, Storage, StorageError, StoredRecord, Table,
    error::{Blame, TableNameError},
};
use tests::{
    Scratch,
    frame::{body, seal},
};

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
    let fail = |_: ()| Err::<(), _>(StorageError::custom("on purpose"));
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

/// A record of another table.
#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "members")]
struct Member {
    #[store(key)]
    id: u64,
    name: String,
}

#[test]
fn a_table_is_renamed_with_its_indexes_and_no_row_is_written_anew() {
    let scratch = Scratch::new();
    let storage = scratch.open();
    fill(&storage, 300);
    let before = storage.table_stats().unwrap();
    assert!(storage.rename_table("people", "old people").unwrap());
    let stored = |tables: &[storage::TableStats]| -> Vec<(u64, u64)> {
        tables.iter().skip(1).map(|table| (table.row_count, table.stored_len)).collect()
    };
    assert_eq!(stored(&before), stored(&storage.table_stats().unwrap()));
    let names = ["$catalog", "old people", "old people$city", "old people$email"];
    assert_eq!(engine_tables(&storage), names);
    assert!(Person::table(&storage).unwrap().is_empty().unwrap());
    // Twice more, and back.
    assert!(storage.rename_table("old people", "very old people").unwrap());
    assert!(storage.check().unwrap().is_sound());
    drop(storage);
    let storage = scratch.open();
    storage.backup(scratch.dir().join("copy.redb")).unwrap();
    assert!(storage.rename_table("very old people", "people").unwrap());
    for storage in [storage, Storage::open(scratch.dir().join("copy.redb")).unwrap()] {
        storage.rename_table("very old people", "people").unwrap();
        holds(&storage.table().unwrap(), 0..300);
        fill(&storage, 301);
        holds(&storage.table().unwrap(), 0..301);
        assert!(storage.check().unwrap().is_sound());
    }
}

#[test]
fn a_table_that_takes_the_name_of_a_renamed_one_has_seals_of_its_own() {
    let storage = Storage::in_memory().unwrap();
    fill(&storage, 10);
    storage.rename_table("people", "first").unwrap();
    fill(&storage, 20);
    storage.rename_table("people", "second").unwrap();
    fill(&storage, 30);
    assert!(storage.check().unwrap().is_sound());
    // A row that is moved from one to another is noticed, and so is an entry.
    let backend = storage.backend();
    for (from, to) in [("first", "second"), ("second", "people"), ("people", "first")] {
        for index in ["", "$city", "$email"] {
            let (from, to) = (format!("{from}{index}"), format!("{to}{index}"));
            let mut row = None;
            backend
                .scan(&from, |key, value| {
                    row = Some((key.to_vec(), value.to_vec()));
                    false
                })
                .unwrap();
            let (key, value) = row.unwrap();
            let before = backend.get(&to, &key, <[u8]>::to_vec).unwrap();
            backend.put(&to, &key, &value).unwrap();
            assert_eq!(storage.check().unwrap().fault_count, 1, "{from} {to}");
            match before {
                Some(before) => backend.put(&to, &key, &before).unwrap(),
                None => drop(backend.delete(&to, &key).unwrap()),
            }
        }
    }
    for (name, count) in [("people", 30), ("second", 20), ("first", 10)] {
        storage.drop_table("people").unwrap();
        assert_eq!(storage.rename_table(name, "people").unwrap(), name != "people");
        if name != "people" {
            holds(&storage.table().unwrap(), 0..count);
        }
    }
    storage.drop_table("people").unwrap();
    // The names that were taken are free again: nothing is left but the header.
    assert_eq!(engine_tables(&storage), ["$catalog"]);
    assert_eq!(storage.table_stats().unwrap()[0].row_count, 1);
}

#[test]
fn handles_and_tokens_go_with_a_rename_or_are_told_of_it() {
    let storage = Storage::in_memory().unwrap();
    let people = fill(&storage, 10).with_cache(1 << 20);
    for _ in 0..3 {
        assert!(people.get(3, |_| ()).unwrap().is_some());
    }
    let snapshot = storage.read().unwrap();
    let mut rows = people.iter().unwrap();
    rows.next().unwrap().unwrap();
    let token = rows.page_token().unwrap();
    storage.rename_table("people", "first").unwrap();
    assert!(people.get(3, |_| ()).unwrap().is_none());
    holds(&people, []);
    holds(&snapshot.table().unwrap(), 0..10);
    // A write through the old handle would be sealed as the renamed table is.
    let replaced = |error: StorageError| {
        assert!(matches!(error, StorageError::TableReplaced { .. }), "{error}");
        assert!(error.to_string().contains("`people`"), "{error}");
    };
    replaced(people.put(&person(1)).unwrap_err());
    replaced(people.put_stream([person(1)]).unwrap_err());
    replaced(people.put_async(person(1)).unwrap().wait().unwrap_err());
    // Another table of that name, and then the first again: each handle knows its own.
    let second = fill(&storage, 5);
    replaced(people.get(1, |_| ()).unwrap_err());
    replaced(people.by(Person::INDEXES.city).len().unwrap_err());
    assert!(matches!(
        storage.rename_table("first", "people").unwrap_err(),
        StorageError::TableExists { table, .. } if table == "people"
    ));
    storage
        .write(|txn| {
            assert!(txn.rename_table("people", "second")?);
            assert!(txn.rename_table("first", "people")?);
            holds(&txn.table()?, 0..10);
            txn.savepoint(|| {
                assert!(txn.rename_table("people", "third")?);
                txn.table::<Person>()?.put(&person(70))?;
                holds(&txn.table()?, [70]);
                Err::<(), _>(StorageError::custom("on purpose"))
            })
            .unwrap_err();
            holds(&txn.table()?, 0..10);
            Ok(())
        })
        .unwrap();
    holds(&people, 0..10);
    assert_eq!(people.iter().unwrap().after(&token).unwrap().count().unwrap(), 9);
    replaced(second.get(1, |_| ()).unwrap_err());
    assert!(second.iter().unwrap_err().to_string().contains("open the table again"));
    assert!(!storage.rename_table("none", "other").unwrap());
    assert!(storage.rename_table("people", "people").unwrap());
    assert!(matches!(
        storage.rename_table("people", "a$b").unwrap_err(),
        StorageError::TableName { .. }
    ));
    assert!(storage.check().unwrap().is_sound());
}

#[test]
fn what_a_newer_release_has_written_is_called_newer() {
    let storage = Storage::in_memory().unwrap();
    fill(&storage, 3);
    let backend = storage.backend();
    let get = |key: &[u8]| backend.get("$catalog", key, <[u8]>::to_vec).unwrap();
    let entry = get(b"people").unwrap();
    let text = String::from_utf8(body(&entry).to_vec()).unwrap();
    let blocks = format!("{text}blocks = columns\n");
    let cases: [(&[u8], &str, u16, &str); 4] = [
        (b"people", &text, 2, "a row of form 2"),
        (b"people", &blocks, 1, "a line about `blocks`"),
        (b"people\0I city", "index city = unknown\n", 7, "a row of form 7"),
        (b"people\0M", "migration", 1, "a row about `\\x00M`"),
    ];
    for (key, text, form, what) in cases {
        let (before, mut row) = (get(key), text.as_bytes().to_vec());
        seal(b"$catalog", 0, key, form, &mut row);
        backend.put("$catalog", key, &row).unwrap();
        let errors = [
            Person::table(&storage).map(drop).unwrap_err(),
            Visitor::table(&storage).map(drop).unwrap_err(),
            storage.tables().map(drop).unwrap_err(),
            storage.check().map(drop).unwrap_err(),
            storage.backup("copy.redb").unwrap_err(),
            storage.rename_table("people", "other").map(drop).unwrap_err(),
        ];
        for error in errors {
            assert!(matches!(error, StorageError::Newer { .. }), "{error}");
            assert_eq!(error.blame(), Blame::Mismatch);
            assert!(error.to_string().contains(what), "{error}");
        }
        // Other tables are nobody's business, and a damaged bit is still damage.
        let members = Member::table(&storage).unwrap();
        members.put(&Member { id: 1, name: "Ada".into() }).unwrap();
        row[1] ^= 1;
        backend.put("$catalog", key, &row).unwrap();
        assert!(Person::table(&storage).unwrap_err().is_corrupt());
        assert_eq!(storage.check().unwrap().fault_count, 1);
        match before {
            Some(before) => backend.put("$catalog", key, &before).unwrap(),
            None => drop(backend.delete("$catalog", key).unwrap()),
        }
        holds(&storage.table().unwrap(), 0..3);
    }
}

#[test]
fn the_catalogue_has_a_row_for_the_layout_and_one_for_each_index() {
    let storage = Storage::in_memory().unwrap();
    fill(&storage, 1);
    storage.rename_table("people", "first").unwrap();
    let mut rows = Vec::new();
    storage
        .backend()
        .scan("$catalog", |key, row| {
            rows.push((String::from_utf8(key.to_vec()).unwrap(), body(row).to_vec()));
            true
        })
        .unwrap();
    let keys: Vec<&str> = rows.iter().map(|(key, _)| &**key).collect();
    assert_eq!(keys, ["", "\u{1}people", "first", "first\0Icity", "first\0Iemail", "first\0S"]);
    let text = |number: usize| std::str::from_utf8(&rows[number].1).unwrap();
    assert_eq!(text(1), "first");
    assert!(text(2).starts_with("record = Person\n") && !text(2).contains("index"));
    assert_eq!(text(3), "index city = string over city\n");
    assert_eq!(text(4), "index email = unique string over email\n");
    assert_eq!(text(5), "people");
}
