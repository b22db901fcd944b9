//! Tables that are renamed: their seals, their handles, and what the catalogue has of them.

use super::{Person, Visitor, engine_tables, fill, holds, load, person};
use rkyv::{Archive, Deserialize, Serialize};
use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use storage::{OpenOptions, Storage, StorageError, StoredRecord, WriteTxn, error::Blame};
use tests::{
    Scratch,
    frame::{body, seal},
    guarded::{Change, GuardedFiles},
};

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
    let stored = |tables: &[storage::maintenance::TableStats]| -> Vec<(u64, u64)> {
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
    holds(&snapshot.table().unwrap(), 0..10);
    // A write through the old handle would be sealed as the renamed table is, and a read would find an empty table.
    let replaced = |error: StorageError| {
        assert!(matches!(error, StorageError::TableReplaced { .. }), "{error}");
        assert!(error.to_string().contains("`people`"), "{error}");
    };
    replaced(people.get(3, |_| ()).unwrap_err());
    replaced(people.contains(3).unwrap_err());
    replaced(people.len().unwrap_err());
    replaced(people.iter().map(drop).unwrap_err());
    replaced(people.by(Person::INDEXES.city).len().unwrap_err());
    replaced(people.delete(3).unwrap_err());
    holds(&storage.table().unwrap(), []);
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
        (b"people\0Z", "zeal", 1, "a row about `\\x00Z`"),
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

/// Two tables that change names all the time, sealed with two names.
#[test]
fn readers_beside_renames_read_one_table_or_the_other_or_are_told() {
    let storage = Storage::in_memory().unwrap();
    fill(&storage, 5);
    storage.rename_table("people", "other").unwrap();
    let (people, end) = (fill(&storage, 10), Instant::now() + Duration::from_millis(400));
    let is_told = |error: &StorageError| matches!(error, StorageError::TableReplaced { .. });
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while Instant::now() < end {
                    match load(&people) {
                        Ok(records) => assert_eq!(records.len(), 10),
                        Err(error) => assert!(is_told(&error), "{error}"),
                    }
                    let fresh = storage.table::<Person>().and_then(|people| load(&people));
                    match fresh {
                        Ok(records) => assert!([5, 10].contains(&records.len())),
                        Err(error) => assert!(is_told(&error), "{error}"),
                    }
                    match people.put(&person(3)) {
                        Ok(was_there) => assert!(was_there),
                        Err(error) => assert!(is_told(&error), "{error}"),
                    }
                }
            });
        }
        while Instant::now() < end {
            let swap = storage.write(|txn| {
                txn.rename_table("people", "third")?;
                txn.rename_table("other", "people")?;
                txn.rename_table("third", "other")
            });
            assert!(swap.unwrap());
        }
    });
    assert!(storage.check().unwrap().is_sound());
}

#[test]
fn whole_tables_on_a_disk_that_fails_are_as_before_or_as_meant() {
    type Act = fn(&WriteTxn<'_>) -> storage::Result<()>;
    let acts: [(Act, u64); 4] = [
        (|txn| txn.table::<Person>()?.clear().map(drop), 0),
        (|txn| txn.drop_table("people").map(drop), 0),
        (|txn| txn.savepoint(|| txn.rename_table("people", "other").map(drop)), 0),
        (
            |txn| {
                let undone = txn.savepoint(|| {
                    txn.drop_table("people")?;
                    Err::<(), _>(StorageError::custom("on purpose"))
                });
                undone.or_else(|_| txn.table::<Person>()?.put(&person(2000)).map(drop))
            },
            2001,
        ),
    ];
    for (act, after) in acts {
        for at in (0..).step_by(3) {
            // Everything works until it is asked so often.
            let left = Arc::new(AtomicUsize::new(usize::MAX));
            let asked = Arc::clone(&left);
            let files = GuardedFiles::new(move |change| match asked.load(Ordering::Acquire) {
                _ if change == Change::Read => Ok(()),
                0 => Err(io::Error::other("the disk is gone")),
                usize::MAX => Ok(()),
                left => {
                    asked.store(left - 1, Ordering::Release);
                    Ok(())
                }
            });
            let options = OpenOptions::default().file_system(Arc::new(files)).cache_size(1 << 18);
            let storage = Storage::open_with("store.redb", &options).unwrap();
            fill(&storage, 2000);
            left.store(at, Ordering::Release);
            let acted = storage.write(act);
            let has_failed = left.swap(usize::MAX, Ordering::AcqRel) == 0;
            storage.reopen().unwrap();
            assert!(storage.check().unwrap().is_sound(), "{at}");
            let people = storage.table::<Person>().unwrap();
            assert_eq!(people.verify().unwrap(), [], "{at}");
            let len = people.len().unwrap();
            match acted {
                Ok(()) => assert_eq!(len, after, "{at}"),
                Err(error) => {
                    assert!(has_failed, "{error}");
                    assert!(len == 2000 || len == after, "{at}: {len}");
                }
            }
            let names = engine_tables(&storage);
            assert!(names.iter().all(|name| name.starts_with(['$', 'p', 'o'])), "{names:?}");
            if !has_failed {
                break;
            }
        }
    }
}
