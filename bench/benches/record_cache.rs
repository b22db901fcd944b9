//! Reads of one record with a cache and without: some records, some more often than others, all alike.
//!
//! `cargo bench -p bench --bench record_cache`

use bench::compare;
use rkyv::{Archive, Deserialize, Serialize};
use std::hint::black_box;
use storage::{Storage, StoredRecord, Table};

const COUNT: u64 = 1_000_000;
const READS: usize = 50_000;

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

/// Numbers in an order that no cache can guess.
fn random() -> impl Iterator<Item = u64> {
    std::iter::successors(Some(1_u64), |state| {
        Some(state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407))
    })
    .map(|state| state >> 33)
}

/// Ids of which the first is read most often, the second half as often, and so on (Zipf, 0.99), scattered.
fn zipf() -> impl Iterator<Item = u64> {
    let mut sum = 0.0;
    let sums: Vec<f64> = (1..=COUNT)
        .map(|rank| {
            sum += (rank as f64).powf(-0.99);
            sum
        })
        .collect();
    random().map(move |number| {
        let at = number as f64 / (1_u64 << 31) as f64 * sum;
        let rank = sums.partition_point(|sum| *sum < at) as u64;
        rank.wrapping_mul(7_368_787) % COUNT
    })
}

fn read(people: &Table<Person>, ids: &[u64]) {
    for id in ids {
        black_box(people.get(*id, |person| person.name.len()).unwrap());
    }
}

/// The reads of a round, other ones each time.
fn rounds(mut ids: impl Iterator<Item = u64>) -> impl FnMut() -> Vec<u64> {
    move || ids.by_ref().take(READS).collect()
}

fn case(title: &str, mib: usize, mut next_round: impl FnMut() -> Vec<u64>) {
    // A store of its own, so that every case begins with an empty cache.
    let dir = tempfile::tempdir().unwrap();
    let storage = Storage::open(dir.path().join("people.redb")).unwrap();
    let people = Person::table(&storage).unwrap();
    people.put_stream((0..COUNT).map(person)).unwrap();
    people.scan(|_| None::<()>).unwrap();
    let cached = people.clone().with_cache(mib << 20);
    (0..40).for_each(|_| read(&cached, &next_round()));
    let rounds: Vec<_> = (0..42).map(|_| next_round()).collect();
    let (mut with, mut without) = (rounds.iter().cycle(), rounds.iter().cycle());
    let before = cached.cache_stats().unwrap();
    compare(
        &format!("{READS} reads, {title}, a cache of {mib} MiB"),
        21,
        vec![
            ("get", Box::new(|| read(&people, without.next().unwrap()))),
            ("get, with a cache", Box::new(|| read(&cached, with.next().unwrap()))),
        ],
    );
    let stats = cached.cache_stats().unwrap();
    let hits = (stats.hit_count - before.hit_count) as f64;
    let rate = hits / (hits + (stats.miss_count - before.miss_count) as f64);
    println!("  hit rate {rate:.3}, {} records in {} MiB", stats.row_count, stats.len >> 20);
}

fn main() {
    case("10,000 hot records", 16, rounds(random().map(|number| number % 10_000 * 97)));
    case("Zipf over 1,000,000", 32, rounds(zipf()));
    case("1,000,000 alike", 32, rounds(random().map(|number| number % COUNT)));
    case("1,000,000 alike", 1, rounds(random().map(|number| number % COUNT)));
}
