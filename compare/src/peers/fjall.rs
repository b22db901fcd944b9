//! fjall: a log-structured store, with rkyv's bytes.

use super::{
    CACHE_LEN, FJALL, Face, Load, Store, fold,
    rkyv_bytes::{decode, encode, unchecked},
};
use crate::records::{HIGH_SCORE, Record};
use fjall::{Database, Keyspace, KeyspaceCreateOptions, PersistMode};
use std::path::Path;

struct Fjall {
    db: Database,
    records: Keyspace,
}

pub(super) fn database(dir: &Path) -> (Database, Keyspace) {
    let db = Database::builder(dir).cache_size(CACHE_LEN as u64).open().unwrap();
    let keyspace = db.keyspace("records", KeyspaceCreateOptions::default).unwrap();
    (db, keyspace)
}

pub(super) fn open(dir: &Path) -> Vec<Face> {
    let (db, records) = database(dir);
    vec![Face::new(FJALL, Fjall { db, records })]
}

impl Fjall {
    fn persist(&self) {
        self.db.persist(PersistMode::SyncData).unwrap();
    }
}

impl Store for Fjall {
    fn prepare<'a>(&'a self, records: &'a [Record]) -> Load<'a> {
        Box::new(move || {
            for record in records {
                self.records.insert(record.id.to_be_bytes(), &encode(record)[..]).unwrap();
            }
            self.persist();
        })
    }

    #[expect(unsafe_code, reason = "the peer's floor reads unchecked")]
    fn read(&self, ids: &[u64]) -> u64 {
        let len = |id: &u64| {
            self.records.get(id.to_be_bytes()).unwrap().map_or(0, |value| {
                // SAFETY: only this file writes the keyspace, with `encode`.
                unsafe { unchecked(&value, |record| record.name.len()) }
            })
        };
        ids.iter().map(len).sum::<usize>() as u64
    }

    #[expect(unsafe_code, reason = "the peer's floor reads unchecked")]
    fn scan(&self) -> u64 {
        let mut found = Vec::new();
        for row in self.records.iter() {
            let (key, value) = row.into_inner().unwrap();
            // SAFETY: only this file writes the keyspace, with `encode`.
            let score = unsafe { unchecked(&value, |record| record.score.to_native()) };
            if score > HIGH_SCORE {
                found.push(u64::from_be_bytes(key[..].try_into().unwrap()));
            }
        }
        found.into_iter().fold(0, fold)
    }

    fn put(&self, record: &Record) {
        self.records.insert(record.id.to_be_bytes(), &encode(record)[..]).unwrap();
        self.persist();
    }

    fn update(&self, id: u64, score: f64) {
        let mut record = decode(&self.records.get(id.to_be_bytes()).unwrap().unwrap());
        record.score = score;
        self.put(&record);
    }

    fn delete(&self, id: u64) {
        self.records.remove(id.to_be_bytes()).unwrap();
        self.persist();
    }
}
