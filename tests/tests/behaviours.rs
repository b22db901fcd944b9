//! What a user of `native_db` takes for granted holds here as well.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use rkyv::{Archive, Deserialize, Serialize};
use std::{fmt::Debug, ops::Bound};
use storage::{
    Rows, Storage, StorageError, StoredRecord, Table,
    index::{HasIndex, Index},
    table::Access,
};
use tests::Scratch;

#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "items")]
#[store(index(name = "id_and_name", with = Item::id_and_name, key = String))]
struct Item {
    #[store(key)]
    id: u32,
    #[store(index)]
    name: String,
    #[store(unique)]
    code: Option<String>,
    #[store(index)]
    group: Option<u16>,
    #[store(unique)]
    serial: u64,
}

impl Item {
    fn id_and_name(&self) -> String {
        format!("{}-{}", self.id, self.name)
    }
}

fn item(id: u32, name: &str) -> Item {
    Item { id, name: name.to_owned(), code: None, group: None, serial: u64::from(id) }
}

fn store() -> (Scratch, Storage, Table<Item>) {
    let scratch = Scratch::new();
    let storage = scratch.open();
    let table = Item::table(&storage).unwrap();
    (scratch, storage, table)
}

fn ids<A: Access>(rows: storage::Result<Rows<Item, A>>) -> Vec<u32> {
    rows.unwrap().map(|row| row.unwrap().view().id.to_native()).collect()
}

#[test]
fn insert_of_a_present_key_is_an_error_and_keeps_what_is_there() {
    let (_scratch, _storage, table) = store();
    table.insert(&item(1, "a")).unwrap();
    match table.insert(&item(1, "b")).unwrap_err() {
        StorageError::AlreadyExists(error) => {
            assert_eq!((error.table(), error.key()), ("items", "1"));
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(table.load(1).unwrap(), Some(item(1, "a")));
    assert_eq!(ids(table.by(Item::INDEXES.name).get_all("b")), [0; 0]);
    assert_eq!(table.verify().unwrap(), []);
}

#[test]
fn update_of_an_absent_key_writes_nothing() {
    let (_scratch, storage, table) = store();
    assert_eq!(table.update(1, |item| item.serial = 7).unwrap(), None);
    assert!(!table.delete(1).unwrap());
    assert_eq!(table.delete_range(..).unwrap(), 0);
    assert!(!table.compare_and_set(&item(1, "a"), &item(1, "b")).unwrap());
    assert!(table.is_empty().unwrap());
    drop(table);
    let table = Item::table(&storage).unwrap();
    table.put(&item(2, "b")).unwrap();
    assert_eq!(table.update(1, |item| item.serial = 7).unwrap(), None);
    assert_eq!(ids(table.iter()), [2]);
}

#[test]
fn upsert_makes_replaces_and_moves_the_secondary_key() {
    let (_scratch, _storage, table) = store();
    let made =
        table.upsert(1, |old| old.map_or_else(|| item(1, "new"), |_| panic!("there is none")));
    assert_eq!(made.unwrap(), item(1, "new"));
    let moved = table.upsert(1, |old| Item { name: "moved".into(), ..old.unwrap() }).unwrap();
    assert_eq!(moved.name, "moved");
    let by_name = table.by(Item::INDEXES.name);
    assert_eq!((ids(by_name.get_all("new")), ids(by_name.get_all("moved"))), (vec![], vec![1]));
    assert!(table.put(&item(1, "put")).unwrap());
    assert_eq!(ids(by_name.iter()), [1]);
    assert_eq!(table.verify().unwrap(), []);
}

#[test]
fn a_write_that_goes_by_a_stale_record_leaves_nothing_behind() {
    let (_scratch, _storage, table) = store();
    table.put(&item(1, "first")).unwrap();
    let stale = table.load(1).unwrap().unwrap();
    table.update(1, |item| item.name = "second".into()).unwrap();
    // native_db fails here, because it is given the old record: compare_and_set is that verb.
    assert!(!table.compare_and_set(&stale, &item(1, "third")).unwrap());
    assert_eq!(table.load(1).unwrap(), Some(item(1, "second")));
    // A plain put of what was read long ago removes the keys that the table has, not those that were read.
    table.put(&Item { name: "fourth".into(), ..stale }).unwrap();
    let by_name = table.by(Item::INDEXES.name);
    for name in ["first", "second", "third"] {
        assert_eq!(by_name.count(name).unwrap(), 0, "{name}");
    }
    assert_eq!(by_name.count("fourth").unwrap(), 1);
    assert!(table.delete(1).unwrap());
    assert!(by_name.is_empty().unwrap() && table.by(Item::INDEXES.id_and_name).is_empty().unwrap());
    assert_eq!(table.verify().unwrap(), []);
}

#[test]
fn none_is_not_found_by_a_range_over_an_optional_index() {
    let (_scratch, _storage, table) = store();
    table.put(&item(1, "a")).unwrap();
    table.put(&item(2, "b")).unwrap();
    table.put(&Item { code: Some(String::new()), group: Some(0), ..item(3, "c") }).unwrap();
    let (code, group) = (table.by(Item::INDEXES.code), table.by(Item::INDEXES.group));
    assert_eq!((ids(code.iter()), ids(group.iter())), (vec![3], vec![3]));
    assert_eq!((ids(code.range(..="")), ids(group.range(..=0))), (vec![3], vec![3]));
    assert_eq!((ids(code.range(.."")), ids(group.range(..0))), (vec![], vec![]));
    let unbounded = (Bound::<u16>::Unbounded, Bound::Unbounded);
    assert_eq!(ids(group.range(unbounded)), [3]);
    // Many records without a key do not offend a unique index.
    assert_eq!(table.len().unwrap(), 3);
}

#[test]
fn unique_keys_are_unique_and_free_again_when_given_up() {
    let (_scratch, _storage, table) = store();
    table.put(&item(1, "a")).unwrap();
    let taken = Item { serial: 1, ..item(2, "b") };
    assert!(matches!(table.insert(&taken), Err(StorageError::Unique(_))));
    assert!(table.delete(1).unwrap());
    table.insert(&taken).unwrap();
    assert_eq!(table.by(Item::INDEXES.serial).get(1, |item| item.id.to_native()).unwrap(), Some(2));
}

#[test]
fn a_computed_key_follows_the_record() {
    let (_scratch, _storage, table) = store();
    table.put(&item(1, "a")).unwrap();
    let by = table.by(Item::INDEXES.id_and_name);
    assert_eq!(ids(by.get_all("1-a")), [1]);
    table.update(1, |item| item.id = 9).unwrap();
    assert_eq!((ids(by.get_all("1-a")), ids(by.get_all("9-a"))), (vec![], vec![9]));
    assert_eq!(ids(by.prefix("9-")), [9]);
}

#[test]
fn a_drained_table_is_empty_with_its_indexes() {
    let (_scratch, _storage, table) = store();
    table.put_stream((0..200).map(|id| item(id, "name"))).unwrap();
    assert_eq!(table.len().unwrap(), 200);
    assert_eq!(table.delete_range(50..150).unwrap(), 100);
    assert_eq!(table.by(Item::INDEXES.name).count("name").unwrap(), 100);
    assert_eq!(table.delete_range(..).unwrap(), 100);
    assert!(table.is_empty().unwrap() && table.by(Item::INDEXES.name).is_empty().unwrap());
    assert_eq!(table.verify().unwrap(), []);
}

#[test]
fn a_scan_runs_both_ways_by_key_and_by_index() {
    let (_scratch, _storage, table) = store();
    table.put_stream((0..5).map(|id| item(id, ["b", "a", "c", "a", "b"][id as usize]))).unwrap();
    let by = table.by(Item::INDEXES.name);
    assert_eq!(ids(table.iter()), [0, 1, 2, 3, 4]);
    assert_eq!(ids(table.iter().map(Rows::rev)), [4, 3, 2, 1, 0]);
    assert_eq!(ids(by.iter()), [1, 3, 0, 4, 2]);
    assert_eq!(ids(by.iter().map(Rows::rev)), [2, 4, 0, 3, 1]);
    assert_eq!(ids(by.range("b"..).map(Rows::rev)), [2, 4, 0]);
    assert_eq!(ids(by.prefix("a")), [1, 3]);
}

#[test]
fn a_scan_in_a_write_transaction_sees_what_it_wrote() {
    let (_scratch, storage, table) = store();
    table.put(&item(1, "a")).unwrap();
    storage
        .write(|txn| {
            let items = txn.table::<Item>()?;
            items.put(&item(2, "b"))?;
            items.delete(1)?;
            assert_eq!(ids(items.iter()), [2]);
            assert_eq!(ids(items.by(Item::INDEXES.name).iter()), [2]);
            assert_eq!(ids(items.by(Item::INDEXES.name).range("b"..)), [2]);
            assert_eq!(ids(table.iter()), [1]);
            Ok(())
        })
        .unwrap();
    assert_eq!(ids(table.iter()), [2]);
}

#[test]
fn a_failing_transaction_leaves_nothing() {
    let (scratch, storage, table) = store();
    table.put(&item(1, "a")).unwrap();
    let outcome = storage.write(|txn| {
        let items = txn.table::<Item>()?;
        items.put_stream((2..100).map(|id| item(id, "x")))?;
        items.update(1, |item| item.name = "y".into())?;
        items.insert(&item(1, "present"))
    });
    assert!(matches!(outcome, Err(StorageError::AlreadyExists(_))));
    drop((table, storage));
    let storage = scratch.open();
    let table = Item::table(&storage).unwrap();
    assert_eq!(ids(table.iter()), [1]);
    assert_eq!(ids(table.by(Item::INDEXES.name).iter()), [1]);
    assert_eq!(table.load(1).unwrap(), Some(item(1, "a")));
    assert_eq!(table.verify().unwrap(), []);
}

#[test]
fn inclusive_and_exclusive_bounds_on_a_non_unique_index_are_right() {
    let (_scratch, _storage, table) = store();
    let group = |id: u32| Item { group: Some(u16::try_from(id / 3).unwrap()), ..item(id, "") };
    table.put_stream((0..12).map(group)).unwrap();
    let by = table.by(Item::INDEXES.group);
    assert_eq!(ids(by.range(1..2)), [3, 4, 5]);
    assert_eq!(ids(by.range(1..=2)), [3, 4, 5, 6, 7, 8]);
    assert_eq!(ids(by.range((Bound::Excluded(1), Bound::Excluded(3)))), [6, 7, 8]);
    assert_eq!(ids(by.range((Bound::Excluded(1), Bound::Included(2)))), [6, 7, 8]);
    assert_eq!(ids(by.range((Bound::Excluded(2), Bound::Unbounded))), [9, 10, 11]);
    assert_eq!(ids(by.range(..1)), [0, 1, 2]);
    assert_eq!(ids(by.range((Bound::Excluded(u16::MAX), Bound::Unbounded))), [0; 0]);
    assert_eq!(ids(by.range(u16::MAX..)), [0; 0]);
}

/// A record with a signed integer as primary and as secondary key.
macro_rules! signed {
    ($name:ident, $table:literal, $ty:ty) => {
        #[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
        #[store(codec = "rkyv", table = $table)]
        struct $name {
            #[store(key)]
            key: $ty,
            #[store(index)]
            value: $ty,
        }

        impl $name {
            fn assert_is_ordered(storage: &Storage) {
                let values: [$ty; 9] = [<$ty>::MIN, -100, -2, -1, 0, 1, 2, 100, <$ty>::MAX];
                let table = Self::table(storage).unwrap();
                let reversed = values.iter().rev();
                let pair = |(key, value): (&$ty, &$ty)| Self { key: *key, value: *value };
                table.put_stream(values.iter().zip(reversed).map(pair)).unwrap();
                let keys = |rows: storage::Result<Rows<Self, _>>| -> Vec<$ty> {
                    rows.unwrap().map(|row| row.unwrap().load().unwrap().key).collect()
                };
                let mut descending = values;
                descending.reverse();
                assert_eq!(keys(table.iter()), values);
                assert_eq!(keys(table.range(-2..=1)), [-2, -1, 0, 1]);
                let by = table.by(Self::INDEXES.value);
                assert_eq!(keys(by.iter()), descending);
                assert_eq!(keys(by.range(-1..2)), [1, 0, -1]);
                assert_eq!(keys(by.range(..0)), [<$ty>::MAX, 100, 2, 1]);
            }
        }
    };
}
signed!(Signed8, "signed_8", i8);
signed!(Signed16, "signed_16", i16);
signed!(Signed32, "signed_32", i32);
signed!(Signed64, "signed_64", i64);
signed!(Signed128, "signed_128", i128);

#[test]
fn a_range_across_zero_on_signed_keys_is_ordered() {
    let scratch = Scratch::new();
    let storage = scratch.open();
    Signed8::assert_is_ordered(&storage);
    Signed16::assert_is_ordered(&storage);
    Signed32::assert_is_ordered(&storage);
    Signed64::assert_is_ordered(&storage);
    Signed128::assert_is_ordered(&storage);
}

#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "measures")]
struct Measure {
    #[store(key)]
    station: String,
    #[store(key)]
    rank: Option<String>,
    #[store(index)]
    celsius: f64,
}

#[test]
fn keys_that_native_db_mixes_up_are_told_apart_and_ordered() {
    let (_scratch, storage, _) = store();
    let table = Measure::table(&storage).unwrap();
    let measure = |station: &str, rank: Option<&str>, celsius| Measure {
        station: station.to_owned(),
        rank: rank.map(str::to_owned),
        celsius,
    };
    // ("ab", "c") and ("a", "bc") are two keys, and so are None and Some("").
    let rows = [
        measure("a", None, 1.5),
        measure("a", Some(""), -0.0),
        measure("a", Some("bc"), -17.25),
        measure("ab", Some("c"), f64::NEG_INFINITY),
        measure("b", None, -3.0),
    ];
    table.put_stream(rows.iter().rev().cloned()).unwrap();
    let found: Vec<Measure> =
        table.iter().unwrap().map(|row| row.unwrap().load().unwrap()).collect();
    assert_eq!(found, rows);
    assert_eq!(table.load(("a", None::<&str>)).unwrap().as_ref(), rows.first());
    let by_celsius: Vec<f64> = celsius(&table, Measure::INDEXES.celsius);
    assert_eq!(by_celsius, [f64::NEG_INFINITY, -17.25, -3.0, -0.0, 1.5]);
}

fn celsius<const N: usize>(table: &Table<Measure>, index: Index<Measure, N>) -> Vec<f64>
where
    Measure: HasIndex<N>,
{
    let rows = table.by(index).iter().unwrap().select(Measure::FIELDS.celsius);
    rows.map(Result::unwrap).collect()
}

#[test]
fn a_missing_file_is_an_error_when_it_must_exist() {
    let scratch = Scratch::new();
    let error = Storage::open_existing(scratch.path()).unwrap_err();
    assert!(matches!(error, StorageError::Open(_)), "{error:?}");
    assert!(!scratch.path().exists());
}
