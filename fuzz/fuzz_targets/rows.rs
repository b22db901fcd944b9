//! What a store keeps for itself: rows of the catalogue, entries of an index, and page tokens, with damaged bytes.
//! Each is an error or what it was; nothing that a record does not have is found.
//!
//! Built and run as `flatbuffers` is. An input is what to damage, whether to seal it again, and edits.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rkyv::{Archive, Deserialize, Serialize};
use std::sync::LazyLock;
use storage::{PageToken, Storage, StoredRecord, Table};

#[path = "../../tests/src/frame.rs"]
#[allow(dead_code)]
mod frame;

#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "people")]
struct Person {
    #[store(key)]
    id: u64,
    #[store(index)]
    name: String,
    #[store(unique)]
    email: Option<String>,
}

fn person(id: u64) -> Person {
    Person { id, name: format!("name {}", id % 3), email: Some(format!("{id}@example.org")) }
}

type Row = (Vec<u8>, Vec<u8>);

struct Fixture {
    storage: Storage,
    table: Table<Person>,
    header: Row,
    entries: Vec<Row>,
    index_rows: Vec<(&'static str, Row)>,
    fingerprints: Vec<(&'static str, u64)>,
    token: Vec<u8>,
}

static FIXTURE: LazyLock<Fixture> = LazyLock::new(|| {
    let storage = Storage::in_memory().expect("a store");
    let table = Person::table(&storage).expect("a table");
    table.put_stream((0..9).map(person)).expect("records");
    let rows = |name: &str| {
        let mut rows: Vec<Row> = Vec::new();
        let scan = storage.backend().scan(name, |key, value| {
            rows.push((key.to_vec(), value.to_vec()));
            true
        });
        scan.expect("the table is read");
        rows
    };
    let mut entries = rows("$catalog");
    assert_eq!(entries.len(), 4, "the layout and two indexes");
    let header = entries.remove(0);
    let fingerprint = |index| frame::index_fingerprint(&storage, "people", index);
    let fingerprints =
        vec![("people$name", fingerprint("name")), ("people$email", fingerprint("email"))];
    let index_rows = ["people$name", "people$email"].into_iter();
    let index_rows = index_rows.flat_map(|name| rows(name).into_iter().map(move |row| (name, row)));
    let index_rows: Vec<_> = index_rows.collect();
    assert_eq!(index_rows.len(), 18);
    let mut page = table.by(Person::INDEXES.name).iter().expect("a scan").limit(4);
    assert_eq!(page.by_ref().count(), 4);
    let token = page.page_token().expect("a token").as_bytes().to_vec();
    drop(page);
    Fixture { table, header, entries, index_rows, fingerprints, token, storage }
});

fn edit(bytes: &mut Vec<u8>, edits: &[u8]) {
    for [what, at, with] in edits.as_chunks::<3>().0 {
        let at = usize::from(*at) % bytes.len().max(1);
        match what % 3 {
            0 => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte = *with),
            1 => bytes.truncate(bytes.len().saturating_sub(usize::from(*with % 9))),
            _ => bytes.insert(at.min(bytes.len()), *with),
        }
    }
}

/// Every record that is found in any way is one of those that were written.
fn assert_nothing_is_made_up(storage: &Storage) {
    let Ok(table) = Person::table(storage) else { return };
    let by_name = table.by(Person::INDEXES.name);
    let by_email = table.by(Person::INDEXES.email);
    for rows in [table.iter(), by_name.iter(), by_email.iter()].into_iter().flatten() {
        for row in rows {
            let Ok(found) = row.and_then(|row| row.load()) else { continue };
            assert_eq!(found, person(found.id));
        }
    }
    for id in 0..9 {
        if let Ok(Some(found)) = by_email.load(person(id).email.as_deref().unwrap_or_default()) {
            assert_eq!(found, person(id));
        }
    }
    let _ = table.verify();
    let _ = storage.check();
}

fn damage_row(fixture: &Fixture, table: &str, row: &Row, choice: u8, edits: &[u8]) {
    let (mut key, mut value) = row.clone();
    if choice & 1 == 0 {
        value.truncate(value.len().saturating_sub(6));
        edit(if choice & 2 == 0 { &mut value } else { &mut key }, edits);
        let index = fixture.fingerprints.iter().find(|(index, _)| *index == table);
        let (name, fingerprint) = index.map_or((table, 0), |(_, of)| ("people", *of));
        frame::seal(name.as_bytes(), fingerprint, &key, 1, &mut value);
    } else {
        edit(if choice & 2 == 0 { &mut value } else { &mut key }, edits);
    }
    let backend = fixture.storage.backend();
    backend.delete(table, &row.0).expect("a row goes");
    // A key may be one that the table cannot have.
    if backend.put(table, &key, &value).is_ok() {
        // What is known of the catalogue is forgotten.
        let _ = fixture.storage.reopen();
        assert_nothing_is_made_up(&fixture.storage);
        backend.delete(table, &key).expect("a row goes");
    }
    backend.put(table, &row.0, &row.1).expect("a row comes back");
}

fuzz_target!(|data: &[u8]| {
    let fixture = &*FIXTURE;
    let [what, choice, edits @ ..] = data else { return };
    match what % 4 {
        0 => damage_row(fixture, "$catalog", &fixture.header, *choice, edits),
        1 => {
            let entry = &fixture.entries[usize::from(*what >> 2) % fixture.entries.len()];
            damage_row(fixture, "$catalog", entry, *choice, edits);
        }
        2 => {
            let place = usize::from(*what >> 2) % fixture.index_rows.len();
            let (table, row) = &fixture.index_rows[place];
            damage_row(fixture, table, row, *choice, edits);
        }
        _ => {
            let mut bytes = fixture.token.clone();
            edit(&mut bytes, edits);
            let token = if choice % 2 == 0 {
                PageToken::from_bytes(bytes)
            } else {
                let text = String::from_utf8_lossy(edits);
                let Ok(token) = text.parse::<PageToken>() else { return };
                assert_eq!(token.to_string().parse::<PageToken>().ok().as_ref(), Some(&token));
                token
            };
            let expected = if token.as_bytes() == fixture.token { 5 } else { 0 };
            let by_name = fixture.table.by(Person::INDEXES.name);
            let rest = by_name.iter().and_then(|rows| rows.after(&token));
            assert_eq!(rest.map_or(0, |rows| rows.flatten().count()), expected);
        }
    }
});
