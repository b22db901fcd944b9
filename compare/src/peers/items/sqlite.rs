//! `SQLite` through rusqlite, with an index a column, as the others have.

use super::{super::sqlite::connection, INDEXES, Item, Items};
use rusqlite::{Connection, Row, params_from_iter};
use std::{
    iter::once,
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
};

struct Sqlite(Mutex<Connection>);

pub(super) fn open(dir: &Path) -> Box<dyn Items> {
    let connection = connection(&dir.join("items.db"));
    let columns: Vec<_> = (0..INDEXES).map(|n| format!("value{n} INTEGER NOT NULL")).collect();
    let table = format!("CREATE TABLE items(id INTEGER PRIMARY KEY, {})", columns.join(", "));
    connection.execute_batch(&table).unwrap();
    for n in 0..INDEXES {
        let index = format!("CREATE INDEX by_value{n} ON items(value{n})");
        connection.execute_batch(&index).unwrap();
    }
    Box::new(Sqlite(Mutex::new(connection)))
}

impl Sqlite {
    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn sum(row: &Row<'_>) -> rusqlite::Result<i64> {
    (1..=INDEXES).map(|column| row.get::<_, i64>(column)).sum()
}

impl Items for Sqlite {
    fn insert_all(&self, items: &[Item]) {
        let mut connection = self.lock();
        let txn = connection.transaction().unwrap();
        {
            let places = ", ?".repeat(INDEXES);
            let insert = format!("INSERT INTO items VALUES(?{places})");
            let mut insert = txn.prepare_cached(&insert).unwrap();
            for item in items {
                insert.execute(params_from_iter(once(&item.id).chain(&item.values))).unwrap();
            }
        }
        txn.commit().unwrap();
    }

    fn read(&self, ids: &[i64]) -> i64 {
        let connection = self.lock();
        let mut select = connection.prepare_cached("SELECT * FROM items WHERE id = ?").unwrap();
        ids.iter().map(|id| select.query_row([id], sum).unwrap()).sum()
    }

    fn range(&self, least: i64, end: i64) -> i64 {
        let connection = self.lock();
        let mut select = connection
            .prepare_cached("SELECT * FROM items WHERE value0 >= ? AND value0 < ?")
            .unwrap();
        select.query_map([least, end], sum).unwrap().map(Result::unwrap).sum()
    }

    fn remove_all(&self, items: &[Item]) {
        let mut connection = self.lock();
        let txn = connection.transaction().unwrap();
        {
            let mut delete = txn.prepare_cached("DELETE FROM items WHERE id = ?").unwrap();
            for item in items {
                delete.execute([item.id]).unwrap();
            }
        }
        txn.commit().unwrap();
    }
}
