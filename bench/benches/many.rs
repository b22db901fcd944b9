//! Many rows in one call, beside one call a row and beside one thread.
//!
//! `cargo bench -p bench --bench many`

use bench::compare;
use rkyv::{Archive, Deserialize, Serialize};
use std::hint::black_box;
use storage::{Storage, StoredRecord};

const COUNT: u64 = 1_000_000;

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
        score: (id % 100) as f64,
        tags: vec!["one".into(), "two".into()],
    }
}

/// Ids in an order that no cache can guess.
fn ids(count: usize) -> Vec<u64> {
    let next = |state: &u64| {
        Some(state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407))
    };
    std::iter::successors(Some(1), next).map(|state| (state >> 33) % COUNT).take(count).collect()
}

fn main() {
    let dir = tempfile::tempdir().unwrap();
    let storage = Storage::open(dir.path().join("people.redb")).unwrap();
    let people = Person::table(&storage).unwrap();
    people.put_stream((0..COUNT).map(person)).unwrap();
    for batch_len in [256, 4096, 65_536] {
        let ids = ids(65_536);
        compare(
            &format!("65,536 reads, {batch_len} at a time"),
            11,
            vec![
                (
                    "get",
                    Box::new(|| {
                        for id in &ids {
                            black_box(people.get(id, |person| person.name.len()).unwrap());
                        }
                    }),
                ),
                (
                    "get_many",
                    Box::new(|| {
                        for ids in ids.chunks(batch_len) {
                            black_box(people.get_many(ids, |person| person.name.len()).unwrap());
                        }
                    }),
                ),
            ],
        );
    }
    let p = Person::FIELDS;
    let scanned = |person: &ArchivedPerson| (person.score > 90.0).then(|| person.id.to_native());
    compare(
        "the ids of 9 in 100 of 1,000,000 records",
        11,
        vec![
            ("scan", Box::new(|| drop(black_box(people.scan(scanned).unwrap())))),
            ("par_scan", Box::new(|| drop(black_box(people.par_scan(scanned).unwrap())))),
            (
                "filter, select",
                Box::new(|| {
                    let rows = people.iter().unwrap().filter(p.score.gt(90.0)).select(p.id);
                    black_box(rows.collect::<Result<Vec<_>, _>>().unwrap());
                }),
            ),
            (
                "par_select",
                Box::new(|| drop(black_box(people.par_select(p.score.gt(90.0), p.id).unwrap()))),
            ),
        ],
    );
}
