//! Every type that a field may have: stored, loaded, projected, named in the schema; and, where it is a key, compared
//! and indexed.

use indexmap::{IndexMap, IndexSet};
use rkyv::{Archive, Deserialize, Serialize};
use smallvec::SmallVec;
use smol_str::SmolStr;
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque},
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6},
    num::NonZero,
    ops::{Range, RangeFrom, RangeInclusive, RangeTo, RangeToInclusive},
    path::PathBuf,
    rc::Rc,
    sync::{Arc, Weak},
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use storage::{AsStored, Storage, StoredRecord, StoredType, Table};

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
            let types = Record::SCHEMA.types();
            let Some((_, storage::schema::Definition::Struct(fields))) = types.root() else {
                panic!("a record is a struct")
            };
            assert_eq!(fields[1].shape.to_string(), $schema);
        }
    };
}

/// The same for a type that is a key, too; its values ascend.
macro_rules! key {
    ($name:ident: $ty:ty = $schema:literal, $values:expr) => {
        mod $name {
            use super::*;

            field! { stored: $ty = $schema, $values }

            #[derive(Archive, Serialize, Deserialize, StoredRecord, Clone, Debug, PartialEq)]
            #[store(codec = "rkyv", table = "keys", index(name = "both", fields(value, id)))]
            struct Keyed {
                #[store(key)]
                key: $ty,
                id: u32,
                #[store(unique)]
                value: $ty,
                #[store(index)]
                many: Vec<$ty>,
                #[store(index)]
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
            }
        }
    };
}

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

/// The same for a type that rkyv has no form for; its values are found by filters.
macro_rules! adapted {
    ($name:ident: $ty:ty = $schema:literal, $values:expr) => {
        mod $name {
            use super::*;

            field! { #[rkyv(with = storage::AsStored)] stored: $ty = $schema, $values }

            #[derive(Archive, Serialize, Deserialize, StoredRecord)]
            #[store(codec = "rkyv", table = "filtered")]
            struct Filtered {
                #[store(key)]
                id: u32,
                #[rkyv(with = AsStored)]
                value: $ty,
                #[rkyv(with = AsStored)]
                maybe: Option<$ty>,
            }

            #[test]
            fn filtered() {
                let values: Vec<$ty> = $values.into();
                let record = |(id, value): (u32, &$ty)| Filtered {
                    id,
                    value: value.clone(),
                    maybe: (id % 2 == 0).then(|| value.clone()),
                };
                let records: Vec<_> = (0..).zip(&values).map(record).collect();
                let storage = Storage::in_memory().unwrap();
                let table = filled(&storage, &records);
                let f = Filtered::FIELDS;
                for record in &records {
                    let equal = table.iter().unwrap().filter(f.value.eq(record.value.clone()));
                    assert_eq!(equal.count().unwrap(), 1);
                    let equal = table.iter().unwrap().filter(f.maybe.eq(record.value.clone()));
                    assert_eq!(equal.count().unwrap(), u64::from(record.id % 2 == 0));
                }
            }
        }
    };
}

adapted! { word: usize = "u64", [0, 1 << 40, usize::MAX] }
adapted! { signed_word: isize = "i64", [isize::MIN, -1, isize::MAX] }
adapted! { path: PathBuf = "string", ["".into(), "a/ü".into(), PathBuf::from("x".repeat(2_000))] }
adapted! { cow: Cow<'static, str> = "string", ["borrowed".into(), "owned".to_owned().into()] }
adapted! {
    system_time: SystemTime = "timestamp",
    [
        UNIX_EPOCH,
        UNIX_EPOCH - Duration::from_nanos(1),
        UNIX_EPOCH - Duration::from_secs(1),
        UNIX_EPOCH - Duration::new(99_999_999_999, 999_999_999),
        UNIX_EPOCH + Duration::new(99_999_999_999, 999_999_999),
    ]
}
adapted! {
    jiff_timestamp: jiff::Timestamp = "timestamp",
    [jiff::Timestamp::MIN, jiff::Timestamp::UNIX_EPOCH, jiff::Timestamp::MAX]
}
adapted! {
    jiff_date: jiff::civil::Date = "date",
    [jiff::civil::Date::MIN, jiff::civil::date(2024, 2, 29), jiff::civil::Date::MAX]
}
adapted! {
    chrono_moment: chrono::DateTime<chrono::Utc> = "timestamp",
    [
        chrono::DateTime::<chrono::Utc>::MIN_UTC,
        chrono::DateTime::UNIX_EPOCH,
        leap_second().and_utc(),
        chrono::DateTime::<chrono::Utc>::MAX_UTC,
    ]
}
adapted! {
    chrono_datetime: chrono::NaiveDateTime = "datetime",
    [chrono::NaiveDateTime::MIN, leap_second(), chrono::NaiveDateTime::MAX]
}
adapted! {
    chrono_date: chrono::NaiveDate = "date",
    [chrono::NaiveDate::MIN, chrono::NaiveDate::MAX]
}

fn leap_second() -> chrono::NaiveDateTime {
    let day = chrono::NaiveDate::from_ymd_opt(2016, 12, 31).unwrap();
    day.and_hms_nano_opt(23, 59, 59, 1_999_999_999).unwrap()
}

#[derive(Archive, Serialize, Deserialize, StoredType, Clone, Debug, PartialEq)]
enum Place {
    Nowhere,
    File(#[rkyv(with = AsStored)] PathBuf),
    Seen {
        #[rkyv(with = AsStored)]
        at: jiff::Timestamp,
        times: u8,
    },
}

#[derive(Archive, Serialize, Deserialize, StoredRecord, Clone, Debug, PartialEq)]
#[store(codec = "rkyv", table = "photos", index(name = "day", fields(day, id)))]
struct Photo {
    #[store(key)]
    #[rkyv(with = AsStored)]
    taken: jiff::Timestamp,
    id: u8,
    #[rkyv(with = AsStored)]
    day: jiff::civil::Date,
    #[store(index)]
    #[rkyv(with = AsStored)]
    edited: Option<jiff::Timestamp>,
    places: Vec<Place>,
}

fn photo(second: i64) -> Photo {
    let taken = jiff::Timestamp::from_second(second).unwrap();
    Photo {
        taken,
        id: 1,
        day: jiff::civil::date(2026, 2, 28),
        edited: (second > 0).then_some(taken),
        places: vec![
            Place::Nowhere,
            Place::File("a/b".into()),
            Place::Seen { at: taken, times: 3 },
        ],
    }
}

#[test]
fn adapted_fields_are_keys_and_index_keys_and_lie_in_nested_types() {
    let storage = Storage::in_memory().unwrap();
    let records = [photo(-5), photo(0), photo(7)];
    let table = filled(&storage, &records);
    let (f, ix) = (Photo::FIELDS, Photo::INDEXES);
    let loaded: Vec<_> = table.iter().unwrap().map(|row| row.unwrap().load().unwrap()).collect();
    assert_eq!(loaded, records);
    assert_eq!(table.by(ix.edited).count(records[2].taken).unwrap(), 1);
    assert_eq!(table.by(ix.day).prefix((records[0].day,)).unwrap().count().unwrap(), 3);
    assert_eq!(table.project(records[0].taken, f.places).unwrap(), Some(records[0].places.clone()));
    let old = table.iter().unwrap().filter(f.taken.lt(records[1].taken));
    assert_eq!(old.count().unwrap(), 1);
    assert!(table.verify().unwrap().is_empty());
}

#[cfg(unix)]
#[test]
fn a_path_that_is_no_text_is_refused() {
    use std::os::unix::ffi::OsStringExt as _;
    let mut record = photo(1);
    let path = std::ffi::OsString::from_vec(vec![b'a', 0xff]);
    record.places = vec![Place::File(path.into())];
    let storage = Storage::in_memory().unwrap();
    let table = Photo::table(&storage).unwrap();
    let error = table.put(&record).unwrap_err();
    assert!(error.to_string().contains("not UTF-8"), "{error}");
    assert_eq!(table.len().unwrap(), 0);
}

/// Two libraries have one form for a moment, and not the same moments.
#[test]
fn a_stored_moment_that_the_type_lacks_is_an_error_of_its_row() {
    macro_rules! record {
        ($module:ident, $moment:ty) => {
            mod $module {
                use super::*;

                #[derive(Archive, Serialize, Deserialize, StoredRecord, Debug)]
                #[store(codec = "rkyv", table = "moments")]
                pub struct Record {
                    #[store(key)]
                    pub id: u32,
                    #[rkyv(with = AsStored)]
                    pub at: $moment,
                }
            }
        };
    }
    record!(ours, chrono::DateTime<chrono::Utc>);
    record!(theirs, jiff::Timestamp);
    let storage = Storage::in_memory().unwrap();
    let table = ours::Record::table(&storage).unwrap();
    table.put(&ours::Record { id: 1, at: chrono::DateTime::UNIX_EPOCH }).unwrap();
    table.put(&ours::Record { id: 2, at: chrono::DateTime::<chrono::Utc>::MAX_UTC }).unwrap();
    let table = theirs::Record::table(&storage).unwrap();
    assert_eq!(table.load(1).unwrap().unwrap().at, jiff::Timestamp::UNIX_EPOCH);
    for error in [
        table.load(2).unwrap_err(),
        table.project(2, theirs::Record::FIELDS.at).unwrap_err(),
        table
            .iter()
            .unwrap()
            .filter(theirs::Record::FIELDS.at.ne(jiff::Timestamp::MIN))
            .count()
            .unwrap_err(),
    ] {
        let error = error.to_string();
        assert!(error.contains("moments") && error.contains('2'), "{error}");
        assert!(error.contains("out of the range of its type"), "{error}");
    }
}
