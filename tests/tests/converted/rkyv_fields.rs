//! The adapters of rkyv: `AsSerde`, `AsText`, and `Map` of them.

use super::{
    assert_same, filled, shape_of,
    types::{Choice, Everything, Hex, Tagged, Untagged},
};
use rkyv::{Archive, Deserialize, Serialize, with::Map};
use rust_decimal::Decimal;
use semver::Version;
use serde_json::{Value, json};
use storage::{AsSerde, AsText, Predicate, Storage, StoredRecord, StoredType};

#[derive(Archive, Serialize, Deserialize, StoredRecord, Clone, Debug, PartialEq)]
#[store(codec = "rkyv", table = "packages")]
struct Package {
    #[store(key)]
    id: u32,
    #[rkyv(with = AsText)]
    version: Version,
    #[rkyv(with = Map<AsText>)]
    yanked: Option<Version>,
    #[rkyv(with = Map<AsText>)]
    prices: Vec<Decimal>,
    #[rkyv(with = AsSerde)]
    document: Value,
    #[rkyv(with = Map<AsSerde>)]
    extra: Option<Value>,
    #[rkyv(with = AsSerde)]
    choices: Vec<Choice>,
    name: String,
    place: Place,
}

/// Nested types have such fields, too.
#[derive(Archive, Serialize, Deserialize, StoredType, Clone, Debug, PartialEq)]
#[store(codec = "rkyv")]
struct Place {
    #[rkyv(with = AsText)]
    color: Hex,
}

fn package(id: u32) -> Package {
    let version = Version::new(1, id.into(), 0);
    Package {
        id,
        yanked: id.is_multiple_of(2).then(|| version.clone()),
        version,
        prices: (0..id).map(|number| Decimal::new(number.into(), 2)).collect(),
        document: json!({"id": id, "tags": ["a", null]}),
        extra: (id > 0).then_some(Value::Null),
        choices: vec![Choice::Pair(1, 2); id as usize],
        name: format!("package {id}"),
        place: Place { color: Hex(id) },
    }
}

#[test]
fn converted_fields_are_loaded_and_projected_as_their_types() {
    let storage = Storage::in_memory().unwrap();
    let records: Vec<_> = (0..4).map(package).collect();
    let table = filled(&storage, &records);
    assert_same(&table, &records);
    let f = Package::FIELDS;
    for Package { id, version, yanked, prices, document, extra, choices, .. } in &records {
        assert_eq!(table.project(*id, f.version).unwrap().as_ref(), Some(version));
        assert_eq!(table.project(*id, f.yanked).unwrap().as_ref(), Some(yanked));
        assert_eq!(table.project(*id, f.prices).unwrap().as_ref(), Some(prices));
        assert_eq!(table.project(*id, f.document).unwrap().as_ref(), Some(document));
        assert_eq!(table.project(*id, f.extra).unwrap().as_ref(), Some(extra));
        assert_eq!(table.project(*id, f.choices).unwrap().as_ref(), Some(choices));
        assert_eq!(table.project(*id, f.place.color).unwrap(), Some(Hex(*id)));
        let major = table.project_with(*id, f.version, |version| version.major).unwrap();
        assert_eq!(major, Some(1));
    }
    assert!(table.verify().unwrap().is_empty());
}

#[test]
fn converted_fields_are_filtered_as_their_types_compare() {
    let storage = Storage::in_memory().unwrap();
    // As text, 1.10.0 is less than 1.9.0.
    let records: Vec<_> = (0..12).map(package).collect();
    let table = filled(&storage, &records);
    let f = Package::FIELDS;
    let count =
        |filter: Box<dyn Predicate<Package>>| table.iter().unwrap().filter(filter).count().unwrap();
    assert_eq!(count(Box::new(f.version.gt(Version::new(1, 9, 0)))), 2);
    assert_eq!(
        count(Box::new(f.version.between(Version::new(1, 2, 0), Version::new(1, 10, 0)))),
        9
    );
    assert_eq!(count(Box::new(f.version.is_in([Version::new(1, 3, 0), Version::new(2, 0, 0)]))), 1);
    assert_eq!(count(Box::new(f.yanked.eq(Version::new(1, 4, 0)))), 1);
    assert_eq!(count(Box::new(f.yanked.ne(Version::new(1, 4, 0)))), 5);
    assert_eq!(count(Box::new(f.yanked.lt(Version::new(1, 4, 0)))), 2);
    assert_eq!(count(Box::new(f.yanked.is_none())), 6);
    assert_eq!(count(Box::new(f.document.eq(json!({"tags": ["a", null], "id": 7})))), 1);
    assert_eq!(count(Box::new(f.extra.eq(Value::Null))), 11);
    assert_eq!(count(Box::new(f.prices.eq(vec![Decimal::ZERO]))), 1);
    assert_eq!(count(Box::new(f.choices.eq(Vec::new()))), 1);
    assert_eq!(count(Box::new(f.place.color.le(Hex(3)))), 4);
}

#[test]
fn schemas_say_how_they_are_stored() {
    assert_eq!(shape_of::<Package>("version"), "text");
    assert_eq!(shape_of::<Package>("yanked"), "option<text>");
    assert_eq!(shape_of::<Package>("prices"), "list<text>");
    assert_eq!(shape_of::<Package>("document"), "serde");
    assert_eq!(shape_of::<Package>("extra"), "option<serde>");
    assert_eq!(shape_of::<Package>("choices"), "serde");
}

#[derive(Archive, Serialize, Deserialize, StoredRecord, Clone, Debug, PartialEq)]
#[store(codec = "rkyv", table = "documents")]
struct Document {
    #[store(key)]
    id: u32,
    #[rkyv(with = AsSerde)]
    everything: Everything,
    #[rkyv(with = AsSerde)]
    tagged: Tagged,
    #[rkyv(with = AsSerde)]
    untagged: Untagged,
}

#[test]
fn everything_that_serde_has_words_for_comes_back() {
    let tagged = Tagged::Group {
        parts: vec![Tagged::Circle { radius: 0.5 }, Tagged::Group { parts: vec![] }],
    };
    let untagged = Untagged::List(vec![Untagged::Number(u64::MAX), Untagged::Text("text".into())]);
    let records = [
        Document {
            id: 0,
            everything: Everything::empty(),
            tagged: Tagged::Group { parts: vec![] },
            untagged: Untagged::Number(0),
        },
        Document { id: 1, everything: Everything::full(), tagged, untagged },
    ];
    let storage = Storage::in_memory().unwrap();
    let table = filled(&storage, &records);
    assert_same(&table, &records);
    let everything = table.project(1, Document::FIELDS.everything).unwrap().unwrap();
    assert_eq!(everything, records[1].everything);
}

/// One release of a record, and one whose type has changed as serde allows it.
#[test]
fn a_type_changes_as_serde_can_read_it() {
    mod first {
        use super::*;

        #[derive(serde::Serialize, serde::Deserialize)]
        pub struct Settings {
            pub old_name: String,
            pub gone: u8,
        }

        #[derive(Archive, Serialize, Deserialize, StoredRecord)]
        #[store(codec = "rkyv", table = "users")]
        pub struct User {
            #[store(key)]
            pub id: u32,
            #[rkyv(with = AsSerde)]
            pub settings: Settings,
        }
    }
    mod second {
        use super::*;

        #[derive(serde::Serialize, serde::Deserialize, Debug, PartialEq)]
        pub struct Settings {
            #[serde(default = "yes")]
            pub new: bool,
            #[serde(alias = "old_name")]
            pub name: String,
        }

        fn yes() -> bool {
            true
        }

        #[derive(Archive, Serialize, Deserialize, StoredRecord)]
        #[store(codec = "rkyv", table = "users")]
        pub struct User {
            #[store(key)]
            pub id: u32,
            #[rkyv(with = AsSerde)]
            pub settings: Settings,
        }
    }
    let storage = Storage::in_memory().unwrap();
    let settings = first::Settings { old_name: "Ada".into(), gone: 7 };
    first::User::table(&storage).unwrap().put(&first::User { id: 1, settings }).unwrap();
    let settings = second::User::table(&storage).unwrap().load(1).unwrap().unwrap().settings;
    assert_eq!(settings, second::Settings { new: true, name: "Ada".into() });
}
