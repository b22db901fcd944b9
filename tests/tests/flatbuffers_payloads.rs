//! Variants of an enum with data in FlatBuffers: whatever they hold.

use storage::{StoredRecord, StoredType};
use tests::{
    Scratch,
    flat::{decode, encode, try_view, view},
};

#[derive(Clone, Debug, PartialEq, StoredType)]
#[store(codec = "flatbuffers")]
struct Weapon {
    damage: i16,
}

#[derive(Clone, Debug, PartialEq, StoredType)]
#[store(codec = "flatbuffers")]
struct Wrapped(Weapon);

/// A struct of fixed width that is not `Copy`.
#[derive(Clone, Debug, PartialEq, StoredType)]
#[store(codec = "flatbuffers", fixed)]
struct Point(f32, f32);

#[derive(Clone, Debug, PartialEq, StoredType)]
#[store(codec = "flatbuffers")]
enum Inner {
    No,
    Text(String),
}

#[derive(Clone, Debug, PartialEq, StoredType)]
#[store(codec = "flatbuffers")]
enum Value {
    Unit,
    Empty(),
    Text(String),
    Count(u64),
    Flag(bool),
    Hash([u8; 32]),
    Many(Vec<String>),
    Maybe(Option<u32>),
    Pair(String, u8),
    Named { text: String },
    Held(Weapon),
    Wrapped(Wrapped),
    Boxed(Box<Weapon>),
    BoxedInner(Box<Inner>),
    Inner(Inner),
    Point(Point),
}

#[derive(Clone, Debug, PartialEq, StoredRecord)]
#[store(codec = "flatbuffers", table = "entries")]
struct Entry {
    #[store(key)]
    id: u32,
    value: Value,
    maybe: Option<Value>,
}

fn values() -> Vec<Value> {
    vec![
        Value::Unit,
        Value::Empty(),
        Value::Text("a".into()),
        Value::Count(0),
        Value::Count(u64::MAX),
        Value::Flag(true),
        Value::Hash([7; 32]),
        Value::Many(vec!["b".into(), "c".into()]),
        Value::Many(vec![]),
        Value::Maybe(None),
        Value::Maybe(Some(0)),
        Value::Pair("d".into(), 3),
        Value::Named { text: "e".into() },
        Value::Held(Weapon { damage: 1 }),
        Value::Wrapped(Wrapped(Weapon { damage: 2 })),
        Value::Boxed(Box::new(Weapon { damage: 3 })),
        Value::BoxedInner(Box::new(Inner::Text("f".into()))),
        Value::Inner(Inner::No),
        Value::Point(Point(1.0, 2.0)),
    ]
}

fn entries() -> Vec<Entry> {
    let entry = |(id, value): (u32, Value)| Entry { id, maybe: Some(value.clone()), value };
    (0..).zip(values()).map(entry).collect()
}

#[test]
fn every_payload_is_read_as_it_was_written() {
    let scratch = Scratch::new();
    let table = Entry::table(&scratch.open()).unwrap();
    for entry in entries() {
        assert_eq!(decode::<Entry>(&encode(&entry)), entry);
        table.put(&entry).unwrap();
        assert_eq!(table.project(entry.id, Entry::FIELDS.value).unwrap(), Some(entry.value));
    }
    assert_eq!(table.verify().unwrap(), []);
}

#[test]
fn a_payload_is_viewed_where_it_lies() {
    let entries = entries();
    let bytes = encode(&entries[2]);
    assert_eq!(format!("{:?}", view::<Entry>(&bytes).value()), "Text(\"a\")");
    let bytes = encode(&entries[11]);
    let pair = view::<Entry>(&bytes).value();
    assert_eq!(format!("{pair:?}"), "Pair { 0: \"d\", 1: 3 }");
    let bytes = encode(&entries[14]);
    assert_eq!(format!("{:?}", view::<Entry>(&bytes).value()), "Wrapped(Weapon { damage: 2 })");
}

#[test]
fn a_payload_that_is_no_table_has_one_named_after_enum_and_variant() {
    let schema = Entry::fbs();
    for part in [
        "table ValueText {\n  _0:string (id: 0, required);\n}",
        "table ValueCount {\n  _0:ulong (id: 0);\n}",
        "table ValueMaybe {\n  _0:uint = null (id: 0);\n}",
        "table ValuePair {\n  _0:string (id: 0, required);\n  _1:ubyte (id: 1);\n}",
        "table ValueInner {\n  _0:Inner (id: 1, required);\n}",
        "  Held:Weapon,\n  Wrapped:Weapon,\n  Boxed:Weapon,\n",
    ] {
        assert!(schema.contains(part), "{part} is not in\n{schema}");
    }
}

/// Whatever the bytes are: an error, or a value that can be written and read again.
#[test]
fn damage_is_refused_or_reads_to_its_end() {
    let (mut accepted, mut refused) = (0, 0);
    for entry in entries() {
        let good = encode(&entry);
        for place in 0..good.len() {
            for value in [0x00, 0x01, 0x02, 0x0f, 0x7f, 0x80, 0xfe, 0xff] {
                let mut bytes = good.clone();
                bytes[place] = value;
                match try_view::<Entry>(&bytes) {
                    Err(_) => refused += 1,
                    Ok(_) => {
                        accepted += 1;
                        let owned = decode::<Entry>(&bytes);
                        let again = encode(&owned);
                        assert_eq!(encode(&decode::<Entry>(&again)), again);
                    }
                }
            }
        }
    }
    assert!(accepted > 1000 && refused > 1000, "{accepted} {refused}");
}
