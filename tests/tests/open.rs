//! Opening: every path that is no store is refused with its reason, and left as it was.

use std::{fs, io, path::Path};
use storage::{
    OpenOptions, Storage, StorageError, Verify,
    error::{OpenReason, Result},
};
use tests::Scratch;

/// Opens `path`, which must fail, and gives the reason; the message names the path.
fn refusal(path: &Path) -> OpenReason {
    refusal_of(path, Storage::open(path))
}

fn refusal_of(path: &Path, opened: Result<Storage>) -> OpenReason {
    let error = opened.expect_err("the file must be refused");
    let message = error.to_string();
    assert!(message.contains(&*path.to_string_lossy()), "{message}");
    match error {
        StorageError::Open(error) => {
            assert_eq!(error.path(), path);
            error.reason().clone()
        }
        other => panic!("not an open error: {other:?}"),
    }
}

/// Writes `bytes` to a file, opens it, and checks that the file is as it was.
fn refusal_of_bytes(bytes: &[u8]) -> OpenReason {
    let scratch = Scratch::new();
    let path = scratch.path();
    fs::write(&path, bytes).unwrap();
    let reason = refusal(&path);
    assert!(fs::read(&path).unwrap() == bytes, "the file was changed");
    reason
}

/// A store with a row, as the bytes of its file.
fn store_bytes() -> Vec<u8> {
    let scratch = Scratch::new();
    let store = scratch.open();
    store.new_rkyv_table::<u64, String>("names").put(1, &"one".to_owned()).unwrap();
    drop(store);
    fs::read(scratch.path()).unwrap()
}

#[test]
fn a_missing_file_is_created_and_found_again() {
    let scratch = Scratch::new();
    let names = scratch.open().new_rkyv_table::<u64, String>("names");
    names.put(1, &"one".to_owned()).unwrap();
    drop(names);
    let names =
        Storage::open_existing(scratch.path()).unwrap().new_rkyv_table::<u64, String>("names");
    assert_eq!(names.load(1).unwrap(), Some("one".to_owned()));
}

/// The file was replaced while the store was open: what lies there now is another program's.
#[test]
fn a_foreign_file_in_place_of_the_store_is_not_written_to() {
    const FOREIGN: redb::TableDefinition<'_, u64, u64> = redb::TableDefinition::new("theirs");
    let scratch = Scratch::new();
    let storage = scratch.open();
    let names = storage.new_rkyv_table::<u64, String>("names");
    names.put(1, &"one".to_owned()).unwrap();
    fs::remove_file(scratch.path()).unwrap();
    let foreign = redb::Database::create(scratch.path()).unwrap();
    let txn = foreign.begin_write().unwrap();
    txn.open_table(FOREIGN).unwrap().insert(1, 1).unwrap();
    txn.commit().unwrap();
    drop(foreign);

    let reopened = storage.reopen().unwrap_err();
    assert!(
        matches!(&reopened, StorageError::Open(e) if *e.reason() == OpenReason::NoCatalog),
        "{reopened}"
    );
    // The store is closed, and stays so.
    assert!(matches!(names.put(2, &"two".to_owned()), Err(StorageError::Database(_))));
    assert!(matches!(names.load(1), Err(StorageError::Database(_))));
    fs::remove_file(scratch.path()).unwrap();
    drop(scratch.open());
    storage.reopen().unwrap();
    names.put(2, &"two".to_owned()).unwrap();
}

#[test]
fn a_missing_file_is_refused_where_it_must_exist() {
    let scratch = Scratch::new();
    let path = scratch.path();
    assert_eq!(refusal_of(&path, Storage::open_existing(&path)), OpenReason::Missing);
    assert!(!path.exists(), "nothing was created");
}

#[test]
fn a_missing_folder_is_refused() {
    let scratch = Scratch::new();
    let path = scratch.dir().join("no").join("such").join("store.redb");
    assert_eq!(refusal(&path), OpenReason::NoParent);
}

#[test]
fn an_empty_file_is_refused() {
    assert_eq!(refusal_of_bytes(b""), OpenReason::Empty);
}

#[test]
fn foreign_files_are_refused() {
    for bytes in [&b"x"[..], b"a text file\n", b"SQLite format 3\0", &[0; 4096], &[0xff; 4096]] {
        assert_eq!(refusal_of_bytes(bytes), OpenReason::Foreign, "{:?}", bytes.first());
    }
}

#[test]
fn a_folder_is_refused() {
    let scratch = Scratch::new();
    assert_eq!(refusal(scratch.dir()), OpenReason::NotAFile);
}

#[cfg(unix)]
#[test]
fn a_device_is_refused() {
    assert_eq!(refusal(Path::new("/dev/null")), OpenReason::NotAFile);
}

#[test]
fn truncated_files_are_refused() {
    let bytes = store_bytes();
    for len in [9, 100, 512, 4096, bytes.len() / 2, bytes.len() - 1] {
        let reason = refusal_of_bytes(&bytes[..len]);
        assert!(matches!(reason, OpenReason::Damaged { .. }), "{len} bytes: {reason:?}");
    }
}

#[test]
fn a_longer_file_is_refused() {
    let mut bytes = store_bytes();
    bytes.push(0);
    assert!(matches!(refusal_of_bytes(&bytes), OpenReason::Damaged { .. }));
}

#[test]
fn a_redb_file_of_another_program_is_refused_and_still_opens_there() {
    const TABLE: redb::TableDefinition<'_, u64, u64> = redb::TableDefinition::new("theirs");
    let scratch = Scratch::new();
    let db = redb::Database::create(scratch.path()).unwrap();
    let txn = db.begin_write().unwrap();
    txn.open_table(TABLE).unwrap().insert(1, 2).unwrap();
    txn.commit().unwrap();
    drop(db);
    let before = fs::read(scratch.path()).unwrap();
    assert_eq!(refusal(&scratch.path()), OpenReason::NoCatalog);
    assert!(fs::read(scratch.path()).unwrap() == before, "the file was changed");
}

#[test]
fn a_redb_file_without_tables_becomes_a_store() {
    let scratch = Scratch::new();
    drop(redb::Database::create(scratch.path()).unwrap());
    let names = scratch.open().new_rkyv_table::<u64, String>("names");
    assert_eq!(names.len().unwrap(), 0);
}

#[test]
fn a_file_of_a_newer_release_is_refused() {
    let scratch = Scratch::new();
    let row = tests::frame::catalog_header(3);
    drop(scratch.open());
    let db = redb::Database::open(scratch.path()).unwrap();
    let txn = db.begin_write().unwrap();
    let catalog = redb::TableDefinition::<&[u8], &[u8]>::new("$catalog");
    txn.open_table(catalog).unwrap().insert(&[][..], &row[..]).unwrap();
    txn.commit().unwrap();
    drop(db);
    assert_eq!(
        refusal(&scratch.path()),
        OpenReason::NewerFormat { found: 3, supported: storage::maintenance::FORMAT_VERSION }
    );
}

#[test]
fn a_damaged_header_is_refused() {
    let scratch = Scratch::new();
    drop(scratch.open());
    let db = redb::Database::open(scratch.path()).unwrap();
    let txn = db.begin_write().unwrap();
    let catalog = redb::TableDefinition::<&[u8], &[u8]>::new("$catalog");
    txn.open_table(catalog).unwrap().insert(&[][..], &b"storage\0rubbish"[..]).unwrap();
    txn.commit().unwrap();
    drop(db);
    assert!(matches!(refusal(&scratch.path()), OpenReason::Damaged { .. }));
}

#[test]
fn a_second_open_is_refused_while_the_first_is_alive() {
    let scratch = Scratch::new();
    let first = scratch.open();
    assert_eq!(refusal(&scratch.path()), OpenReason::Locked);
    drop(first);
    drop(scratch.open());
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let scratch = Scratch::new();
    drop(scratch.open());
    fs::set_permissions(scratch.path(), fs::Permissions::from_mode(0o0)).unwrap();
    if fs::File::open(scratch.path()).is_ok() {
        eprintln!("skipped: this user reads every file, whatever its permissions");
        return;
    }
    assert_eq!(refusal(&scratch.path()), OpenReason::Io(io::ErrorKind::PermissionDenied));
}

#[cfg(unix)]
#[test]
fn a_new_file_is_its_owners_alone_and_leaves_nothing_beside_it() {
    use std::os::unix::fs::PermissionsExt;
    let scratch = Scratch::new();
    drop(scratch.open());
    let mode = fs::metadata(scratch.path()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(fs::read_dir(scratch.dir()).unwrap().count(), 1);
}

#[test]
fn threads_that_create_the_same_store_get_one_store() {
    let scratch = Scratch::new();
    let opened: Vec<bool> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|_| {
                scope.spawn(|| match Storage::open(scratch.path()) {
                    Ok(_) => true,
                    Err(StorageError::Open(e)) => {
                        assert_eq!(*e.reason(), OpenReason::Locked);
                        false
                    }
                    Err(other) => panic!("{other:?}"),
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(opened.contains(&true));
    assert_eq!(fs::read_dir(scratch.dir()).unwrap().count(), 1, "a draft was left behind");
    drop(scratch.open());
}

#[test]
fn a_store_is_closed_when_nothing_uses_it() {
    let scratch = Scratch::new();
    let store = scratch.open();
    let table = store.new_rkyv_table::<u64, u64>("numbers");
    table.put(1, &1).unwrap();
    let error = store.clone().close().unwrap_err();
    assert!(matches!(error, StorageError::InUse { .. }), "{error:?}");
    drop(table);
    store.close().unwrap();
    drop(scratch.open());
}

const ROWS: u64 = 300;

fn text(n: u64) -> String {
    format!("the text of row {n}")
}

/// The file of a store with `ROWS` texts, and copies of it with a byte changed in each page in turn.
fn damaged_files(bytes: &[usize]) -> (Vec<u8>, Vec<(usize, usize)>) {
    let scratch = Scratch::new();
    let table = scratch.open().new_rkyv_table::<u64, String>("texts");
    table.put_stream((0..ROWS).map(|n| (n, text(n)))).unwrap();
    drop(table);
    let good = fs::read(scratch.path()).unwrap();
    let pages = 0..good.len() / 4096;
    let places = pages.flat_map(|page| bytes.iter().map(move |byte| (page, *byte))).collect();
    (good, places)
}

/// Whatever page is damaged, a read is an error or right: never a panic, never a wrong value.
#[test]
fn damaged_pages_never_give_a_wrong_value() {
    let (good, places) = damaged_files(&[1, 1000]);
    let (mut refused, mut failed, mut right) = (0, 0, 0);
    for (page, byte) in places {
        let scratch = Scratch::new();
        let mut bad = good.clone();
        bad[page * 4096 + byte] ^= 0xff;
        fs::write(scratch.path(), &bad).unwrap();
        let Ok(store) = Storage::open(scratch.path()) else {
            refused += 1;
            continue;
        };
        let table = store.new_rkyv_table::<u64, String>("texts");
        for n in 0..ROWS {
            match table.load(n) {
                Ok(Some(found)) => {
                    assert_eq!(found, text(n), "page {page}, byte {byte}");
                    right += 1;
                }
                Ok(None) | Err(_) => failed += 1,
            }
        }
        let scanned = table.scan(|key, found| {
            assert_eq!(found.as_str(), text(*key), "page {page}, byte {byte}");
            Some(())
        });
        drop(scanned);
        // Closing writes, and on a damaged page the engine may panic twice, which nothing contains: see `Verify`.
        std::mem::forget((table, store));
    }
    assert!(refused > 0 && failed > 0 && right > failed, "{refused} {failed} {right}");
}

/// With `Verify::Always` no row is missing either, and closing is safe.
#[test]
fn verified_files_give_every_row_or_do_not_open() {
    let (good, places) = damaged_files(&[0, 1, 5, 100, 1000, 4000]);
    let options = OpenOptions::default().verify(Verify::Always);
    let scratch = Scratch::new();
    let (mut refused, mut opened) = (0, 0);
    for (page, byte) in places {
        let mut bad = good.clone();
        bad[page * 4096 + byte] ^= 0xff;
        fs::write(scratch.path(), &bad).unwrap();
        let Ok(store) = Storage::open_with(scratch.path(), &options) else {
            refused += 1;
            continue;
        };
        let table = store.new_rkyv_table::<u64, String>("texts");
        for n in 0..ROWS {
            assert_eq!(table.load(n).unwrap(), Some(text(n)), "page {page}, byte {byte}");
        }
        drop(table);
        store.close().unwrap();
        opened += 1;
    }
    assert!(refused > 0 && opened > 0, "{refused} {opened}");
}

#[test]
fn a_file_that_is_cut_short_while_it_is_open_is_not_written_to() {
    for len in [0, 8192, 40_000] {
        let scratch = Scratch::new();
        let store = scratch.open();
        let names = store.new_rkyv_table::<u64, String>("names");
        names.put_stream((0..2000).map(|n| (n, n.to_string()))).unwrap();
        fs::File::options().write(true).open(scratch.path()).unwrap().set_len(len).unwrap();
        let refused = names.put(1, &"one".to_owned());
        assert!(matches!(refused, Err(StorageError::FileReplaced { .. })), "{len}: {refused:?}");
        assert!(matches!(store.compact(), Err(StorageError::FileReplaced { .. })));
        assert_eq!(fs::metadata(scratch.path()).unwrap().len(), len, "nothing was written");
    }
}
