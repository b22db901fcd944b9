//! How long a file is: a backup is as short as its content, however that came into the store.

use rkyv::{Archive, Deserialize, Serialize};
use std::{fs, path::Path};
use storage::{Storage, StoredRecord};
use tests::{Scratch, random::Random};

#[derive(Archive, Serialize, Deserialize, StoredRecord, Clone)]
#[store(codec = "rkyv", table = "people")]
struct Person {
    #[store(key)]
    id: u64,
    #[store(unique)]
    email: String,
    #[store(index)]
    city: String,
    note: String,
}

/// What the engine keeps for itself differs by a few pages.
const SLACK: u64 = 32 * 1024;

fn person(id: u64) -> Person {
    Person {
        id,
        email: format!("p{id}@example.org"),
        city: format!("c{}", id % 97),
        note: "x".repeat(60),
    }
}

fn shuffled(count: u64) -> Vec<Person> {
    let (mut people, mut random) = ((0..count).map(person).collect::<Vec<_>>(), Random::new(7));
    for left in (1..people.len()).rev() {
        people.swap(left, random.below(left + 1));
    }
    people
}

fn len(path: &Path) -> u64 {
    fs::metadata(path).unwrap().len()
}

/// Writes the rows in one way.
type Load<'l> = &'l dyn Fn(&Storage);

/// The lengths of the file after a load, of the compacted file, and of its backup, in bytes.
fn lengths(load: impl FnOnce(&Storage)) -> [u64; 3] {
    let scratch = Scratch::new();
    let (storage, copy) = (scratch.open(), scratch.dir().join("copy.redb"));
    load(&storage);
    let loaded = len(&scratch.path());
    storage.compact().unwrap();
    storage.backup(&copy).unwrap();
    let copied = Storage::open(&copy).unwrap();
    assert!(copied.check().unwrap().is_sound());
    assert_eq!(Person::table(&copied).unwrap().verify().unwrap(), []);
    drop((copied, storage));
    [loaded, len(&scratch.path()), len(&copy)]
}

#[test]
fn a_backup_is_as_short_as_its_content_however_it_was_loaded() {
    for count in [1000, 30_000] {
        let table = |storage: &Storage| Person::table(storage).unwrap();
        let ways: [(&str, Load<'_>); 4] = [
            ("one stream, sorted", &|storage| {
                table(storage).put_stream((0..count).map(person)).map(drop).unwrap();
            }),
            ("one stream, shuffled", &|storage| {
                table(storage).put_stream(shuffled(count)).map(drop).unwrap();
            }),
            ("parts, shuffled", &|storage| {
                for part in shuffled(count).chunks(500) {
                    table(storage).put_all(part).unwrap();
                }
            }),
            ("twice, the half deleted", &|storage| {
                table(storage).put_stream((0..2 * count).map(person)).unwrap();
                assert_eq!(table(storage).delete_range(count..).unwrap(), count);
            }),
        ];
        let mut backups = Vec::new();
        for (way, load) in ways {
            let [loaded, compacted, backup] = lengths(load);
            eprintln!("{count} rows, {way}: {loaded}, compacted {compacted}, its backup {backup}");
            assert!(backup <= compacted * 103 / 100 + SLACK, "{way}: {backup} after {compacted}");
            backups.push(backup);
        }
        let (least, most) = (backups.iter().min().unwrap(), backups.iter().max().unwrap());
        assert_eq!(least, most, "one content: {backups:?} bytes");
    }
}

/// Only rows whose key comes twice, or is there already, are written one by one: one such row leaves the pages of all
/// others as full as they were.
#[test]
fn keys_that_come_twice_make_no_file_longer() {
    const COUNT: u64 = 20_000;
    let table = |storage: &Storage| Person::table(storage).unwrap();
    let again = |id: u64| Person { note: "y".repeat(60), ..person(id) };
    for (order, people) in
        [("in order", (0..COUNT).map(person).collect::<Vec<_>>()), ("shuffled", shuffled(COUNT))]
    {
        let load = |more: &[u64], there: &[u64]| {
            let [loaded, compacted, _] = lengths(|storage| {
                table(storage).put_stream(there.iter().copied().map(person)).unwrap();
                let stream = people.iter().cloned().chain(more.iter().copied().map(again));
                table(storage).put_stream(stream).unwrap();
                assert_eq!(table(storage).len().unwrap(), COUNT);
                for id in more {
                    assert_eq!(table(storage).load(*id).unwrap().unwrap().note, again(*id).note);
                }
            });
            [loaded, compacted]
        };
        let once = load(&[], &[]);
        for (way, twice) in [
            ("the first", load(&[0], &[])),
            ("one in the middle", load(&[COUNT / 2], &[])),
            ("a few", load(&[5, 9_000, 9_001, COUNT - 1], &[])),
            ("one that is there", load(&[], &[COUNT / 3])),
            ("both", load(&[7], &[7, 12_345])),
        ] {
            eprintln!("{order}, {way}: {once:?} and {twice:?}");
            for (once, twice) in once.into_iter().zip(twice) {
                assert!(twice <= once * 105 / 100 + SLACK, "{order}, {way}: {once} and {twice}");
            }
        }
    }
}
