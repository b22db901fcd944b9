//! The feed of a table: its changes in the file, each in the transaction that makes it, and a cursor that survives.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod cursors;
mod faults;
mod model;
mod places;
mod releases;
mod verbs;

use rkyv::{Archive, Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use storage::{
    Storage, StoredRecord, Table,
    feed::FeedCursor,
    record::FedRecord,
    table::Access,
    watch::{ChangeKind, Watcher},
};

#[derive(Archive, Serialize, Deserialize, StoredRecord, Clone, Debug, PartialEq)]
#[store(codec = "rkyv", table = "tickets", feed)]
pub(crate) struct Ticket {
    #[store(key)]
    pub(crate) id: u64,
    #[store(unique)]
    pub(crate) title: String,
    #[store(index)]
    pub(crate) open: bool,
}

/// Without an index: rows take other ways.
#[derive(StoredRecord, Clone, Debug, PartialEq)]
#[store(codec = "flatbuffers", table = "notes", feed(keep = 10))]
pub(crate) struct Note {
    #[store(key)]
    pub(crate) name: String,
    pub(crate) text: String,
}

pub(crate) fn ticket(id: u64, open: bool) -> Ticket {
    Ticket { id, title: format!("ticket {id}"), open }
}

pub(crate) fn note(name: &str) -> Note {
    Note { name: name.to_owned(), text: "a note".to_owned() }
}

pub(crate) use ChangeKind::{Inserted, Removed, Updated};

/// A change: its number, its kind, its key.
pub(crate) type Told<K> = (u64, ChangeKind, K);

/// The changes behind `cursor`.
pub(crate) fn told_after<R: FedRecord<Key: Clone>, A: Access>(
    table: &Table<R, A>,
    cursor: u64,
) -> Vec<Told<R::Key>> {
    let changes = table.feed().after(FeedCursor::new(cursor)).unwrap();
    let told = changes.map(|change| {
        let change = change.unwrap();
        (change.cursor().number(), change.kind(), change.key().clone())
    });
    told.collect()
}

/// The kinds of changes of each key, joined: what is different behind all of them.
pub(crate) fn net<K: Ord + Clone>(told: &[Told<K>]) -> BTreeMap<K, ChangeKind> {
    let mut ends: BTreeMap<K, (bool, bool)> = BTreeMap::new();
    for (_, kind, key) in told {
        let end = ends.entry(key.clone()).or_insert((*kind != Inserted, false));
        end.1 = *kind != Removed;
    }
    let kinds = ends.into_iter().filter_map(|(key, end)| match end {
        (false, true) => Some((key, Inserted)),
        (true, true) => Some((key, Updated)),
        (true, false) => Some((key, Removed)),
        (false, false) => None,
    });
    kinds.collect()
}

/// The keys that are there after all changes, if there was nothing before them.
pub(crate) fn keys_after<K: Ord + Clone>(told: &[Told<K>]) -> BTreeSet<K> {
    let net = net(told).into_iter().filter(|(_, kind)| *kind != Removed);
    net.map(|(key, _)| key).collect()
}

/// Numbers grow by one.
#[track_caller]
pub(crate) fn assert_in_order<K>(told: &[Told<K>]) {
    assert!(told.windows(2).all(|pair| pair[0].0 + 1 == pair[1].0));
}

/// The feed has told what the watcher has.
#[track_caller]
pub(crate) fn assert_told(
    tickets: &Table<Ticket>,
    watcher: &mut Watcher<Ticket>,
    cursor: &mut u64,
) -> usize {
    let mut seen = BTreeMap::new();
    while let Some(commit) = watcher.try_next().unwrap() {
        seen.extend(commit.iter().map(|change| (change.key().unwrap(), change.kind())));
    }
    let told = told_after(tickets, *cursor);
    assert_in_order(&told);
    assert_eq!(net(&told), seen);
    *cursor = tickets.feed().end().unwrap().number();
    assert_eq!(*cursor, told.last().map_or(*cursor, |last| last.0));
    told.len()
}

#[track_caller]
pub(crate) fn assert_sound(storage: &Storage) {
    let report = storage.check().unwrap();
    assert!(report.is_sound(), "{:?}", report.faults);
}
