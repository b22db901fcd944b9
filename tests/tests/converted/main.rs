//! Fields of types that only serde, or `Display` and `FromStr`, know: stored as one value each, and read as the type.

mod bounds;
mod damage;
mod flat_fields;
mod rkyv_fields;
mod types;

use std::fmt::Debug;
use storage::{Storage, StoredRecord, Table, schema::Definition};

/// A table in memory with these records.
fn filled<R: StoredRecord>(storage: &Storage, records: &[R]) -> Table<R> {
    let table = R::table(storage).unwrap();
    for record in records {
        assert!(!table.put(record).unwrap());
    }
    table
}

/// Each record is loaded as it was put.
fn assert_same<R>(table: &Table<R>, records: &[R])
where
    R: StoredRecord<Codec: storage::Codec<R, Owned = R>> + PartialEq + Debug,
{
    let loaded: Vec<_> = table.iter().unwrap().map(|row| row.unwrap().load().unwrap()).collect();
    assert_eq!(loaded, records);
}

/// The shape of the field `name`, as the schema says it.
fn shape_of<R: StoredRecord>(name: &str) -> String {
    let types = R::SCHEMA.types();
    let fields = match types.root() {
        Some((_, Definition::Struct(fields) | Definition::Table(fields))) => fields,
        other => panic!("a record is a struct or a table: {other:?}"),
    };
    let field = fields.iter().find(|field| field.name == name);
    field.expect("the field is there").shape.to_string()
}
