//! Many rows in one call: `get_many`, `project_many`, `par_scan`, `par_select` are what one read after the other is.

use rkyv::{Archive, Deserialize, Serialize};
use std::{
    borrow::Cow,
    panic::{AssertUnwindSafe, catch_unwind},
};
use storage::{RkyvTable, Storage, StorageError, StoredRecord, Table, WriteTxn, table::Access};

#[derive(Archive, Serialize, Deserialize, StoredRecord, Clone, Debug)]
#[store(codec = "rkyv", table = "people")]
struct Person {
    #[store(key)]
    id: u64,
    #[store(unique)]
    email: String,
    age: u32,
}

#[derive(StoredRecord, Clone, Debug, Default, PartialEq)]
#[store(codec = "flatbuffers", table = "towns")]
struct Town {
    #[store(key)]
    name: String,
    people: u32,
}

fn person(id: u64) -> Person {
    Person {
        id,
        email: format!("{}@example.org", id.wrapping_mul(7919) % 10_000),
        age: (id % 90) as u32,
    }
}

fn people(count: u64) -> (Storage, Table<Person>) {
    let storage = Storage::in_memory().unwrap();
    let people = Person::table(&storage).unwrap();
    people.put_stream((0..count).map(person)).unwrap();
    (storage, people)
}

/// In no order, some twice, some of nobody.
const WANTED: [u64; 9] = [700, 3, 5000, 3, 0, 999, 1000, 256, 255];

fn reads_many<A: Access>(people: &Table<Person, A>) {
    let one_by_one: Vec<_> =
        WANTED.iter().map(|id| people.get(id, |p| p.email.to_string()).unwrap()).collect();
    assert_eq!(people.get_many(WANTED, |p| p.email.to_string()).unwrap(), one_by_one);
    assert_eq!(one_by_one.iter().flatten().count(), 7);
    let p = Person::FIELDS;
    let fields = people.project_many(WANTED, (p.id, p.age)).unwrap();
    let expected = WANTED.map(|id| (id < 1000).then_some((id, (id % 90) as u32)));
    assert_eq!(fields, expected);
    let emails = WANTED.map(|id| person(id).email);
    let by_email =
        people.by(Person::INDEXES.email).get_many(&emails, |p| p.id.to_native()).unwrap();
    let expected = emails
        .map(|email| people.by(Person::INDEXES.email).get(&email, |p| p.id.to_native()).unwrap());
    assert_eq!(by_email, expected);
    assert!(people.get_many([0_u64; 0], |_| ()).unwrap().is_empty());
}

#[test]
fn many_keys_are_answered_in_the_order_they_were_asked() {
    let (storage, people) = people(1000);
    reads_many(&people);
    reads_many(&storage.read().unwrap().table().unwrap());
    storage
        .write(|txn| {
            let people = txn.table::<Person>()?;
            reads_many(&people);
            people.delete(3)?;
            assert_eq!(people.get_many([3, 4], |p| p.id.to_native())?, [None, Some(4)]);
            Ok(())
        })
        .unwrap();
    assert_eq!(people.get_many([3, 4], |p| p.id.to_native()).unwrap(), [None, Some(4)]);
}

#[test]
fn text_keys_and_the_other_codec() {
    let storage = Storage::in_memory().unwrap();
    let towns = Town::table(&storage).unwrap();
    assert_eq!(towns.get_many(["Ur"], |t| t.people()).unwrap(), [None], "nobody has written yet");
    for (name, people) in [("Ur", 1), ("Uruk", 2), ("", 3)] {
        towns.put(&Town { name: name.into(), people }).unwrap();
    }
    let wanted = ["Uruk", "", "Eridu", "Ur"];
    assert_eq!(towns.get_many(wanted, |t| t.people()).unwrap(), [Some(2), Some(3), None, Some(1)]);
    let fields = towns.project_many(wanted, Town::FIELDS.name).unwrap();
    assert_eq!(fields, [Some("Uruk".to_owned()), Some(String::new()), None, Some("Ur".to_owned())]);
}

#[test]
fn a_key_that_cannot_be_one_is_an_error() {
    let storage = Storage::in_memory().unwrap();
    let names = storage.new_rkyv_table::<String, u64>("names");
    let long = "x".repeat(70_000);
    let error = names.get_many(["short", &long], |n| n.to_native()).unwrap_err();
    assert!(matches!(error, StorageError::Key { .. }), "{error}");
}

#[test]
fn damage_is_an_error_and_names_its_row() {
    let (storage, people) = people(1000);
    storage.backend().put("people", &999_u64.to_be_bytes(), b"no record").unwrap();
    let errors = [
        people.get_many(WANTED, |_| ()).unwrap_err(),
        people.project_many(WANTED, Person::FIELDS.age).unwrap_err(),
        people.par_scan(|_| Some(())).unwrap_err(),
    ];
    for error in errors {
        assert!(error.is_corrupt() && error.to_string().contains("999"), "{error}");
    }
    assert!(people.get_many([998_u64], |_| ()).is_ok());
}

/// Rows that a writer changes all at once are all of one state.
#[test]
fn many_rows_are_of_one_state() {
    let storage = Storage::in_memory().unwrap();
    let numbers: RkyvTable<u64, u64> = storage.new_rkyv_table("numbers");
    numbers.put_stream((0..2000).map(|key| (key, 0))).unwrap();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for n in 1..60 {
                numbers.put_stream((0..2000).map(|key| (key, n))).unwrap();
            }
        });
        for _ in 0..60 {
            let some = numbers.get_many([1999, 0, 1000], |n| n.to_native()).unwrap();
            assert!(some.windows(2).all(|pair| pair[0] == pair[1]), "{some:?}");
            let all = numbers.par_scan(|_, n| Some(n.to_native())).unwrap();
            assert!(all.len() == 2000 && all.iter().all(|n| *n == all[0]));
        }
    });
}

fn scans_all<A: Access>(people: &Table<Person, A>) {
    let odd = |p: &ArchivedPerson| (p.id.to_native() % 2 == 1).then(|| p.email.to_string());
    let expected = people.scan(odd).unwrap();
    assert_eq!(people.par_scan(odd).unwrap(), expected);
    let p = Person::FIELDS;
    let selected: Result<Vec<_>, _> =
        people.iter().unwrap().filter(p.age.gt(80)).select((p.id, p.email)).collect();
    assert_eq!(people.par_select(p.age.gt(80), (p.id, p.email)).unwrap(), selected.unwrap());
}

#[test]
fn threads_find_what_one_finds_in_the_same_order() {
    for count in [0, 1, 600, 5000] {
        let (storage, people) = people(count);
        scans_all(&people);
        scans_all(&storage.read().unwrap().table().unwrap());
        let inside = |txn: &WriteTxn<'_>| txn.table().map(|people| scans_all(&people));
        storage.write(inside).unwrap();
    }
}

type Seen = (String, u32, u32);

#[expect(clippy::trivially_copy_pass_by_ref, reason = "a view is a reference")]
fn seen((text, n): &(Cow<'_, str>, u32), value: &rkyv::Archived<u32>) -> Option<Seen> {
    (n % 3 > 0).then(|| (text.to_string(), *n, value.to_native()))
}

#[test]
fn pairs_and_keys_that_lie_close_together() {
    let storage = Storage::in_memory().unwrap();
    let texts: RkyvTable<(String, u32), u32> = storage.new_rkyv_table("texts");
    let key = |n: u32| (format!("the same beginning {}", "x".repeat(n as usize % 3)), n);
    texts.put_stream((0..5000).map(|n| (key(n), n))).unwrap();
    assert_eq!(texts.par_scan(seen).unwrap(), texts.scan(seen).unwrap());
}

#[test]
fn a_panic_in_a_thread_reaches_the_caller() {
    let (_storage, people) = people(5000);
    let scan = || people.par_scan(|p| (p.id != 4321).then_some(()).or_else(|| panic!("at 4321")));
    let panic = catch_unwind(AssertUnwindSafe(scan)).unwrap_err();
    assert_eq!(panic.downcast_ref::<&str>(), Some(&"at 4321"));
    assert_eq!(people.par_scan(|_| Some(())).unwrap().len(), 5000);
}
