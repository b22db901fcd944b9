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
