//! What goes wrong outside the program, and the way back.

use rkyv::{Archive, Deserialize, Serialize};
use std::panic::{AssertUnwindSafe, catch_unwind};
use storage::{Storage, StorageError, StoredRecord, StoredType, Table, maintenance::IndexFault};
use tests::Scratch;

#[derive(
    Clone, Copy, Debug, PartialEq, PartialOrd, Archive, Serialize, Deserialize, StoredType,
)]
enum Status {
    Open,
    Closed,
}

#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "tickets")]
struct Ticket {
    #[store(key)]
    id: u64,
    #[store(index)]
    tags: Vec<String>,
    #[store(unique)]
    code: Option<String>,
    status: Status,
    weight: f64,
    parent: Option<Status>,
}

fn ticket(id: u64) -> Ticket {
    Ticket {
        id,
        tags: vec!["all".into(), format!("tag {}", id % 3)],
        code: Some(format!("code {id}")),
        status: if id.is_multiple_of(2) { Status::Open } else { Status::Closed },
        weight: if id == 3 { f64::NAN } else { id as f64 },
        parent: id.is_multiple_of(4).then_some(Status::Closed),
    }
}

fn filled(store: &Storage) -> Table<Ticket> {
    let table = Ticket::table(store).unwrap();
    table.put_stream((0..10).map(ticket)).unwrap();
    table
}

/// Changes a bit in the middle of the stored record.
fn damage(store: &Storage, id: u64) {
    let key = id.to_be_bytes();
    let mut value = store.backend().get("tickets", &key, <[u8]>::to_vec).unwrap().unwrap();
    let middle = value.len() / 2;
    value[middle] ^= 1;
    store.backend().put("tickets", &key, &value).unwrap();
}

#[test]
fn a_damaged_record_of_an_indexed_table_can_be_replaced_or_removed() {
    let scratch = Scratch::new();
    let store = scratch.open();
    let table = filled(&store);
    damage(&store, 4);
    damage(&store, 7);
    assert!(table.load(4).unwrap_err().is_corrupt());
    let faults = table.verify().unwrap();
    assert_eq!(faults.len(), 4, "{faults:?}");
    assert!(
        faults.iter().all(|fault| matches!(fault, IndexFault::Unreadable { .. })),
        "{faults:?}"
    );
    let replacement = Ticket { tags: vec!["new".into()], code: None, ..ticket(4) };
    assert!(table.put(&replacement).unwrap());
    assert!(table.delete(7).unwrap());
    assert_eq!(table.verify().unwrap(), []);
    assert_eq!(table.by(Ticket::INDEXES.tags).count("all").unwrap(), 8);
    assert_eq!(table.by(Ticket::INDEXES.tags).count("new").unwrap(), 1);
    assert!(!table.by(Ticket::INDEXES.code).contains("code 7").unwrap());
}

#[test]
fn damaged_records_go_with_others_unless_a_filter_would_have_to_read_them() {
    let store = Storage::in_memory().unwrap();
    let table = filled(&store);
    let by_tag = table.by(Ticket::INDEXES.tags);
    for id in [2, 4, 5] {
        damage(&store, id);
    }

    let unread = table.range(..6).unwrap().filter(Ticket::FIELDS.weight.ge(0.0));
    assert!(unread.delete().unwrap_err().is_corrupt());
    assert!(table.range(1..6).unwrap().update(|ticket| ticket.code = None).is_err());
    assert!(table.remove(4).unwrap_err().is_corrupt());
    assert_eq!((table.len().unwrap(), by_tag.count("all").unwrap()), (10, 10));

    assert_eq!(table.range(..4).unwrap().delete().unwrap(), 4);
    assert_eq!(table.delete_many([4, 6, 99]).unwrap(), 2);
    assert_eq!(by_tag.get_all("tag 2").unwrap().delete().unwrap(), 2);
    assert_eq!(table.verify().unwrap(), []);
    assert_eq!((table.len().unwrap(), by_tag.len().unwrap()), (2, 4));
}

#[test]
fn a_table_whose_catalogue_entry_is_gone_is_refused() {
    let scratch = Scratch::new();
    let store = scratch.open();
    drop(filled(&store));
    store.backend().delete("$catalog", b"tickets").unwrap();
    let error = Ticket::table(&store).unwrap_err();
    assert!(error.is_corrupt(), "{error}");
    assert!(error.to_string().contains("the table has rows"), "{error}");
}

#[test]
fn a_panic_in_a_write_gives_its_pages_back() {
    let scratch = Scratch::new();
    let store = scratch.open();
    let table = store.new_rkyv_table::<u64, Vec<u8>>("blobs");
    table.put(0, &vec![0; 1 << 20]).unwrap();
    let before = std::fs::metadata(scratch.path()).unwrap().len();
    for _ in 0..20 {
        let blobs =
            (0..2).map(|n| if n == 1 { panic!("on purpose") } else { (1, vec![1; 1 << 20]) });
        catch_unwind(AssertUnwindSafe(|| table.put_stream(blobs))).unwrap_err();
    }
    assert_eq!(table.len().unwrap(), 1);
    let after = std::fs::metadata(scratch.path()).unwrap().len();
    assert!(after <= before * 3, "the file grew from {before} to {after} bytes");
}

#[test]
fn enums_are_compared_and_nan_is_not_equal() {
    let scratch = Scratch::new();
    let table = filled(&scratch.open());
    let t = Ticket::FIELDS;
    let ids = |rows: storage::Result<Vec<u64>>| rows.unwrap();
    let open = table.iter().unwrap().filter(t.status.eq(Status::Open)).select(t.id).collect();
    assert_eq!(ids(open), [0, 2, 4, 6, 8]);
    let parents = table.iter().unwrap().filter(t.parent.ne(Status::Open)).select(t.id).collect();
    assert_eq!(ids(parents), [0, 4, 8]);
    let heavy =
        table.iter().unwrap().filter(t.weight.ne(5.0)).select(t.id).rev().limit(8).collect();
    assert_eq!(ids(heavy), [9, 8, 7, 6, 4, 3, 2, 1]);
    assert_eq!(table.by(Ticket::INDEXES.tags).count_range("tag 0".."tag 2").unwrap(), 7);
}

#[test]
fn a_page_token_outlives_an_empty_page_and_keeps_its_direction() {
    let scratch = Scratch::new();
    let table = filled(&scratch.open());
    let mut page = table.iter().unwrap().limit(10);
    assert_eq!(page.by_ref().count(), 10);
    let token = page.page_token().unwrap();
    let mut empty = table.iter().unwrap().after(&token).unwrap();
    assert!(empty.next().is_none());
    let again = empty.page_token().unwrap();
    table.put(&ticket(10)).unwrap();
    let rest: Vec<_> =
        table.iter().unwrap().after(&again).unwrap().select(Ticket::FIELDS.id).collect();
    assert_eq!(rest.into_iter().map(Result::unwrap).collect::<Vec<_>>(), [10]);
    let mut turned = table.iter().unwrap().after(&token).unwrap().rev();
    let error = turned.next().unwrap().unwrap_err();
    assert!(matches!(error, StorageError::PageToken { .. }), "{error:?}");
    assert!(turned.next().is_none(), "the error comes once");
}

#[test]
fn a_snapshot_keeps_the_store_open() {
    let scratch = Scratch::new();
    let store = scratch.open();
    drop(filled(&store));
    let read = store.read().unwrap();
    assert!(matches!(store.close().unwrap_err(), StorageError::InUse { .. }));
    let tickets = read.table::<Ticket>().unwrap();
    assert_eq!(tickets.iter().unwrap().count().unwrap(), 10);
}

/// All of the crate at once: no two names stand in each other's way.
mod glob {
    use storage::*;

    #[test]
    fn everything_can_be_imported_at_once() {
        assert_eq!(super::Ticket::FIELDS.id.name(), "id");
        let _ = super::Ticket::INDEXES.code;
    }
}
