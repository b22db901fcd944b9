//! The fields of FlatBuffers: `#[store(serde)]` and `#[store(text)]`.

use super::{
    assert_same, filled, shape_of,
    types::{Choice, Everything, Hex},
};
use rkyv::{Archive, Deserialize, Serialize, with::Map};
use rust_decimal::Decimal;
use semver::Version;
use serde_json::{Value, json};
use storage::{AsSerde, AsText, Predicate, Storage, StorageError, StoredRecord, StoredType};
use tests::frame::{body, layout_fingerprint, seal};

#[derive(StoredRecord, Clone, Debug, PartialEq)]
#[store(codec = "flatbuffers", table = "packages")]
struct Package {
    #[store(key)]
    id: u32,
    #[store(text)]
    version: Version,
    #[store(text)]
    yanked: Option<Version>,
    #[store(text)]
    needs: Vec<Version>,
    #[store(text)]
    wants: Option<Vec<Option<Version>>>,
    #[store(serde)]
    prices: Vec<Decimal>,
    #[store(serde)]
    document: Value,
    #[store(serde)]
    extra: Option<Value>,
    #[store(serde)]
    choices: Vec<Choice>,
    name: String,
    place: Place,
    action: Action,
    places: Vec<Place>,
    wrapped: Wrapped,
    #[store(text)]
    #[expect(clippy::option_option, reason = "it is stored as such")]
    twice: Option<Option<Hex>>,
    #[store(serde)]
    everything: Everything,
}

/// A nested type of both codecs.
#[derive(Archive, Serialize, Deserialize, StoredType, Clone, Debug, PartialEq)]
#[store(codec = "rkyv, flatbuffers")]
struct Place {
    #[rkyv(with = AsText)]
    color: Hex,
    #[rkyv(with = Map<AsText>)]
    back: Option<Hex>,
    #[rkyv(with = Map<AsText>)]
    many: Vec<Hex>,
    #[rkyv(with = AsSerde)]
    choice: Choice,
}

#[derive(StoredType, Clone, Debug, PartialEq)]
#[store(codec = "flatbuffers")]
enum Action {
    Stay,
    Paint(#[store(text)] Hex),
    Write {
        #[store(serde)]
        what: Value,
        times: u8,
    },
}

#[derive(StoredType, Clone, Debug, PartialEq)]
#[store(codec = "flatbuffers")]
struct Wrapped(#[store(text)] Hex);

fn place(number: u32) -> Place {
    let back = number.is_multiple_of(2).then_some(Hex(number));
    Place {
        color: Hex(number),
        back,
        many: vec![Hex(1), Hex(number)],
        choice: Choice::Named { left: -1, right: Some(7) },
    }
}

fn package(id: u32) -> Package {
    let version = Version::new(1, id.into(), 0);
    Package {
        id,
        yanked: id.is_multiple_of(2).then(|| version.clone()),
        needs: vec![version.clone(); id as usize],
        wants: (id > 1).then(|| vec![None, Some(version.clone())]),
        version,
        prices: (0..id).map(|number| Decimal::new(number.into(), 2)).collect(),
        document: json!({"id": id, "tags": ["a", null]}),
        extra: (id > 0).then_some(Value::Null),
        choices: vec![Choice::Pair(1, 2); id as usize],
        name: format!("package {id}"),
        place: place(id),
        action: match id % 3 {
            0 => Action::Stay,
            1 => Action::Paint(Hex(id)),
            _ => Action::Write { what: json!([id]), times: 3 },
        },
        places: (0..id).map(place).collect(),
        wrapped: Wrapped(Hex(id)),
        twice: [None, Some(None), Some(Some(Hex(1)))][id as usize % 3],
        everything: if id == 1 { Everything::full() } else { Everything::empty() },
    }
}

#[test]
fn converted_fields_are_loaded_and_projected_as_their_types() {
    let storage = Storage::in_memory().unwrap();
    let records: Vec<_> = (0..4).map(package).collect();
    let table = filled(&storage, &records);
    assert_same(&table, &records);
    let f = Package::FIELDS;
    for Package { id, version, yanked, document, extra, choices, place, twice, .. } in &records {
        let Package { needs, wants, .. } = &records[*id as usize];
        let found = table.project(*id, (f.needs, f.wants, f.place.many)).unwrap();
        assert_eq!(found, Some((needs.clone(), wants.clone(), place.many.clone())));
        assert_eq!(table.project(*id, f.version).unwrap().as_ref(), Some(version));
        assert_eq!(table.project(*id, f.yanked).unwrap().as_ref(), Some(yanked));
        assert_eq!(table.project(*id, f.document).unwrap().as_ref(), Some(document));
        assert_eq!(table.project(*id, f.extra).unwrap().as_ref(), Some(extra));
        assert_eq!(table.project(*id, f.choices).unwrap().as_ref(), Some(choices));
        assert_eq!(table.project(*id, f.place.color).unwrap(), Some(Hex(*id)));
        assert_eq!(table.project(*id, f.place.back).unwrap(), Some(place.back));
        assert_eq!(table.project(*id, f.place).unwrap().as_ref(), Some(place));
        assert_eq!(table.project(*id, f.twice).unwrap().as_ref(), Some(twice));
    }
    table
        .get(2, |package| {
            assert_eq!(package.version(), "1.2.0");
            assert_eq!(package.yanked(), Some("1.2.0"));
            assert_eq!(package.document().get().unwrap(), records[2].document);
            assert_eq!(package.place().color(), "2");
            assert_eq!(package.needs(), ["1.2.0", "1.2.0"]);
            assert_eq!(package.wants(), Some(vec![None, Some("1.2.0")]));
            assert!(format!("{package:?}").contains("wants: Some([None, Some(\"1.2.0\")])"));
            assert!(format!("{package:?}").contains("version: \"1.2.0\", yanked: Some(\"1.2.0\")"));
        })
        .unwrap();
    assert!(table.verify().unwrap().is_empty());
}

#[test]
fn converted_fields_are_filtered_as_their_types_compare() {
    let storage = Storage::in_memory().unwrap();
    let records: Vec<_> = (0..12).map(package).collect();
    let table = filled(&storage, &records);
    let f = Package::FIELDS;
    let count =
        |filter: Box<dyn Predicate<Package>>| table.iter().unwrap().filter(filter).count().unwrap();
    assert_eq!(count(Box::new(f.version.gt(Version::new(1, 9, 0)))), 2);
    assert_eq!(count(Box::new(f.yanked.eq(Version::new(1, 4, 0)))), 1);
    assert_eq!(count(Box::new(f.yanked.is_none())), 6);
    assert_eq!(count(Box::new(f.document.eq(json!({"tags": ["a", null], "id": 7})))), 1);
    assert_eq!(count(Box::new(f.extra.eq(Value::Null))), 11);
    assert_eq!(count(Box::new(f.place.color.le(Hex(3)))), 4);
}

#[test]
fn schemas_say_how_they_are_stored() {
    assert_eq!(shape_of::<Package>("version"), "text");
    assert_eq!(shape_of::<Package>("yanked"), "option<text>");
    assert_eq!(shape_of::<Package>("needs"), "list<text>");
    assert_eq!(shape_of::<Package>("extra"), "option<serde>");
    let fbs = Package::fbs();
    for line in [
        "  /// A value as its text.\n  version:string (id: 1, required);\n",
        "  /// A value as its text.\n  yanked:string (id: 2);\n",
        "  /// One value, MessagePack.\n  prices:[ubyte] (id: 5, required);\n",
        "  /// One value, MessagePack.\n  extra:[ubyte] (id: 7);\n",
    ] {
        assert!(fbs.contains(line), "{fbs}");
    }
}

/// The form is MessagePack, and text: bytes that never change.
#[test]
fn the_forms_are_golden() {
    #[derive(StoredRecord)]
    #[store(codec = "flatbuffers", table = "values")]
    struct Value {
        #[store(key)]
        id: u8,
        #[store(serde)]
        choices: Vec<Choice>,
        #[store(text)]
        price: Decimal,
    }
    let storage = Storage::in_memory().unwrap();
    let choices =
        vec![Choice::Nothing, Choice::Wrapped("a".into()), Choice::Named { left: -1, right: None }];
    let table = filled(&storage, &[Value { id: 1, choices, price: Decimal::new(-150, 2) }]);
    let expected = b"\x93\xa7Nothing\x81\xa7Wrapped\xa1a\x81\xa5Named\x82\xa4left\xff\xa5right\xc0";
    table
        .get(1, |value| {
            assert_eq!(value.choices().as_bytes(), expected);
            assert_eq!(value.price(), "-1.50");
        })
        .unwrap();
}

#[test]
fn what_is_refused_is_named_with_its_field() {
    let storage = Storage::in_memory().unwrap();
    let table = Package::table(&storage).unwrap();
    let hidden = Hex(u32::MAX);
    let base = package(1);
    let at = |record: Package, field: &str| {
        let error = table.put(&record).unwrap_err();
        assert!(matches!(error, StorageError::Serialization(_)), "{error:?}");
        let error = error.to_string();
        assert!(error.contains("key 1 of table `packages`"), "{error}");
        assert!(error.contains(field) && error.contains("Hex` cannot be stored"), "{error}");
    };
    at(Package { wrapped: Wrapped(hidden), ..base.clone() }, "`wrapped.0`");
    at(Package { twice: Some(Some(hidden)), ..base.clone() }, "`twice`");
    at(Package { action: Action::Paint(hidden), ..base.clone() }, "`action.0`");
    at(Package { place: Place { color: hidden, ..place(1) }, ..base }, "`place.color`");
    assert_eq!(table.len().unwrap(), 0);
}

/// The checksum fits, the forms do not.
#[test]
fn damaged_forms_are_an_error_or_another_value() {
    let storage = Storage::in_memory().unwrap();
    filled(&storage, &[package(2)]);
    let key = 2_u32.to_be_bytes();
    let stored = storage.backend().get("packages", &key, <[u8]>::to_vec).unwrap().unwrap();
    let good = body(&stored).to_vec();
    let fingerprint = layout_fingerprint(&storage, "packages");
    let (table, f) = (Package::table(&storage).unwrap(), Package::FIELDS);
    let (mut refused, mut named, mut read) = (0, 0, 0);
    for place in 0..good.len() {
        for value in [0x00, 0x41, 0xc0, 0xdd, 0xff] {
            let mut bytes = good.clone();
            bytes[place] = value;
            seal(b"packages", fingerprint, &key, 1, &mut bytes);
            storage.backend().put("packages", &key, &bytes).unwrap();
            let fields = table.project(2, (f.version, f.document, f.extra, f.place.choice));
            match (table.load(2), fields) {
                (Ok(Some(loaded)), Ok(Some((version, document, ..)))) => {
                    assert_eq!((loaded.version, loaded.document), (version, document));
                    read += 1;
                }
                (Err(error), _) => {
                    let error = error.to_string();
                    assert!(error.contains("table `packages`, key 2"), "{error}");
                    named += u32::from(error.contains("`place.choice`"));
                    refused += 1;
                }
                (loaded, fields) => panic!("{:?} {:?}", loaded.map(drop), fields.map(drop)),
            }
        }
    }
    assert!(refused > 500 && named > 10 && read > 500, "{refused} {named} {read}");
}
