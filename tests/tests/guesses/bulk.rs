//! Verbs on many rows.

use super::{Ticket, desk, ticket};
use storage::{Storage, StorageError, StoredRecord, Table};

#[test]
fn rows_are_deleted_where_something_holds() {
    let (_, tickets) = desk();
    let t = Ticket::FIELDS;
    assert_eq!(tickets.iter().unwrap().filter(t.done).delete().unwrap(), 11);
    assert_eq!(tickets.prefix(("WEB",)).unwrap().delete().unwrap(), 6);
    let by_tag = tickets.by(Ticket::INDEXES.tags);
    // Several entries of a record are one record.
    assert_eq!(by_tag.range("a".."z").unwrap().limit(4).delete().unwrap(), 4);
    assert_eq!(by_tag.get_all("t1").unwrap().delete().unwrap(), 5);
    assert_eq!(tickets.len().unwrap(), 4);
    assert_eq!(by_tag.len().unwrap(), 8);
    assert_eq!(tickets.verify().unwrap(), []);
    assert_eq!(tickets.iter().unwrap().delete().unwrap(), 4);
    assert_eq!(tickets.iter().unwrap().delete().unwrap(), 0);
}

#[test]
fn rows_are_updated_where_something_holds() {
    let (_, tickets) = desk();
    let t = Ticket::FIELDS;
    let moved = tickets.range(("OPS", 15)..).unwrap().filter(!t.done).update(|ticket| {
        ticket.assignee = Some("alan".into());
        ticket.points = 9;
    });
    assert_eq!(moved.unwrap(), 9);
    assert_eq!(tickets.by(Ticket::INDEXES.points).count(9).unwrap(), 9);

    // Each once, also where the change moves it ahead in the index that is walked.
    let by_points = tickets.by(Ticket::INDEXES.points);
    assert_eq!(by_points.range(2..).unwrap().update(|ticket| ticket.points += 1).unwrap(), 21);
    assert_eq!(by_points.count(10).unwrap(), 9);
    assert_eq!(by_points.range(..3).unwrap().count().unwrap(), 9);
    let by_tag = tickets.by(Ticket::INDEXES.tags);
    assert_eq!(by_tag.iter().unwrap().update(|ticket| ticket.usual += 1).unwrap(), 30);
    assert_eq!(tickets.iter().unwrap().filter(t.usual.eq(3)).count().unwrap(), 30);
    assert_eq!(tickets.verify().unwrap(), []);
}

/// More records than are collected at a time, each moved behind all others.
#[test]
fn a_record_that_moves_ahead_is_changed_once() {
    let storage = Storage::in_memory().unwrap();
    let tickets = Ticket::table(&storage).unwrap();
    tickets.put_stream((0..3_000).map(|number| ticket("OPS", number))).unwrap();
    let moved = tickets.iter().unwrap().update(|ticket| ticket.number += 10_000);
    assert_eq!(moved.unwrap(), 3_000);
    let first = tickets.first().unwrap().unwrap().view().number.to_native();
    assert_eq!((first, tickets.len().unwrap()), (10_000, 3_000));
}

#[test]
fn an_update_that_fails_changes_nothing() {
    let (storage, tickets) = desk();
    let before = tickets.iter().unwrap().load_all().unwrap();
    let refused = tickets.iter().unwrap().update(|ticket| {
        ticket.points = 77;
        if ticket.project == "WEB" && ticket.number == 5 { Err("closed") } else { Ok(()) }
    });
    assert_eq!(refused.unwrap_err().to_string(), "closed");
    // The second of them would take the key of the first.
    let taken = tickets.prefix(("WEB",)).unwrap().update(|ticket| ticket.number = 99);
    assert!(matches!(taken, Err(StorageError::AlreadyExists(_))));
    storage
        .write(|txn| {
            let inside = txn.table::<Ticket>()?;
            inside.put(&ticket("NEW", 1))?;
            let refused = inside.iter()?.update(|ticket| {
                ticket.points = 77;
                if ticket.number == 19 { Err("closed") } else { Ok(()) }
            });
            assert!(refused.is_err());
            let undone: Result<(), _> = txn.savepoint(|| {
                inside.prefix(("OPS",))?.delete()?;
                inside.prefix(("WEB",))?.update(|ticket| ticket.points = 77)?;
                Err(StorageError::custom("undone"))
            });
            assert!(undone.is_err());
            assert_eq!(inside.remove(("NEW", 1))?, Some(ticket("NEW", 1)));
            Ok(())
        })
        .unwrap();
    assert_eq!(tickets.iter().unwrap().load_all().unwrap(), before);
    assert_eq!(tickets.verify().unwrap(), []);
}

#[test]
fn a_cache_has_no_row_that_was_changed_among_others() {
    let (_, tickets) = desk();
    let cached = tickets.clone().with_cache(1 << 20);
    let look = || [1, 2, 3].map(|number| cached.load(("OPS", number)).unwrap());
    for _ in 0..3 {
        assert!(look().iter().all(Option::is_some));
    }
    tickets.prefix(("OPS", 2..=2)).unwrap().delete().unwrap();
    tickets.prefix(("OPS", 3..=3)).unwrap().update(|ticket| ticket.points = 77).unwrap();
    let [first, second, third] = look();
    assert_eq!((first, second), (Some(ticket("OPS", 1)), None));
    assert_eq!(third.unwrap().points, 77);
}

#[test]
fn many_keys_at_once() {
    let (_, tickets) = desk();
    let keys = [("OPS", 3), ("OPS", 99), ("WEB", 4), ("OPS", 3)];
    let loaded = tickets.load_many(keys).unwrap();
    assert_eq!(loaded[..2], [Some(ticket("OPS", 3)), None]);
    assert_eq!(tickets.delete_many(keys).unwrap(), 2);
    assert_eq!(tickets.remove(("OPS", 3)).unwrap(), None);
    assert_eq!(tickets.remove(("OPS", 4)).unwrap(), Some(ticket("OPS", 4)));
    let kept = tickets.get_or_insert_with(("OPS", 5), || ticket("OPS", 5)).unwrap();
    let made = tickets.get_or_insert_with(("OPS", 4), || ticket("OPS", 4)).unwrap();
    assert_eq!((kept, made), (ticket("OPS", 5), ticket("OPS", 4)));
    assert_eq!(tickets.len().unwrap(), 28);
}

/// In order and not, among the records of a part that was written and among those that were there.
#[test]
fn a_stream_that_inserts_names_what_is_there() {
    let storage = Storage::in_memory().unwrap();
    let insert = |tickets: &Table<Ticket>, numbers: &[i64]| {
        tickets.insert_stream(numbers.iter().map(|number| ticket("OPS", *number)))
    };
    let long: Vec<i64> = (0..30_000).chain([12_345]).collect();
    let shuffled: Vec<i64> = (0..30_000).map(|n| n * 7_919 % 30_011).chain([7_919]).collect();
    let tickets = Ticket::table(&storage).unwrap();
    for (numbers, key) in [(long, 12_345), (shuffled, 7_919)] {
        let Err(StorageError::AlreadyExists(error)) = insert(&tickets, &numbers) else { panic!() };
        assert_eq!(error.key(), format!("(\"OPS\", {key})"));
        assert!(tickets.is_empty().unwrap());
        insert(&tickets, &numbers[..numbers.len() - 1]).unwrap();
        assert_eq!(tickets.len().unwrap(), 30_000);
        assert!(insert(&tickets, &[40_000, numbers[8], 40_001]).unwrap_err().is_conflict());
        assert_eq!(tickets.clear().unwrap(), 30_000);
    }
}
