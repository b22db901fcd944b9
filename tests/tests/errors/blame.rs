//! Whose fault each failure is, and what a program can decide by it.

use super::every::{every_error, full_disk_at_commit, table_of_another_program};
use std::{collections::BTreeMap, fs};
use storage::{Storage, StorageError, error::Blame};
use tests::Scratch;

#[test]
fn every_variant_has_its_blame() {
    let expected = [
        ("Key", Blame::Violation),
        ("Serialization", Blame::Violation),
        ("AlreadyExists", Blame::Violation),
        ("Unique", Blame::Violation),
        ("KeyCollision", Blame::Violation),
        ("PageToken", Blame::Violation),
        ("TableName", Blame::Misuse),
        ("SchemaText", Blame::Misuse),
        ("WatcherLagged", Blame::Busy),
        ("NoIdLeft", Blame::Misuse),
        ("NestedWrite", Blame::Misuse),
        ("WouldDeadlock", Blame::Misuse),
        ("OtherKey", Blame::Misuse),
        ("Decode", Blame::Misuse),
        ("Layout", Blame::Misuse),
        ("OlderType", Blame::Misuse),
        ("InUse", Blame::Busy),
        ("MigrationNeeded", Blame::Misuse),
        ("MigrationDisturbed", Blame::Busy),
        ("Schema", Blame::Mismatch),
        ("Newer", Blame::Mismatch),
        ("NewerLayout", Blame::Mismatch),
        ("FeedTrimmed", Blame::Mismatch),
        ("FeedAhead", Blame::Mismatch),
        ("TwoTables", Blame::Mismatch),
        ("IndexNotBuilt", Blame::Mismatch),
        ("TableExists", Blame::Misuse),
        ("TableReplaced", Blame::Misuse),
        ("Corrupt", Blame::Corrupt),
        ("FileReplaced", Blame::Io),
        ("CommitUnknown", Blame::Io),
        ("Custom", Blame::Custom),
    ];
    // `Open` and `Database` have no blame of their own.
    let found: BTreeMap<String, Blame> = every_error()
        .iter()
        .map(|error| (super::variant(error), error.blame()))
        .filter(|(name, _)| name != "Open" && name != "Database")
        .collect();
    assert_eq!(found, expected.map(|(name, blame)| (name.to_owned(), blame)).into());
}

#[test]
fn a_program_can_tell_conflicts_damage_and_what_passes() {
    for error in every_error() {
        let name = super::variant(&error);
        assert_eq!(
            error.is_conflict(),
            ["AlreadyExists", "Unique", "KeyCollision"].contains(&&*name),
            "{name}"
        );
        assert_eq!(error.is_corrupt(), error.blame() == Blame::Corrupt, "{name}");
        let passes = matches!(error.blame(), Blame::Busy | Blame::Io);
        assert_eq!(error.is_retryable(), passes && name != "CommitUnknown", "{name}");
    }
}

/// The blame of opening a file of `bytes`.
fn blame_of(bytes: &[u8]) -> Blame {
    let scratch = Scratch::new();
    fs::write(scratch.path(), bytes).unwrap();
    Storage::open(scratch.path()).unwrap_err().blame()
}

#[test]
fn a_file_that_does_not_open_is_blamed_on_the_path_the_file_or_its_user() {
    let scratch = Scratch::new();
    let blame = |opened: storage::Result<Storage>| opened.unwrap_err().blame();
    assert_eq!(blame(Storage::open(scratch.dir())), Blame::Misuse);
    assert_eq!(blame(Storage::open(scratch.dir().join("no").join("folder"))), Blame::Misuse);
    assert_eq!(blame(Storage::open_existing(scratch.path())), Blame::Misuse);
    assert_eq!(blame_of(b""), Blame::Mismatch);
    assert_eq!(blame_of(&[7; 5000]), Blame::Mismatch);

    drop(scratch.open());
    let bytes = fs::read(scratch.path()).unwrap();
    assert_eq!(blame_of(&bytes[..bytes.len() / 2]), Blame::Corrupt);

    let _held = scratch.open();
    let error = Storage::open(scratch.path()).unwrap_err();
    assert_eq!((error.blame(), error.is_retryable()), (Blame::Busy, true));
}

/// What is in the way of a store that must be alone goes away.
#[test]
fn a_snapshot_in_use_passes() {
    let storage = Storage::in_memory().unwrap();
    storage.new_rkyv_table::<u64, u64>("numbers").put(1, &1).unwrap();
    let read = storage.read().unwrap();
    let error = storage.compact().unwrap_err();
    assert_eq!((error.blame(), error.is_retryable()), (Blame::Busy, true), "{error}");
    assert!(error.to_string().contains("a snapshot is in use; drop every `ReadTxn`"), "{error}");
    drop(read);
    storage.compact().unwrap();
}

#[test]
fn an_error_of_the_engine_is_blamed_on_what_it_reports() {
    let full = full_disk_at_commit();
    assert_eq!((full.blame(), full.is_retryable()), (Blame::Io, true), "{full}");
    let foreign = table_of_another_program();
    assert_eq!((foreign.blame(), foreign.is_retryable()), (Blame::Mismatch, false), "{foreign}");

    let storage = Storage::in_memory().unwrap();
    let backend = storage.backend();
    storage.new_rkyv_table::<u64, u64>("numbers").put(1, &1).unwrap();
    let error = backend.put("numbers", b"not eight bytes", b"").unwrap_err();
    assert_eq!(error.blame(), Blame::Misuse, "{error}");
}

/// A `Result` that is handed up through many calls is copied each time.
#[test]
fn an_error_is_small() {
    assert!(size_of::<StorageError>() <= 56, "{} bytes", size_of::<StorageError>());
}
