//! Tables without their Rust types: what values are, how keys are written, and what damage does.

use rkyv::{Archive, Deserialize, Serialize};
use std::{collections::BTreeMap, ops::Bound, time::Duration};
use storage::{
    OpenOptions, Storage, StoredRecord, StoredType,
    dynamic::{DynamicError, DynamicTable, Value, ValueError, salvage},
};
use tests::{Scratch, dynamic::rows_are_values};

macro_rules! with_codec {
    ($module:ident, $codec:literal, $($derive:ident),*) => {
        mod $module {
            use super::*;

            #[derive(Clone, Debug, PartialEq, $($derive,)* StoredType)]
            #[store(codec = "flatbuffers")]
            pub(crate) enum Shape {
                Point,
                Circle { radius: f32 },
                Label(String),
            }

            #[derive(Clone, Debug, PartialEq, $($derive,)* StoredType)]
            #[store(codec = "flatbuffers")]
            pub(crate) struct Place {
                pub(crate) city: String,
                pub(crate) at: (i16, u16),
            }

            #[derive(Clone, Debug, PartialEq, $($derive,)* StoredRecord)]
            #[store(codec = $codec, table = "things", index(name = "both", fields(group, id)))]
            pub(crate) struct Thing {
                #[store(key)]
                pub(crate) group: String,
                #[store(key)]
                pub(crate) id: u32,
                #[store(index)]
                pub(crate) tags: Vec<String>,
                pub(crate) big: i128,
                pub(crate) ratio: f64,
                pub(crate) letter: char,
                pub(crate) raw: Vec<u8>,
                pub(crate) shapes: Vec<Shape>,
                pub(crate) place: Option<Place>,
                pub(crate) counts: BTreeMap<String, u64>,
                pub(crate) took: Duration,
                pub(crate) who: uuid::Uuid,
                pub(crate) from: std::net::IpAddr,
                pub(crate) result: Result<u8, String>,
                pub(crate) deep: Option<Vec<Option<bool>>>,
            }

            impl Thing {
                pub(crate) fn new(group: &str, id: u32) -> Self {
                    Self {
                        group: group.into(),
                        id,
                        tags: vec![format!("t{}", id % 3), "all".into()],
                        big: i128::MIN,
                        ratio: -0.5,
                        letter: '\u{1b}',
                        raw: vec![0, 255],
                        shapes: vec![
                            Shape::Point,
                            Shape::Circle { radius: 1.5 },
                            Shape::Label("x".repeat(usize::try_from(id).unwrap() % 40)),
                        ],
                        place: (id % 2 == 0)
                            .then(|| Place { city: "Zürich \"\u{202e}\"".into(), at: (-1, 2) }),
                        counts: BTreeMap::from([("a".to_owned(), u64::MAX), ("b".to_owned(), 0)]),
                        took: Duration::from_millis(1500),
                        who: uuid::Uuid::from_u128(7),
                        from: "10.0.0.1".parse().unwrap(),
                        result: if id % 2 == 0 { Ok(3) } else { Err("no".into()) },
                        deep: Some(vec![None, Some(true)]),
                    }
                }
            }

            pub(crate) fn filled(storage: &Storage, count: u32) {
                let things = ["a", "a\0b", "b"]
                    .into_iter()
                    .flat_map(|group| (0..count).map(move |id| Thing::new(group, id)));
                Thing::table(storage).unwrap().put_stream(things).unwrap();
            }

            #[test]
            fn values_are_what_was_written() {
                let storage = Storage::in_memory().unwrap();
                filled(&storage, 12);
                rows_are_values(&storage, "things");
                let table = open(&storage);
                let row = table.get(&table.parse_key("(a, 2)").unwrap()).unwrap().unwrap();
                assert_eq!(row.value().unwrap().to_string(), THING_2);
                assert_eq!(row.field("place.at.0").unwrap(), Some(Value::Signed(-1)));
                assert_eq!(row.field("nowhere").unwrap(), None);
            }

            #[test]
            fn rows_come_as_those_of_the_typed_table() {
                let storage = Storage::in_memory().unwrap();
                filled(&storage, 30);
                let (typed, table) = (Thing::table(&storage).unwrap(), open(&storage));
                let keys = |rows: storage::dynamic::DynamicRows| -> Vec<String> {
                    rows.map(|row| row.unwrap().key().unwrap().to_string()).collect()
                };
                let typed_keys = |rows: storage::Rows<Thing, storage::table::Autocommit>| -> Vec<String> {
                    let key = |thing: Thing| format!("[{:?},{}]", thing.group, thing.id);
                    let key = |thing| key(thing).replace("\\0", "\\u0000");
                    rows.map(|row| key(row.unwrap().load().unwrap())).collect()
                };
                let bound = |text: &str| table.parse_prefix(text).unwrap();
                for (rows, expected) in [
                    (table.rows(), typed.iter()),
                    (table.prefix(&bound("(\"a\\u0000b\",)")), typed.prefix(("a\0b",))),
                    (table.range(bound("(a, 20)")..bound("(b, 3)")), typed.range(("a", 20)..("b", 3))),
                    (table.range(bound("(b, 20)")..=bound("(b, 25)")), typed.range(("b", 20)..=("b", 25))),
                    (table.range(bound("(b,)")..), typed.prefix(("b",))),
                    (table.range(bound("(b, 9)")..bound("(a, 1)")), typed.range(("b", 9)..("a", 1))),
                ] {
                    assert_eq!(keys(rows.unwrap()), typed_keys(expected.unwrap()));
                }
                let by_tag = table.index("tags").unwrap();
                let of_tag = by_tag.all_of(&by_tag.parse_key("t1").unwrap()).unwrap();
                let expected = typed.by(Thing::INDEXES.tags).get_all("t1").unwrap();
                assert_eq!(keys(of_tag), typed_keys(expected));
                let by_both = table.index("both").unwrap();
                let of_group = by_both.prefix(&by_both.parse_prefix("(b,)").unwrap()).unwrap();
                assert_eq!(of_group.count().unwrap(), 30);
            }

            fn open(storage: &Storage) -> DynamicTable {
                DynamicTable::open(&storage.read().unwrap(), "things").unwrap()
            }
        }
    };
}

/// The same for both codecs.
const THING_2: &str = concat!(
    r#"{"group":"a","id":2,"tags":["t2","all"],"big":-170141183460469231731687303715884105728,"#,
    r#""ratio":-0.5,"letter":"\u001b","raw":"0x00ff","#,
    r#""shapes":["Point",{"Circle":{"radius":1.5}},{"Label":"xx"}],"#,
    r#""place":{"city":"Zürich \"\u202e\"","at":[-1,2]},"counts":{"a":18446744073709551615,"b":0},"#,
    r#""took":"PT1.5S","who":"00000000-0000-0000-0000-000000000007","from":"10.0.0.1","#,
    r#""result":{"Ok":3},"deep":[null,true]}"#,
);

with_codec! { rkyv_codec, "rkyv", Archive, Serialize, Deserialize }
with_codec! { flat_codec, "flatbuffers", }

#[test]
fn errors_name_what_there_is() {
    let storage = Storage::in_memory().unwrap();
    rkyv_codec::filled(&storage, 3);
    let state = storage.read().unwrap();
    let said = |error: DynamicError| error.to_string();
    let none = DynamicTable::open(&state, "thing").unwrap_err();
    assert_eq!(said(none), "there is no table `thing`; there is `things`");
    let table = DynamicTable::open(&state, "things").unwrap();
    assert_eq!(
        said(table.index("tag").unwrap_err()),
        "table `things` has no index `tag`; there are `both`, `tags`"
    );
    for (key, expected) in [
        ("(a, b)", "`1`: expected a value of type `u32`, found text"),
        ("(a, -1)", "`1`: expected a value of type `u32`, found an integer"),
        ("(a, 1, 2)", "expected a value of type `(string, u32)`, found a tuple"),
        ("(a, 1", "column 6: expected a comma or a closing bracket"),
        ("'a", "column 1: expected a closing quote"),
    ] {
        let error = said(table.parse_key(key).unwrap_err());
        assert_eq!(error, format!("`things` has keys of type `(string, u32)`: {expected}"));
    }
    let row = table.rows().unwrap().next().unwrap().unwrap().value().unwrap().to_string();
    let without = row.replace("\"ratio\":-0.5,", "");
    assert_eq!(table.parse_row(&without).unwrap_err().to_string(), "the field `ratio` is missing");
    let wrong = row.replace("\"Point\"", "\"Square\"");
    let ValueError::Variant { path, known, .. } = table.parse_row(&wrong).unwrap_err() else {
        panic!("a variant that is none")
    };
    assert_eq!((&*path, known.join(" ")), ("shapes.0", "Point Circle Label".into()));
}

#[test]
fn values_of_deep_text_end_in_an_error() {
    let deep = "[".repeat(100_000);
    assert!(matches!(Value::parse(&deep), Err(ValueError::Syntax { column: 65, .. })));
}

#[test]
fn times_are_written_as_they_are_read() {
    let parse = |text: &str| Value::parse(text).unwrap();
    assert_eq!(parse("2024-05-01T12:00:00Z"), Value::Text("2024-05-01T12:00:00Z".into()));
    assert_eq!(parse("[1_000, -2.5e3, .5]").to_string(), "[1000,-2500.0,0.5]");
    assert_eq!(parse(r#"{a: "\ud83d\ude00\n"}"#).to_string(), "{\"a\":\"😀\\n\"}");
}

#[test]
fn an_index_that_is_wrong_is_told() {
    let storage = Storage::in_memory().unwrap();
    rkyv_codec::filled(&storage, 3);
    let index = |name| {
        let table = DynamicTable::open(&storage.read().unwrap(), "things").unwrap();
        table.index(name).unwrap().verify().unwrap().unwrap()
    };
    assert!(index("tags").is_right() && index("both").is_right());
    let tags = storage::backend::ByteTable::from("things$tags");
    storage
        .backend()
        .write(|writer| {
            let first = writer.first(&tags, Bound::Unbounded, Bound::Unbounded)?.unwrap();
            writer.delete(&tags, &first.key)?;
            writer.put(&tags, b"of\0\0 no row", &first.value)
        })
        .unwrap();
    let found = index("tags");
    assert_eq!((found.missing_count, found.extra_count), (1, 1), "{found:?}");
    assert_eq!(found.missing[0].to_string(), r#"["a",0]"#);
    assert!(index("both").is_right());
}

#[test]
fn what_is_counted_or_passed_over_is_read() {
    let storage = Storage::in_memory().unwrap();
    rkyv_codec::filled(&storage, 9);
    let rows = || {
        let table = DynamicTable::open(&storage.read().unwrap(), "things").unwrap();
        table.rows().unwrap()
    };
    let last = |row: Option<Result<_, DynamicError>>| row.unwrap();
    assert_eq!(rows().count().unwrap(), 27);
    let mut begun = rows();
    let (first, back) = (last(begun.nth(2)).unwrap(), last(begun.nth_back(1)).unwrap());
    assert_ne!(first.key_bytes(), back.key_bytes());
    assert_eq!(begun.count().unwrap(), 22);
    assert!(last(rows().last()).is_ok());
    assert!(rows().nth(27).is_none());

    let damaged = last(rows().nth(4)).unwrap().key_bytes().to_vec();
    storage.backend().put("things", &damaged, b"damaged").unwrap();
    assert!(rows().count().is_err());
    assert!(last(rows().last()).is_err());
    assert!(last(rows().nth(6)).is_err());
    assert!(last(rows().nth_back(23)).is_err());
    assert!(rows().skip(9).collect::<Result<Vec<_>, _>>().is_err());
    assert!(rows().rev().skip(25).collect::<Result<Vec<_>, _>>().is_err());
    assert!(last(rows().nth(3)).is_ok() && last(rows().nth_back(21)).is_ok());
}

/// Of a damaged file every row is saved that can be read, and none that is another.
#[test]
fn what_is_saved_is_what_was_written() {
    let scratch = Scratch::new();
    let storage = scratch.open();
    rkyv_codec::filled(&storage, 60);
    let written: BTreeMap<_, _> = rows(&storage).into_iter().collect();
    storage.close().unwrap();
    let whole = std::fs::read(scratch.path()).unwrap();
    let (damaged_path, saved_path) =
        (scratch.dir().join("damaged.redb"), scratch.dir().join("saved.redb"));
    let mut random = tests::random::Random::new(7);
    let mut opened = 0;
    for round in 0..150 {
        let mut damaged = whole.clone();
        for _ in 0..=round % 4 {
            let at = random.below(damaged.len());
            damaged[at] ^= 1 << random.below(8);
        }
        std::fs::write(&damaged_path, &damaged).unwrap();
        let Ok(storage) = Storage::open(&damaged_path) else { continue };
        opened += 1;
        let readable = rows(&storage);
        let saved = match salvage(&storage, &saved_path, &OpenOptions::default()) {
            Ok(saved) => saved,
            Err(error) => {
                assert!(error.is_corrupt(), "round {round}: {error}");
                continue;
            }
        };
        let new = Storage::open(&saved_path).unwrap();
        assert!(new.check().unwrap().is_sound(), "round {round}");
        let found: BTreeMap<_, _> = rows(&new).into_iter().collect();
        for (key, body) in &found {
            assert_eq!(written.get(key), Some(body), "round {round}");
        }
        for (key, _) in readable {
            assert!(found.contains_key(&key), "round {round}: a row that can be read is lost");
        }
        assert!(found.len() == written.len() || saved.lost_count > 0, "round {round}");
        let things = rkyv_codec::Thing::table(&new);
        if let Ok(things) = things {
            assert!(things.verify().unwrap().is_empty(), "round {round}: indexes are built anew");
        }
        drop(new);
        std::fs::remove_file(&saved_path).unwrap();
    }
    assert!(opened > 50, "{opened}");
}

/// The rows that can be read, by their keys.
fn rows(storage: &Storage) -> Vec<(Vec<u8>, Vec<u8>)> {
    let Ok(state) = storage.read() else { return Vec::new() };
    let Ok(table) = DynamicTable::open(&state, "things") else { return Vec::new() };
    let rows = table.rows().into_iter().flatten().flatten();
    rows.map(|row| (row.key_bytes().to_vec(), row.body().to_vec())).collect()
}
