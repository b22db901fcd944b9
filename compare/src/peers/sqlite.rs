//! `SQLite` through rusqlite: prepared statements, one column read, WAL, a commit waits for the disk.

use super::{Face, Indexed, Load, SQLITE, Store, fold};
use crate::records::{HIGH_SCORE, Record};
use rusqlite::{CachedStatement, Connection, OptionalExtension, params};
use std::{
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
};

const CREATE: &str = "CREATE TABLE IF NOT EXISTS records(id INTEGER PRIMARY KEY, name TEXT NOT NULL, \
    email TEXT NOT NULL, age INTEGER NOT NULL, score REAL NOT NULL, tags TEXT NOT NULL);";
const CREATE_INDEXES: &str = "CREATE UNIQUE INDEX IF NOT EXISTS by_email ON records(email);
    CREATE INDEX IF NOT EXISTS by_age ON records(age);";
const INSERT: &str = "INSERT OR REPLACE INTO records VALUES(?, ?, ?, ?, ?, ?)";

struct Sqlite(Mutex<Connection>);

pub(super) fn connection(path: &Path) -> Connection {
    let connection = Connection::open(path).unwrap();
    connection.pragma_update(None, "journal_mode", "WAL").unwrap();
    connection.pragma_update(None, "synchronous", "FULL").unwrap();
    connection.pragma_update(None, "cache_size", -2_000_000).unwrap();
    connection.pragma_update(None, "mmap_size", 1_i64 << 30).unwrap();
    connection
}

fn create(path: &Path, schema: &[&str]) -> Sqlite {
    let connection = connection(path);
    for statements in schema {
        connection.execute_batch(statements).unwrap();
    }
    Sqlite(Mutex::new(connection))
}

pub(super) fn open(dir: &Path) -> Vec<Face> {
    vec![Face::new(SQLITE, create(&dir.join("sqlite.db"), &[CREATE]))]
}

pub(super) fn open_indexed(dir: &Path) -> Box<dyn Indexed> {
    Box::new(create(&dir.join("indexed.db"), &[CREATE, CREATE_INDEXES]))
}

impl Sqlite {
    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn load(&self, records: &[Record]) {
        let mut connection = self.lock();
        let txn = connection.transaction().unwrap();
        {
            let mut statement = txn.prepare_cached(INSERT).unwrap();
            for record in records {
                insert(&mut statement, record);
            }
        }
        txn.commit().unwrap();
    }
}

fn insert(statement: &mut CachedStatement<'_>, record: &Record) {
    let Record { id, name, email, age, score, tags } = record;
    statement.execute(params![*id as i64, name, email, age, score, tags.join(",")]).unwrap();
}

/// The length of the text in the first column.
fn text_len(row: &rusqlite::Row<'_>) -> rusqlite::Result<u64> {
    Ok(row.get_ref(0)?.as_str()?.len() as u64)
}

impl Store for Sqlite {
    fn prepare<'a>(&'a self, records: &'a [Record]) -> Load<'a> {
        Box::new(move || self.load(records))
    }

    fn read(&self, ids: &[u64]) -> u64 {
        let connection = self.lock();
        let mut select =
            connection.prepare_cached("SELECT name FROM records WHERE id = ?").unwrap();
        let mut len =
            |id: &u64| select.query_row([*id as i64], text_len).optional().unwrap().unwrap_or(0);
        ids.iter().map(&mut len).sum()
    }

    fn scan(&self) -> u64 {
        let connection = self.lock();
        let mut select =
            connection.prepare_cached("SELECT id FROM records WHERE score > ?").unwrap();
        let ids = select.query_map([HIGH_SCORE], |row| row.get::<_, i64>(0)).unwrap();
        let found: Vec<_> = ids.map(|id| id.unwrap() as u64).collect();
        found.into_iter().fold(0, fold)
    }

    fn put(&self, record: &Record) {
        insert(&mut self.lock().prepare_cached(INSERT).unwrap(), record);
    }

    fn update(&self, id: u64, score: f64) {
        let connection = self.lock();
        let mut update =
            connection.prepare_cached("UPDATE records SET score = ? WHERE id = ?").unwrap();
        update.execute(params![score, id as i64]).unwrap();
    }

    fn delete(&self, id: u64) {
        let connection = self.lock();
        let mut delete = connection.prepare_cached("DELETE FROM records WHERE id = ?").unwrap();
        delete.execute([id as i64]).unwrap();
    }
}

impl Indexed for Sqlite {
    fn prepare<'a>(&'a self, records: &'a [Record]) -> Load<'a> {
        Box::new(move || self.load(records))
    }

    fn by_email(&self, emails: &[String]) -> u64 {
        let connection = self.lock();
        let mut select =
            connection.prepare_cached("SELECT name FROM records WHERE email = ?").unwrap();
        emails.iter().map(|email| select.query_row([email], text_len).unwrap()).sum()
    }

    fn by_age(&self, ages: &[u32]) -> u64 {
        let connection = self.lock();
        let mut select =
            connection.prepare_cached("SELECT name FROM records WHERE age = ?").unwrap();
        let mut of_age =
            |age: &u32| select.query_map([age], text_len).unwrap().map(Result::unwrap).sum::<u64>();
        ages.iter().map(&mut of_age).sum()
    }
}
