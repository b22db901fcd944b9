//! `SQLite` through rusqlite: a table without row ids.

use super::{super::sqlite::connection, Pair, Pairs};
use rusqlite::{Connection, Transaction, params};
use std::{
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
};

const CREATE: &str =
    "CREATE TABLE IF NOT EXISTS pairs(key BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID";
const INSERT: &str = "INSERT OR REPLACE INTO pairs VALUES(?, ?)";
const SELECT: &str = "SELECT value FROM pairs WHERE key = ?";

struct Sqlite(Mutex<Connection>);

pub(super) fn open(dir: &Path) -> Box<dyn Pairs> {
    let connection = connection(&dir.join("pairs.db"));
    connection.execute_batch(CREATE).unwrap();
    Box::new(Sqlite(Mutex::new(connection)))
}

impl Sqlite {
    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn transaction(&self, body: impl FnOnce(&Transaction<'_>)) {
        let mut connection = self.lock();
        let txn = connection.transaction().unwrap();
        body(&txn);
        txn.commit().unwrap();
    }
}

impl Pairs for Sqlite {
    fn put_all(&self, pairs: &[Pair]) {
        self.transaction(|txn| {
            let mut insert = txn.prepare_cached(INSERT).unwrap();
            for (key, value) in pairs {
                insert.execute(params![key, value]).unwrap();
            }
        });
    }

    fn remove_all(&self, keys: &[&[u8]]) {
        self.transaction(|txn| {
            let mut delete = txn.prepare_cached("DELETE FROM pairs WHERE key = ?").unwrap();
            for key in keys {
                delete.execute([key]).unwrap();
            }
        });
    }

    fn change(&self, key: &[u8], change: &mut dyn FnMut(&[u8]) -> Vec<u8>) {
        self.transaction(|txn| {
            let mut select = txn.prepare_cached(SELECT).unwrap();
            let new = select.query_row([key], |row| Ok(change(row.get_ref(0)?.as_blob()?)));
            txn.prepare_cached(INSERT).unwrap().execute(params![key, new.unwrap()]).unwrap();
        });
    }

    fn read_all(&self, keys: &[&[u8]], visit: &mut dyn FnMut(&[u8])) {
        self.transaction(|txn| {
            let mut select = txn.prepare_cached(SELECT).unwrap();
            for key in keys {
                let mut rows = select.query([key]).unwrap();
                if let Some(row) = rows.next().unwrap() {
                    visit(row.get_ref(0).unwrap().as_blob().unwrap());
                }
            }
        });
    }

    fn ranges(&self, starts: &[&[u8]], count: usize, visit: &mut dyn FnMut(&[u8])) {
        self.transaction(|txn| {
            let mut select = txn
                .prepare_cached("SELECT value FROM pairs WHERE key >= ? ORDER BY key LIMIT ?")
                .unwrap();
            for start in starts {
                let mut rows = select.query(params![start, count as i64]).unwrap();
                while let Some(row) = rows.next().unwrap() {
                    visit(row.get_ref(0).unwrap().as_blob().unwrap());
                }
            }
        });
    }
}
