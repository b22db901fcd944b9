//! What holds for the rows of every table that is read without its Rust types.

use storage::{
    Storage,
    dynamic::{DynamicTable, Value},
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
}
