//! Tables without a derived record, for both codecs.

#![expect(
    clippy::needless_borrows_for_generic_args,
    reason = "keys are taken by value and by reference"
)]

use schemas::monster::{Monster, MonsterT, RkyvData, create_monster};
use std::panic::{AssertUnwindSafe, catch_unwind};
use storage::{FlatbuffersTable, RkyvTable, StorageError, error::TableNameError};
use tests::Scratch;

fn data(id: u64, value: f64) -> RkyvData {
    RkyvData { id, name: format!("name {id}"), value }
}

#[test]
fn rkyv_values_are_put_got_scanned_and_deleted() {
    let scratch = Scratch::new();
    let table: RkyvTable<u64, RkyvData> = scratch.open().new_rkyv_table("data");
    table.put(&123, &data(123, 42.0)).unwrap();
    assert_eq!(table.get(&123, |d| d.name.to_string()).unwrap(), Some("name 123".to_owned()));
    assert_eq!(table.get(123, |d| d.value.to_native()).unwrap(), Some(42.0));
    assert_eq!(table.get(124, |_| ()).unwrap(), None);
    assert_eq!(table.put_stream((0..5).map(|id| (id, data(id, 10.0 * id as f64)))).unwrap(), 5);
    let hits = table.scan(|key, d| (d.value > 25.0).then(|| (*key, d.id.to_native()))).unwrap();
    assert_eq!(hits, [(3, 3), (4, 4), (123, 123)]);
    assert_eq!(table.len().unwrap(), 6);
    assert!(table.delete(&123).unwrap());
    assert!(!table.delete(&123).unwrap());
    assert!(!table.contains(123).unwrap());
    assert_eq!(table.load(4).unwrap(), Some(data(4, 40.0)));
}

#[test]
fn flatc_tables_are_written_by_builders_and_object_types() {
    let scratch = Scratch::new();
    let table: FlatbuffersTable<u64, Monster<'static>> =
        scratch.open().new_flatbuffers_table("monsters");
    table.put_with(&456, |builder| create_monster(builder, 80, 150, "Orc")).unwrap();
    let read = |m: Monster<'_>| (m.hp(), m.mana(), m.name().to_owned());
    assert_eq!(table.get(&456, read).unwrap(), Some((80, 150, "Orc".to_owned())));
    let mut orc: MonsterT = table.load(456).unwrap().unwrap();
    orc.hp = 81;
    table.put(457, &orc).unwrap();
    let hps = table.scan(|key, m| Some((*key, m.hp()))).unwrap();
    assert_eq!(hps, [(456, 80), (457, 81)]);
    assert_eq!(table.put_stream([(1, &orc), (2, &orc)]).unwrap(), 2);
    assert!(table.delete(456).unwrap());
    assert_eq!(table.get(456, read).unwrap(), None);
}

#[test]
fn a_table_that_nobody_has_written_is_empty_and_stays_unwritten() {
    let scratch = Scratch::new();
    let store = scratch.open();
    let table: RkyvTable<u64, RkyvData> = store.new_rkyv_table("data");
    assert_eq!(table.get(1, |_| ()).unwrap(), None);
    assert!(table.view(1).unwrap().is_none());
    assert_eq!(table.load(1).unwrap(), None);
    assert_eq!(table.len().unwrap(), 0);
    assert!(table.is_empty().unwrap());
    assert_eq!(table.scan(|_, _| Some(())).unwrap(), []);
    assert!(!table.delete(1).unwrap());
    // Reading entered nothing: the name is still free for another type.
    store.new_rkyv_table::<String, u64>("data").put("x", &1).unwrap();
}

#[test]
fn foreign_bytes_are_checked_before_they_are_written() {
    let scratch = Scratch::new();
    let store = scratch.open();
    let monsters: FlatbuffersTable<u64, Monster<'static>> = store.new_flatbuffers_table("monsters");
    let error = monsters.put_bytes(1, b"no monster at all").unwrap_err();
    assert!(matches!(error, StorageError::Serialization(_)), "{error:?}");
    assert!(error.to_string().contains("key 1 of table `monsters`"), "{error}");
    assert!(monsters.is_empty().unwrap());
    let texts: RkyvTable<u64, String> = store.new_rkyv_table("texts");
    texts
        .put_bytes(1, &rkyv::to_bytes::<rkyv::rancor::Error>(&"text".to_owned()).unwrap())
        .unwrap();
    assert_eq!(texts.load(1).unwrap().as_deref(), Some("text"));
    assert!(texts.put_bytes(2, &[]).is_err());
}

#[test]
fn bad_table_names_are_errors_at_first_use() {
    let scratch = Scratch::new();
    let store = scratch.open();
    let cases = [
        (String::new(), TableNameError::Empty),
        ("x".repeat(256), TableNameError::TooLong { len: 256, max: 255 }),
        ("a\nb".into(), TableNameError::Character { found: '\n' }),
        ("$catalog".into(), TableNameError::Character { found: '$' }),
    ];
    for (name, expected) in cases {
        let table: RkyvTable<u64, String> = store.new_rkyv_table(&name);
        for error in [table.put(1, &String::new()).unwrap_err(), table.get(1, |_| ()).unwrap_err()]
        {
            match error {
                StorageError::TableName { name: found, reason, .. } => {
                    assert_eq!((found, &reason), (name.clone(), &expected));
                }
                other => panic!("{other:?}"),
            }
        }
    }
    for name in ["x", "a table", "../up", "täble", &"x".repeat(255)] {
        store.new_rkyv_table::<u64, String>(name).put(1, &String::new()).unwrap();
    }
}

#[test]
fn over_long_keys_are_refused_before_anything_is_written() {
    let scratch = Scratch::new();
    let table: RkyvTable<String, u64> = scratch.open().new_rkyv_table("numbers");
    table.put("x".repeat(storage::key::MAX_KEY_LEN), &1).unwrap();
    let error = table.put("x".repeat(storage::key::MAX_KEY_LEN + 1), &1).unwrap_err();
    assert!(matches!(error, StorageError::Key { .. }), "{error:?}");
    assert!(error.to_string().starts_with("table `numbers`: the key has 65537 bytes"), "{error}");
    assert_eq!(table.len().unwrap(), 1);
}

#[test]
fn a_failing_stream_writes_nothing() {
    let scratch = Scratch::new();
    let table: RkyvTable<String, u64> = scratch.open().new_rkyv_table("numbers");
    let long = "x".repeat(storage::key::MAX_KEY_LEN + 1);
    table.put_stream([("a", 1), ("b", 2), (&long, 3)]).unwrap_err();
    assert!(table.is_empty().unwrap());
    let panics = (0..9).map(|n| if n == 5 { panic!("the stream panics") } else { ("a", n) });
    catch_unwind(AssertUnwindSafe(|| table.put_stream(panics))).unwrap_err();
    assert!(table.is_empty().unwrap());
    table.put("a", &1).unwrap();
}

#[test]
fn a_write_inside_a_write_names_both_places() {
    let scratch = Scratch::new();
    let table: RkyvTable<u64, u64> = scratch.open().new_rkyv_table("numbers");
    let other = table.clone();
    let mut inner = None;
    let line = line!() + 2;
    let items = [1].iter().map(|n| {
        inner = Some(other.put(n, n).unwrap_err());
        (n, n)
    });
    table.put_stream(items).unwrap();
    match inner.unwrap() {
        StorageError::NestedWrite { begun_at, attempted_at, .. } => {
            assert!(begun_at.file().ends_with("raw_tables.rs"), "{begun_at}");
            assert_eq!((attempted_at.file(), attempted_at.line()), (begun_at.file(), line));
            assert_eq!(begun_at.line(), line + 3);
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(table.len().unwrap(), 1);
}

#[test]
fn a_read_may_write() {
    let scratch = Scratch::new();
    let table: RkyvTable<u64, u64> = scratch.open().new_rkyv_table("numbers");
    table.put(1, &10).unwrap();
    table.get(1, |n| table.put(2, &n.to_native())).unwrap().unwrap().unwrap();
    assert_eq!(table.load(2).unwrap(), Some(10));
}

#[test]
fn guards_outlive_the_row_and_the_store() {
    let scratch = Scratch::new();
    let store = scratch.open();
    let table: RkyvTable<u64, String> = store.new_rkyv_table("texts");
    let long = "a text that is not inlined in its archive".to_owned();
    table.put(1, &long).unwrap();
    let stored = table.view(1).unwrap().unwrap();
    table.put(1, &"other".to_owned()).unwrap();
    table.delete(1).unwrap();
    drop((table, store));
    assert_eq!(stored.view().as_str(), long);
    let moved = Box::new(stored);
    assert_eq!(moved.load().unwrap(), long);
}

#[test]
fn handles_are_shared_between_threads() {
    fn shareable<T: Clone + Send + Sync>(_: &T) {}
    let scratch = Scratch::new();
    let table: RkyvTable<u64, u64> = scratch.open().new_rkyv_table("numbers");
    shareable(&table);
    std::thread::scope(|scope| {
        for thread in 0..4_u64 {
            let table = table.clone();
            scope.spawn(move || {
                for n in 0..5 {
                    table.put(thread * 10 + n, &n).unwrap();
                }
            });
        }
    });
    assert_eq!(table.len().unwrap(), 20);
    let sum: u64 = table.scan(|_, n| Some(n.to_native())).unwrap().iter().sum();
    assert_eq!(sum, 40);
}
