//! Every question that a filter can ask, in both codecs.

use rkyv::{Archive, Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use storage::{Predicate, Storage, StoredRecord, StoredType, Table};

const NONE: [u32; 0] = [];

/// Compared for equality alone.
#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredType)]
#[store(codec = "flatbuffers")]
struct Place {
    site: String,
    number: u16,
}

macro_rules! codec {
    ($codec:ident = $name:literal, $($derive:ident),*) => {
        mod $codec {
            use super::*;

            #[derive($($derive,)* StoredRecord)]
            #[store(codec = $name, table = "parts")]
            struct Part {
                #[store(key)]
                id: u32,
                name: String,
                label: Option<String>,
                stock: i64,
                least: i64,
                usual: Option<i64>,
                other: Option<i64>,
                sold: bool,
                checked: Option<bool>,
                tags: Vec<String>,
                sizes: Vec<u32>,
                digest: [u8; 4],
                place: Place,
            }

            fn part(id: u32) -> Part {
                let n = i64::from(id);
                Part {
                    id,
                    name: format!("part {id} of é"),
                    label: (id != 2).then(|| format!("{id}é")),
                    stock: n,
                    least: 3,
                    usual: (id != 4).then_some(n),
                    other: (id != 5).then_some(2),
                    sold: id % 2 == 0,
                    checked: (id > 1).then_some(id > 3),
                    tags: (0..id).map(|tag| format!("t{tag}")).collect(),
                    sizes: (0..id).collect(),
                    digest: [1, 2, 3, u8::try_from(id).unwrap()],
                    place: Place { site: "Bonn".to_owned(), number: 7 },
                }
            }

            fn table() -> Table<Part> {
                let table = Part::table(&Storage::in_memory().unwrap()).unwrap();
                table.put_stream((0..6).map(part)).unwrap();
                table
            }

            /// The ids of what a predicate lets through, by itself, counted, and in parallel.
            fn ids(table: &Table<Part>, question: impl Predicate<Part>) -> Vec<u32> {
                let id = Part::FIELDS.id;
                let found = table.iter().unwrap().filter(&question).select(id);
                let found = found.collect::<Result<Vec<_>, _>>().unwrap();
                let count = table.iter().unwrap().filter(&question).count().unwrap();
                assert_eq!(count, found.len() as u64);
                assert_eq!(table.par_select(question, id).unwrap(), found);
                found
            }

            #[test]
            fn text_and_its_parts() {
                let (t, f) = (table(), Part::FIELDS);
                assert_eq!(ids(&t, f.name.contains("3 of")), [3]);
                assert_eq!(ids(&t, f.name.contains("of é".to_owned())), [0, 1, 2, 3, 4, 5]);
                assert_eq!(ids(&t, f.name.contains('4')), [4]);
                assert_eq!(ids(&t, f.name.starts_with("part 1")), [1]);
                assert_eq!(ids(&t, f.name.ends_with("é")), [0, 1, 2, 3, 4, 5]);
                assert_eq!(ids(&t, f.label.ends_with("é")), [0, 1, 3, 4, 5]);
                assert_eq!(ids(&t, f.label.contains("2")), NONE);
                assert_eq!(ids(&t, f.label.len().eq(3)), [0, 1, 3, 4, 5]);
                assert_eq!(ids(&t, f.label.is_empty()), NONE);
                let name = "part 5 of é".to_owned();
                assert_eq!(ids(&t, f.name.eq(&name)), [5]);
                assert_eq!(ids(&t, f.name.ge(&name)), [5]);
                assert_eq!(ids(&t, f.name.eq(name)), [5]);
            }

            #[test]
            fn lists() {
                let (t, f) = (table(), Part::FIELDS);
                assert_eq!(ids(&t, f.tags.contains("t3")), [4, 5]);
                assert_eq!(ids(&t, f.sizes.contains(4)), [5]);
                assert_eq!(ids(&t, f.digest.contains(5)), [5]);
                assert_eq!(ids(&t, f.digest.eq([1, 2, 3, 4])), [4]);
                assert_eq!(ids(&t, f.sizes.eq(vec![0, 1])), [2]);
                assert_eq!(ids(&t, f.tags.eq(vec!["t0"])), [1]);
                assert_eq!(ids(&t, f.tags.is_empty()), [0]);
                assert_eq!(ids(&t, f.tags.len().gt(3) | f.sizes.len().lt(1)), [0, 4, 5]);
                let lens = t.iter().unwrap().select((f.tags.len(), f.name.len()));
                let lens: Vec<_> = lens.map(|lens| lens.unwrap()).collect();
                assert_eq!(lens, (0..6).map(|len| (len, 12)).collect::<Vec<_>>());
            }

            #[test]
            fn sets_of_values_and_ranges() {
                let (t, f) = (table(), Part::FIELDS);
                assert_eq!(ids(&t, f.stock.is_in([4, 2, 9])), [2, 4]);
                assert_eq!(ids(&t, f.usual.is_in(vec![4, 5])), [5]);
                assert_eq!(ids(&t, f.name.is_in(["part 1 of é", ""])), [1]);
                assert_eq!(ids(&t, f.stock.is_in([])), NONE);
                assert_eq!(ids(&t, f.stock.between(2, 4)), [2, 3, 4]);
                assert_eq!(ids(&t, f.usual.between(2, 4)), [2, 3]);
                assert_eq!(ids(&t, f.stock.in_range(2..4)), [2, 3]);
                assert_eq!(ids(&t, f.stock.in_range(..=1)), [0, 1]);
                assert_eq!(ids(&t, f.name.in_range("part 4"..)), [4, 5]);
                assert_eq!(ids(&t, f.stock.between(4, 2)), NONE);
            }

            #[test]
            fn field_against_field() {
                let (t, f) = (table(), Part::FIELDS);
                assert_eq!(ids(&t, f.stock.lt(f.least)), [0, 1, 2]);
                assert_eq!(ids(&t, f.stock.eq(f.least)), [3]);
                assert_eq!(ids(&t, f.usual.ge(f.other)), [2, 3]);
                assert_eq!(ids(&t, f.usual.ne(f.stock)), NONE);
                assert_eq!(ids(&t, f.stock.ne(f.other)), [0, 1, 3, 4]);
                assert_eq!(ids(&t, f.name.gt(f.label)), [0, 1, 3, 4, 5]);
            }

            #[test]
            fn truth_and_what_joins_it() {
                let (t, f) = (table(), Part::FIELDS);
                assert_eq!(ids(&t, f.sold), [0, 2, 4]);
                assert_eq!(ids(&t, f.checked), [4, 5]);
                assert_eq!(ids(&t, !f.sold), [1, 3, 5]);
                assert_eq!(ids(&t, f.sold.not().and(f.checked)), [5]);
                assert_eq!(ids(&t, f.sold & f.checked | f.id.eq(1)), [1, 4]);
                assert_eq!(ids(&t, !(f.id.lt(2) | f.id.gt(4))), [2, 3, 4]);
            }

            #[test]
            fn questions_that_are_put_together_at_run_time() {
                let (t, f) = (table(), Part::FIELDS);
                let least = |least: Option<i64>| least.map(|least| f.stock.ge(least));
                assert_eq!(ids(&t, least(None)), [0, 1, 2, 3, 4, 5]);
                assert_eq!(ids(&t, least(Some(4))), [4, 5]);
                let mut all: Box<dyn Predicate<Part>> = Box::new(f.id.ne(1));
                for tag in ["t0", "t1"] {
                    all = Box::new(all & f.tags.contains(tag));
                }
                assert_eq!(ids(&t, all), [2, 3, 4, 5]);
                let any: Vec<Box<dyn Predicate<Part>>> = vec![Box::new(f.sold), Box::new(f.id.eq(3))];
                let any = any.into_iter().reduce(|a, b| Box::new(a | b));
                assert_eq!(ids(&t, any), [0, 2, 3, 4]);
            }

            #[test]
            fn equality_asks_for_no_order() {
                let (t, f) = (table(), Part::FIELDS);
                let place = Place { site: "Bonn".to_owned(), number: 7 };
                assert_eq!(ids(&t, f.place.eq(place.clone())).len(), 6);
                assert_eq!(ids(&t, f.place.ne(place.clone())), NONE);
                assert_eq!(ids(&t, f.place.is_in([place])).len(), 6);
            }
        }
    };
}

codec! { of_rkyv = "rkyv", Archive, Serialize, Deserialize }
codec! { of_flatbuffers = "flatbuffers", }

#[test]
fn maps_and_sets() {
    #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "maps")]
    struct Maps {
        #[store(key)]
        id: u32,
        map: BTreeMap<String, u32>,
        hash_map: HashMap<u8, String>,
        set: BTreeSet<String>,
        hash_set: HashSet<u64>,
        maybe: Option<BTreeMap<u8, u8>>,
        boxed: Box<str>,
        slice: Box<[u16]>,
    }
    let table = Maps::table(&Storage::in_memory().unwrap()).unwrap();
    let record = |id: u32| Maps {
        id,
        map: (0..id).map(|key| (format!("k{key}"), key)).collect(),
        hash_map: (0..id).map(|key| (u8::try_from(key).unwrap(), String::new())).collect(),
        set: (0..id).map(|key| format!("s{key}")).collect(),
        hash_set: (0..u64::from(id)).collect(),
        maybe: (id > 1).then(|| BTreeMap::from([(7, 7)])),
        boxed: format!("box {id}").into(),
        slice: (0..u16::try_from(id).unwrap()).collect(),
    };
    table.put_stream((0..4).map(record)).unwrap();
    let f = Maps::FIELDS;
    let count = |question: Box<dyn Predicate<Maps>>| {
        table.iter().unwrap().filter(question).count().unwrap()
    };
    assert_eq!(count(Box::new(f.map.contains_key("k1"))), 2);
    assert_eq!(count(Box::new(f.map.contains_key("k1".to_owned()))), 2);
    assert_eq!(count(Box::new(f.hash_map.contains_key(2))), 1);
    assert_eq!(count(Box::new(f.maybe.contains_key(7))), 2);
    assert_eq!(count(Box::new(f.set.contains("s0"))), 3);
    assert_eq!(count(Box::new(f.hash_set.contains(2))), 1);
    assert_eq!(count(Box::new(f.slice.contains(0))), 3);
    assert_eq!(count(Box::new(f.boxed.contains("x 2"))), 1);
    assert_eq!(count(Box::new(f.map.is_empty() & f.hash_set.is_empty())), 1);
    assert_eq!(count(Box::new(f.set.len().ge(2) & f.hash_map.len().le(2))), 1);
    assert_eq!(table.project(3, (f.map.len(), f.slice.len())).unwrap(), Some((3, 3)));
    assert_eq!(count(Box::new(f.map.get("k1").eq(1))), 2);
    assert_eq!(count(Box::new(f.map.get("k2").ge(2_u32) & f.map.get("k9").is_none())), 1);
    assert_eq!(count(Box::new(f.hash_map.get(0).eq("") & f.hash_map.get(1).lt("a"))), 2);
    assert_eq!(count(Box::new(f.maybe.get(7).is_some())), 2);
    assert_eq!(count(Box::new(f.maybe.get(7).ne(8))), 2);
    let found = table.project(2, (f.id, f.map.get("k1"), f.map.get("none"), f.maybe.get(7)));
    assert_eq!(found.unwrap(), Some((2, Some(1), None, Some(7))));
    let selected = table.iter().unwrap().select(f.hash_map.get(2)).rev();
    let selected: Vec<_> = selected.collect::<Result<_, _>>().unwrap();
    assert_eq!(selected, [Some(String::new()), None, None, None]);
}
