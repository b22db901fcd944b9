//! What can go to another thread, or be shared between threads, says so at compile time; and rows borrow nothing.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use rkyv::{Archive, Deserialize, Serialize};
use std::thread;
use storage::{
    Durability, OpenOptions, PageToken, ReadTxn, Result, RkyvTable, Rows, Storage, StorageError,
    Stored, StoredRecord, Table, Trust,
    backend::{ByteTable, SnapshotRows, WriteTicket},
    codec::Rkyv,
    error::Damage,
    key::KeyBuf,
    maintenance::IndexFault,
    project::All,
    table::{Access, Autocommit, By, Pair, Selected},
    watch::{Commit, RowChange, StoreCommit, StoreWatcher, Watch, WatchStream, Watcher},
};

#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "rows")]
struct Row {
    #[store(key)]
    id: u64,
    #[store(index)]
    group: u8,
}

const fn sent<T: Send>() {}
const fn shared<T: Send + Sync>() {}

type Id = storage::Field<Row, 0, u64>;
type Names = Pair<u64, String, Rkyv>;

const _: () = {
    shared::<Storage>();
    shared::<ReadTxn>();
    shared::<Autocommit>();
    shared::<Table<Row>>();
    shared::<Table<Row, ReadTxn>>();
    shared::<RkyvTable<u64, String>>();
    shared::<By<'static, Row, Autocommit, 0>>();
    shared::<By<'static, Row, ReadTxn, 0>>();
    shared::<Stored<Row>>();
    shared::<Stored<Names>>();
    shared::<PageToken>();
    shared::<IndexFault>();
    shared::<StorageError>();
    shared::<Damage>();
    shared::<OpenOptions>();
    shared::<Durability>();
    shared::<Trust>();
    shared::<KeyBuf>();
    shared::<ByteTable>();
    shared::<Watch<Row>>();
    shared::<Watcher<Row>>();
    shared::<WatchStream<Row>>();
    shared::<Commit<Row>>();
    shared::<RowChange<Names>>();
    shared::<StoreWatcher>();
    shared::<StoreCommit>();
    sent::<WriteTicket>();
    sent::<SnapshotRows>();
    sent::<Rows<Row, Autocommit>>();
    sent::<Rows<Row, ReadTxn>>();
    sent::<Rows<Names, Autocommit>>();
    sent::<Selected<Row, Autocommit, All, Id>>();
    sent::<Selected<Row, ReadTxn, All, Id>>();
};

fn filled() -> Storage {
    let storage = Storage::in_memory().unwrap();
    let table = Row::table(&storage).unwrap();
    table.put_stream((0..1_000).map(|id| Row { id, group: (id % 10) as u8 })).unwrap();
    storage
}

/// Rows that leave the function that opened their table.
fn rows(storage: &Storage) -> Result<impl Iterator<Item = Result<Stored<Row>>> + Send + use<>> {
    Row::table(storage)?.range(10..)
}

fn of_a_snapshot(storage: &Storage) -> Result<impl Iterator<Item = Result<u64>> + Send + use<>> {
    let snapshot = storage.read()?;
    let rows = snapshot.table::<Row>()?.by(Row::INDEXES.group).get_all(3)?;
    Ok(rows.filter(Row::FIELDS.id.ge(500)).select(Row::FIELDS.id))
}

/// Rows in a struct of one's own.
struct Page<A: Access> {
    rows: Rows<Row, A>,
    taken: u64,
}

#[test]
fn rows_outlive_their_table_and_go_to_another_thread_half_taken() {
    let storage = filled();
    let mut rows = rows(&storage).unwrap();
    assert_eq!(rows.next().unwrap().unwrap().view().id, 10);
    let ids =
        thread::spawn(move || rows.map(|row| row.unwrap().view().id.to_native()).sum::<u64>());
    assert_eq!(ids.join().unwrap(), (11..1_000).sum::<u64>());

    let mut selected = of_a_snapshot(&storage).unwrap();
    assert_eq!(selected.next().unwrap().unwrap(), 503);
    assert_eq!(thread::spawn(move || selected.count()).join().unwrap(), 49);

    let table = Row::table(&storage).unwrap();
    let mut page = Page { rows: table.iter().unwrap(), taken: 0 };
    drop(table);
    page.rows.next().unwrap().unwrap();
    page.taken += 1;
    assert_eq!(page.taken + page.rows.count().unwrap(), 1_000);
}

#[test]
fn a_task_that_is_spawned_holds_rows_while_it_waits() {
    fn spawn<T: Send>(_: impl Future<Output = T> + Send) {}
    fn send(_: u64) -> impl Future<Output = ()> + Send {
        std::future::ready(())
    }

    let table = Row::table(&filled()).unwrap();
    spawn(async move {
        for row in table.iter().unwrap().filter(Row::FIELDS.id.gt(1)) {
            let id = row.unwrap().view().id.to_native();
            send(id).await;
        }
        for id in table.by(Row::INDEXES.group).iter().unwrap().select(Row::FIELDS.id) {
            send(id.unwrap()).await;
        }
    });
}

#[test]
fn rows_keep_their_store_open_and_their_state() {
    let storage = filled();
    let table = Row::table(&storage).unwrap();
    let rows = table.iter().unwrap();
    table.delete_range(..).unwrap();
    drop(table);
    assert!(matches!(storage.close(), Err(StorageError::InUse { .. })));
    assert_eq!(rows.map(Result::unwrap).count(), 1_000);
}

#[test]
fn rows_of_a_write_outlive_their_table_and_not_the_write() {
    let storage = filled();
    let sum = storage.write(|txn| {
        txn.table::<Row>()?.delete(7)?;
        let rows = txn.table::<Row>()?.range(..10)?;
        rows.map(|row| Ok(row?.view().id.to_native())).sum::<Result<u64>>()
    });
    assert_eq!(sum.unwrap(), 45 - 7);
}
