//! What a full disk says: to make room, to whoever waits, once in each text.

use super::every::{FullDisk, Person, person, unknown_commit};
use std::error::Error;
use storage::{StorageError, StoredRecord, backend::WriteTicket, error::StreamError};
use tests::guarded::Change;

const STOPPED: &str = "an earlier I/O error stopped the store";

#[test]
fn a_full_disk_at_commit_says_to_make_room() {
    let text = unknown_commit().to_string();
    assert!(text.contains("; make room on the disk; its changes are in the file or not"), "{text}");
    assert!(text.ends_with("call `Storage::reopen` and read them to know"), "{text}");
}

#[test]
fn what_is_handed_in_after_an_error_of_the_disk_says_in_short_that_the_store_stopped() {
    let disk = FullDisk::new(|change| change == Change::Sync);
    let storage = disk.open().unwrap();
    let people = Person::table(&storage).unwrap();
    disk.fill();
    let hand_in = |id| people.put_async(person(id, "ada")).and_then(WriteTicket::wait).unwrap_err();
    assert!(matches!(hand_in(1), StorageError::CommitUnknown(_)));
    for id in 2..5 {
        let (error, own) = (hand_in(id), people.put(&person(id, "ada")).unwrap_err());
        assert_eq!(error.to_string(), own.to_string(), "whoever runs it, it is the same");
        let text = error.to_string();
        for part in
            ["store `full.redb`", STOPPED, "make room on the disk, then call `Storage::reopen`"]
        {
            assert_eq!(text.matches(part).count(), 1, "{part}: {text}");
        }
        assert_eq!(text.matches("cannot").count(), 1, "{text}");
        assert_eq!(error.blame(), own.blame());
        assert!(error.is_retryable() && error.io_error().is_some());
    }
    // Nobody is told of these but who flushes.
    drop(people.put_async(person(9, "ada")).unwrap());
    assert_eq!(
        storage.flush().unwrap_err().to_string(),
        people.put(&person(9, "ada")).unwrap_err().to_string()
    );
}

#[test]
fn the_error_of_a_stream_names_the_table_and_the_place() {
    let storage = storage::Storage::in_memory().unwrap();
    let people = Person::table(&storage).unwrap();
    let stream = [Ok(person(1, "ada")), Ok(person(2, "bob")), Err("line 3 is no JSON")];
    let refused = people.try_put_stream(stream).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "table `people`: the stream failed after 2 records, none of which is stored: line 3 is no JSON"
    );
    assert!(people.is_empty().unwrap());
    let StorageError::Custom(error) = refused else { panic!("{refused:?}") };
    let error = error.downcast::<StreamError>().unwrap();
    assert_eq!((error.table(), error.record_count()), ("people", 2));
    assert!(error.source().is_none());
    assert_eq!(error.into_error().to_string(), "line 3 is no JSON");

    // On a full disk, too, and within a transaction.
    let disk = FullDisk::new(|change| matches!(change, Change::UpTo(_) | Change::Length(_)));
    let storage = disk.open().unwrap();
    disk.fill();
    let many = || (0..200_000).map(|id| person(id, &format!("{id}{}", "x".repeat(1000))));
    let error = Person::table(&storage).unwrap().put_stream(many()).unwrap_err();
    assert!(error.to_string().contains("table `people"), "{error}");
}
