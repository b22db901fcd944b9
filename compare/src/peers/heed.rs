//! heed: LMDB, with rkyv's bytes. A read transaction for each read.

use super::{
    CACHE_LEN, Face, HEED_CHECKED, HEED_UNCHECKED, Load, Store, fold,
    rkyv_bytes::{checked, decode, encode, unchecked},
};
use crate::records::{HIGH_SCORE, Record};
use heed::{
    Database, Env, EnvOpenOptions, RwTxn,
    byteorder::BigEndian,
    types::{Bytes, U64},
};
use std::path::Path;

#[derive(Clone)]
struct Lmdb {
    env: Env,
    table: Database<U64<BigEndian>, Bytes>,
}

/// Reads that trust the bytes.
struct Unchecked(Lmdb);

#[expect(unsafe_code, reason = "LMDB maps the file into memory")]
pub(super) fn environment(dir: &Path) -> Env {
    let mut options = EnvOpenOptions::new();
    options.map_size(CACHE_LEN).max_dbs(4);
    // SAFETY: nobody else changes the file while it is mapped: its folder is this run's own.
    unsafe { options.open(dir).unwrap() }
}

pub(super) fn open(dir: &Path) -> Vec<Face> {
    let env = environment(dir);
    let mut txn = env.write_txn().unwrap();
    let table = env.create_database(&mut txn, Some("records")).unwrap();
    txn.commit().unwrap();
    let lmdb = Lmdb { env, table };
    vec![Face::new(HEED_CHECKED, lmdb.clone()), Face::new(HEED_UNCHECKED, Unchecked(lmdb))]
}

impl Lmdb {
    fn write(&self, body: impl FnOnce(&mut RwTxn<'_>)) {
        let mut txn = self.env.write_txn().unwrap();
        body(&mut txn);
        txn.commit().unwrap();
    }

    fn read_with(&self, ids: &[u64], len: impl Fn(&[u8]) -> usize) -> u64 {
        let of_id = |id: &u64| {
            let txn = self.env.read_txn().unwrap();
            self.table.get(&txn, id).unwrap().map_or(0, &len)
        };
        ids.iter().map(of_id).sum::<usize>() as u64
    }

    fn scan_with(&self, score: impl Fn(&[u8]) -> f64) -> u64 {
        let txn = self.env.read_txn().unwrap();
        let mut found = Vec::new();
        for row in self.table.iter(&txn).unwrap() {
            let (id, value) = row.unwrap();
            if score(value) > HIGH_SCORE {
                found.push(id);
            }
        }
        found.into_iter().fold(0, fold)
    }
}

impl Store for Lmdb {
    fn prepare<'a>(&'a self, records: &'a [Record]) -> Load<'a> {
        Box::new(move || {
            self.write(|txn| {
                for record in records {
                    self.table.put(txn, &record.id, &encode(record)).unwrap();
                }
            });
        })
    }

    fn read(&self, ids: &[u64]) -> u64 {
        self.read_with(ids, |bytes| checked(bytes, |record| record.name.len()))
    }

    fn scan(&self) -> u64 {
        self.scan_with(|bytes| checked(bytes, |record| record.score.to_native()))
    }

    fn put(&self, record: &Record) {
        self.write(|txn| self.table.put(txn, &record.id, &encode(record)).unwrap());
    }

    fn update(&self, id: u64, score: f64) {
        self.write(|txn| {
            let mut record = decode(self.table.get(txn, &id).unwrap().unwrap());
            record.score = score;
            self.table.put(txn, &id, &encode(&record)).unwrap();
        });
    }

    fn delete(&self, id: u64) {
        self.write(|txn| {
            self.table.delete(txn, &id).unwrap();
        });
    }
}

impl Store for Unchecked {
    fn prepare<'a>(&'a self, records: &'a [Record]) -> Load<'a> {
        self.0.prepare(records)
    }

    #[expect(unsafe_code, reason = "the peer's floor reads unchecked")]
    fn read(&self, ids: &[u64]) -> u64 {
        // SAFETY: only this file writes the table, with `encode`.
        self.0.read_with(ids, |bytes| unsafe { unchecked(bytes, |record| record.name.len()) })
    }

    #[expect(unsafe_code, reason = "the peer's floor reads unchecked")]
    fn scan(&self) -> u64 {
        // SAFETY: only this file writes the table, with `encode`.
        self.0.scan_with(|bytes| unsafe { unchecked(bytes, |record| record.score.to_native()) })
    }

    fn put(&self, record: &Record) {
        self.0.put(record);
    }

    fn update(&self, id: u64, score: f64) {
        self.0.update(id, score);
    }

    fn delete(&self, id: u64) {
        self.0.delete(id);
    }
}
