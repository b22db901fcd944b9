//! What holds for the rows of every table that is read without its Rust types.

use std::{collections::BTreeMap, ops::Bound};
use storage::{
    Storage,
    backend::ByteReader as _,
    dynamic::{DynamicError, DynamicTable, DynamicTableMut, Value},
};

/// Every row of the table `name` is a value, and so is its key: printed and read again they are the same, a field that
/// is read alone is that of the whole, a row is found by its key, and indexes have what they say.
pub fn rows_are_values(storage: &Storage, name: &str) {
    let table = DynamicTable::open(&storage.read().unwrap(), name).unwrap();
    let mut count = 0;
    for row in table.rows().unwrap() {
        let row = row.unwrap();
        let value = row.value().unwrap();
        let text = value.to_string();
        let again = table.parse_row(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(again.to_string(), text);
        if let Value::Struct(fields) = &value {
            for (field, value) in fields {
                let alone = row.field(field).unwrap().unwrap();
                assert_eq!(alone.to_string(), value.to_string(), "{field}");
            }
        }

        let key = row.key().unwrap();
        let found = table.get(&key).unwrap().expect("a row is found by its key");
        assert_eq!((found.key_bytes(), found.body()), (row.key_bytes(), row.body()));
        let key = table.parse_key(&key.to_string()).unwrap();
        let found = table.get(&key).unwrap().expect("a row is found by its key as text");
        assert_eq!(found.key_bytes(), row.key_bytes());
        count += 1;
    }
    assert_eq!(count, table.len().unwrap());
    let backwards = table.rows().unwrap().rev().map(|row| row.unwrap().key_bytes().to_vec());
    let mut backwards: Vec<_> = backwards.collect();
    backwards.reverse();
    assert!(backwards.is_sorted());

    let indexes: Vec<_> = table.indexes().map(|(index, _)| index.name.clone()).collect();
    for name in indexes {
        let index = table.index(&name).unwrap();
        for row in index.rows().unwrap() {
            let row = row.unwrap();
            assert!(table.get(&row.key().unwrap()).unwrap().is_some());
        }
        let found = index.verify().unwrap().expect("indexes over fields are verified");
        assert!(found.is_right(), "{name}: {found:?}");
        assert_eq!(found.expected, index.len().unwrap());
    }
    rows_are_written(storage, name);
}

/// Every row of the table `name`, written as the value that it is, is what the program wrote, byte for byte,
/// and so is every index entry: in the same table, made by its definition in a store of its own.
pub fn rows_are_written(storage: &Storage, name: &str) {
    let state = storage.read().unwrap();
    let table = DynamicTable::open(&state, name).unwrap();
    let copy = Storage::in_memory().unwrap();
    let definition = table.definition().unwrap();
    // The order of a hash map's entries is another for each that is made, and a schema does not tell text that may be
    // shared, which rkyv puts elsewhere, from text in a box.
    let is_free = ["hashmap", "hashset", "box<str>"].iter().any(|word| definition.contains(word));
    copy.try_write(|txn| {
        let made = DynamicTableMut::create(txn, name, &definition)?;
        for row in table.rows()? {
            let row = row?;
            let value = row.value()?;
            assert!(!made.in_layout(row.layout())?.put(&value)?, "each key comes once");
            let written = made.get(&row.key()?)?.expect("a row is found by its key");
            assert_eq!(written.value()?.to_string(), row.value()?.to_string());
            if !is_free {
                assert!(written.body() == row.body(), "{value}");
            }
        }
        Ok::<_, DynamicError>(())
    })
    .unwrap();
    if !is_free {
        assert!(dump(&copy, name) == dump(storage, name));
    }
    replaced_rows_keep_no_entry(&copy, name);
}

/// All rows of a table and of its indexes, as bytes.
#[must_use]
pub fn dump(storage: &Storage, name: &str) -> BTreeMap<(String, Vec<u8>), Vec<u8>> {
    let snapshot = storage.backend().snapshot().unwrap();
    let mut found = BTreeMap::new();
    let is_of = |table: &String| {
        table.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('$'))
    };
    for table in snapshot.table_names().unwrap().into_iter().filter(is_of) {
        let all = (Bound::Unbounded, Bound::Unbounded);
        for row in snapshot.rows(&(&*table).into(), all.0, all.1).unwrap() {
            let row = row.unwrap();
            found.insert((table.clone(), row.key.to_vec()), row.value.to_vec());
        }
    }
    found
}

/// To put a row once more changes nothing, and to delete all leaves no entry behind.
fn replaced_rows_keep_no_entry(storage: &Storage, name: &str) {
    let before = dump(storage, name);
    storage
        .try_write(|txn| {
            let table = DynamicTableMut::open(txn, name)?;
            let state = storage.read()?;
            let rows = DynamicTable::open(&state, name)?;
            for row in rows.rows()? {
                let row = row?;
                let of_layout = table.in_layout(row.layout())?;
                assert!(of_layout.put_bytes(&row.key()?, row.body())?);
            }
            Ok::<_, DynamicError>(())
        })
        .unwrap();
    assert!(dump(storage, name) == before);
    storage
        .try_write(|txn| {
            let table = DynamicTableMut::open(txn, name)?;
            let state = storage.read()?;
            for row in DynamicTable::open(&state, name)?.rows()? {
                assert!(table.delete(&row?.key()?)?);
            }
            Ok::<_, DynamicError>(())
        })
        .unwrap();
    assert!(dump(storage, name).is_empty());
}
