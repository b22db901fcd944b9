//! redb as the first draft of such a store would use it: keys as `&[u8]`, a transaction and a table opened for each
//! read, and the value copied to an aligned address.

use super::{
    Face, Load, NAIVE, RAW_BYTES, Store, fold,
    redb_raw::create,
    rkyv_bytes::{decode, encode, unchecked},
};
use crate::records::{HIGH_SCORE, Record};
use redb::{
    Database, ReadOnlyTable, ReadableDatabase, ReadableTable, TableDefinition, WriteTransaction,
};
use rkyv::util::AlignedVec;
use std::{
    path::Path,
    sync::{Arc, OnceLock},
};

const RECORDS: TableDefinition<'_, &[u8], &[u8]> = TableDefinition::new("records");

type Records = ReadOnlyTable<&'static [u8], &'static [u8]>;

struct Naive {
    db: Database,
}

/// The same file, with the table held for all reads, in place.
struct Held {
    naive: Arc<Naive>,
    table: OnceLock<Records>,
}

pub(super) fn open(dir: &Path) -> Vec<Face> {
    let naive = Arc::new(Naive { db: create(&dir.join("naive.redb")) });
    let held = Held { naive: Arc::clone(&naive), table: OnceLock::new() };
    vec![Face::new(NAIVE, naive), Face::new(RAW_BYTES, held)]
}

impl Naive {
    fn table(&self) -> Records {
        self.db.begin_read().unwrap().open_table(RECORDS).unwrap()
    }

    fn write(&self, body: impl FnOnce(&WriteTransaction)) {
        let txn = self.db.begin_write().unwrap();
        body(&txn);
        txn.commit().unwrap();
    }
}

fn copy(value: &[u8]) -> AlignedVec {
    let mut copy = AlignedVec::with_capacity(value.len());
    copy.extend_from_slice(value);
    copy
}

impl Store for Arc<Naive> {
    fn prepare<'a>(&'a self, records: &'a [Record]) -> Load<'a> {
        Box::new(move || {
            self.write(|txn| {
                let mut table = txn.open_table(RECORDS).unwrap();
                for record in records {
                    table.insert(&record.id.to_be_bytes()[..], &encode(record)[..]).unwrap();
                }
            });
        })
    }

    #[expect(unsafe_code, reason = "the draft reads unchecked")]
    fn read(&self, ids: &[u64]) -> u64 {
        let len = |id: &u64| {
            self.table().get(&id.to_be_bytes()[..]).unwrap().map_or(0, |value| {
                // SAFETY: only this file writes the table, with `encode`.
                unsafe { unchecked(&copy(value.value()), |record| record.name.len()) }
            })
        };
        ids.iter().map(len).sum::<usize>() as u64
    }

    #[expect(unsafe_code, reason = "the draft reads unchecked")]
    fn scan(&self) -> u64 {
        let mut found = Vec::new();
        for row in self.table().iter().unwrap() {
            let (key, value) = row.unwrap();
            let copy = copy(value.value());
            // SAFETY: only this file writes the table, with `encode`.
            let score = unsafe { unchecked(&copy, |record| record.score.to_native()) };
            if score > HIGH_SCORE {
                found.push(u64::from_be_bytes(key.value().try_into().unwrap()));
            }
        }
        found.into_iter().fold(0, fold)
    }

    fn put(&self, record: &Record) {
        self.write(|txn| {
            let mut table = txn.open_table(RECORDS).unwrap();
            table.insert(&record.id.to_be_bytes()[..], &encode(record)[..]).unwrap();
        });
    }

    fn update(&self, id: u64, score: f64) {
        self.write(|txn| {
            let key = id.to_be_bytes();
            let mut table = txn.open_table(RECORDS).unwrap();
            let mut record = decode(table.get(&key[..]).unwrap().unwrap().value());
            record.score = score;
            table.insert(&key[..], &encode(&record)[..]).unwrap();
        });
    }

    fn delete(&self, id: u64) {
        self.write(|txn| {
            txn.open_table(RECORDS).unwrap().remove(&id.to_be_bytes()[..]).unwrap();
        });
    }
}

impl Store for Held {
    fn prepare<'a>(&'a self, records: &'a [Record]) -> Load<'a> {
        self.naive.prepare(records)
    }

    #[expect(unsafe_code, reason = "the floor reads unchecked")]
    fn read(&self, ids: &[u64]) -> u64 {
        let table = self.table.get_or_init(|| self.naive.table());
        let len = |id: &u64| {
            table.get(&id.to_be_bytes()[..]).unwrap().map_or(0, |value| {
                // SAFETY: only this file writes the table, with `encode`.
                unsafe { unchecked(value.value(), |record| record.name.len()) }
            })
        };
        ids.iter().map(len).sum::<usize>() as u64
    }

    #[expect(unsafe_code, reason = "the floor reads unchecked")]
    fn scan(&self) -> u64 {
        let mut found = Vec::new();
        for row in self.table.get_or_init(|| self.naive.table()).iter().unwrap() {
            let (key, value) = row.unwrap();
            // SAFETY: only this file writes the table, with `encode`.
            let score = unsafe { unchecked(value.value(), |record| record.score.to_native()) };
            if score > HIGH_SCORE {
                found.push(u64::from_be_bytes(key.value().try_into().unwrap()));
            }
        }
        found.into_iter().fold(0, fold)
    }

    fn put(&self, record: &Record) {
        self.naive.put(record);
    }

    fn update(&self, id: u64, score: f64) {
        self.naive.update(id, score);
    }

    fn delete(&self, id: u64) {
        self.naive.delete(id);
    }
}
