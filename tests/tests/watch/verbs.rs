//! Every verb that writes is told, whatever way its rows take.

use crate::{Inserted, Removed, Ticket, Updated, all_seen, seen, ticket, watched};
use storage::{Storage, StorageError, StoredRecord};

#[test]
fn single_rows() {
    let (_storage, tickets, mut watcher) = watched();
    tickets.put(&ticket(1, true)).unwrap();
    tickets.put(&ticket(1, false)).unwrap();
    tickets.insert(&ticket(2, true)).unwrap();
    tickets.insert(&ticket(2, true)).unwrap_err();
    tickets.update(2, |ticket| ticket.open = false).unwrap();
    tickets.update(3, |ticket| ticket.open = false).unwrap();
    assert!(!tickets.delete(9).unwrap());
    tickets.delete(1).unwrap();
    tickets.remove(2).unwrap();
    let all = [
        vec![(Inserted, 1, None, Some(true))],
        vec![(Updated, 1, Some(true), Some(false))],
        vec![(Inserted, 2, None, Some(true))],
        vec![(Updated, 2, Some(true), Some(false))],
        vec![(Removed, 1, Some(false), None)],
        vec![(Removed, 2, Some(false), None)],
    ];
    assert_eq!(all_seen(&mut watcher), all);
}

#[test]
fn many_rows_at_once() {
    let (_storage, tickets, mut watcher) = watched();
    tickets.put_stream((1..=500).map(|id| ticket(id, true))).unwrap();
    let commit = watcher.next().unwrap().unwrap();
    assert_eq!(commit.len(), 500);
    assert!(
        seen(&commit).iter().all(|seen| (seen.0, seen.2, seen.3) == (Inserted, None, Some(true)))
    );

    // Of one key the last stays, and rows that are there are replaced.
    let again = [ticket(7, true), ticket(600, true), ticket(7, false)];
    tickets.put_all(&again).unwrap();
    let mut changes = all_seen(&mut watcher).concat();
    changes.sort_unstable_by_key(|seen| seen.1);
    assert_eq!(changes, [(Updated, 7, Some(true), Some(false)), (Inserted, 600, None, Some(true))]);

    tickets
        .iter()
        .unwrap()
        .filter(Ticket::FIELDS.id.le(100_u64))
        .update(|t| t.open = false)
        .unwrap();
    assert_eq!(all_seen(&mut watcher).concat().len(), 100);
    tickets.delete_many((1..=300).chain([9999])).unwrap();
    let removed = all_seen(&mut watcher).concat();
    assert_eq!(removed.len(), 300);
    assert!(removed.iter().all(|seen| seen.0 == Removed && seen.2.is_some()));
    tickets.delete_range(301..=400).unwrap();
    assert_eq!(all_seen(&mut watcher).concat().len(), 100);
    tickets.clear().unwrap();
    let cleared = all_seen(&mut watcher).concat();
    assert_eq!(cleared.len(), 101);
    assert!(cleared.iter().all(|seen| seen.0 == Removed));
}

#[test]
fn what_is_handed_in() {
    let (storage, tickets, mut watcher) = watched();
    for id in 0..200 {
        drop(tickets.put_async(ticket(id, true)).unwrap());
    }
    drop(tickets.delete_async(7).unwrap());
    storage.flush().unwrap();
    let mut ids = std::collections::BTreeSet::new();
    for seen in all_seen(&mut watcher).concat() {
        match seen.0 {
            Removed => assert!(ids.remove(&seen.1)),
            _ => assert!(ids.insert(seen.1)),
        }
    }
    assert_eq!(ids, (0..200).filter(|id| *id != 7).collect());
}

#[test]
fn a_transaction_is_one_commit_and_each_row_one_change() {
    let (storage, tickets, mut watcher) = watched();
    tickets.put(&ticket(1, true)).unwrap();
    storage
        .write(|txn| {
            let tickets = txn.table::<Ticket>()?;
            tickets.put(&ticket(2, true))?;
            tickets.put(&ticket(2, false))?;
            tickets.put(&ticket(3, true))?;
            tickets.delete(3)?;
            tickets.delete(1)?;
            tickets.put(&ticket(1, false))?;
            Ok(())
        })
        .unwrap();
    let all = all_seen(&mut watcher);
    let second = vec![(Inserted, 2, None, Some(false)), (Updated, 1, Some(true), Some(false))];
    assert_eq!(all, [vec![(Inserted, 1, None, Some(true))], second]);
}

#[test]
fn what_is_undone_is_not_told() {
    let (storage, _, mut watcher) = watched();
    let failed = |txn: &storage::WriteTxn<'_>| txn.table::<Ticket>()?.put(&ticket(1, true));
    storage
        .write(|txn| {
            failed(txn)?;
            Err::<(), _>(StorageError::custom("deliberate"))
        })
        .unwrap_err();
    let panicking = std::panic::AssertUnwindSafe(|| {
        storage.write::<()>(|txn| {
            failed(txn)?;
            std::panic::resume_unwind(Box::new("deliberate"))
        })
    });
    std::panic::catch_unwind(panicking).unwrap_err();
    storage
        .write(|txn| {
            let tickets = txn.table::<Ticket>()?;
            tickets.put(&ticket(1, true))?;
            txn.savepoint(|| {
                tickets.put(&ticket(1, false))?;
                txn.savepoint(|| tickets.put(&ticket(2, true)))?;
                tickets.put_all(&[ticket(3, true), ticket(4, true)])?;
                tickets.clear()?;
                Err::<(), _>(StorageError::custom("deliberate"))
            })
            .unwrap_err();
            tickets.put(&ticket(5, true))?;
            // A unique title that is taken: of this nothing is written.
            tickets.put(&Ticket { id: 6, ..ticket(5, true) }).unwrap_err();
            Ok(())
        })
        .unwrap();
    let told = vec![(Inserted, 1, None, Some(true)), (Inserted, 5, None, Some(true))];
    assert_eq!(all_seen(&mut watcher), [told]);
    // A write that changes nothing.
    storage.write(|txn| txn.table::<Ticket>()?.delete(77)).unwrap();
    storage.write(|txn| failed(txn).and_then(|_| txn.table::<Ticket>()?.delete(1))).unwrap();
    assert_eq!(all_seen(&mut watcher).concat(), [(Removed, 1, Some(true), None)]);
}

#[test]
fn rows_are_told_where_they_are_asked_for() {
    let storage = Storage::in_memory().unwrap();
    let tickets = Ticket::table(&storage).unwrap();
    let mut keys = tickets.watch().start().unwrap();
    tickets.put(&ticket(1, true)).unwrap();
    assert_eq!(all_seen(&mut keys), [[(Inserted, 1, None, None)]]);
    // Another watcher's wish is not this one's concern, whether its rows are told or not.
    let mut rows = tickets.watch().rows().start().unwrap();
    tickets.put(&ticket(1, false)).unwrap();
    assert_eq!(all_seen(&mut rows), [[(Updated, 1, Some(true), Some(false))]]);
    assert_eq!(all_seen(&mut keys).concat()[0].1, 1);
}

#[test]
fn a_filter_lets_through_what_passes_before_or_after() {
    let (_storage, tickets, _watcher) = watched();
    let open = || Ticket::FIELDS.open.eq(true);
    let mut filtered = tickets.watch().filter(open()).start().unwrap();
    let mut viewed = tickets.watch().filter_view(|ticket| ticket.open).start().unwrap();
    let low = tickets.watch().filter(open()).filter(Ticket::FIELDS.id.lt(3_u64));
    let mut low = low.start().unwrap();
    for (id, open) in [(1, true), (1, false), (1, false), (4, true), (1, true)] {
        tickets.put(&ticket(id, open)).unwrap();
    }
    let told = all_seen(&mut filtered);
    let all = [
        (Inserted, 1, None, Some(true)),
        (Updated, 1, Some(true), Some(false)),
        (Inserted, 4, None, Some(true)),
        (Updated, 1, Some(false), Some(true)),
    ];
    assert_eq!(told.concat(), all);
    assert_eq!(all_seen(&mut viewed), told);
    assert_eq!(all_seen(&mut low).concat().len(), 3);
}

#[test]
fn commits_that_touch_several_tables_are_whole_for_who_watches_the_store() {
    let (storage, tickets, mut own) = watched();
    let names = storage.new_rkyv_table::<u64, String>("names");
    let mut watcher = storage.watch().rows().start().unwrap();
    storage
        .write(|txn| {
            txn.table::<Ticket>()?.put(&ticket(1, true))?;
            txn.new_rkyv_table::<u64, String>("names").put(7, &"Ada".to_owned())?;
            txn.table::<Ticket>()?.put(&ticket(2, true))
        })
        .unwrap();
    names.delete(7).unwrap();
    let first = watcher.try_next().unwrap().unwrap();
    assert_eq!(first.tables().collect::<Vec<_>>(), ["tickets", "names"]);
    assert_eq!(seen(&first.of(&tickets).unwrap()).len(), 2);
    let pair = first.of(&names).unwrap().into_iter().next().unwrap();
    assert_eq!(
        (pair.key().unwrap(), pair.new().unwrap().unwrap().load().unwrap()),
        (7, "Ada".into())
    );
    let second = watcher.next().unwrap().unwrap();
    assert_eq!(second.tables().collect::<Vec<_>>(), ["names"]);
    assert!(second.of(&tickets).is_none());
    assert!(second.number() > first.number());
    assert_eq!(own.try_next().unwrap().unwrap().number(), first.number());
    assert!(own.try_next().unwrap().is_none());
}

#[test]
fn a_row_that_is_damaged_is_told_and_only_its_bytes_are_an_error() {
    let (storage, tickets, mut watcher) = watched();
    tickets.put(&ticket(1, true)).unwrap();
    storage.backend().put("tickets", &1_u64.to_be_bytes(), b"damaged").unwrap();
    tickets.put(&ticket(1, false)).unwrap();
    let commits: Vec<_> = watcher.by_ref().take(3).map(Result::unwrap).collect();
    let change = commits[2].iter().next().unwrap();
    assert_eq!((change.kind(), change.key().unwrap()), (Updated, 1));
    assert!(change.old().unwrap_err().is_corrupt());
    assert!(!change.new().unwrap().unwrap().open);
}

#[test]
fn a_cache_changes_nothing() {
    let storage = Storage::in_memory().unwrap();
    let tickets = Ticket::table(&storage).unwrap().with_cache(1 << 20);
    let mut watcher = tickets.watch().rows().start().unwrap();
    tickets.put(&ticket(1, true)).unwrap();
    assert!(tickets.load(1).unwrap().unwrap().open);
    tickets.put(&ticket(1, false)).unwrap();
    assert!(!tickets.load(1).unwrap().unwrap().open);
    assert_eq!(all_seen(&mut watcher).len(), 2);
}
