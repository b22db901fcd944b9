//! Types that rkyv has no form for, or one that loses something: each is stored with `AsStored`.

use super::*;
use std::{
    borrow::Cow,
    path::PathBuf,
    time::{SystemTime, UNIX_EPOCH},
};
use storage::{AsStored, StoredType};

/// The values of a type are found by filters.
macro_rules! filter {
    ($ty:ty, $values:expr) => {
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
    };
}

/// The same for a type that rkyv has no form for; its values are found by filters.
macro_rules! adapted {
    ($name:ident: $ty:ty = $schema:literal, $values:expr) => {
        mod $name {
            use super::*;

            field! { #[rkyv(with = storage::AsStored)] stored: $ty = $schema, $values }
            filter! { $ty, $values }
        }
    };
}

/// The same for a type that is a key, too; its values ascend.
macro_rules! adapted_key {
    ($name:ident: $ty:ty = $schema:literal, $values:expr) => {
        mod $name {
            use super::*;

            key! { #[rkyv(with = storage::AsStored)] keys: $ty = $schema, $values }
            filter! { $ty, $values }
        }
    };
}

#[path = "times.rs"]
mod times;

adapted_key! { word: usize = "u64", [0, 1 << 40, usize::MAX] }
adapted_key! { signed_word: isize = "i64", [isize::MIN, -1, isize::MAX] }
adapted_key! {
    word_but_zero: NonZero<usize> = "nonzero<u64>",
    [NonZero::<usize>::MIN, NonZero::<usize>::MAX]
}
adapted_key! {
    signed_word_but_zero: NonZero<isize> = "nonzero<i64>",
    [NonZero::<isize>::MIN, NonZero::<isize>::MAX]
}
adapted! {
    few: arrayvec::ArrayVec<String, 2> = "list<string>",
    [arrayvec::ArrayVec::new(), ["a".to_owned(), "b".to_owned()].into()]
}
adapted! { path: PathBuf = "string", ["".into(), "a/ü".into(), PathBuf::from("x".repeat(2_000))] }
adapted! { cow_list: Cow<'static, [u16]> = "list<u16>", [Cow::Borrowed(&[1, 2][..]), Cow::Owned(vec![])] }
adapted! { cow_of_bytes: Cow<'static, [u8]> = "list<u8>", [Cow::Borrowed(&[1, 2][..])] }
adapted! { cow: Cow<'static, str> = "string", ["borrowed".into(), "owned".to_owned().into()] }
adapted! {
    system_time: SystemTime = "timestamp",
    [
        UNIX_EPOCH,
        UNIX_EPOCH - Duration::from_nanos(1),
        UNIX_EPOCH - Duration::from_secs(1),
        UNIX_EPOCH - Duration::new(99_999_999_999, 999_999_999),
        UNIX_EPOCH + Duration::new(99_999_999_999, 999_999_999),
        // The first and the last moment that a file can have.
        UNIX_EPOCH - Duration::from_secs(1 << 63),
        UNIX_EPOCH + Duration::new((1 << 63) - 1, 999_999_999),
    ]
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
    let text = error.to_string();
    assert!(text.contains("key 1970-01-01T00:00:01"), "{text}");
    assert!(text.contains("table `photos`: the value cannot be encoded: `places`: "), "{text}");
    assert!(text.contains("not UTF-8"), "{text}");
    assert_eq!(table.len().unwrap(), 0);
}

#[test]
fn a_stored_list_that_is_too_long_is_an_error() {
    #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "values")]
    struct Long {
        #[store(key)]
        id: u32,
        list: Vec<u8>,
    }
    #[derive(Archive, Serialize, Deserialize, StoredRecord, Debug)]
    #[store(codec = "rkyv", table = "values", was = "Long")]
    struct Short {
        #[store(key)]
        id: u32,
        #[rkyv(with = AsStored)]
        list: arrayvec::ArrayVec<u8, 4>,
    }
    let storage = Storage::in_memory().unwrap();
    let long = Long::table(&storage).unwrap();
    long.put(&Long { id: 1, list: vec![1; 5] }).unwrap();
    long.put(&Long { id: 2, list: vec![1; 4] }).unwrap();
    let short = Short::table(&storage).unwrap();
    let error = short.load(1).unwrap_err().to_string();
    assert!(error.contains("`list`: the stored list is longer than its type allows"), "{error}");
    assert_eq!(short.load(2).unwrap().unwrap().list.len(), 4);
}
