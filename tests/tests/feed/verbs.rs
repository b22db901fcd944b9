//! Every verb that writes is logged, whatever way its rows take: as a watcher, who sees the engine, tells it.

use crate::{
    Inserted, Removed, Ticket, Updated, assert_sound, assert_told, net, ticket, told_after,
};
use storage::{Storage, StorageError, StoredRecord};

#[test]
fn every_verb_logs_what_a_watcher_sees() {
    let storage = Storage::in_memory().unwrap();
    let tickets = Ticket::table(&storage).unwrap();
    let mut watcher = tickets.watch().buffer_size(usize::MAX).start().unwrap();
    let mut cursor = 0;
    let mut told = || assert_told(&tickets, &mut watcher, &mut cursor);

    tickets.put(&ticket(1, true)).unwrap();
    assert_eq!(told(), 1);
    tickets.put(&ticket(1, false)).unwrap();
    assert_eq!(told(), 1);
    tickets.insert(&ticket(2, true)).unwrap();
    tickets.insert(&ticket(2, true)).unwrap_err();
    assert_eq!(told(), 1);
    tickets.update(2, |ticket| ticket.open = false).unwrap();
    tickets.update(3, |ticket| ticket.open = false).unwrap();
    assert_eq!(told(), 1);
    // A record that moves to another key.
    tickets.update(2, |ticket| ticket.id = 20).unwrap();
    assert_eq!(told(), 2);
    tickets.get_or_insert_with(30, || ticket(30, true)).unwrap();
    tickets.get_or_insert_with(30, || ticket(30, true)).unwrap();
    assert_eq!(told(), 1);
    assert!(!tickets.delete(9).unwrap());
    assert!(tickets.remove(9).unwrap().is_none());
    assert_eq!(told(), 0);
    tickets.delete(1).unwrap();
    tickets.remove(20).unwrap();
    assert_eq!(told(), 2);

    tickets.put_stream((100..3000).map(|id| ticket(id, true))).unwrap();
    assert_eq!(told(), 2900);
    tickets.put_stream((50..200).rev().map(|id| ticket(id, true))).unwrap();
    assert_eq!(told(), 150);
    tickets.put_all(&[ticket(7, true), ticket(600, true), ticket(7, false)]).unwrap();
    told();
    let open = Ticket::FIELDS.id.le(100_u64);
    tickets.iter().unwrap().filter(open).update(|t| t.open = false).unwrap();
    told();
    tickets.delete_many((60..300).chain([60, 9999])).unwrap();
    assert_eq!(told(), 240);
    tickets.delete_range(301..=400).unwrap();
    assert_eq!(told(), 100);
    tickets.by(Ticket::INDEXES.open).range(false..=false).unwrap().delete().unwrap();
    told();
    tickets.clear().unwrap();
    told();
    assert!(tickets.is_empty().unwrap());
    // What is not there cannot be deleted.
    tickets.clear().unwrap();
    assert_eq!(told(), 0);
    assert_sound(&storage);
}

#[test]
fn what_is_undone_is_not_logged() {
    let storage = Storage::in_memory().unwrap();
    let tickets = Ticket::table(&storage).unwrap();
    tickets.put(&ticket(1, true)).unwrap();
    let failed = storage.write(|txn| {
        txn.table::<Ticket>()?.put(&ticket(2, true))?;
        Err::<(), _>(StorageError::custom("no"))
    });
    failed.unwrap_err();
    storage
        .write(|txn| {
            let tickets = txn.table::<Ticket>()?;
            tickets.put(&ticket(3, true))?;
            let undone = txn.savepoint(|| {
                tickets.put(&ticket(4, true))?;
                tickets.put_all(&[ticket(5, true), ticket(6, true)])?;
                tickets.delete(1)?;
                Err::<(), _>(StorageError::custom("no"))
            });
            undone.unwrap_err();
            // A verb that fails in the middle of a transaction that goes on.
            let mut taken = ticket(9, true);
            taken.title = "ticket 3".to_owned();
            tickets.put_all(&[ticket(8, true), taken]).unwrap_err();
            tickets.put(&ticket(7, true))?;
            // A writer reads what it has logged.
            assert_eq!(told_after(&tickets, 0).len(), 3);
            Ok(())
        })
        .unwrap();
    let told = told_after(&tickets, 0);
    assert_eq!(told, [(1, Inserted, 1), (2, Inserted, 3), (3, Inserted, 7)]);
    assert_sound(&storage);
}

#[test]
fn what_is_handed_in_is_logged_in_the_order_of_commits() {
    let storage = Storage::in_memory().unwrap();
    let tickets = Ticket::table(&storage).unwrap();
    for id in 0..200 {
        drop(tickets.put_async(ticket(id, true)).unwrap());
    }
    drop(tickets.delete_async(7).unwrap());
    storage.flush().unwrap();
    let told = told_after(&tickets, 0);
    assert_eq!(told.last(), Some(&(201, Removed, 7)));
    assert_eq!(net(&told).len(), 199);
}

#[test]
fn a_row_that_cannot_be_read_is_replaced_and_logged() {
    let storage = Storage::in_memory().unwrap();
    let tickets = Ticket::table(&storage).unwrap();
    tickets.put(&ticket(1, true)).unwrap();
    storage.backend().put("tickets", &1_u64.to_be_bytes(), b"damaged").unwrap();
    tickets.put(&ticket(1, false)).unwrap();
    storage.backend().put("tickets", &1_u64.to_be_bytes(), b"damaged").unwrap();
    tickets.delete_many([1, 2]).unwrap();
    assert_eq!(told_after(&tickets, 0), [(1, Inserted, 1), (2, Updated, 1), (3, Removed, 1)]);
}
