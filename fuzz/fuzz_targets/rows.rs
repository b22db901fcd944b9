//! What a store keeps for itself: rows of the catalogue, entries of an index, and page tokens, with damaged bytes.
//! Each is an error or what it was; nothing that a record does not have is found.
//!
//! Built and run as `flatbuffers` is. An input is what to damage, whether to seal it again and how to read it
//! then, and edits.

#![no_main]

use fuzz::{Person, Row, assert_nothing_is_made_up, edit, frame, people, replace, rows, undone};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use storage::{PageToken, Storage, StoredRecord, Table};

struct Fixture {
    storage: Storage,
    table: Table<Person>,
    /// The header, the layout and two indexes.
    catalogue: Vec<Row>,
    index_rows: Vec<(&'static str, Row)>,
    fingerprints: Vec<(&'static str, u64)>,
    token: Vec<u8>,
}

static FIXTURE: LazyLock<Fixture> = LazyLock::new(|| {
    let storage = people();
    let table = Person::table(&storage).expect("a table");
    let catalogue = rows(&storage, "$catalog");
    let fingerprint = |index| frame::index_fingerprint(&storage, "people", index);
    let fingerprints =
        vec![("people$name", fingerprint("name")), ("people$email", fingerprint("email"))];
    let index_rows = ["people$name", "people$email"].into_iter();
    let index_rows =
        index_rows.flat_map(|name| rows(&storage, name).into_iter().map(move |row| (name, row)));
    let index_rows: Vec<_> = index_rows.collect();
    assert_eq!((catalogue.len(), index_rows.len()), (4, 18));
    let mut page = table.by(Person::INDEXES.name).iter().expect("a scan").limit(4);
    assert_eq!(page.by_ref().count(), 4);
    let token = page.page_token().expect("a token").as_bytes().to_vec();
    drop(page);
    Fixture { table, catalogue, index_rows, fingerprints, token, storage }
});

fn damage_row(fixture: &Fixture, table: &str, row: &Row, choice: u8, edits: &[u8]) {
    let mut damaged = row.clone();
    let (key, value) = &mut damaged;
    let is_sealed = choice & 1 == 0;
    if is_sealed {
        value.truncate(value.len().saturating_sub(frame::TRAILER_LEN));
    }
    edit(if choice & 2 == 0 { value } else { key }, edits);
    if is_sealed {
        let index = fixture.fingerprints.iter().find(|(index, _)| *index == table);
        let (name, fingerprint) = index.map_or((table, 0), |(_, of)| ("people", *of));
        frame::seal(name.as_bytes(), fingerprint, key, 1, value);
    }
    undone(&fixture.storage, |txn| {
        if replace(txn, table, &row.0, &damaged) {
            assert_nothing_is_made_up(txn, choice >> 2);
        }
    });
}

fn read_on(fixture: &Fixture, choice: u8, edits: &[u8]) {
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

fuzz_target!(|data: &[u8]| {
    let fixture = &*FIXTURE;
    let [what, choice, edits @ ..] = data else { return };
    let place = usize::from(*what >> 2);
    match what % 4 {
        0 | 1 => {
            let row = &fixture.catalogue[place % fixture.catalogue.len()];
            damage_row(fixture, "$catalog", row, *choice, edits);
        }
        2 => {
            let (table, row) = &fixture.index_rows[place % fixture.index_rows.len()];
            damage_row(fixture, table, row, *choice, edits);
        }
        _ => read_on(fixture, *choice, edits),
    }
});
