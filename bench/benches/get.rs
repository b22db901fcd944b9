//! One read: the store beside raw redb, as people write it and at its floor.
//!
//! `cargo bench -p bench --bench get`

use bench::compare;
use redb::{Database, ReadableDatabase, TableDefinition};
use rkyv::{Archive, Deserialize, Serialize};
use std::hint::black_box;
use storage::{Storage, StoredRecord};

const COUNT: u64 = 1_000_000;
const HOT: u64 = 10_000;
const READS: u64 = 20_000;
const RAW: TableDefinition<'_, &[u8], &[u8]> = TableDefinition::new("people");

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "people")]
struct Person {
    #[store(key)]
    id: u64,
    name: String,
    email: String,
    age: u32,
    score: f64,
    tags: Vec<String>,
}

fn person(id: u64) -> Person {
    Person {
        id,
        name: format!("Person number {id}"),
        email: format!("person{id}@example.org"),
        age: (id % 90) as u32,
        score: id as f64 / 7.0,
        tags: vec!["one".into(), "two".into()],
    }
}

/// Ids in an order that no cache can guess.
fn ids(range: u64) -> impl Iterator<Item = u64> {
    (0..READS).scan(1_u64, move |state, _| {
        *state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        Some((*state >> 33) % range)
    })
}

fn view(bytes: &[u8]) -> usize {
    let person = rkyv::access::<ArchivedPerson, rkyv::rancor::Failure>(bytes);
    person.map(|person| person.name.len()).unwrap()
}

fn main() {
    let dir = tempfile::tempdir().unwrap();
    let storage = Storage::open(dir.path().join("storage.redb")).unwrap();
    let people = Person::table(&storage).unwrap();
    people.put_stream((0..COUNT).map(person)).unwrap();
    let db = Database::create(dir.path().join("raw.redb")).unwrap();
    let txn = db.begin_write().unwrap();
    {
        let mut table = txn.open_table(RAW).unwrap();
        for id in 0..COUNT {
            let bytes = rkyv::to_bytes::<rkyv::rancor::Failure>(&person(id)).unwrap();
            table.insert(&id.to_be_bytes()[..], &bytes[..]).unwrap();
        }
    }
    txn.commit().unwrap();
    let held = db.begin_read().unwrap().open_table(RAW).unwrap();
    for (title, range) in [("hot, 10,000 ids", HOT), ("uniform, 1,000,000 ids", COUNT)] {
        compare(
            &format!("20,000 reads of one field, {title}"),
            11,
            vec![
                (
                    "raw redb, held table, checked",
                    Box::new(|| {
                        for id in ids(range) {
                            let value = held.get(&id.to_be_bytes()[..]).unwrap().unwrap();
                            let mut copy: rkyv::util::AlignedVec = rkyv::util::AlignedVec::new();
                            copy.extend_from_slice(value.value());
                            black_box(view(&copy));
                        }
                    }),
                ),
                (
                    "raw redb, transaction and table a read",
                    Box::new(|| {
                        for id in ids(range) {
                            let table = db.begin_read().unwrap().open_table(RAW).unwrap();
                            let value = table.get(&id.to_be_bytes()[..]).unwrap().unwrap();
                            let mut copy: rkyv::util::AlignedVec = rkyv::util::AlignedVec::new();
                            copy.extend_from_slice(value.value());
                            black_box(view(&copy));
                        }
                    }),
                ),
                (
                    "storage, get",
                    Box::new(|| {
                        for id in ids(range) {
                            black_box(people.get(id, |person| person.name.len()).unwrap());
                        }
                    }),
                ),
                (
                    "storage, project",
                    Box::new(|| {
                        for id in ids(range) {
                            black_box(people.project(id, Person::FIELDS.score).unwrap());
                        }
                    }),
                ),
            ],
        );
    }
}
