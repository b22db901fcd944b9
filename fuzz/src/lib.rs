//! What the targets share: a store of people, writes that are undone, and edits of good bytes.

use rkyv::{Archive, Deserialize, Serialize};
use storage::{Result, Rows, Storage, StorageError, StoredRecord, WriteTxn, backend::ByteTable, table::Access};

#[path = "../../tests/src/frame.rs"]
#[allow(dead_code)]
pub mod frame;

/// What the people's table has.
#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "people")]
pub struct Person {
    #[store(key)]
    pub id: u64,
    #[store(index)]
    pub name: String,
    #[store(unique)]
    pub email: Option<String>,
}

impl Person {
    /// The only person that was ever written under `id`.
    pub fn number(id: u64) -> Self {
        Self { id, name: format!("name {}", id % 3), email: Some(format!("{id}@example.org")) }
    }
}

/// A key and its value.
pub type Row = (Vec<u8>, Vec<u8>);

/// A store with nine people.
pub fn people() -> Storage {
    let storage = Storage::in_memory().expect("a store");
    let table = Person::table(&storage).expect("a table");
    table.put_stream((0..9).map(Person::number)).expect("records");
    storage
}

/// Every row of a table.
pub fn rows(storage: &Storage, table: &str) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let scan = storage.backend().scan(table, |key, value| {
        rows.push((key.to_vec(), value.to_vec()));
        true
    });
    scan.expect("the table is read");
    rows
}

/// Calls `body` in a write that is undone: a commit would take most of the time.
pub fn undone(storage: &Storage, body: impl FnOnce(&WriteTxn<'_>)) {
    let outcome = storage.write(|txn| -> Result<()> {
        body(txn);
        Err(StorageError::custom("undone"))
    });
    assert!(matches!(outcome, Err(StorageError::Custom(_))), "{outcome:?}");
}

/// Puts rows in place of others, whatever they are; `false` if the table cannot have such a key.
pub fn replace(txn: &WriteTxn<'_>, table: &str, old: &[u8], (key, value): &Row) -> bool {
    let (bytes, table) = (txn.bytes(), ByteTable::from(table));
    bytes.delete(&table, old).expect("a row goes");
    let is_there = bytes.put(&table, key, value).is_ok();
    // What is known of the catalogue is forgotten.
    bytes.renew();
    is_there
}

/// Reads everything in one of several ways, which an input chooses, because all at once are slow: each record that is
/// found is one of those that were written.
pub fn assert_nothing_is_made_up(txn: &WriteTxn<'_>, way: u8) {
    let Ok(table) = txn.table::<Person>() else { return };
    let (by_name, by_email) = (table.by(Person::INDEXES.name), table.by(Person::INDEXES.email));
    let found: Vec<Person> = match way % 8 {
        0 => return drop(txn.check()),
        1 => return drop(txn.tables()),
        2 => return drop(table.verify()),
        3 => loaded(table.iter()),
        4 => loaded(by_name.iter()),
        5 => loaded(by_email.iter()),
        6 => (0..3).flat_map(|id| loaded(by_name.get_all(&*format!("name {id}")))).collect(),
        _ => (0..9)
            .filter_map(|id| by_email.load(&*format!("{id}@example.org")).ok().flatten())
            .collect(),
    };
    for person in found {
        assert_eq!(person, Person::number(person.id));
    }
}

fn loaded<A: Access>(rows: Result<Rows<Person, A>>) -> Vec<Person> {
    rows.into_iter().flatten().filter_map(|row| row.and_then(|row| row.load()).ok()).collect()
}

/// Changes bytes as `edits` say, three bytes each: what to do, where, and with what.
pub fn edit(bytes: &mut Vec<u8>, edits: &[u8]) {
    for [what, at, with] in edits.as_chunks::<3>().0 {
        let at = usize::from(*at) % bytes.len().max(1);
        match what % 3 {
            0 => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte = *with),
            1 => bytes.truncate(bytes.len().saturating_sub(usize::from(*with % 9))),
            _ => bytes.insert(at.min(bytes.len()), *with),
        }
    }
}
