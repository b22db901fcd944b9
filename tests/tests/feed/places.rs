//! A feed in every place and state of a store: transactions, layouts, settings, what is read-only, damaged or broken.

use crate::{
    Inserted, Note, Removed, Ticket, Updated, assert_sound, net, note, ticket, told_after,
};
use rkyv::{Archive, Deserialize, Serialize};
use std::sync::Arc;
use storage::{OpenOptions, Storage, StorageError, StoredRecord, feed::FeedCursor};
use tests::simulated::{Fault, Image, Plan, SimulatedFiles};

/// Of a later release, with another layout.
mod later {
    use super::*;

    #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "tickets", feed(keep = 100))]
    pub(super) struct Ticket {
        #[store(key)]
        pub(super) id: u64,
        #[store(unique)]
        pub(super) title: String,
        #[store(index)]
        pub(super) open: bool,
        pub(super) owner: Option<String>,
    }
}

#[test]
fn streams_are_logged_whether_they_commit_or_are_refused() {
    let storage = Storage::in_memory().unwrap();
    let tickets = Ticket::table(&storage).unwrap();
    tickets.insert_stream((0..5000).rev().map(|id| ticket(id, true))).unwrap();
    assert_eq!(tickets.feed().end().unwrap().number(), 5000);
    // One is there: nothing is written, and nothing is logged.
    tickets.insert_stream((5000..9000).chain([7]).map(|id| ticket(id, true))).unwrap_err();
    assert_eq!(tickets.feed().end().unwrap().number(), 5000);
    storage
        .write(|txn| {
            let tickets = txn.table::<Ticket>()?;
            tickets.put_stream((4990..5010).map(|id| ticket(id, false)))?;
            tickets.insert_stream((0..3).map(|id| ticket(id, true))).unwrap_err();
            let told = told_after(&tickets, 5000);
            assert_eq!(told.iter().filter(|told| told.1 == Updated).count(), 10);
            assert_eq!(told.iter().filter(|told| told.1 == Inserted).count(), 10);
            Ok(())
        })
        .unwrap();
    assert_eq!(told_after(&tickets, 5000).len(), 20);
    assert_sound(&storage);
}

/// Without an index, rows that are there and rows that are new are written in one go.
#[test]
fn streams_into_a_table_without_indexes_know_which_rows_were_there() {
    let storage = Storage::in_memory().unwrap();
    let notes = Note::table(&storage).unwrap();
    let names = |numbers: std::ops::Range<u32>| numbers.map(|number| note(&format!("{number:02}")));
    notes.put_stream(names(0..5)).unwrap();
    notes.put_stream(names(2..8)).unwrap();
    let kinds: Vec<_> = told_after(&notes, 5).into_iter().map(|told| told.1).collect();
    assert_eq!(kinds, [Updated, Updated, Updated, Inserted, Inserted, Inserted]);
    notes.put_stream(names(6..10).rev()).unwrap();
    let told = net(&told_after(&notes, 11));
    assert_eq!(told.values().filter(|kind| **kind == Inserted).count(), 2);
}

#[test]
fn releases_with_other_layouts_share_one_feed() {
    let storage = Storage::in_memory().unwrap();
    let tickets = Ticket::table(&storage).unwrap();
    tickets.put(&ticket(1, true)).unwrap();
    let of_later = later::Ticket::table(&storage).unwrap();
    let owner = Some("Ada".to_owned());
    of_later.put(&later::Ticket { id: 2, title: "two".into(), open: true, owner }).unwrap();
    let told = [(1, Inserted, 1), (2, Inserted, 2)];
    assert_eq!(told_after(&of_later, 0), told);
    // A change has no layout; to rewrite a row in another one is no change.
    assert_eq!(of_later.migrate().run().unwrap().rewritten, 1);
    assert_eq!(told_after(&of_later, 0), told);
    of_later.delete(1).unwrap();
    assert_eq!(told_after(&of_later, 2), [(3, Removed, 1)]);
    assert_sound(&storage);
}

#[test]
fn a_watcher_of_all_tables_hears_of_the_rows_and_not_of_the_feed() {
    let storage = Storage::in_memory().unwrap();
    let tickets = Ticket::table(&storage).unwrap();
    let mut watcher = storage.watch().start().unwrap();
    tickets.put(&ticket(1, true)).unwrap();
    let commit = watcher.next().unwrap().unwrap();
    assert_eq!(commit.tables().collect::<Vec<_>>(), ["tickets"]);
    assert_eq!(storage.tables().unwrap().len(), 1);
}

#[test]
fn a_broken_store_says_so_and_goes_on_when_it_is_reopened() {
    let files = SimulatedFiles::on(Image::default());
    let options = OpenOptions::default().file_system(Arc::new(files.clone()));
    let storage = Storage::open_with("/feed.redb", &options).unwrap();
    let tickets = Ticket::table(&storage).unwrap();
    tickets.put(&ticket(1, true)).unwrap();
    files.fail(Plan { fault: Fault::Sync, at: 1 });
    tickets.put(&ticket(2, true)).unwrap_err();
    let (_, has_struck) = files.heal();
    assert!(has_struck);
    tickets.put(&ticket(3, true)).unwrap_err();
    storage.reopen().unwrap();
    tickets.put(&ticket(4, true)).unwrap();
    let told = told_after(&tickets, 0);
    let keys: Vec<u64> = tickets.iter().unwrap().keys().unwrap();
    assert_eq!(net(&told).into_keys().collect::<Vec<_>>(), keys);
    // Its cursors are in no other feed.
    let ahead = tickets.feed().after(FeedCursor::new(99)).unwrap_err();
    assert!(matches!(ahead, StorageError::FeedAhead { cursor: 99, .. }), "{ahead}");
    assert_sound(&storage);
}
