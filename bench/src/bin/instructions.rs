//! One verb, repeated: how many instructions it takes, as callgrind counts them.
//!
//! ```sh
//! cargo build --profile bench -p bench --bin instructions
//! valgrind --tool=callgrind --callgrind-out-file=/dev/null --toggle-collect='*measured*' \
//!     target/release/instructions get 20000
//! ```
//!
//! `blob-length` and its like take the length of the blob as well: `instructions blob-length 1000 1048576`.
//!
//! `Collected` divided by the number of operations is the figure; the store lies in memory, so that no two runs
//! differ by what a disk does.

use rkyv::{Archive, Deserialize, Serialize};
use std::{env, hint::black_box};
use storage::{Storage, StoredRecord, Table};

const COUNT: u64 = 50_000;
const HOT: u64 = 10_000;
const DOCUMENT_COUNT: u64 = 1_000;
const DOCUMENT_LEN: usize = 10_000;

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

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "members")]
struct Member {
    #[store(key)]
    id: u64,
    #[store(unique)]
    email: String,
    #[store(index)]
    age: u32,
    name: String,
}

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "documents")]
struct Document {
    #[store(key)]
    id: u64,
    weight: f64,
    text: String,
    year: u32,
}

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "archived_blobs")]
struct ArchivedBlob {
    #[store(key)]
    id: u64,
    content: Vec<u8>,
}

#[derive(StoredRecord)]
#[store(codec = "flatbuffers", table = "flat_blobs")]
struct FlatBlob {
    #[store(key)]
    id: u64,
    content: Vec<u8>,
}

/// The person of the next release, which has a field more: of each release.
mod next {
    use super::{Archive, Deserialize, Serialize, StoredRecord};

    #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "people")]
    pub struct Person {
        #[store(key)]
        pub id: u64,
        pub name: String,
        pub email: String,
        pub age: u32,
        pub score: f64,
        pub tags: Vec<String>,
        pub nick: Option<String>,
    }
}

fn person(id: u64) -> Person {
    Person {
        id,
        name: format!("Person number {id}"),
        email: email(id),
        age: (id % 90) as u32,
        score: id as f64 / 7.0,
        tags: vec!["one".into(), "two".into()],
    }
}

fn member(id: u64) -> Member {
    Member { id, email: email(id), age: (id % 90) as u32, name: format!("Member number {id}") }
}

fn email(id: u64) -> String {
    format!("person{:08x}@example.org", scatter(id) as u32)
}

/// Another number for each number, in no order.
fn scatter(id: u64) -> u64 {
    id.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23)
}

/// Ids in an order that no cache can guess.
fn ids(count: u64, below: u64) -> Vec<u64> {
    (0..count).map(|n| scatter(n) % below).collect()
}

/// What callgrind looks at.
#[inline(never)]
fn measured(work: &mut dyn FnMut()) {
    work();
}

fn main() {
    let mut arguments = env::args().skip(1);
    let verb = arguments.next().unwrap_or_else(|| "get".into());
    let count: u64 = arguments.next().map_or(20_000, |count| count.parse().unwrap());
    let storage = Storage::in_memory().unwrap();
    let is_rewritten = verb.ends_with("-rewritten");
    if verb.starts_with("load") {
        load(&storage, &verb, count);
        return;
    }
    if let Some(verb) = verb.strip_prefix("blob-") {
        let len = arguments.next().map_or(1 << 20, |len| len.parse().unwrap());
        read_blob(&storage, verb, count, len);
        return;
    }
    if verb == "delete" {
        delete(&storage, count);
        return;
    }
    if let Some(verb) = verb.strip_suffix("-old").or_else(|| verb.strip_suffix("-rewritten")) {
        let people = Person::table(&storage).unwrap();
        people.put_stream((0..COUNT).map(person)).unwrap();
        let people = next::Person::table(&storage).unwrap();
        if is_rewritten {
            people.migrate().run().unwrap();
        }
        read_next(&people, verb, &ids(count, HOT));
        return;
    }
    if let Some(verb) = verb.strip_suffix("-long") {
        read_long(&storage, verb, &ids(count, DOCUMENT_COUNT));
        return;
    }
    let people = Person::table(&storage).unwrap();
    let members = Member::table(&storage).unwrap();
    people.put_stream((0..COUNT).map(person)).unwrap();
    members.put_stream((0..COUNT).map(member)).unwrap();
    let ids = ids(count, HOT);
    match verb.as_str() {
        "get" | "project" => read(&people, &verb, &ids),
        "unique" => look_up(&members, &ids),
        "iter" | "scan" | "select" => walk(&people, &verb, count),
        "put" => put(&storage, ids.into_iter().map(person)),
        "put-indexed" => put(&storage, ids.into_iter().map(member)),
        "commit" | "commit-watched" | "commit-watched-rows" => commit(&people, &verb, &ids),
        other => panic!("no verb {other}"),
    }
}

fn read(people: &Table<Person>, verb: &str, ids: &[u64]) {
    let field = Person::FIELDS;
    measured(&mut || {
        for &id in ids {
            match verb {
                "get" => {
                    black_box(people.get(id, |person| person.name.len()).unwrap());
                }
                _ => {
                    black_box(people.project(id, (field.age, field.score)).unwrap());
                }
            }
        }
    });
}

/// A commit for each record, of a table that is watched or not.
fn commit(people: &Table<Person>, verb: &str, ids: &[u64]) {
    let mut watcher = match verb {
        "commit" => None,
        "commit-watched" => Some(people.watch().start().unwrap()),
        _ => Some(people.watch().rows().start().unwrap()),
    };
    let records: Vec<Person> = ids.iter().map(|id| person(*id)).collect();
    measured(&mut || {
        for record in &records {
            black_box(people.put(record).unwrap());
            if let Some(watcher) = &mut watcher {
                black_box(watcher.try_next().unwrap());
            }
        }
    });
}

/// The same of rows of the layout before, or of today's.
fn read_next(people: &Table<next::Person>, verb: &str, ids: &[u64]) {
    let field = next::Person::FIELDS;
    measured(&mut || match verb {
        "get" => {
            for &id in ids {
                black_box(people.get(id, |person| person.name.len()).unwrap());
            }
        }
        "project" => {
            for &id in ids {
                black_box(people.project(id, (field.age, field.score)).unwrap());
            }
        }
        // All rows.
        _ => {
            let scanned = people.scan(|person| {
                black_box(person.age);
                None::<()>
            });
            scanned.unwrap();
        }
    });
}

/// Two scalars of a record of 10 KB, and the whole record viewed.
fn read_long(storage: &Storage, verb: &str, ids: &[u64]) {
    let table = Document::table(storage).unwrap();
    let text = "x".repeat(DOCUMENT_LEN);
    let document = |id| Document { id, weight: 0.5, text: text.clone(), year: 2024 };
    table.put_stream((0..DOCUMENT_COUNT).map(document)).unwrap();
    let field = Document::FIELDS;
    measured(&mut || {
        for &id in ids {
            match verb {
                "get" => {
                    black_box(table.get(id, |document| document.weight).unwrap());
                }
                _ => {
                    black_box(table.project(id, (field.weight, field.year)).unwrap());
                }
            }
        }
    });
}

/// `blob-length`, `blob-bytes`, `blob-list` and the same with `-flat`: of a blob of `len` bytes its length, its bytes
/// borrowed, and itself as a list.
fn read_blob(storage: &Storage, verb: &str, count: u64, len: usize) {
    let archived = ArchivedBlob::table(storage).unwrap();
    archived.put(&ArchivedBlob { id: 1, content: vec![7; len] }).unwrap();
    let flat = FlatBlob::table(storage).unwrap();
    flat.put(&FlatBlob { id: 1, content: vec![7; len] }).unwrap();
    let (a, f) = (ArchivedBlob::FIELDS.content, FlatBlob::FIELDS.content);
    measured(&mut || {
        for _ in 0..count {
            let found = match verb {
                "length" => archived.project(1, a.len()),
                "length-flat" => flat.project(1, f.len()),
                "bytes" => archived.project_with(1, a.as_bytes(), <[u8]>::len),
                "bytes-flat" => flat.project_with(1, f.as_bytes(), <[u8]>::len),
                "list" => archived.project_with(1, a, |list| list.len()),
                "list-flat" => flat.project_with(1, f, |list| list.len()),
                other => panic!("no verb blob-{other}"),
            };
            assert_eq!(black_box(found.unwrap()), Some(len));
        }
    });
}

fn look_up(members: &Table<Member>, ids: &[u64]) {
    let emails: Vec<String> = ids.iter().map(|&id| email(id)).collect();
    measured(&mut || {
        for email in &emails {
            let by = members.by(Member::INDEXES.email);
            black_box(by.get(email.as_str(), |member| member.age.to_native()).unwrap());
        }
    });
}

/// `iter` and `scan` over `count` rows; `select` over all.
fn walk(people: &Table<Person>, verb: &str, count: u64) {
    let field = Person::FIELDS;
    measured(&mut || match verb {
        "iter" => {
            for row in people.iter().unwrap().limit(count) {
                black_box(row.unwrap().view().age);
            }
        }
        "scan" => {
            let mut left = count;
            let scanned = people.scan(|person| {
                black_box(person.age);
                left -= 1;
                (left > 0).then_some(())
            });
            scanned.unwrap();
        }
        _ => {
            let rows = people.iter().unwrap().filter(field.score.gt(6000.0));
            black_box(Iterator::count(rows.select((field.id, field.age))));
        }
    });
}

/// Replaces records, all in one transaction.
fn put<R: StoredRecord>(storage: &Storage, records: impl Iterator<Item = R>) {
    let records: Vec<R> = records.collect();
    measured(&mut || {
        let written = storage.write(|txn| {
            let table = txn.table::<R>()?;
            records.iter().try_for_each(|record| table.put(record).map(drop))
        });
        written.unwrap();
    });
}

/// Deletes `count` of twice as many records with two indexes, by a range of their keys.
fn delete(storage: &Storage, count: u64) {
    let members = Member::table(storage).unwrap();
    members.put_stream((0..count.saturating_mul(2)).map(member)).unwrap();
    measured(&mut || {
        assert_eq!(members.delete_range(..count).unwrap(), count);
    });
}

fn load(storage: &Storage, verb: &str, count: u64) {
    match verb {
        "load" => load_all(storage, (0..count).map(person)),
        "load-random" => load_all(storage, (0..count).map(|n| person(scatter(n) >> 20))),
        _ => load_all(storage, (0..count).map(member)),
    }
}

fn load_all<R: StoredRecord>(storage: &Storage, records: impl Iterator<Item = R>) {
    let table = R::table(storage).unwrap();
    let mut records = Some(records.collect::<Vec<R>>());
    measured(&mut || {
        table.put_stream(records.take().unwrap()).unwrap();
    });
}
