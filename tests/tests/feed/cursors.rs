//! What a cursor means: it survives re-opening, and is told where its place is kept no more, or not reached yet.

use crate::{Inserted, Note, Removed, Ticket, assert_sound, note, ticket, told_after};
use std::time::{Duration, SystemTime};
use storage::{Storage, StorageError, StoredRecord, Table, feed::FeedCursor};
use tests::Scratch;

/// The cursor's number and the oldest that is kept.
fn trimmed(notes: &Table<Note>, cursor: u64) -> (u64, u64) {
    match notes.feed().after(FeedCursor::new(cursor)).unwrap_err() {
        StorageError::FeedTrimmed { table, cursor, oldest, .. } if table == "notes" => {
            (cursor, oldest)
        }
        other => panic!("it is kept: {other}"),
    }
}

#[test]
fn an_empty_feed_begins_at_the_default_cursor() {
    let storage = Storage::in_memory().unwrap();
    let tickets = Ticket::table(&storage).unwrap();
    let feed = tickets.feed();
    assert_eq!(feed.end().unwrap(), FeedCursor::default());
    assert!(feed.is_empty().unwrap());
    assert_eq!(feed.iter().unwrap().count(), 0);
    assert_eq!(feed.after(FeedCursor::default()).unwrap().count(), 0);
    // Reading writes nothing.
    assert!(storage.tables().unwrap().is_empty());
    let ahead = feed.after(FeedCursor::new(1)).unwrap_err();
    assert!(matches!(ahead, StorageError::FeedAhead { cursor: 1, newest: 0, .. }), "{ahead}");
}

#[test]
fn a_cursor_survives_reopening() {
    let scratch = Scratch::new();
    let mut cursor = FeedCursor::default();
    for round in 0..5 {
        let storage = scratch.open();
        let tickets = Ticket::table(&storage).unwrap();
        tickets.put(&ticket(round, true)).unwrap();
        let changes: Vec<_> =
            tickets.feed().after(cursor).unwrap().collect::<Result<_, _>>().unwrap();
        let [change] = &changes[..] else { panic!("one change: {changes:?}") };
        assert_eq!((change.kind(), *change.key()), (Inserted, round));
        let age = SystemTime::now().duration_since(change.time()).unwrap();
        assert!(age < Duration::from_secs(3600), "{age:?}");
        // As text, through serde.
        let kept = serde_json::to_string(&change.cursor()).unwrap();
        assert_eq!(kept, (round + 1).to_string());
        cursor = serde_json::from_str(&kept).unwrap();
    }
}

#[test]
fn no_more_are_kept_than_asked_for_and_who_is_behind_is_told() {
    let storage = Storage::in_memory().unwrap();
    let notes = Note::table(&storage).unwrap();
    for number in 1..=25_u64 {
        notes.put(&note(&format!("note {number}"))).unwrap();
        assert_eq!(notes.feed().len().unwrap(), number.min(10));
        assert_eq!(notes.feed().end().unwrap().number(), number);
    }
    assert_eq!(told_after(&notes, 15).len(), 10);
    assert_eq!(told_after(&notes, 25), []);
    assert_eq!(trimmed(&notes, 14), (14, 16));
    assert_eq!(trimmed(&notes, 0), (0, 16));
    assert_eq!(notes.feed().iter().unwrap().count(), 10);
    // In bulk as well.
    notes.put_stream((0..1000).map(|number| note(&format!("{number:04}")))).unwrap();
    assert_eq!((notes.feed().len().unwrap(), notes.feed().end().unwrap().number()), (10, 1025));
    notes.clear().unwrap();
    assert_eq!((notes.feed().len().unwrap(), notes.feed().end().unwrap().number()), (10, 2050));
    assert!(told_after(&notes, 2040).iter().all(|told| told.1 == Removed));
    assert_sound(&storage);
}

#[test]
fn a_snapshot_has_the_rows_and_the_place_that_fit_each_other() {
    let storage = Storage::in_memory().unwrap();
    let tickets = Ticket::table(&storage).unwrap();
    tickets.put_stream((0..10).map(|id| ticket(id, true))).unwrap();
    let snapshot = storage.read().unwrap();
    let then = snapshot.table::<Ticket>().unwrap();
    tickets.put(&ticket(10, true)).unwrap();
    let cursor = then.feed().end().unwrap();
    assert_eq!((cursor.number(), then.len().unwrap()), (10, 10));
    assert_eq!(then.feed().iter().unwrap().count(), 10);
    drop((then, snapshot));
    assert_eq!(told_after(&tickets, cursor.number()), [(11, Inserted, 10)]);
}

#[test]
fn changes_are_read_while_others_write() {
    let storage = Storage::in_memory().unwrap();
    let tickets = Ticket::table(&storage).unwrap();
    tickets.put_stream((0..100).map(|id| ticket(id, true))).unwrap();
    let mut seen = 0;
    for change in tickets.feed().iter().unwrap() {
        // Each is done and taken out, as work is.
        assert!(tickets.delete(*change.unwrap().key()).unwrap());
        seen += 1;
    }
    assert_eq!((seen, tickets.feed().len().unwrap()), (100, 200));
}

#[test]
fn a_restored_backup_is_told_from_the_store() {
    let scratch = Scratch::new();
    let storage = scratch.open();
    let tickets = Ticket::table(&storage).unwrap();
    tickets.put(&ticket(1, true)).unwrap();
    let copy = scratch.dir().join("copy.redb");
    storage.backup(&copy).unwrap();
    tickets.put_stream((2..=9).map(|id| ticket(id, true))).unwrap();
    let cursor = tickets.feed().end().unwrap();

    let restored = Storage::open(&copy).unwrap();
    assert_sound(&restored);
    let tickets = Ticket::table(&restored).unwrap();
    let error = tickets.feed().after(cursor).unwrap_err();
    assert!(matches!(error, StorageError::FeedAhead { cursor: 9, newest: 1, .. }), "{error}");
    assert_eq!(told_after(&tickets, 0), [(1, Inserted, 1)]);
}

#[test]
fn a_damaged_entry_is_an_error_and_a_missing_one_is_found() {
    let storage = Storage::in_memory().unwrap();
    let tickets = Ticket::table(&storage).unwrap();
    tickets.put_stream((1..=3).map(|id| ticket(id, true))).unwrap();
    let second = 2_u64.to_be_bytes();
    let mut bytes =
        storage.backend().get("tickets$$feed", &second, <[u8]>::to_vec).unwrap().unwrap();
    bytes[8] ^= 1;
    storage.backend().put("tickets$$feed", &second, &bytes).unwrap();
    let read: Vec<_> = tickets.feed().iter().unwrap().collect();
    assert!(read[0].is_ok() && read[1].as_ref().unwrap_err().is_corrupt(), "{read:?}");
    assert_eq!(storage.check().unwrap().fault_count, 1);
    storage.backend().delete("tickets$$feed", &second).unwrap();
    assert_eq!(storage.check().unwrap().fault_count, 1);
}
