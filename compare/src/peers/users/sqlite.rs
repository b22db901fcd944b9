//! `SQLite` through rusqlite: a column a field, and an update writes its column only.

use super::{super::sqlite::connection, FIELDS, User, Users, fields, touch};
use rusqlite::{Connection, Row, params, params_from_iter};
use std::{
    iter::once,
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
};

const CREATE: &str = "CREATE TABLE IF NOT EXISTS users(key TEXT PRIMARY KEY, field0 TEXT, \
    field1 TEXT, field2 TEXT, field3 TEXT, field4 TEXT, field5 TEXT, field6 TEXT, field7 TEXT, \
    field8 TEXT, field9 TEXT) WITHOUT ROWID";

struct Sqlite(Mutex<Connection>);

pub(super) fn open(dir: &Path) -> Box<dyn Users> {
    let connection = connection(&dir.join("users.db"));
    connection.execute_batch(CREATE).unwrap();
    Box::new(Sqlite(Mutex::new(connection)))
}

impl Sqlite {
    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The key is the first column.
fn sum(row: &Row<'_>) -> rusqlite::Result<u64> {
    (1..=FIELDS).map(|column| Ok(touch(row.get_ref(column)?.as_str()?))).sum()
}

impl Users for Sqlite {
    fn load(&self, users: &[User]) {
        let mut connection = self.lock();
        let txn = connection.transaction().unwrap();
        {
            let mut insert = txn
                .prepare_cached(
                    "INSERT OR REPLACE INTO users VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                )
                .unwrap();
            for user in users {
                let fields: [&String; FIELDS] = fields!(user, &);
                insert.execute(params_from_iter(once(&user.key).chain(fields))).unwrap();
            }
        }
        txn.commit().unwrap();
    }

    fn read(&self, key: &str) -> u64 {
        let connection = self.lock();
        let mut select = connection.prepare_cached("SELECT * FROM users WHERE key = ?").unwrap();
        select.query_row([key], sum).unwrap()
    }

    fn scan(&self, key: &str, count: usize) -> u64 {
        let connection = self.lock();
        let mut select = connection
            .prepare_cached("SELECT * FROM users WHERE key >= ? ORDER BY key LIMIT ?")
            .unwrap();
        let rows = select.query_map(params![key, count as i64], sum).unwrap();
        rows.map(Result::unwrap).sum()
    }

    fn update(&self, key: &str, field: usize, value: &str) {
        let statement = format!("UPDATE users SET field{field} = ? WHERE key = ?");
        self.lock().prepare_cached(&statement).unwrap().execute([value, key]).unwrap();
    }
}
