//! Keys that a table counts: `#[store(key, auto)]`. Never given twice, whatever becomes of their records and writes.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use rkyv::{Archive, Deserialize, Serialize};
use std::{
    collections::BTreeSet,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    thread,
};
use storage::{Storage, StorageError, StoredRecord, Table};
use tests::Scratch;

#[derive(Archive, Serialize, Deserialize, StoredRecord, Clone, Debug, PartialEq)]
#[store(codec = "rkyv", table = "tickets")]
struct Ticket {
    #[store(key, auto)]
    id: u64,
    #[store(unique)]
    title: String,
}

fn ticket(title: impl Into<String>) -> Ticket {
    Ticket { id: 99, title: title.into() }
}

/// The same records by code that does not count.
mod uncounted {
    use super::{Archive, Deserialize, Serialize, StoredRecord};

    #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "tickets")]
    pub(crate) struct Ticket {
        #[store(key)]
        pub(crate) id: u64,
        #[store(unique)]
        pub(crate) title: String,
    }
}

#[derive(StoredRecord, Clone, Debug, PartialEq)]
#[store(codec = "flatbuffers", table = "small")]
struct Small {
    #[store(key, auto)]
    id: i8,
    text: String,
}

fn tickets() -> (Storage, Table<Ticket>) {
    let storage = Storage::in_memory().unwrap();
    let tickets = Ticket::table(&storage).unwrap();
    (storage, tickets)
}

#[test]
fn keys_are_counted_from_one_in_both_codecs() {
    let (storage, tickets) = tickets();
    for id in 1..=3 {
        assert_eq!(tickets.add(ticket(format!("{id}"))).unwrap(), id);
        assert_eq!(tickets.load(id).unwrap().unwrap(), Ticket { id, title: format!("{id}") });
    }
    assert_eq!(tickets.by(Ticket::INDEXES.title).load("2").unwrap().unwrap().id, 2);
    assert_eq!(tickets.add_all((4..=500).map(|id| ticket(id.to_string()))).unwrap().len(), 497);
    assert_eq!(tickets.last().unwrap().unwrap().load().unwrap().title, "500");
    assert_eq!(tickets.verify().unwrap(), []);
    assert!(storage.check().unwrap().is_sound());

    let small = Small::table(&storage).unwrap();
    assert_eq!(small.add(Small { id: -5, text: "a".into() }).unwrap(), 1);
    small.put(&Small { id: -7, text: "b".into() }).unwrap();
    assert_eq!(small.add(Small { id: 0, text: "c".into() }).unwrap(), 2);
}

#[test]
fn a_key_is_not_given_again_when_its_record_is_deleted() {
    let (_storage, tickets) = tickets();
    let mut given = BTreeSet::new();
    let mut add = |tickets: &Table<Ticket>| {
        let id = tickets.add(ticket(format!("{}", given.len()))).unwrap();
        assert!(given.insert(id), "{id} again");
        id
    };
    let id = add(&tickets);
    tickets.delete(id).unwrap();
    let id = add(&tickets);
    tickets.remove(id).unwrap();
    // Keys that were written by hand, and are gone.
    let by_hand: [fn(&Table<Ticket>); 6] = [
        |tickets| assert!(tickets.delete(1000).unwrap()),
        |tickets| assert_eq!(tickets.delete_many([1000]).unwrap(), 1),
        |tickets| assert_eq!(tickets.delete_range(1000..).unwrap(), 1),
        |tickets| assert_eq!(tickets.clear().unwrap(), 1),
        |tickets| assert!(tickets.delete_async(1000).unwrap().wait().unwrap()),
        |tickets| assert!(tickets.update(1000, |ticket| ticket.id = 5).unwrap().is_some()),
    ];
    let mut last = 1000;
    for delete in by_hand {
        let (storage, tickets) = self::tickets();
        tickets.put(&Ticket { id: 1000, title: "by hand".into() }).unwrap();
        delete(&tickets);
        assert_eq!(tickets.add(ticket("after")).unwrap(), 1001);
        drop(storage);
        last += 1;
    }
    assert_eq!(last, 1006);
    add(&tickets);
}

#[test]
fn a_key_is_not_given_again_when_its_write_was_undone() {
    let (storage, tickets) = tickets();
    storage
        .write(|txn| {
            assert_eq!(txn.table::<Ticket>()?.add(ticket("undone"))?, 1);
            Err::<(), _>(StorageError::custom("deliberate"))
        })
        .unwrap_err();
    let panicking = AssertUnwindSafe(|| {
        storage.write::<()>(|txn| {
            assert_eq!(txn.table::<Ticket>()?.add(ticket("undone"))?, 2);
            resume_unwind(Box::new("deliberate"))
        })
    });
    catch_unwind(panicking).unwrap_err();
    storage
        .write(|txn| {
            let tickets = txn.table::<Ticket>()?;
            txn.savepoint(|| {
                assert_eq!(tickets.add_all([ticket("a"), ticket("b")])?, [3, 4]);
                Err::<(), _>(StorageError::custom("deliberate"))
            })
            .unwrap_err();
            assert_eq!(tickets.add(ticket("kept"))?, 5);
            Ok(())
        })
        .unwrap();
    // A title that is taken.
    assert!(matches!(tickets.add(ticket("kept")), Err(StorageError::Unique(_))));
    assert!(tickets.add_all([ticket("c"), ticket("kept")]).is_err());
    assert_eq!((tickets.add(ticket("last")).unwrap(), tickets.len().unwrap()), (9, 2));
}

#[test]
fn a_file_remembers_what_was_given() {
    let scratch = Scratch::new();
    let storage = scratch.open();
    let tickets = Ticket::table(&storage).unwrap();
    assert_eq!(tickets.add_all([ticket("a"), ticket("b")]).unwrap(), [1, 2]);
    tickets.clear().unwrap();
    drop((storage, tickets));
    let storage = scratch.open();
    let tickets = Ticket::table(&storage).unwrap();
    assert_eq!(tickets.add(ticket("a")).unwrap(), 3);
    tickets.delete(3).unwrap();
    storage.reopen().unwrap();
    assert_eq!(tickets.add(ticket("a")).unwrap(), 4);
    // In a copy and under another name, too.
    let copy = scratch.dir().join("copy.redb");
    tickets.delete(4).unwrap();
    storage.backup(&copy).unwrap();
    let copied = Storage::open(&copy).unwrap();
    assert_eq!(Ticket::table(&copied).unwrap().add(ticket("a")).unwrap(), 5);
    copied.rename_table("tickets", "old").unwrap();
    copied.rename_table("old", "tickets").unwrap();
    assert_eq!(Ticket::table(&copied).unwrap().add(ticket("b")).unwrap(), 6);
    assert!(copied.check().unwrap().is_sound());
}

#[test]
fn many_at_once_are_remembered_as_one_by_one() {
    let scratch = Scratch::new();
    let storage = scratch.open();
    let tickets = Ticket::table(&storage).unwrap();
    assert_eq!(tickets.add_all(["a", "b", "c"].map(ticket)).unwrap(), [1, 2, 3]);
    drop((storage, tickets));
    // Code that does not count deletes the last ones; the store is opened anew before and after.
    let storage = scratch.open();
    assert_eq!(uncounted::Ticket::table(&storage).unwrap().delete_many([2, 3]).unwrap(), 2);
    drop(storage);
    assert_eq!(Ticket::table(&scratch.open()).unwrap().add(ticket("d")).unwrap(), 4);
}

#[test]
fn counting_begins_and_ends_without_a_change_of_rows() {
    let storage = Storage::in_memory().unwrap();
    let before = uncounted::Ticket::table(&storage).unwrap();
    before.put(&uncounted::Ticket { id: 7, title: "before".into() }).unwrap();
    let layouts = storage.tables().unwrap()[0].layout_count;
    let tickets = Ticket::table(&storage).unwrap();
    assert_eq!(tickets.add(ticket("first")).unwrap(), 8);
    // What code deletes that does not count is not given again either.
    before.put(&uncounted::Ticket { id: 20, title: "by hand".into() }).unwrap();
    before.delete(20).unwrap();
    assert_eq!(tickets.add(ticket("second")).unwrap(), 21);
    assert_eq!(storage.tables().unwrap()[0].layout_count, layouts);
}

#[test]
fn when_no_number_is_left_nothing_is_written() {
    let storage = Storage::in_memory().unwrap();
    let small = Small::table(&storage).unwrap();
    let one = |text: &str| Small { id: 0, text: text.into() };
    small.put(&Small { id: 125, text: "by hand".into() }).unwrap();
    assert_eq!(small.add_all([one("a"), one("b")]).unwrap(), [126, 127]);
    for _ in 0..2 {
        let error = small.add(one("c")).unwrap_err();
        assert!(matches!(&error, StorageError::NoIdLeft { table, .. } if table == "small"));
        assert!(small.add_all([one("c")]).is_err());
        small.delete(127).unwrap();
    }
    assert_eq!(small.len().unwrap(), 2);
    let numbers = Ticket::table(&storage).unwrap();
    numbers.put(&Ticket { id: u64::MAX, title: "last".into() }).unwrap();
    assert!(matches!(numbers.add(ticket("more")), Err(StorageError::NoIdLeft { .. })));
    numbers.delete(u64::MAX).unwrap();
    assert!(matches!(numbers.add(ticket("more")), Err(StorageError::NoIdLeft { .. })));
}

#[test]
fn threads_never_get_the_same() {
    let (storage, tickets) = tickets();
    let ids: Vec<u64> = thread::scope(|scope| {
        let add = |thread: u64| {
            let tickets = Ticket::table(&storage).unwrap();
            scope.spawn(move || {
                (0..50)
                    .map(|n| tickets.add(ticket(format!("{thread} {n}"))).unwrap())
                    .collect::<Vec<_>>()
            })
        };
        let threads: Vec<_> = (0..4).map(add).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), 200);
    assert_eq!(tickets.len().unwrap(), 200);
    assert_eq!(tickets.verify().unwrap(), []);
}

#[test]
fn a_stream_that_adds_on_its_way_gets_keys_of_its_own() {
    let storage = Storage::in_memory().unwrap();
    storage
        .write(|txn| {
            let tickets = txn.table::<Ticket>()?;
            let inner = tickets;
            let records = (0..3).map(|n| {
                inner.add(ticket(format!("inner {n}"))).unwrap();
                ticket(format!("outer {n}"))
            });
            let outer = txn.table::<Ticket>()?.add_all(records)?;
            assert_eq!(outer, [2, 4, 6]);
            Ok(())
        })
        .unwrap();
    let tickets = Ticket::table(&storage).unwrap();
    assert_eq!((tickets.len().unwrap(), tickets.add(ticket("next")).unwrap()), (6, 7));
    assert_eq!(tickets.verify().unwrap(), []);
}

#[test]
fn a_damaged_count_is_an_error_and_no_second_use() {
    let (storage, tickets) = tickets();
    tickets.add(ticket("first")).unwrap();
    let mut row =
        storage.backend().get("$catalog", b"tickets\0N", <[u8]>::to_vec).unwrap().unwrap();
    row[10] ^= 1;
    storage.backend().put("$catalog", b"tickets\0N", &row).unwrap();
    assert!(tickets.add(ticket("second")).unwrap_err().is_corrupt());
    // As wherever the catalogue is damaged, the row itself is not.
    assert!(tickets.len().unwrap_err().is_corrupt());
    assert_eq!(storage.check().unwrap().fault_count, 1);
}
