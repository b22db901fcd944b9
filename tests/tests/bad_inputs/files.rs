//! Files that are no store, or no longer one.

use std::{fs, path::Path};
use storage::{
    OpenOptions, Storage, StorageError, Verify,
    backend::RedbBackend,
    error::{CatalogDamage, Damage, OpenReason},
};
use tests::{
    Scratch,
    frame::{catalog_header, catalog_header_with, seal},
};

/// What opening `path` is refused with; the message names the path and is as long as a sentence with a way out.
pub(crate) fn refusal(path: &Path) -> OpenReason {
    let error = Storage::open(path).map(drop).expect_err("it must be refused");
    let message = error.to_string();
    assert!(message.contains(&*path.to_string_lossy()), "{message}");
    assert!(message.contains(';') || message.contains("first"), "no way out: {message}");
    match error {
        StorageError::Open(error) => error.reason().clone(),
        other => panic!("{other:?}"),
    }
}

/// What a file of `bytes` is refused with; it is as it was.
fn refusal_of(bytes: &[u8]) -> OpenReason {
    let scratch = Scratch::new();
    fs::write(scratch.path(), bytes).unwrap();
    let reason = refusal(&scratch.path());
    assert!(fs::read(scratch.path()).unwrap() == bytes, "the file was changed");
    assert_eq!(fs::read_dir(scratch.dir()).unwrap().count(), 1, "something was left beside it");
    reason
}

/// A store with a row, as the bytes of its file.
fn store_bytes() -> Vec<u8> {
    let scratch = Scratch::new();
    scratch.open().new_rkyv_table::<u64, String>("names").put(1, &"one".to_owned()).unwrap();
    fs::read(scratch.path()).unwrap()
}

#[test]
fn a_file_that_was_left_half_created_is_refused() {
    // What the engine's own creation leaves when it is killed: the length, and nothing in it.
    assert_eq!(refusal_of(&vec![0; 1 << 20]), OpenReason::Foreign);
    assert_eq!(refusal_of(&[0]), OpenReason::Foreign);
}

#[test]
fn a_file_that_ends_anywhere_else_is_refused() {
    let bytes = store_bytes();
    for len in (1..bytes.len()).step_by(bytes.len() / 97) {
        let reason = refusal_of(&bytes[..len]);
        let is_named = matches!(reason, OpenReason::Damaged { .. });
        assert!(is_named || (len < 9 && reason == OpenReason::Foreign), "{len}: {reason:?}");
    }
    for more in [1, 511, 100_000] {
        let longer = [bytes.clone(), vec![0; more]].concat();
        let reason = refusal_of(&longer);
        assert!(matches!(reason, OpenReason::Damaged { .. }), "{more} more: {reason:?}");
    }
}

/// The engine takes whole pages at the end for room to grow.
#[test]
fn a_file_with_pages_at_its_end_is_what_it_was() {
    let options = OpenOptions::default().verify(Verify::Always);
    for pages in [1, 10] {
        let scratch = Scratch::new();
        let bytes = [store_bytes(), vec![0xab; pages * 4096]].concat();
        fs::write(scratch.path(), bytes).unwrap();
        for round in 0..2 {
            let storage = Storage::open_with(scratch.path(), &options).unwrap();
            assert!(storage.check().unwrap().is_sound());
            let names = storage.new_rkyv_table::<u64, String>("names");
            assert_eq!(names.load(1).unwrap().as_deref(), Some("one"));
            assert_eq!(names.len().unwrap(), 1 + round * 500);
            names.put_stream((2..502).map(|n| (n, "x".repeat(500)))).unwrap();
            drop(names);
            storage.close().unwrap();
        }
    }
}

/// The engine's format version stands at the beginning of both commit slots.
const VERSION_PLACES: [usize; 2] = [64, 192];

#[test]
fn files_of_other_versions_of_the_engine_are_refused_by_their_version() {
    for found in [1, 2, 4, 255] {
        let mut bytes = store_bytes();
        for place in VERSION_PLACES {
            bytes[place] = found;
        }
        assert_eq!(refusal_of(&bytes), OpenReason::EngineVersion { found });
    }
}

/// A store whose header in the catalogue is another.
struct Headed(Scratch);

impl Headed {
    fn new() -> Self {
        let scratch = Scratch::new();
        drop(scratch.open());
        Self(scratch)
    }

    /// What opening it says with `row` for a header.
    fn refusal(&self, row: &[u8]) -> OpenReason {
        let options = OpenOptions::default();
        let backend = RedbBackend::open(self.0.path(), &options).unwrap();
        backend.put("$catalog", b"", row).unwrap();
        backend.close().unwrap();
        refusal(&self.0.path())
    }
}

#[test]
fn a_catalogue_of_another_version_is_refused() {
    let store = Headed::new();
    let supported = storage::maintenance::FORMAT_VERSION;
    for found in [supported + 1, u32::MAX] {
        let expected = OpenReason::NewerFormat { found, supported };
        assert_eq!(store.refusal(&catalog_header(found)), expected);
    }
    for found in [0, 1] {
        let expected = OpenReason::OlderFormat { found, supported };
        assert_eq!(store.refusal(&catalog_header(found)), expected);
    }
    // Of a build that wrote format 1.
    let older = store.refusal(b"storage\0\x01\0\0\0\x01\0\x9b\xc6\x3f\x27");
    assert_eq!(older, OpenReason::OlderFormat { found: 1, supported });
    assert_eq!(
        older.to_string(),
        "the file has format 1, this build reads format 2; read it with the release of `storage` that wrote it"
    );
}

#[test]
fn a_file_that_needs_what_this_build_does_not_know_is_refused() {
    let store = Headed::new();
    let reason =
        store.refusal(&catalog_header_with(storage::maintenance::FORMAT_VERSION, "blocks\nlog\n"));
    assert_eq!(reason, OpenReason::UnknownNeed { need: "blocks".into() });
    assert_eq!(
        reason.to_string(),
        "the file needs `blocks`, which this build does not know; use a newer release of `storage`"
    );
}

#[test]
fn a_damaged_header_of_the_catalogue_is_refused() {
    let store = Headed::new();
    let mut header = catalog_header(storage::maintenance::FORMAT_VERSION);
    for bit in 0..header.len() * 8 {
        header[bit / 8] ^= 1 << (bit % 8);
        let reason = store.refusal(&header);
        assert!(matches!(reason, OpenReason::Damaged { .. }), "bit {bit}: {reason:?}");
        header[bit / 8] ^= 1 << (bit % 8);
    }
    assert!(matches!(store.refusal(b""), OpenReason::Damaged { .. }));
}

#[test]
fn a_damaged_entry_is_an_error_of_its_table_alone() {
    let storage = Storage::in_memory().unwrap();
    for name in ["left", "middle", "right"] {
        storage.new_rkyv_table::<u64, u64>(name).put(1, &1).unwrap();
    }
    let good = storage.backend().get("$catalog", b"middle", <[u8]>::to_vec).unwrap().unwrap();
    let mut not_text = vec![0xff; 40];
    seal(b"$catalog", 0, b"middle", 1, &mut not_text);
    let mut flipped = good.clone();
    flipped[10] ^= 4;
    for (bad, damage) in [
        (not_text, Damage::Catalog(CatalogDamage::NotText)),
        (flipped, Damage::Checksum),
        (good[..3].to_vec(), Damage::Length { len: 3 }),
    ] {
        storage.backend().put("$catalog", b"middle", &bad).unwrap();
        match storage.new_rkyv_table::<u64, u64>("middle").load(1).unwrap_err() {
            StorageError::Corrupt(error) => {
                assert_eq!((error.table(), error.key()), ("$catalog", Some("\"middle\"")));
                assert_eq!(*error.damage(), damage);
            }
            other => panic!("{other:?}"),
        }
        for name in ["left", "right"] {
            assert_eq!(storage.new_rkyv_table::<u64, u64>(name).load(1).unwrap(), Some(1));
        }
        // The whole file can still be looked through, and a copy is refused.
        let report = storage.check().unwrap();
        assert_eq!((report.fault_count, report.is_sound()), (1, false), "{report:?}");
        assert!(report.faults[0].to_string().contains("table `$catalog`"), "{report:?}");
        assert!(storage.backup("copy.redb").unwrap_err().is_corrupt());
    }
}
