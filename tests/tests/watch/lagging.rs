//! Watchers that are behind, and commits of which nobody knows: told, never silent.

use crate::{Ticket, all_seen, ticket, watched};
use std::sync::Arc;
use storage::{OpenOptions, Storage, StorageError, StoredRecord, watch::Watcher};
use tests::Scratch;

fn missed(watcher: &mut Watcher<Ticket>) -> u64 {
    match watcher.try_next() {
        Err(StorageError::WatcherLagged { commits, .. }) => commits,
        other => panic!("it has not lagged: {other:?}"),
    }
}

#[test]
fn the_oldest_go_and_are_counted() {
    let storage = Storage::in_memory().unwrap();
    let tickets = Ticket::table(&storage).unwrap();
    let mut small = tickets.watch().buffer_size(2000).start().unwrap();
    let mut large = tickets.watch().start().unwrap();
    for id in 0..100 {
        tickets.put(&ticket(id, true)).unwrap();
    }
    let missed = missed(&mut small);
    let left = all_seen(&mut small).concat();
    assert!(left.len() > 2 && missed > 50, "{missed} missed, {} left", left.len());
    assert_eq!(missed + left.len() as u64, 100);
    assert_eq!(left[0].1, missed);
    assert_eq!(all_seen(&mut large).len(), 100);
}

#[test]
fn a_commit_that_nobody_has_room_for_is_missed_by_those_it_concerns() {
    let storage = Storage::in_memory().unwrap();
    let tickets = Ticket::table(&storage).unwrap();
    let names = storage.new_rkyv_table::<u64, String>("names");
    let mut watcher = tickets.watch().buffer_size(10_000).start().unwrap();
    let mut other = names.watch().buffer_size(10_000).start().unwrap();
    tickets.put(&ticket(5000, true)).unwrap();
    tickets.put_stream((0..1000).map(|id| ticket(id, true))).unwrap();
    names.put(1, &"Ada".to_owned()).unwrap();
    tickets.put(&ticket(5001, true)).unwrap();
    assert_eq!(missed(&mut watcher), 2);
    assert_eq!(all_seen(&mut watcher).concat()[0].1, 5001);
    assert_eq!(other.try_next().unwrap().unwrap().len(), 1);
    assert!(other.try_next().unwrap().is_none());
    // A table that is cleared takes no more room than there is.
    tickets.clear().unwrap();
    assert_eq!(missed(&mut watcher), 1);
}

#[test]
fn what_is_too_much_and_undone_does_no_harm() {
    let storage = Storage::in_memory().unwrap();
    let tickets = Ticket::table(&storage).unwrap();
    let mut watcher = tickets.watch().buffer_size(1000).start().unwrap();
    storage
        .write(|txn| {
            let tickets = txn.table::<Ticket>()?;
            tickets.put_all(&(0..100).map(|id| ticket(id, true)).collect::<Vec<_>>())?;
            Err::<(), _>(StorageError::custom("deliberate"))
        })
        .unwrap_err();
    assert!(watcher.try_next().unwrap().is_none());
    tickets.put(&ticket(1, true)).unwrap();
    assert_eq!(all_seen(&mut watcher).len(), 1);
}

#[test]
fn a_store_that_is_opened_again_says_so() {
    let scratch = Scratch::new();
    let storage = scratch.open();
    let tickets = Ticket::table(&storage).unwrap();
    let mut watcher = tickets.watch().start().unwrap();
    storage.reopen().unwrap();
    assert_eq!(missed(&mut watcher), 1);
    tickets.put(&ticket(1, true)).unwrap();
    assert_eq!(all_seen(&mut watcher).len(), 1);
    // One that is closed cannot be watched, and who watches it is told once it is open.
    std::fs::remove_file(storage.path()).unwrap();
    storage.reopen().unwrap_err();
    assert_eq!(missed(&mut watcher), 1);
    tickets.watch().start().unwrap_err();
    storage.watch().start().unwrap_err();
    assert!(watcher.try_next().unwrap().is_none());
}

#[test]
fn a_commit_that_failed_is_missed_and_one_that_was_refused_is_not() {
    use tests::simulated::{Fault, Image, Plan, SimulatedFiles};

    let files = SimulatedFiles::on(Image::default());
    let options = OpenOptions::default().file_system(Arc::new(files.clone()));
    let storage = Storage::open_with("watched.redb", &options).unwrap();
    let tickets = Ticket::table(&storage).unwrap();
    let mut watcher = tickets.watch().start().unwrap();
    tickets.put(&ticket(0, true)).unwrap();
    assert_eq!(all_seen(&mut watcher).len(), 1);
    files.fail(Plan { fault: Fault::Sync, at: 1 });
    let error = tickets.put(&ticket(1, true)).unwrap_err();
    assert!(matches!(error, StorageError::CommitUnknown(_)), "{error:?}");
    let _ = files.heal();
    assert_eq!(missed(&mut watcher), 1);
    // The store refuses to go on: nothing is written, and nothing told.
    tickets.put(&ticket(2, true)).unwrap_err();
    assert!(watcher.try_next().unwrap().is_none());
    storage.reopen().unwrap();
    assert_eq!(missed(&mut watcher), 1);
    tickets.put(&ticket(3, true)).unwrap();
    assert_eq!(all_seen(&mut watcher).len(), 1);
}

#[test]
fn nothing_is_missed_between_the_state_and_the_first_commit() {
    let (storage, tickets, _watcher) = watched();
    std::thread::scope(|scope| {
        let writer = storage.clone();
        scope.spawn(move || {
            let tickets = Ticket::table(&writer).unwrap();
            (0..400).for_each(|id| assert!(!tickets.put(&ticket(id, true)).unwrap()));
        });
        for _ in 0..20 {
            let (mut watcher, state) = tickets.watch().start_with_state().unwrap();
            let mut count = state.len().unwrap();
            drop(state);
            while let Some(commit) =
                watcher.next_timeout(std::time::Duration::from_millis(1)).unwrap()
            {
                for change in commit {
                    assert_eq!(change.key().unwrap(), count);
                    count += 1;
                }
            }
        }
    });
}
