//! redb as a program uses it that knows its records: `u64` keys, a table that is held for all reads, no check.

use super::{
    CACHE_LEN, Face, Indexed, Load, RAW, Store, fold,
    rkyv_bytes::{decode, encode, unchecked},
};
use crate::records::{HIGH_SCORE, Record};
use redb::{
    Database, ReadOnlyTable, ReadableDatabase, ReadableTable, TableDefinition, WriteTransaction,
};
use std::{path::Path, sync::OnceLock};

const RECORDS: TableDefinition<'_, u64, &[u8]> = TableDefinition::new("records");
const BY_EMAIL: TableDefinition<'_, &str, u64> = TableDefinition::new("by_email");
const BY_AGE: TableDefinition<'_, (u32, u64), ()> = TableDefinition::new("by_age");

struct Raw {
    db: Database,
    held: OnceLock<ReadOnlyTable<u64, &'static [u8]>>,
}

pub(super) fn create(path: &Path) -> Database {
    Database::builder().set_cache_size(CACHE_LEN).create(path).unwrap()
}

pub(super) fn open(dir: &Path) -> Vec<Face> {
    vec![Face::new(RAW, Raw { db: create(&dir.join("raw.redb")), held: OnceLock::new() })]
}

impl Raw {
    /// Taken at the first read. Writes that come later are not seen: what reads and writes in turn is `naive`.
    fn held(&self) -> &ReadOnlyTable<u64, &'static [u8]> {
        self.held.get_or_init(|| self.db.begin_read().unwrap().open_table(RECORDS).unwrap())
    }

    fn write(&self, body: impl FnOnce(&WriteTransaction)) {
        let txn = self.db.begin_write().unwrap();
        body(&txn);
        txn.commit().unwrap();
    }
}

impl Store for Raw {
    fn prepare<'a>(&'a self, records: &'a [Record]) -> Load<'a> {
        Box::new(move || {
            self.write(|txn| {
                let mut table = txn.open_table(RECORDS).unwrap();
                for record in records {
                    table.insert(record.id, &encode(record)[..]).unwrap();
                }
            });
        })
    }

    #[expect(unsafe_code, reason = "the floor reads unchecked")]
    fn read(&self, ids: &[u64]) -> u64 {
        let table = self.held();
        let len = |id: &u64| {
            table.get(*id).unwrap().map_or(0, |value| {
                // SAFETY: only this file writes the table, with `encode`.
                unsafe { unchecked(value.value(), |record| record.name.len()) }
            })
        };
        ids.iter().map(len).sum::<usize>() as u64
    }

    #[expect(unsafe_code, reason = "the floor reads unchecked")]
    fn scan(&self) -> u64 {
        let mut found = Vec::new();
        for row in self.held().iter().unwrap() {
            let (id, value) = row.unwrap();
            // SAFETY: only this file writes the table, with `encode`.
            let score = unsafe { unchecked(value.value(), |record| record.score.to_native()) };
            if score > HIGH_SCORE {
                found.push(id.value());
            }
        }
        found.into_iter().fold(0, fold)
    }

    fn put(&self, record: &Record) {
        self.write(|txn| {
            let mut table = txn.open_table(RECORDS).unwrap();
            table.insert(record.id, &encode(record)[..]).unwrap();
        });
    }

    fn update(&self, id: u64, score: f64) {
        self.write(|txn| {
            let mut table = txn.open_table(RECORDS).unwrap();
            let mut record = decode(table.get(id).unwrap().unwrap().value());
            record.score = score;
            table.insert(id, &encode(&record)[..]).unwrap();
        });
    }

    fn delete(&self, id: u64) {
        self.write(|txn| {
            txn.open_table(RECORDS).unwrap().remove(id).unwrap();
        });
    }
}

/// Indexes kept by hand, in tables beside the records.
struct RawIndexed {
    db: Database,
    held: OnceLock<Held>,
}

struct Held {
    records: ReadOnlyTable<u64, &'static [u8]>,
    by_email: ReadOnlyTable<&'static str, u64>,
    by_age: ReadOnlyTable<(u32, u64), ()>,
}

pub(super) fn open_indexed(dir: &Path) -> Box<dyn Indexed> {
    Box::new(RawIndexed { db: create(&dir.join("indexed.redb")), held: OnceLock::new() })
}

impl RawIndexed {
    fn held(&self) -> &Held {
        self.held.get_or_init(|| {
            let txn = self.db.begin_read().unwrap();
            Held {
                records: txn.open_table(RECORDS).unwrap(),
                by_email: txn.open_table(BY_EMAIL).unwrap(),
                by_age: txn.open_table(BY_AGE).unwrap(),
            }
        })
    }

    #[expect(unsafe_code, reason = "the floor reads unchecked")]
    fn name_len(&self, id: u64) -> u64 {
        let value = self.held().records.get(id).unwrap().unwrap();
        // SAFETY: only this file writes the table, with `encode`.
        unsafe { unchecked(value.value(), |record| record.name.len() as u64) }
    }
}

impl Indexed for RawIndexed {
    fn prepare<'a>(&'a self, records: &'a [Record]) -> Load<'a> {
        Box::new(move || {
            let txn = self.db.begin_write().unwrap();
            {
                let mut table = txn.open_table(RECORDS).unwrap();
                let mut by_email = txn.open_table(BY_EMAIL).unwrap();
                let mut by_age = txn.open_table(BY_AGE).unwrap();
                for record in records {
                    table.insert(record.id, &encode(record)[..]).unwrap();
                    by_email.insert(&*record.email, record.id).unwrap();
                    by_age.insert((record.age, record.id), ()).unwrap();
                }
            }
            txn.commit().unwrap();
        })
    }

    fn by_email(&self, emails: &[String]) -> u64 {
        let id = |email: &String| self.held().by_email.get(&**email).unwrap().unwrap().value();
        emails.iter().map(|email| self.name_len(id(email))).sum()
    }

    fn by_age(&self, ages: &[u32]) -> u64 {
        let of_age = |age: &u32| {
            let rows = self.held().by_age.range((*age, 0)..=(*age, u64::MAX)).unwrap();
            rows.map(|row| self.name_len(row.unwrap().0.value().1)).sum::<u64>()
        };
        ages.iter().map(of_age).sum()
    }
}
