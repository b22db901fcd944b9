//! A feed comes and goes with the program, and goes along with its table.

use crate::{Inserted, Removed, Ticket, assert_sound, ticket, told_after};
use rkyv::{Archive, Deserialize, Serialize};
use std::collections::BTreeSet;
use storage::{OpenOptions, Storage, StorageError, StoredRecord, dynamic, feed::FeedCursor};
use tests::{Scratch, random::Random};

/// The program without the feed.
mod without {
    use super::*;

    #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "tickets")]
    pub(super) struct Ticket {
        #[store(key)]
        pub(super) id: u64,
        #[store(unique)]
        pub(super) title: String,
        #[store(index)]
        pub(super) open: bool,
    }
}

/// With another key.
mod renamed_key {
    use super::*;

    #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "tickets", feed)]
    pub(super) struct Ticket {
        pub(super) id: u64,
        #[store(key)]
        pub(super) title: String,
        pub(super) open: bool,
    }
}

fn tables(storage: &Storage) -> Vec<String> {
    storage.table_stats().unwrap().into_iter().map(|table| table.table).collect()
}

fn has_feed(storage: &Storage) -> bool {
    tables(storage).iter().any(|name| name.ends_with("$$feed"))
}

#[test]
fn a_program_without_the_feed_ends_it_and_readers_are_told() {
    let scratch = Scratch::new();
    let storage = scratch.open();
    let tickets = Ticket::table(&storage).unwrap();
    tickets.put_all(&[ticket(1, true), ticket(2, true)]).unwrap();
    let cursor = tickets.feed().end().unwrap();
    drop((tickets, storage));

    // To read ends nothing.
    let storage = scratch.open();
    let plain = without::Ticket::table(&storage).unwrap();
    assert_eq!(plain.len().unwrap(), 2);
    assert!(has_feed(&storage));
    let third = without::Ticket { id: 3, title: "third".to_owned(), open: true };
    plain.put(&third).unwrap();
    assert!(!has_feed(&storage));
    assert_sound(&storage);
    drop((plain, storage));

    let storage = scratch.open();
    let tickets = Ticket::table(&storage).unwrap();
    let error = tickets.feed().after(cursor).unwrap_err();
    assert!(matches!(error, StorageError::FeedTrimmed { cursor: 2, oldest: 4, .. }), "{error}");
    // While nothing is logged, nobody knows what the other program does next: that cursor is told, too.
    let meanwhile = tickets.feed().end().unwrap();
    assert_eq!((meanwhile.number(), told_after(&tickets, 3).len()), (3, 0));
    drop((tickets, storage));

    let storage = scratch.open();
    without::Ticket::table(&storage).unwrap().delete(3).unwrap();
    let tickets = Ticket::table(&storage).unwrap();
    tickets.put(&ticket(4, true)).unwrap();
    tickets.delete(4).unwrap();
    for cursor in [cursor, meanwhile] {
        let error = tickets.feed().after(cursor).unwrap_err();
        assert!(matches!(error, StorageError::FeedTrimmed { oldest: 5, .. }), "{error}");
    }
    assert_eq!(told_after(&tickets, 4), [(5, Inserted, 4), (6, Removed, 4)]);
    assert_sound(&storage);
}

/// Each reader knows the rows: it reads them when it is told that it has missed something, and follows otherwise.
#[test]
fn programs_with_and_without_the_feed_take_turns() {
    let storage = Storage::in_memory().unwrap();
    let (tickets, plain) =
        (Ticket::table(&storage).unwrap(), without::Ticket::table(&storage).unwrap());
    let mut random = Random::new(11);
    let mut readers = vec![(FeedCursor::default(), BTreeSet::new()); 3];
    let mut reread = 0;
    for _ in 0..400 {
        let id = random.next() % 20;
        let (is_plain, is_put) = (random.chance(200), random.chance(500));
        match (is_plain, is_put) {
            (false, true) => tickets.put(&ticket(id, true)).map(drop).unwrap(),
            (false, false) => tickets.delete(id).map(drop).unwrap(),
            (true, true) => {
                let title = format!("ticket {id}");
                plain.put(&without::Ticket { id, title, open: true }).map(drop).unwrap();
            }
            (true, false) => plain.delete(id).map(drop).unwrap(),
        }
        let all = || BTreeSet::from_iter(tickets.iter().unwrap().keys().unwrap());
        let reader = &mut readers[random.below(3)];
        match tickets.feed().after(reader.0) {
            Ok(changes) => {
                for change in changes.map(Result::unwrap) {
                    reader.0 = change.cursor();
                    match change.kind() {
                        Removed => assert!(reader.1.remove(change.key())),
                        Inserted => assert!(reader.1.insert(*change.key())),
                        _ => assert!(reader.1.contains(change.key())),
                    }
                }
            }
            Err(StorageError::FeedTrimmed { .. }) => {
                reread += 1;
                *reader = (tickets.feed().end().unwrap(), all());
            }
            Err(error) => panic!("{error}"),
        }
        if !is_plain {
            assert_eq!(reader.1, all());
        }
    }
    assert!(reread > 50, "{reread}");
    assert_sound(&storage);
}

#[test]
fn a_feed_that_is_new_begins_with_the_next_write_and_the_rows_before_it_are_told() {
    let storage = Storage::in_memory().unwrap();
    let plain = without::Ticket::table(&storage).unwrap();
    plain.put(&without::Ticket { id: 1, title: "first".to_owned(), open: true }).unwrap();
    let tickets = Ticket::table(&storage).unwrap();
    assert!(tickets.feed().is_empty().unwrap());
    // Who has read nothing must read the row.
    let error = tickets.feed().after(FeedCursor::default()).unwrap_err();
    assert!(matches!(error, StorageError::FeedTrimmed { cursor: 0, oldest: 2, .. }), "{error}");
    let before = tickets.feed().end().unwrap();
    plain.put(&without::Ticket { id: 2, title: "second".to_owned(), open: true }).unwrap();
    tickets.delete(1).unwrap();
    for cursor in [FeedCursor::default(), before] {
        let error = tickets.feed().after(cursor).unwrap_err();
        assert!(matches!(error, StorageError::FeedTrimmed { oldest: 3, .. }), "{error}");
    }
    assert_eq!(told_after(&tickets, 2), [(3, Removed, 1)]);
}

#[test]
fn it_goes_along_with_its_table() {
    let storage = Storage::in_memory().unwrap();
    let tickets = Ticket::table(&storage).unwrap();
    tickets.put(&ticket(1, true)).unwrap();
    assert!(storage.rename_table("tickets", "old").unwrap());
    assert_eq!(tables(&storage).iter().filter(|name| *name == "old$$feed").count(), 1);
    assert!(storage.rename_table("old", "tickets").unwrap());
    let tickets = Ticket::table(&storage).unwrap();
    assert_eq!(told_after(&tickets, 0), [(1, Inserted, 1)]);
    storage.compact().unwrap();
    assert_sound(&storage);
    assert!(storage.drop_table("tickets").unwrap());
    assert!(!has_feed(&storage));
}

#[test]
fn other_keys_begin_another_feed_behind_a_gap() {
    let storage = Storage::in_memory().unwrap();
    let tickets = Ticket::table(&storage).unwrap();
    tickets.put_all(&[ticket(1, true), ticket(2, true)]).unwrap();
    drop(tickets);
    let convert =
        |old: Ticket| Ok(renamed_key::Ticket { id: old.id, title: old.title, open: old.open });
    storage.rekey(convert).run().unwrap();
    let tickets = renamed_key::Ticket::table(&storage).unwrap();
    let error = tickets.feed().after(FeedCursor::new(2)).unwrap_err();
    assert!(matches!(error, StorageError::FeedTrimmed { cursor: 2, oldest: 4, .. }), "{error}");
    assert!(tickets.feed().is_empty().unwrap());
    tickets.delete("ticket 1").unwrap();
    assert_eq!(told_after(&tickets, 3), [(4, Removed, "ticket 1".to_owned())]);
    assert_sound(&storage);
}

#[test]
fn a_salvaged_feed_is_whole_or_begins_anew() {
    let scratch = Scratch::new();
    let storage = Storage::in_memory().unwrap();
    let tickets = Ticket::table(&storage).unwrap();
    tickets.put_all(&[ticket(1, true), ticket(2, true)]).unwrap();
    let whole = scratch.dir().join("whole.redb");
    dynamic::salvage(&storage, &whole, &OpenOptions::default()).unwrap();
    let saved = Storage::open(&whole).unwrap();
    assert_eq!(told_after(&Ticket::table(&saved).unwrap(), 0).len(), 2);

    storage.backend().put("tickets$$feed", &1_u64.to_be_bytes(), b"damaged").unwrap();
    let part = scratch.dir().join("part.redb");
    dynamic::salvage(&storage, &part, &OpenOptions::default()).unwrap();
    let saved = Storage::open(&part).unwrap();
    assert_sound(&saved);
    let tickets = Ticket::table(&saved).unwrap();
    let error = tickets.feed().after(FeedCursor::new(2)).unwrap_err();
    assert!(matches!(error, StorageError::FeedTrimmed { .. }), "{error}");
    tickets.put(&ticket(3, true)).unwrap();
    assert_eq!(tickets.feed().len().unwrap(), 1);
}
