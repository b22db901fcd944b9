//! Stored bytes that are not what was written, and tables of another codec or type: each is an error.

use crate::json::{Json, Note, Notes};
use storage::{Storage, StorageError, Table, Trust, codec::Rkyv, error::Damage, table::Pair};
use tests::{
    Scratch,
    frame::{layout_fingerprint, seal},
};

const KEY: [u8; 8] = 7_u64.to_be_bytes();

/// A table with the value 7, and the bytes it is stored as.
fn stored(store: &Storage) -> (Notes, Vec<u8>) {
    let notes: Notes = store.pairs("notes");
    notes.put(7, &Note::new(7)).unwrap();
    let bytes = store.backend().get("notes", &KEY, <[u8]>::to_vec).unwrap().unwrap();
    (notes, bytes)
}

/// What every way of reading the value says of it.
fn damages(notes: &Notes) -> Vec<Damage> {
    let damage = |error: StorageError| match error {
        StorageError::Corrupt(error) => {
            assert_eq!((error.table(), error.key()), ("notes", Some("7")));
            error.damage().clone()
        }
        other => panic!("not a corruption: {other:?}"),
    };
    let errors = [
        notes.get(7, |_| ()).unwrap_err(),
        notes.view(7).unwrap_err(),
        notes.load(7).unwrap_err(),
        notes.get_many([7], |_| ()).unwrap_err(),
        notes.scan(|_, _| Some(())).unwrap_err(),
        notes.par_scan(|_, _| Some(())).unwrap_err(),
        notes.iter().unwrap().next().unwrap().unwrap_err(),
    ];
    errors.into_iter().map(damage).collect()
}

/// With a cache and without, trusting and not.
#[expect(unsafe_code, reason = "the opt-in is tested, too")]
fn handles(notes: &Notes) -> [Notes; 3] {
    // SAFETY: a codec that decodes relies on nothing that the trust gives up.
    let trust = unsafe { Trust::structure() };
    [notes.clone(), notes.clone().with_cache(1 << 20), notes.clone().with_trust(trust)]
}

#[test]
fn every_bit_counts() {
    let store = Storage::in_memory().unwrap();
    let (notes, good) = stored(&store);
    for bit in 0..good.len() * 8 {
        let mut bad = good.clone();
        bad[bit / 8] ^= 1 << (bit % 8);
        store.backend().put("notes", &KEY, &bad).unwrap();
        for table in handles(&notes) {
            // The number of the layout stands before the check.
            let is_layout = (33..=48).contains(&(good.len() * 8 - bit));
            let is_expected = |damage: &Damage| match damage {
                Damage::Layout { .. } => is_layout,
                damage => !is_layout && *damage == Damage::Checksum,
            };
            assert!(damages(&table).iter().all(is_expected), "bit {bit}");
        }
    }
    let report = store.check().unwrap();
    assert_eq!(report.fault_count, 1, "{report:?}");
}

#[test]
fn every_length_counts() {
    let store = Storage::in_memory().unwrap();
    let (notes, good) = stored(&store);
    for len in 0..good.len() {
        store.backend().put("notes", &KEY, &good[..len]).unwrap();
        for table in handles(&notes) {
            damages(&table);
        }
    }
    store.backend().put("notes", &KEY, &good).unwrap();
    for table in handles(&notes) {
        assert_eq!(table.load(7).unwrap(), Some(Note::new(7)));
    }
}

/// The checksum fits, the value does not decode: what a hostile writer can do.
#[test]
fn sealed_rubbish_is_an_error() {
    let store = Storage::in_memory().unwrap();
    let (notes, good) = stored(&store);
    let fingerprint = layout_fingerprint(&store, "notes");
    let (body, mut refused) = (&good[..good.len() - 6], 0);
    for byte in 0..body.len() {
        for value in [0, b'"', b'{', 0xff] {
            let mut bad = body.to_vec();
            bad[byte] = value;
            seal(b"notes", fingerprint, &KEY, 1, &mut bad);
            store.backend().put("notes", &KEY, &bad).unwrap();
            for table in handles(&notes) {
                if table.load(7).is_err() {
                    let damages = damages(&table);
                    assert!(
                        damages.iter().all(|d| matches!(d, Damage::Structure(_))),
                        "{damages:?}"
                    );
                    refused += 1;
                }
            }
        }
    }
    assert!(refused > 100, "only {refused} were refused");
}

#[test]
fn a_value_under_another_key_or_in_another_table_is_refused() {
    let store = Storage::in_memory().unwrap();
    let (notes, good) = stored(&store);
    let others: Notes = store.pairs("others");
    others.put(1, &Note::new(1)).unwrap();
    store.backend().put("notes", &8_u64.to_be_bytes(), &good).unwrap();
    store.backend().put("others", &KEY, &good).unwrap();
    for error in [notes.load(8).unwrap_err(), others.load(7).unwrap_err()] {
        let StorageError::Corrupt(error) = error else { panic!("{error:?}") };
        assert_eq!(*error.damage(), Damage::Checksum);
    }
}

#[test]
fn a_table_of_another_codec_or_type_is_refused() {
    fn refusal<T>(result: storage::Result<T>) -> String {
        match result.map(drop).unwrap_err() {
            StorageError::Schema(mismatch) => mismatch.difference().to_string(),
            other => panic!("{other:?}"),
        }
    }
    let scratch = Scratch::new();
    let store = scratch.open();
    let texts: Table<Pair<u64, String, Json>> = store.pairs("json");
    texts.put(1, &"one".into()).unwrap();
    store.new_rkyv_table::<u64, String>("rkyv").put(1, &"one".into()).unwrap();
    drop((texts, store));
    let store = scratch.open();

    let archives: Table<Pair<u64, String, Rkyv>> = store.pairs("json");
    let expected = "codec is `json` in the file and `rkyv` in the code";
    assert_eq!(refusal(archives.get(1, |_| ())), expected);
    assert_eq!(refusal(archives.put(1, &"two".into())), expected);
    let texts: Table<Pair<u64, String, Json>> = store.pairs("rkyv");
    let expected = "codec is `rkyv` in the file and `json` in the code";
    assert_eq!(refusal(texts.load(1)), expected);
    assert_eq!(refusal(texts.put_stream([(1, "two".to_owned())])), expected);
    let numbers: Table<Pair<u64, u64, Json>> = store.pairs("json");
    assert_eq!(
        refusal(numbers.iter()),
        "value is `alloc::string::String` in the file and `u64` in the code"
    );
    let keys: Table<Pair<u32, String, Json>> = store.pairs("json");
    assert_eq!(refusal(keys.len()), "key is `u64` in the file and `u32` in the code");
}

#[test]
fn a_file_is_checked_copied_and_compacted_without_the_codec() {
    let scratch = Scratch::new();
    let store = scratch.open();
    let (notes, _) = stored(&store);
    let copy = scratch.dir().join("copy.redb");
    store.backup(&copy).unwrap();
    drop(notes);
    assert!(store.check().unwrap().is_sound());
    store.compact().unwrap();
    for store in [store, Storage::open(copy).unwrap()] {
        let notes: Notes = store.pairs("notes");
        assert_eq!(notes.load(7).unwrap(), Some(Note::new(7)));
    }
}
