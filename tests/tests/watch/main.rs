//! Watchers: what each commit has changed, in the order of the commits, and nothing else.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod lagging;
mod verbs;
mod waiting;
mod whole_tables;

use rkyv::{Archive, Deserialize, Serialize};
use storage::{
    Storage, StoredRecord, Table,
    watch::{ChangeKind, Commit, Watcher},
};

#[derive(Archive, Serialize, Deserialize, StoredRecord, Clone, Debug, PartialEq)]
#[store(codec = "rkyv", table = "tickets")]
pub(crate) struct Ticket {
    #[store(key)]
    pub(crate) id: u64,
    #[store(unique)]
    pub(crate) title: String,
    #[store(index)]
    pub(crate) open: bool,
}

pub(crate) fn ticket(id: u64, open: bool) -> Ticket {
    Ticket { id, title: format!("ticket {id}"), open }
}

/// A change of a ticket: what was done, its key, whether it was open before and after.
pub(crate) type Seen = (ChangeKind, u64, Option<bool>, Option<bool>);

pub(crate) use ChangeKind::{Inserted, Removed, Updated};

pub(crate) fn seen(commit: &Commit<Ticket>) -> Vec<Seen> {
    let changes = commit.iter().map(|change| {
        let open = |row: Option<storage::Stored<Ticket>>| row.map(|row| row.open);
        let (old, new) = (open(change.old().unwrap()), open(change.new().unwrap()));
        (change.kind(), change.key().unwrap(), old, new)
    });
    changes.collect()
}

/// What each commit has changed that is there already.
pub(crate) fn all_seen(watcher: &mut Watcher<Ticket>) -> Vec<Vec<Seen>> {
    let mut all = Vec::new();
    while let Some(commit) = watcher.try_next().unwrap() {
        all.push(seen(&commit));
    }
    all
}

/// A store in memory with its tickets, watched with their rows.
pub(crate) fn watched() -> (Storage, Table<Ticket>, Watcher<Ticket>) {
    let storage = Storage::in_memory().unwrap();
    let tickets = Ticket::table(&storage).unwrap();
    let watcher = tickets.watch().rows().start().unwrap();
    (storage, tickets, watcher)
}
