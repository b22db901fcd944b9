//! Rows that are written without their Rust types: what is refused, and what becomes of indexes.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use rkyv::{Archive, Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use storage::{
    Storage, StorageError, StoredRecord,
    dynamic::{DynamicError, DynamicTable, DynamicTableMut, Value},
    watch::ChangeKind,
};
use tests::dynamic::{dump, rows_are_written};

#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "people")]
#[store(index(name = "by_length", with = length, key = u32))]
#[store(index(name = "by_city_and_tag", fields(city, tags)))]
struct Person {
    #[store(key)]
    id: u32,
    #[store(unique)]
    email: Option<String>,
    #[store(index)]
    tags: Vec<String>,
    city: String,
    scores: BTreeMap<String, i8>,
    seen: BTreeSet<u16>,
    counts: HashMap<String, u64>,
}

fn length(person: &Person) -> u32 {
    u32::try_from(person.city.len()).unwrap()
}

fn person(id: u32) -> Person {
    Person {
        id,
        email: (!id.is_multiple_of(3)).then(|| format!("{id}@example.org")),
        tags: (0..id % 4).map(|number| format!("t{number}")).collect(),
        city: "x".repeat(usize::try_from(id).unwrap() % 20),
        scores: BTreeMap::from([("b".into(), 1), ("a".into(), -1)]),
        seen: BTreeSet::from([300, 2]),
        counts: HashMap::from([("only".into(), u64::MAX)]),
    }
}

fn filled() -> Storage {
    let storage = Storage::in_memory().unwrap();
    Person::table(&storage).unwrap().put_stream((0..40).map(person)).unwrap();
    storage
}

/// Runs `write` with the table of people.
fn with_people<T>(
    storage: &Storage,
    write: impl FnOnce(&DynamicTableMut<'_>) -> Result<T, DynamicError>,
) -> Result<T, DynamicError> {
    storage.try_write(|txn| write(&DynamicTableMut::open(txn, "people")?))
}

fn row(text: &str) -> Value {
    Value::parse(text).unwrap()
}

/// A person's row as text, with one field as it is given.
fn text_with(id: u32, field: &str, value: &str) -> String {
    let mut fields = [
        ("id", id.to_string()),
        ("email", "null".into()),
        ("tags", "[\"t0\"]".into()),
        ("city", "\"Bern\"".into()),
        ("scores", "{\"b\":2,\"a\":1}".into()),
        ("seen", "[300,2]".into()),
        ("counts", "{\"z\":1,\"y\":2,\"x\":3}".into()),
    ];
    fields.iter_mut().filter(|(name, _)| *name == field).for_each(|(_, old)| *old = value.into());
    let fields: Vec<_> = fields.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
    format!("{{{}}}", fields.join(","))
}

#[test]
fn what_does_not_fit_names_its_place_and_changes_nothing() {
    let storage = filled();
    let before = dump(&storage, "people");
    for (field, value, said) in [
        ("city", "7", "`city`: expected a value of type `string`, found an integer"),
        ("tags", "[\"t0\", 1]", "`tags.1`: expected"),
        ("scores", "{\"a\": 1, \"b\": 300}", "`scores.b`: expected a value of type `i8`"),
        ("scores", "[[\"a\", 1], [\"a\", 2]]", "`scores`: the key \"a\" comes twice"),
        ("seen", "[1, 2, 1]", "`seen`: the key 1 comes twice"),
        ("height", "1", ""),
        ("id", "-1", "`id`: expected a value of type `u32`"),
    ] {
        let text = text_with(77, field, value);
        let refused = with_people(&storage, |people| people.put(&row(&text)));
        if said.is_empty() {
            refused.unwrap();
            with_people(&storage, |people| people.delete(&Value::Unsigned(77))).unwrap();
            continue;
        }
        let error = refused.unwrap_err().to_string();
        let key = if field == "id" { "-1" } else { "77" };
        assert!(error.starts_with(&format!("table `people`, key {key}: ")), "{error}");
        assert!(error.contains(said), "{error}");
    }
    let missing = with_people(&storage, |people| people.put(&row("{\"id\": 1}"))).unwrap_err();
    assert!(missing.to_string().contains("the field `tags` is missing"), "{missing}");
    let taken = text_with(77, "email", "\"1@example.org\"");
    let taken = with_people(&storage, |people| people.put(&row(&taken))).unwrap_err();
    let DynamicError::Storage(StorageError::Unique(violation)) = &taken else { panic!("{taken}") };
    let named = (violation.index(), violation.holder(), violation.refused());
    assert_eq!(named, ("email", "1", "77"));
    let again = with_people(&storage, |people| people.insert(&row(&text_with(5, "", ""))));
    assert!(matches!(again, Err(DynamicError::Storage(StorageError::AlreadyExists(_)))));
    let unchanged = dump(&storage, "people");
    // The index whose keys are computed went with the first row that was written.
    let is_kept = |(table, _): &&(String, Vec<u8>)| table != "people$by_length";
    assert!(unchanged.keys().eq(before.keys().filter(is_kept)));
    assert!(unchanged.iter().all(|(key, value)| before.get(key) == Some(value)));
}

#[test]
fn typed_code_reads_what_was_written_and_builds_what_it_computes() {
    let storage = filled();
    with_people(&storage, |people| {
        for id in [3, 41, 42] {
            people.put(&row(&text_with(id, "email", &format!("\"new-{id}\""))))?;
        }
        assert!(people.delete(&Value::Unsigned(7))?);
        assert!(!people.delete(&Value::Unsigned(7))?);
        assert_eq!(people.get(&Value::Unsigned(41))?.unwrap().field("city")?, Some(row("Bern")));
        Ok(())
    })
    .unwrap();
    let state = storage.read().unwrap();
    let not_built = DynamicTable::open(&state, "people").unwrap().index("by_length");
    assert!(matches!(not_built, Err(DynamicError::Storage(StorageError::IndexNotBuilt { .. }))));
    let people = Person::table(&storage).unwrap();
    assert!(people.verify().unwrap().is_empty());
    let lengths = people.by(Person::INDEXES.by_length);
    assert_eq!(lengths.get_all(4).unwrap().count().unwrap(), 5);
    let found = people.by(Person::INDEXES.email).load("new-41").unwrap().unwrap();
    assert_eq!(found.scores, BTreeMap::from([("a".into(), 1), ("b".into(), 2)]));
    assert_eq!(found.seen, BTreeSet::from([2, 300]));
    assert_eq!(found.counts.get("y"), Some(&2));
    let in_archive = people.get(41, |person| person.counts.get("z").map(|count| count.to_native()));
    assert_eq!(in_archive.unwrap(), Some(Some(1)), "a hash map finds what was hashed here");
}

macro_rules! notes {
    ($version:ident { $($fields:tt)* }) => {
        mod $version {
            use super::*;

            #[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
            #[store(codec = "rkyv", table = "notes")]
            pub(crate) struct Note {
                #[store(key, auto)]
                pub(crate) id: u32,
                #[store(index)]
                pub(crate) text: String,
                $($fields)*
            }
        }
    };
}
notes! { v1 {} }
notes! { v2 { #[store(index)] pub(crate) rank: Option<u8>, } }

#[test]
fn rows_of_older_layouts_leave_no_entry_behind() {
    let storage = Storage::in_memory().unwrap();
    let note = |id: u32| v1::Note { id, text: format!("old {id}") };
    v1::Note::table(&storage).unwrap().put_stream((1..20).map(note)).unwrap();
    let typed = v2::Note::table(&storage).unwrap();
    let id = typed.add(v2::Note { id: 0, text: "new".into(), rank: Some(3) }).unwrap();
    assert_eq!(id, 20);
    let written = storage.try_write(|txn| {
        let notes = DynamicTableMut::open(txn, "notes")?;
        notes.put(&row("{\"id\": 5, \"text\": \"changed\", \"rank\": 9}"))?;
        assert!(notes.delete(&Value::Unsigned(6))?);
        notes.in_layout(1)?.put(&row("{\"id\": 7, \"text\": \"older\"}"))?;
        assert!(notes.in_layout(3).is_err());
        notes.put(&row("{\"id\": 30, \"text\": \"last\"}"))?;
        notes.delete(&Value::Unsigned(30))
    });
    assert!(written.unwrap());
    // An index over a field that the older layout does not have is left to the program.
    let typed = v2::Note::table(&storage).unwrap();
    assert!(typed.verify().unwrap().is_empty());
    let by_text = typed.by(v2::Note::INDEXES.text);
    for (text, count) in [("old 5", 0), ("old 6", 0), ("changed", 1), ("older", 1), ("old 8", 1)] {
        assert_eq!(by_text.get_all(text).unwrap().count().unwrap(), count, "{text}");
    }
    let added = typed.add(v2::Note { id: 0, text: "next".into(), rank: None }).unwrap();
    assert_eq!(added, 31, "the number of a row that was deleted is not given again");
}

macro_rules! tasks {
    ($version:ident { #[$index:meta] $($fields:tt)* }) => {
        mod $version {
            use super::*;

            #[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
            #[store(codec = "rkyv", table = "tasks")]
            pub(crate) struct Task {
                #[store(key)]
                pub(crate) id: u32,
                #[$index]
                pub(crate) text: String,
                $($fields)*
            }
        }
    };
}
tasks! { old_task { #[doc = "Not indexed."] } }
tasks! { new_task { #[store(index)] pub(crate) rank: Option<u8>, } }

#[test]
fn entries_that_newer_code_has_made_of_older_rows_go_with_them() {
    let storage = Storage::in_memory().unwrap();
    let task = |id: u32| old_task::Task { id, text: format!("old {id}") };
    old_task::Task::table(&storage).unwrap().put_stream((1..20).map(task)).unwrap();
    let typed = new_task::Task::table(&storage).unwrap();
    typed.put(&new_task::Task { id: 20, text: "new".into(), rank: None }).unwrap();
    assert!(typed.verify().unwrap().is_empty());
    storage
        .try_write(|txn| {
            let tasks = DynamicTableMut::open(txn, "tasks")?;
            tasks.put(&row("{\"id\": 5, \"text\": \"changed\", \"rank\": 9}"))?;
            tasks.delete(&Value::Unsigned(6))
        })
        .unwrap();
    assert!(typed.verify().unwrap().is_empty());
    let by_text = typed.by(new_task::Task::INDEXES.text);
    for (text, count) in [("old 5", 0), ("old 6", 0), ("changed", 1), ("old 7", 1)] {
        assert_eq!(by_text.get_all(text).unwrap().count().unwrap(), count, "{text}");
    }
}

#[test]
fn a_part_that_is_undone_takes_its_entries_along() {
    let storage = filled();
    with_people(&storage, |people| people.delete(&Value::Unsigned(9)).map(|_| ())).unwrap();
    let before = dump(&storage, "people");
    storage
        .try_write(|txn| {
            let people = DynamicTableMut::open(txn, "people")?;
            let undone = txn.try_savepoint(|| {
                people.put(&row(&text_with(90, "", "")))?;
                people.put(&row(&text_with(91, "city", "1"))).map(|_| ())
            });
            assert!(matches!(undone, Err(DynamicError::Value { .. })));
            people.put(&row(&text_with(92, "", "")))?;
            assert!(people.delete(&Value::Unsigned(92))?);
            Ok::<_, DynamicError>(())
        })
        .unwrap();
    assert!(dump(&storage, "people") == before);
    assert!(Person::table(&storage).unwrap().verify().unwrap().is_empty());
}

#[test]
fn a_table_is_made_anew_by_its_definition() {
    let storage = Storage::in_memory().unwrap();
    let people = (0..40).map(|id| v2::Note { id: id + 1, text: format!("{id}"), rank: Some(1) });
    v2::Note::table(&storage).unwrap().put_stream(people).unwrap();
    rows_are_written(&storage, "notes");
    let state = storage.read().unwrap();
    let definition = DynamicTable::open(&state, "notes").unwrap().definition().unwrap();
    let taken =
        storage.try_write(|txn| DynamicTableMut::create(txn, "notes", &definition).map(|_| ()));
    let Err(DynamicError::Storage(StorageError::TableExists { .. })) = taken else {
        panic!("{taken:?}")
    };
    for (from, to) in
        [("layout 1", "layout 2"), ("layout 1", "frozen"), ("u32", "u33"), ("", "x\n")]
    {
        let wrong = definition.replacen(from, to, 1);
        let refused =
            storage.try_write(|txn| DynamicTableMut::create(txn, "others", &wrong).map(|_| ()));
        assert!(matches!(refused, Err(DynamicError::Definition { .. })), "{wrong}");
    }
    assert_eq!(storage.tables().unwrap().len(), 1);
}

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "orders", feed(keep = 5))]
struct Order {
    #[store(key)]
    id: u64,
    cents: u64,
}

/// The changes in the feed of orders: their numbers, what they are, and of which row.
fn logged(storage: &Storage) -> Vec<(u64, ChangeKind, u64)> {
    let changes = Order::table(storage).unwrap().feed().iter().unwrap();
    let told = changes.map(|change| {
        let change = change.unwrap();
        (change.cursor().number(), change.kind(), *change.key())
    });
    told.collect()
}

#[test]
fn what_is_written_without_types_is_in_the_feed() {
    use ChangeKind::{Inserted, Removed, Updated};
    let storage = Storage::in_memory().unwrap();
    let orders = Order::table(&storage).unwrap();
    orders.put(&Order { id: 7, cents: 1 }).unwrap();
    let with_orders = |write: &dyn Fn(&DynamicTableMut<'_>) -> Result<(), DynamicError>| {
        storage.try_write(|txn| write(&DynamicTableMut::open(txn, "orders")?))
    };
    with_orders(&|orders| {
        orders.insert(&row(r#"{"id": 8, "cents": 2}"#))?;
        orders.put(&row(r#"{"id": 7, "cents": 3}"#))?;
        assert!(orders.delete(&Value::Unsigned(8))?);
        assert!(!orders.delete(&Value::Unsigned(9))?);
        orders.insert(&row(r#"{"id": 7, "cents": 4}"#)).unwrap_err();
        Ok(())
    })
    .unwrap();
    let told = [(1, Inserted, 7), (2, Inserted, 8), (3, Updated, 7), (4, Removed, 8)];
    assert_eq!(logged(&storage), told);

    // What is undone is not logged.
    let undone = with_orders(&|orders| {
        orders.delete(&Value::Unsigned(7))?;
        Err(orders.insert(&row("{}")).unwrap_err())
    });
    undone.unwrap_err();
    assert_eq!(logged(&storage), told);

    // The limits are those of the program, which removes what is too much with its own changes.
    with_orders(&|orders| {
        (10..14).try_for_each(|id| orders.insert(&row(&format!(r#"{{"id": {id}, "cents": 0}}"#))))
    })
    .unwrap();
    assert_eq!(logged(&storage).len(), 8);
    orders.delete(7).unwrap();
    assert_eq!(logged(&storage).first(), Some(&(3, Updated, 7)));
    assert!(storage.check().unwrap().is_sound());
}
