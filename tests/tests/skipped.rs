//! Fields that are not stored: they come back by `Default`, and nothing of them is in the schema.

use rkyv::{Archive, Deserialize, Serialize, with::Skip};
use std::sync::{Arc, RwLock};
use storage::{Storage, StoredRecord, StoredType, Table, schema::Definition};

/// What no codec can store.
#[derive(Clone, Debug, Default)]
struct Cache(Arc<RwLock<Vec<u8>>>);

impl Cache {
    fn filled() -> Self {
        Self(Arc::new(RwLock::new(vec![1, 2, 3])))
    }

    fn is_empty(&self) -> bool {
        self.0.read().unwrap().is_empty()
    }
}

#[derive(Archive, Serialize, Deserialize, StoredType, Clone, Debug)]
#[store(codec = "rkyv")]
struct Place {
    #[rkyv(with = Skip)]
    cache: Cache,
    name: String,
}

#[derive(Archive, Serialize, Deserialize, StoredType, Clone, Debug)]
enum Step {
    Stay,
    Go {
        #[rkyv(with = Skip)]
        cache: Cache,
        to: u64,
    },
    Wait(#[rkyv(with = Skip)] Cache, u16),
    Sing(#[rkyv(with = Skip)] Cache),
}

#[derive(Archive, Serialize, Deserialize, StoredRecord, Clone, Debug)]
#[store(codec = "rkyv", table = "archives")]
struct Archived {
    #[rkyv(with = Skip)]
    first: Cache,
    #[store(key)]
    id: u64,
    #[rkyv(with = Skip)]
    middle: Option<Cache>,
    #[store(index)]
    name: String,
    place: Place,
    steps: Vec<Step>,
    #[rkyv(with = Skip)]
    last: u128,
}

#[derive(StoredType, Clone, Debug)]
#[store(codec = "flatbuffers")]
struct FlatPlace {
    #[store(skip)]
    cache: Cache,
    name: String,
    at: Point,
}

#[derive(StoredType, Clone, Copy, Debug, PartialEq)]
#[store(codec = "flatbuffers", fixed)]
struct Point {
    x: f32,
    #[store(skip)]
    memo: Option<u64>,
    y: f32,
}

#[derive(StoredType, Clone, Debug)]
#[store(codec = "flatbuffers")]
enum FlatStep {
    Stay,
    Go {
        #[store(skip)]
        cache: Cache,
        to: u64,
    },
    Sing {
        #[store(skip)]
        cache: Cache,
    },
    Wait(#[store(skip)] Cache, u16),
    Rest(Number, #[store(skip)] Cache, String),
}

#[derive(StoredType, Clone, Debug)]
#[store(codec = "flatbuffers")]
struct Number(#[store(skip)] Cache, u64);

#[derive(StoredRecord, Clone, Debug)]
#[store(codec = "flatbuffers", table = "flats")]
struct Flat {
    #[store(skip)]
    first: Cache,
    #[store(key)]
    id: u64,
    #[store(skip)]
    middle: Option<Cache>,
    #[store(index)]
    name: String,
    place: FlatPlace,
    step: FlatStep,
    #[store(skip)]
    last: u128,
}

fn stored<R: StoredRecord>(storage: &Storage, record: &R) -> Table<R> {
    let table = R::table(storage).unwrap();
    assert!(!table.put(record).unwrap());
    assert!(table.verify().unwrap().is_empty());
    table
}

fn field_names<R: StoredRecord>() -> Vec<String> {
    let types = R::SCHEMA.types();
    match types.root() {
        Some((_, Definition::Struct(fields) | Definition::Table(fields))) => {
            fields.iter().map(|field| field.name.clone()).collect()
        }
        _ => panic!("a record has fields"),
    }
}

#[test]
fn rkyv_stores_the_others() {
    let storage = Storage::in_memory().unwrap();
    let steps = vec![
        Step::Stay,
        Step::Go { cache: Cache::filled(), to: 7 },
        Step::Wait(Cache::filled(), 5),
        Step::Sing(Cache::filled()),
    ];
    let place = Place { cache: Cache::filled(), name: "Rome".into() };
    let (first, middle) = (Cache::filled(), Some(Cache::filled()));
    let record = Archived { first, id: 1, middle, name: "a".into(), place, steps, last: 9 };
    let table = stored(&storage, &record);
    let back = table.load(1).unwrap().unwrap();
    assert!(back.first.is_empty() && back.middle.is_none() && back.last == 0);
    assert!(back.place.cache.is_empty() && back.place.name == "Rome");
    let [Step::Stay, Step::Go { cache, to: 7 }, Step::Wait(wait, 5), Step::Sing(sing)] =
        back.steps.as_slice()
    else {
        panic!("other steps: {:?}", back.steps)
    };
    assert!(cache.is_empty() && wait.is_empty() && sing.is_empty());
    let f = Archived::FIELDS;
    assert_eq!(
        table.project(1, (f.id, f.name, f.place.name)).unwrap(),
        Some((1, "a".into(), "Rome".into()))
    );
    assert_eq!(table.by(Archived::INDEXES.name).get_all("a").unwrap().count().unwrap(), 1);
    assert_eq!(field_names::<Archived>(), ["id", "name", "place", "steps"]);
    let mut changed = back;
    changed.last = 5;
    assert!(table.put(&changed).unwrap());
}

#[test]
fn flatbuffers_store_the_others() {
    let storage = Storage::in_memory().unwrap();
    for (id, step) in [
        (1, FlatStep::Stay),
        (2, FlatStep::Go { cache: Cache::filled(), to: 7 }),
        (3, FlatStep::Sing { cache: Cache::filled() }),
        (4, FlatStep::Wait(Cache::filled(), 5)),
        (5, FlatStep::Rest(Number(Cache::filled(), 6), Cache::filled(), "x".into())),
    ] {
        let at = Point { x: 1.0, memo: Some(3), y: 2.0 };
        let place = FlatPlace { cache: Cache::filled(), name: "Rome".into(), at };
        let (first, middle) = (Cache::filled(), Some(Cache::filled()));
        let record = Flat { first, id, middle, name: "a".into(), place, step, last: 9 };
        let table = stored(&storage, &record);
        let back = table.load(id).unwrap().unwrap();
        assert!(back.first.is_empty() && back.middle.is_none() && back.last == 0);
        assert!(back.place.cache.is_empty() && back.place.name == "Rome");
        assert_eq!(back.place.at, Point { memo: None, ..at });
        match (id, back.step) {
            (1, FlatStep::Stay) => {}
            (2, FlatStep::Go { cache, to: 7 }) | (3, FlatStep::Sing { cache }) => {
                assert!(cache.is_empty());
            }
            (4, FlatStep::Wait(cache, 5)) => assert!(cache.is_empty()),
            (5, FlatStep::Rest(Number(inner, 6), cache, text)) => {
                assert!(inner.is_empty() && cache.is_empty() && text == "x");
            }
            (_, other) => panic!("another step: {other:?}"),
        }
        let f = Flat::FIELDS;
        assert_eq!(
            table.project(id, (f.name, f.place.name)).unwrap(),
            Some(("a".into(), "Rome".into()))
        );
    }
    assert_eq!(field_names::<Flat>(), ["id", "name", "place", "step"]);
}
