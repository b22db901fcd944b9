//! `native_db`: the nearest relative, also typed records with indexes over redb. It decodes what it reads.

use super::{CACHE_LEN, Face, Indexed, Load, NATIVE_DB, Store, fold};
use crate::records::{HIGH_SCORE, Record};
use native_db::{Builder, Database, Models, ToKey, db_type::ToInput, native_db};
use native_model::{Model, native_model};
use serde::{Deserialize, Serialize};
use std::{path::Path, sync::LazyLock};

#[derive(Clone, Serialize, Deserialize)]
#[native_model(id = 1, version = 1)]
#[native_db]
struct NativeRecord {
    #[primary_key]
    id: u64,
    name: String,
    email: String,
    age: u32,
    score: f64,
    tags: Vec<String>,
}

#[derive(Serialize, Deserialize)]
#[native_model(id = 2, version = 1)]
#[native_db]
struct NativeIndexed {
    #[primary_key]
    id: u64,
    name: String,
    #[secondary_key(unique)]
    email: String,
    #[secondary_key]
    age: u32,
    score: f64,
    tags: Vec<String>,
}

impl From<Record> for NativeRecord {
    fn from(Record { id, name, email, age, score, tags }: Record) -> Self {
        Self { id, name, email, age, score, tags }
    }
}

impl From<Record> for NativeIndexed {
    fn from(Record { id, name, email, age, score, tags }: Record) -> Self {
        Self { id, name, email, age, score, tags }
    }
}

static MODELS: LazyLock<Models> = LazyLock::new(|| {
    let mut models = Models::new();
    models.define::<NativeRecord>().unwrap();
    models.define::<NativeIndexed>().unwrap();
    models
});

struct Native(Database<'static>);

fn database(path: &Path) -> Native {
    let mut builder = Builder::new();
    builder.set_cache_size(CACHE_LEN);
    let opened =
        if path.exists() { builder.open(&MODELS, path) } else { builder.create(&MODELS, path) };
    Native(opened.unwrap())
}

pub(super) fn open(dir: &Path) -> Vec<Face> {
    vec![Face::new(NATIVE_DB, database(&dir.join("native.db")))]
}

pub(super) fn open_indexed(dir: &Path) -> Box<dyn Indexed> {
    Box::new(database(&dir.join("indexed.db")))
}

impl Native {
    fn load<T: ToInput>(&self, records: Vec<T>) {
        let txn = self.0.rw_transaction().unwrap();
        for record in records {
            txn.insert(record).unwrap();
        }
        txn.commit().unwrap();
    }
}

impl Store for Native {
    fn prepare<'a>(&'a self, records: &'a [Record]) -> Load<'a> {
        let records: Vec<_> = records.iter().cloned().map(NativeRecord::from).collect();
        Box::new(move || self.load(records))
    }

    fn read(&self, ids: &[u64]) -> u64 {
        let len = |id: &u64| {
            let txn = self.0.r_transaction().unwrap();
            let record: Option<NativeRecord> = txn.get().primary(*id).unwrap();
            record.map_or(0, |record| record.name.len())
        };
        ids.iter().map(len).sum::<usize>() as u64
    }

    fn scan(&self) -> u64 {
        let txn = self.0.r_transaction().unwrap();
        let mut found = Vec::new();
        for record in txn.scan().primary::<NativeRecord>().unwrap().all().unwrap() {
            let record = record.unwrap();
            if record.score > HIGH_SCORE {
                found.push(record.id);
            }
        }
        found.into_iter().fold(0, fold)
    }

    fn put(&self, record: &Record) {
        let txn = self.0.rw_transaction().unwrap();
        txn.upsert(NativeRecord::from(record.clone())).unwrap();
        txn.commit().unwrap();
    }

    fn update(&self, id: u64, score: f64) {
        let txn = self.0.rw_transaction().unwrap();
        let old: NativeRecord = txn.get().primary(id).unwrap().unwrap();
        txn.update(old.clone(), NativeRecord { score, ..old }).unwrap();
        txn.commit().unwrap();
    }

    fn delete(&self, id: u64) {
        let txn = self.0.rw_transaction().unwrap();
        let old: Option<NativeRecord> = txn.get().primary(id).unwrap();
        if let Some(old) = old {
            txn.remove(old).unwrap();
        }
        txn.commit().unwrap();
    }
}

impl Indexed for Native {
    fn prepare<'a>(&'a self, records: &'a [Record]) -> Load<'a> {
        let records: Vec<_> = records.iter().cloned().map(NativeIndexed::from).collect();
        Box::new(move || self.load(records))
    }

    fn by_email(&self, emails: &[String]) -> u64 {
        let len = |email: &String| {
            let txn = self.0.r_transaction().unwrap();
            let record: Option<NativeIndexed> =
                txn.get().secondary(NativeIndexedKey::email, &**email).unwrap();
            record.unwrap().name.len()
        };
        emails.iter().map(len).sum::<usize>() as u64
    }

    fn by_age(&self, ages: &[u32]) -> u64 {
        let txn = self.0.r_transaction().unwrap();
        let of_age = |age: &u32| {
            let scan = txn.scan().secondary::<NativeIndexed>(NativeIndexedKey::age).unwrap();
            let rows = scan.range(*age..=*age).unwrap();
            rows.map(|record| record.unwrap().name.len()).sum::<usize>()
        };
        ages.iter().map(of_age).sum::<usize>() as u64
    }
}
