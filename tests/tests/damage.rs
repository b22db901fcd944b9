//! Stored bytes that are not what was written: each is an error that names table and key, never a wrong value.

use schemas::monster::{Monster, RkyvData, create_monster};
use std::{fs, mem, num::NonZeroU32};
use storage::{FlatbuffersTable, RkyvTable, Storage, StorageError, StoredRecord, error::Damage};
use tests::{
    Scratch,
    frame::{layout_fingerprint, seal},
};

/// A value that nests `depth` times.
#[derive(Debug, PartialEq, rkyv::Archive, rkyv::Serialize, rkyv::Deserialize)]
#[rkyv(serialize_bounds(__S: rkyv::ser::Writer))]
#[rkyv(deserialize_bounds(__D::Error: rkyv::rancor::Source))]
#[rkyv(bytecheck(bounds(__C: rkyv::validation::ArchiveContext, __C::Error: rkyv::rancor::Source)))]
struct Nested {
    #[rkyv(omit_bounds)]
    inner: Option<Box<Nested>>,
}

fn nested(depth: usize) -> Nested {
    (0..depth).fold(Nested { inner: None }, |inner, _| Nested { inner: Some(Box::new(inner)) })
}

fn stored_bytes(store: &Storage, table: &str, key: u64) -> Vec<u8> {
    store.backend().get(table, &key.to_be_bytes(), <[u8]>::to_vec).unwrap().unwrap()
}

fn assert_corrupt<T>(result: storage::Result<T>, table: &str, key: &str) -> Damage {
    match result.map(drop).expect_err("damaged bytes must not be read") {
        StorageError::Corrupt(error) => {
            assert_eq!((error.table(), error.key()), (table, Some(key)));
            assert!(error.to_string().contains(&format!("table `{table}`, key {key}")), "{error}");
            error.damage().clone()
        }
        other => panic!("not a corruption: {other:?}"),
    }
}

#[test]
fn every_bit_of_an_rkyv_value_counts() {
    let scratch = Scratch::new();
    let store = scratch.open();
    let table: RkyvTable<u64, RkyvData> = store.new_rkyv_table("data");
    table
        .put(7, &RkyvData { id: 7, name: "a name that is not inlined".into(), value: 1.5 })
        .unwrap();
    let good = stored_bytes(&store, "data", 7);
    for bit in 0..good.len() * 8 {
        let mut bad = good.clone();
        bad[bit / 8] ^= 1 << (bit % 8);
        store.backend().put("data", &7_u64.to_be_bytes(), &bad).unwrap();
        let damage = assert_corrupt(table.get(7, |_| ()), "data", "7");
        match good.len() * 8 - bit {
            // The number of the layout stands before the check.
            33..=48 => assert!(matches!(damage, Damage::Layout { .. }), "bit {bit}: {damage}"),
            _ => assert_eq!(damage, Damage::Checksum, "bit {bit}"),
        }
        assert_corrupt(table.view(7), "data", "7");
        assert_corrupt(table.load(7), "data", "7");
        assert_corrupt(table.scan(|_, _| Some(())), "data", "7");
    }
}

#[test]
fn every_bit_of_a_flatbuffers_value_counts() {
    let scratch = Scratch::new();
    let store = scratch.open();
    let table: FlatbuffersTable<u64, Monster<'static>> = store.new_flatbuffers_table("monsters");
    table.put_with(7, |b| create_monster(b, 80, 150, "Orc")).unwrap();
    let good = stored_bytes(&store, "monsters", 7);
    for bit in 0..good.len() * 8 {
        let mut bad = good.clone();
        bad[bit / 8] ^= 1 << (bit % 8);
        store.backend().put("monsters", &7_u64.to_be_bytes(), &bad).unwrap();
        assert_corrupt(table.get(7, |_| ()), "monsters", "7");
        assert_corrupt(table.view(7), "monsters", "7");
    }
}

#[test]
fn truncated_values_are_refused() {
    let scratch = Scratch::new();
    let store = scratch.open();
    let table: RkyvTable<u64, String> = store.new_rkyv_table("texts");
    table.put(7, &"x".repeat(3000)).unwrap();
    let good = stored_bytes(&store, "texts", 7);
    for len in 0..good.len() {
        store.backend().put("texts", &7_u64.to_be_bytes(), &good[..len]).unwrap();
        assert_corrupt(table.get(7, |_| ()), "texts", "7");
    }
}

#[test]
fn a_value_under_another_key_or_in_another_table_is_refused() {
    let scratch = Scratch::new();
    let store = scratch.open();
    let texts: RkyvTable<u64, String> = store.new_rkyv_table("texts");
    let others: RkyvTable<u64, String> = store.new_rkyv_table("others");
    texts.put(1, &"one".to_owned()).unwrap();
    others.put(2, &"two".to_owned()).unwrap();
    let one = stored_bytes(&store, "texts", 1);
    store.backend().put("texts", &2_u64.to_be_bytes(), &one).unwrap();
    store.backend().put("others", &1_u64.to_be_bytes(), &one).unwrap();
    assert_eq!(assert_corrupt(texts.load(2), "texts", "2"), Damage::Checksum);
    assert_eq!(assert_corrupt(others.load(1), "others", "1"), Damage::Checksum);
    assert_eq!(texts.load(1).unwrap().as_deref(), Some("one"));
}

#[test]
fn a_bad_key_is_an_error_with_its_bytes() {
    let scratch = Scratch::new();
    let store = scratch.open();
    let table: RkyvTable<char, u64> = store.new_rkyv_table("letters");
    table.put('a', &1).unwrap();
    store.backend().put("letters", b"\xffabc", b"whatever").unwrap();
    assert_corrupt(table.scan(|_, _| Some(())), "letters", "0xff616263");
}

#[test]
fn a_key_of_another_length_is_refused_where_all_have_one() {
    let scratch = Scratch::new();
    let store = scratch.open();
    let table: RkyvTable<u64, u64> = store.new_rkyv_table("numbers");
    table.put(1, &1).unwrap();
    let error = store.backend().put("numbers", b"abc", b"whatever").unwrap_err().to_string();
    assert!(error.contains("`numbers`") && error.contains("8 bytes"), "{error}");
    assert_eq!(store.backend().get("numbers", b"abc", <[u8]>::len).unwrap(), None);
    assert_eq!(table.len().unwrap(), 1);
}

/// The checksum fits, the structure does not: what a hostile writer can do.
#[test]
fn sealed_rubbish_is_an_error_and_never_a_view() {
    let scratch = Scratch::new();
    let store = scratch.open();
    let table: RkyvTable<u64, NonZero> = store.new_rkyv_table("numbers");
    table
        .put(1, &NonZero { number: NonZeroU32::MIN, text: "some text, not inlined".into() })
        .unwrap();
    let good = stored_bytes(&store, "numbers", 1);
    let body = &good[..good.len() - 6];
    let fingerprint = layout_fingerprint(&store, "numbers");
    let mut refused = 0;
    for byte in 0..body.len() {
        for value in [0x00, 0x7f, 0x80, 0xff] {
            let mut bad = body.to_vec();
            bad[byte] = value;
            seal(b"numbers", fingerprint, &1_u64.to_be_bytes(), 1, &mut bad);
            store.backend().put("numbers", &1_u64.to_be_bytes(), &bad).unwrap();
            // An error, or a value that can be read to its end.
            match table.load(1) {
                Ok(value) => drop(value.unwrap()),
                Err(StorageError::Corrupt(error)) => {
                    assert!(matches!(error.damage(), Damage::Structure(_)), "{error}");
                    refused += 1;
                }
                Err(other) => panic!("{other:?}"),
            }
        }
    }
    assert!(refused > 10, "the structural check found only {refused}");
}

#[derive(rkyv::Archive, rkyv::Serialize, rkyv::Deserialize)]
struct NonZero {
    number: NonZeroU32,
    text: String,
}

#[test]
fn deep_nesting_is_refused_when_written() {
    let scratch = Scratch::new();
    let table: RkyvTable<u64, Nested> = scratch.open().new_rkyv_table("nested");
    table.put(1, &nested(60)).unwrap();
    assert_eq!(table.load(1).unwrap(), Some(nested(60)));
    let error = table.put(2, &nested(100)).unwrap_err();
    assert!(matches!(error, StorageError::Serialization(_)), "{error:?}");
    assert_eq!(table.len().unwrap(), 1);
}

#[test]
fn deep_nesting_is_refused_when_read() {
    let scratch = Scratch::new();
    let store = scratch.open();
    let table: RkyvTable<u64, Nested> = store.new_rkyv_table("nested");
    table.put(1, &nested(1)).unwrap();
    let deep = std::thread::Builder::new().stack_size(256 << 20).spawn(|| {
        rkyv::to_bytes::<rkyv::rancor::Error>(&nested(10_000)).map(|b| b.to_vec()).unwrap()
    });
    let mut deep = deep.unwrap().join().unwrap();
    let fingerprint = layout_fingerprint(&store, "nested");
    seal(b"nested", fingerprint, &1_u64.to_be_bytes(), 1, &mut deep);
    store.backend().put("nested", &1_u64.to_be_bytes(), &deep).unwrap();
    let damage = assert_corrupt(table.get(1, |_| ()), "nested", "1");
    assert!(matches!(damage, Damage::Structure(_)), "{damage:?}");
}

#[test]
fn a_damaged_catalogue_entry_is_refused() {
    let scratch = Scratch::new();
    let store = scratch.open();
    store.new_rkyv_table::<u64, u64>("numbers").put(1, &1).unwrap();
    let mut row = store.backend().get("$catalog", b"numbers", <[u8]>::to_vec).unwrap().unwrap();
    row[3] ^= 1;
    store.backend().put("$catalog", b"numbers", &row).unwrap();
    let table: RkyvTable<u64, u64> = store.new_rkyv_table("numbers");
    assert_corrupt(table.get(1, |_| ()), "$catalog", "\"numbers\"");
    assert_corrupt(table.put(1, &2), "$catalog", "\"numbers\"");
}

/// Trusting the structure leaves the checksum in force.
#[test]
#[expect(unsafe_code, reason = "the opt-in is what is tested")]
fn trusted_reads_still_verify_the_checksum() {
    use storage::Trust;
    let scratch = Scratch::new();
    let store = scratch.open();
    // SAFETY: every value that is read under this trust was written by this test as the same type, or fails its
    // checksum first.
    let trust = unsafe { Trust::structure() };
    let table = store.new_rkyv_table::<u64, String>("texts").with_trust(trust);
    for len in 0..200_u64 {
        table.put(len, &"y".repeat(len as usize)).unwrap();
    }
    for len in 0..200_u64 {
        assert_eq!(table.get(len, |text| text.len()).unwrap(), Some(len as usize));
        assert_eq!(table.view(len).unwrap().unwrap().view().as_str(), "y".repeat(len as usize));
    }
    let mut bad = stored_bytes(&store, "texts", 100);
    bad[50] ^= 1;
    store.backend().put("texts", &100_u64.to_be_bytes(), &bad).unwrap();
    assert_eq!(assert_corrupt(table.get(100, |_| ()), "texts", "100"), Damage::Checksum);
}

/// Keys of every length shift values to every address in their pages.
#[test]
fn values_are_read_at_every_alignment() {
    let scratch = Scratch::new();
    let store = scratch.open();
    let wide: RkyvTable<String, (u128, Vec<u64>, String)> = store.new_rkyv_table("wide");
    let monsters: FlatbuffersTable<String, Monster<'static>> =
        store.new_flatbuffers_table("monsters");
    let mut addresses = std::collections::BTreeSet::new();
    for len in 0..64_usize {
        let key = "k".repeat(len);
        let value = (u128::MAX - len as u128, vec![len as u64; len], "t".repeat(len));
        wide.put(&key, &value).unwrap();
        monsters.put_with(&key, |b| create_monster(b, len as i16, 150, &key)).unwrap();
    }
    for len in 0..64_usize {
        let key = "k".repeat(len);
        store
            .backend()
            .get("wide", key.as_bytes(), |b| addresses.insert(b.as_ptr().addr() % 16))
            .unwrap();
        let value = (u128::MAX - len as u128, vec![len as u64; len], "t".repeat(len));
        assert_eq!(wide.load(&key).unwrap(), Some(value));
        let stored = wide.view(&key).unwrap().unwrap();
        assert_eq!(stored.view().1.len(), len);
        assert_eq!(monsters.get(&key, |m| m.hp()).unwrap(), Some(len as i16));
    }
    assert!(addresses.len() > 8, "only the addresses {addresses:?} came up");
}

#[derive(rkyv::Archive, rkyv::Serialize, rkyv::Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "entries")]
struct Entry {
    #[store(key)]
    id: u64,
}

/// So many entries lie on a few dozen pages.
const ENTRY_COUNT: u64 = 2000;
/// One in the middle of them.
const ENTRY: u64 = 700;

/// A store with entries in a file that `damage` changes, given what is stored under [`ENTRY`] and behind it, while it
/// is closed.
fn damaged_entries(damage: impl FnOnce(&mut [u8], [Vec<u8>; 2])) -> (Scratch, Storage) {
    let scratch = Scratch::new();
    let store = scratch.open();
    Entry::table(&store).unwrap().put_stream((0..ENTRY_COUNT).map(|id| Entry { id })).unwrap();
    let values = [ENTRY, ENTRY + 1].map(|id| stored_bytes(&store, "entries", id));
    drop(store);
    let mut file = fs::read(scratch.path()).unwrap();
    damage(&mut file, values);
    fs::write(scratch.path(), file).unwrap();
    let store = scratch.open();
    (scratch, store)
}

/// Where `bytes` lie in `file`.
fn places(file: &[u8], bytes: &[u8]) -> Vec<usize> {
    let windows = file.windows(bytes.len()).enumerate();
    let found: Vec<_> = windows.filter(|(_, window)| *window == bytes).map(|(at, _)| at).collect();
    assert!(!found.is_empty());
    found
}

/// Every way through all entries, each with what it ends with and how many rows it gives.
fn walks(store: &Storage) -> Vec<(StorageError, u64)> {
    let table = Entry::table(store).unwrap();
    let (iter, id) = (|| table.iter().unwrap(), Entry::FIELDS.id);
    let count = |walk: &dyn Fn(&mut dyn FnMut() -> bool) -> storage::Result<()>| {
        let mut count = 0;
        let ended = walk(&mut || {
            count += 1;
            true
        });
        (ended.expect_err("a damaged page must not be passed"), count)
    };
    vec![
        count(&|each| table.scan(|_| each().then_some(())).map(drop)),
        count(&|each| iter().select(id).for_each_ref(|_| each())),
        count(&|each| iter().rev().select(id).for_each_ref(|_| each())),
        count(&|each| iter().try_for_each(|entry| entry.map(|_| assert!(each())))),
        count(&|each| iter().rev().try_for_each(|entry| entry.map(|_| assert!(each())))),
    ]
}

fn assert_stopped(store: &Storage, why: &str) {
    for (number, (error, count)) in walks(store).into_iter().enumerate() {
        let StorageError::Database(_) = &error else { panic!("{number}: {error:?}") };
        assert!(error.is_corrupt(), "{number}: {error}");
        assert!(format!("{error:?}").contains(why), "{number}: {error:?}");
        assert!(0 < count && count < ENTRY_COUNT, "{number}: {count}");
    }
}

#[test]
fn rows_out_of_order_are_refused_from_either_end() {
    // Two rows have changed places with key and value, so the checksum of each is right.
    let (_scratch, store) = damaged_entries(|file, values| {
        let keys = [ENTRY, ENTRY + 1].map(u64::to_be_bytes);
        for [a, b] in [keys.map(Vec::from), values] {
            let (good, bad) = ([&a[..], &b[..]].concat(), [&b[..], &a[..]].concat());
            for place in places(file, &good) {
                file[place..place + bad.len()].copy_from_slice(&bad);
            }
        }
    });
    assert_stopped(&store, "Misplaced");
}

#[test]
fn a_page_that_the_engine_stops_at_is_an_error_wherever_a_walk_meets_it() {
    const PAGE_LEN: usize = 4096;
    let (_scratch, store) = damaged_entries(|file, values| {
        // The first byte tells what kind of page it is.
        for place in places(file, &values[0]) {
            file[place / PAGE_LEN * PAGE_LEN] = u8::MAX;
        }
    });
    assert_stopped(&store, "EnginePanic");
    assert_eq!(
        Entry::table(&store).unwrap().get(1, |entry| entry.id.to_native()).unwrap(),
        Some(1)
    );
    // To close it would write where the engine has stopped.
    mem::forget(store);
}
