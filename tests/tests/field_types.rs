//! Every type that a field may have: stored, loaded, projected, named in the schema; and, where it is a key, compared
//! and indexed.

use indexmap::{IndexMap, IndexSet};
use rkyv::{Archive, Deserialize, Serialize};
use smallvec::SmallVec;
use smol_str::SmolStr;
use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque},
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6},
    num::NonZero,
    ops::{Range, RangeFrom, RangeInclusive, RangeTo, RangeToInclusive},
    rc::Rc,
    sync::{Arc, Weak},
    time::Duration,
};
use storage::{Storage, StoredRecord, Table};

fn filled<R: StoredRecord>(storage: &Storage, records: &[R]) -> Table<R> {
    let table = R::table(storage).unwrap();
    for record in records {
        assert!(!table.put(record).unwrap());
    }
    table
}

/// A type that is stored, as it is or with an adapter, loaded and projected, and what the schema calls it.
macro_rules! field {
    ($(#[$with:meta])? $name:ident: $ty:ty = $schema:literal, $values:expr) => {
        #[test]
        fn $name() {
            #[derive(Archive, Serialize, Deserialize, StoredRecord, Clone, Debug, PartialEq)]
            #[store(codec = "rkyv", table = "values")]
            struct Record {
                #[store(key)]
                id: u32,
                $(#[$with])?
                value: $ty,
                $(#[$with])?
                maybe: Option<$ty>,
                $(#[$with])?
                many: Vec<$ty>,
            }
            let values: Vec<$ty> = $values.into();
            let record = |(id, value): (u32, &$ty)| Record {
                id,
                value: value.clone(),
                maybe: (id % 2 == 0).then(|| value.clone()),
                many: values.clone(),
            };
            let records: Vec<_> = (0..).zip(&values).map(record).collect();
            let storage = Storage::in_memory().unwrap();
            let table = filled(&storage, &records);
            for record in &records {
                let f = Record::FIELDS;
                assert_eq!(table.load(record.id).unwrap().as_ref(), Some(record));
                assert_eq!(
                    table.project(record.id, f.value).unwrap().as_ref(),
                    Some(&record.value)
                );
                assert_eq!(
                    table.project(record.id, f.maybe).unwrap().as_ref(),
                    Some(&record.maybe)
                );
                assert_eq!(table.project(record.id, f.many).unwrap().as_ref(), Some(&record.many));
            }
            assert!(table.verify().unwrap().is_empty());
            tests::dynamic::rows_are_values(&storage, "values");
            let types = Record::SCHEMA.types();
            let Some((_, storage::schema::Definition::Struct(fields))) = types.root() else {
                panic!("a record is a struct")
            };
            assert_eq!(fields[1].shape.to_string(), $schema);
            let last = records.len() as u32 - 1;
            // Of a type without bytes there may be as many as a damaged length says: they are right, and take minutes.
            if size_of::<$ty>() == 0 {
                return;
            }
            tests::resealed::each_damage(&storage, "values", &last.to_be_bytes(), &|| {
                let f = Record::FIELDS;
                let read_alone = [
                    table.project(last, f.value).map(drop),
                    table.project(last, f.maybe).map(drop),
                    table.project(last, f.many).map(drop),
                ];
                // What is read as a whole is read alone, and can be written.
                if let Ok(Some(record)) = table.load(last) {
                    assert!(read_alone.iter().all(Result::is_ok), "{read_alone:?}");
                    table.put(&Record { id: last + 1, ..record }).unwrap();
                }
            });
        }
    };
}

/// The same for a type that is a key, too; its values ascend.
macro_rules! key {
    ($(#[$with:meta])? $name:ident: $ty:ty = $schema:literal, $values:expr) => {
        mod $name {
            use super::*;

            field! { $(#[$with])? stored: $ty = $schema, $values }

            #[derive(Archive, Serialize, Deserialize, StoredRecord, Clone, Debug, PartialEq)]
            #[store(codec = "rkyv", table = "keys", index(name = "both", fields(value, id)))]
            struct Keyed {
                #[store(key)]
                $(#[$with])?
                key: $ty,
                id: u32,
                #[store(unique)]
                $(#[$with])?
                value: $ty,
                #[store(index)]
                $(#[$with])?
                many: Vec<$ty>,
                #[store(index)]
                $(#[$with])?
                maybe: Option<$ty>,
            }

            #[test]
            fn keyed() {
                let values: Vec<$ty> = $values.into();
                let record = |(id, value): (u32, &$ty)| Keyed {
                    key: value.clone(),
                    id,
                    value: value.clone(),
                    many: values[..=id as usize].to_vec(),
                    maybe: (id == 1).then(|| value.clone()),
                };
                let records: Vec<_> = (0..).zip(&values).map(record).collect();
                let storage = Storage::in_memory().unwrap();
                let table = filled(&storage, &records);
                let loaded = table.iter().unwrap().map(|row| row.unwrap().load().unwrap());
                assert_eq!(loaded.collect::<Vec<_>>(), records, "the order of keys");
                let ix = Keyed::INDEXES;
                for record in &records {
                    assert_eq!(table.load(&record.key).unwrap().as_ref(), Some(record));
                    let by_value = table.by(ix.value).load(&record.value).unwrap();
                    assert_eq!(by_value.as_ref(), Some(record));
                    let holders = table.by(ix.many).count(&record.value).unwrap();
                    assert_eq!(holders, (records.len() - record.id as usize) as u64);
                    assert_eq!(
                        table.by(ix.maybe).count(&record.value).unwrap(),
                        u64::from(record.id == 1)
                    );
                }
                assert!(table.verify().unwrap().is_empty());
                tests::dynamic::rows_are_values(&storage, "keys");
            }
        }
    };
}

#[path = "field_types/adapted.rs"]
mod adapted;
#[path = "field_types/composed.rs"]
mod composed;
#[path = "field_types/plain.rs"]
mod plain;

key! { duration: Duration = "duration", [Duration::ZERO, Duration::from_nanos(1), Duration::MAX] }
key! { ipv4: Ipv4Addr = "ipv4", [Ipv4Addr::UNSPECIFIED, Ipv4Addr::LOCALHOST, Ipv4Addr::BROADCAST] }
key! { ipv6: Ipv6Addr = "ipv6", [Ipv6Addr::UNSPECIFIED, Ipv6Addr::LOCALHOST] }
key! { ip: IpAddr = "ip", [IpAddr::V4(Ipv4Addr::BROADCAST), IpAddr::V6(Ipv6Addr::UNSPECIFIED)] }
key! { uuids: uuid::Uuid = "uuid", [::uuid::Uuid::nil(), ::uuid::Uuid::from_u128(7), ::uuid::Uuid::max()] }
key! { smol: SmolStr = "string", [SmolStr::default(), "\0".into(), "a".repeat(99).into()] }
key! { nonzero: NonZero<u16> = "nonzero<u16>", [NonZero::<u16>::MIN, NonZero::<u16>::MAX] }
key! { nonzero_signed: NonZero<i64> = "nonzero<i64>", [-1, 1, i64::MAX].map(|v| NonZero::new(v).unwrap()) }
key! { tuple: (String, u8) = "(string, u8)", [("a".to_owned(), 255), ("ab".to_owned(), 0)] }
key! { tuple_of_one: (i32,) = "(i32)", [(-1,), (i32::MAX,)] }

field! { unit: () = "()", [()] }
field! { socket: SocketAddr = "socket", ["[::1]:80", "1.2.3.4:0"].map(|a| a.parse().unwrap()) }
field! { socket_v4: SocketAddrV4 = "socketv4", ["127.0.0.1:65535".parse().unwrap()] }
field! { socket_v6: SocketAddrV6 = "socketv6", [SocketAddrV6::new(Ipv6Addr::LOCALHOST, 80, 0, 7)] }
field! { range: Range<u64> = "range<u64>", [0..0, 5..u64::MAX] }
field! { range_inclusive: RangeInclusive<i64> = "rangeinclusive<i64>", [i64::MIN..=i64::MAX] }
field! { range_from: RangeFrom<String> = "rangefrom<string>", ["a".to_owned()..] }
field! { range_to: RangeTo<u8> = "rangeto<u8>", [..3] }
field! { range_to_inclusive: RangeToInclusive<u8> = "rangetoinclusive<u8>", [..=255] }
field! { result: Result<u64, String> = "result<u64, string>", [Ok(7), Err("é".repeat(9_000))] }
field! { result_inline: Result<u8, (u16, u32)> = "result<u8, (u16, u32)>", [Ok(7), Err((1, u32::MAX))] }
field! { result_of_nothing: Result<(), NonZero<u8>> = "result<(), nonzero<u8>>", [Ok(()), Err(NonZero::<u8>::MAX)] }
field! { boxed: Box<u64> = "box<u64>", [Box::new(7)] }
field! { boxed_text: Box<str> = "box<str>", ["".into(), "é".repeat(40_000).into()] }
field! { boxed_slice: Box<[u16]> = "box<slice<u16>>", [Box::default(), vec![1, 2].into()] }
field! { rc: Rc<i8> = "box<i8>", [Rc::new(-7)] }
field! { rc_slice: Rc<[u16]> = "box<slice<u16>>", [[1, 2].into()] }
field! { arc: Arc<(u8, String)> = "box<(u8, string)>", [Arc::new((1, "é".repeat(500)))] }
field! { arc_slice: Arc<[u16]> = "box<slice<u16>>", [[1, 2].into()] }
field! { rc_text: Rc<str> = "box<str>", ["".into(), "x".repeat(2_000).into()] }
field! { array: [u8; 16] = "[u8; 16]", [[0; 16], [255; 16]] }
field! { arc_text: Arc<str> = "box<str>", ["".into(), "x".repeat(2_000).into()] }
field! { smallvec: SmallVec<[u32; 2]> = "list<u32>", [SmallVec::new(), (0..9).collect()] }
field! { bytes: bytes::Bytes = "list<u8>", [::bytes::Bytes::new(), vec![0, 255].into()] }
field! { index_set: IndexSet<u8> = "indexset<u8>", [IndexSet::new(), [9, 1, 5].into()] }
field! {
    index_map: IndexMap<String, u8> = "indexmap<string, u8>",
    [IndexMap::from([("b".to_owned(), 1), ("a".to_owned(), 2)])]
}
field! { deque: VecDeque<u8> = "list<u8>", [VecDeque::from([3, 1])] }
field! { set: BTreeSet<String> = "set<string>", [BTreeSet::new(), ["b".to_owned(), "a".to_owned()].into()] }
field! { map: BTreeMap<u8, i8> = "map<u8, i8>", [BTreeMap::new(), (0..=255).map(|k| (k, -1)).collect()] }
field! { hash_set: HashSet<u32> = "hashset<u32>", [HashSet::new(), (0..1000).collect()] }
field! { hash_map: HashMap<String, f64> = "hashmap<string, f64>", [HashMap::from([("π".to_owned(), 3.25)])] }
field! { option_of_option: Option<Option<bool>> = "option<option<bool>>", [None, Some(None), Some(Some(true))] }
field! { nested_lists: Vec<Vec<f32>> = "list<list<f32>>", [vec![], vec![vec![], vec![1.5]]] }
field! { nested_tuples: ((u8, String), [i16; 2]) = "((u8, string), [i16; 2])", [((1, "x".to_owned()), [-1, 1])] }

#[test]
fn what_is_shared_is_stored_for_each() {
    #[derive(Archive, Serialize, Deserialize, StoredRecord, Clone, Debug, PartialEq)]
    #[store(codec = "rkyv", table = "values")]
    struct Record {
        #[store(key)]
        id: u32,
        first: Arc<str>,
        second: Arc<str>,
        many: Vec<Arc<str>>,
    }
    let text: Arc<str> = "shared".repeat(300).into();
    let record =
        Record { id: 1, first: text.clone(), second: text.clone(), many: vec![text.clone(); 3] };
    let storage = Storage::in_memory().unwrap();
    let table = filled(&storage, std::slice::from_ref(&record));
    assert_eq!(table.load(1).unwrap().as_ref(), Some(&record));
    assert_eq!(table.project(1, Record::FIELDS.second).unwrap(), Some(text));
}

#[test]
fn what_was_shared_has_one_owner_and_is_freed() {
    #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "values")]
    struct Record {
        #[store(key)]
        id: u32,
        text: Arc<str>,
        nested: Arc<(u8, Arc<str>)>,
        counts: Rc<[u64]>,
        nothing: Arc<str>,
    }
    let text: Arc<str> = "shared".into();
    let nested = Arc::new((1, text.clone()));
    let record =
        Record { id: 1, text, nested, counts: [1, 2].into(), nothing: String::new().into() };
    let storage = Storage::in_memory().unwrap();
    let table = filled(&storage, &[record]);

    let loaded = table.load(1).unwrap().unwrap();
    let owners = [&loaded.text, &loaded.nested.1, &loaded.nothing].map(Arc::strong_count);
    assert_eq!(owners, [1; 3]);
    assert_eq!((Arc::strong_count(&loaded.nested), Rc::strong_count(&loaded.counts)), (1, 1));
    let weak = (Arc::downgrade(&loaded.text), Rc::downgrade(&loaded.counts));
    drop(loaded);
    assert!(weak.0.upgrade().is_none() && weak.1.upgrade().is_none());

    let projected = table.project(1, (Record::FIELDS.text, Record::FIELDS.counts));
    let (text, counts) = projected.unwrap().unwrap();
    assert_eq!((Arc::strong_count(&text), Rc::strong_count(&counts)), (1, 1));
    let mut handed_on = table.iter().unwrap();
    let row = handed_on.next().unwrap().unwrap().load().unwrap();
    assert_eq!(Arc::strong_count(&row.text), 1);
}

#[test]
fn a_cycle_of_shared_pointers_is_refused() {
    #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    #[rkyv(
        serialize_bounds(
            __S: rkyv::ser::Writer + rkyv::ser::Sharing,
            __S::Error: rkyv::rancor::Source,
        ),
        deserialize_bounds(__D: rkyv::de::Pooling, __D::Error: rkyv::rancor::Source),
        bytecheck(bounds(
            __C: rkyv::validation::ArchiveContext + rkyv::validation::SharedContext,
            __C::Error: rkyv::rancor::Source,
        ))
    )]
    #[store(codec = "rkyv", table = "nodes")]
    struct Node {
        #[store(key)]
        id: u32,
        #[rkyv(omit_bounds)]
        #[store(opaque = "weak-node")]
        itself: Weak<Node>,
    }
    let node = Arc::new_cyclic(|itself| Node { id: 1, itself: itself.clone() });
    let storage = Storage::in_memory().unwrap();
    let table = Node::table(&storage).unwrap();
    let error = table.put(&node).unwrap_err();
    assert!(error.to_string().contains("cyclic shared pointers"), "{error}");
    assert_eq!(table.len().unwrap(), 0);
}
