//! `storage`, as its documentation says to use it.

use super::{
    CACHE_LEN, Face, Indexed, Load, OURS, OURS_CACHED, OURS_PROJECTED, OURS_TRUSTED, Store, fold,
};
use crate::records::{HIGH_SCORE, Record};
use rkyv::{Archive, Deserialize, Serialize};
use std::path::Path;
use storage::{OpenOptions, Storage, StoredRecord, Table, Trust};

pub fn storage(path: &Path) -> Storage {
    Storage::open_with(path, &OpenOptions::default().cache_size(CACHE_LEN)).unwrap()
}

#[expect(unsafe_code, reason = "one face trusts the structure of what it wrote")]
pub(super) fn open(dir: &Path) -> Vec<Face> {
    let table = Record::table(&storage(&dir.join("storage.redb"))).unwrap();
    // SAFETY: only this program writes the file, always with `Record`.
    let trust = unsafe { Trust::structure() };
    vec![
        Face::new(OURS, Ours(table.clone())),
        Face::new(OURS_TRUSTED, Ours(table.clone().with_trust(trust))),
        Face::new(OURS_PROJECTED, Projected(Ours(table.clone()))),
        Face::new(OURS_CACHED, Ours(table.with_cache(ROW_CACHE_LEN))),
    ]
}

/// Room for some 7 % of a million records, in bytes.
const ROW_CACHE_LEN: usize = 24 << 20;

/// Views of whole records.
struct Ours(Table<Record>);

impl Store for Ours {
    fn prepare<'a>(&'a self, records: &'a [Record]) -> Load<'a> {
        Box::new(move || {
            self.0.put_all(records).unwrap();
        })
    }

    fn read(&self, ids: &[u64]) -> u64 {
        let len = |id: &u64| self.0.get(*id, |record| record.name.len()).unwrap().unwrap_or(0);
        ids.iter().map(len).sum::<usize>() as u64
    }

    fn read_many(&self, ids: &[u64]) -> u64 {
        let lens = self.0.get_many(ids, |record| record.name.len()).unwrap();
        lens.into_iter().flatten().sum::<usize>() as u64
    }

    fn scan(&self) -> u64 {
        let high = self.0.scan(|record| (record.score > HIGH_SCORE).then_some(record.id.into()));
        high.unwrap().into_iter().fold(0, fold)
    }

    fn put(&self, record: &Record) {
        self.0.put(record).unwrap();
    }

    fn put_each(&self, records: &[Record]) {
        let tickets = records.iter().cloned().map(|record| self.0.put_async(record).unwrap());
        for ticket in tickets.collect::<Vec<_>>() {
            ticket.wait().unwrap();
        }
    }

    fn update(&self, id: u64, score: f64) {
        self.0.update(id, |record| record.score = score).unwrap().unwrap();
    }

    fn delete(&self, id: u64) {
        self.0.delete(id).unwrap();
    }
}

/// Single fields.
struct Projected(Ours);

impl Store for Projected {
    fn prepare<'a>(&'a self, records: &'a [Record]) -> Load<'a> {
        self.0.prepare(records)
    }

    fn read(&self, ids: &[u64]) -> u64 {
        let name = Record::FIELDS.name;
        let len = |id: &u64| self.0.0.project_with(*id, name, str::len).unwrap().unwrap_or(0);
        ids.iter().map(len).sum::<usize>() as u64
    }

    fn scan(&self) -> u64 {
        let fields = Record::FIELDS;
        let rows = self.0.0.iter().unwrap();
        let high = rows.filter(fields.score.gt(HIGH_SCORE)).select(fields.id);
        high.map(Result::unwrap).collect::<Vec<_>>().into_iter().fold(0, fold)
    }

    fn scan_on_all_cores(&self) -> u64 {
        let fields = Record::FIELDS;
        let high = self.0.0.par_select(fields.score.gt(HIGH_SCORE), fields.id).unwrap();
        high.into_iter().fold(0, fold)
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

/// The same record with two indexes.
#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "indexed")]
struct IndexedRecord {
    #[store(key)]
    id: u64,
    name: String,
    #[store(unique)]
    email: String,
    #[store(index)]
    age: u32,
    score: f64,
    tags: Vec<String>,
}

impl From<Record> for IndexedRecord {
    fn from(Record { id, name, email, age, score, tags }: Record) -> Self {
        Self { id, name, email, age, score, tags }
    }
}

pub(super) fn open_indexed(dir: &Path) -> Box<dyn Indexed> {
    Box::new(IndexedRecord::table(&storage(&dir.join("indexed.redb"))).unwrap())
}

impl Indexed for Table<IndexedRecord> {
    fn prepare<'a>(&'a self, records: &'a [Record]) -> Load<'a> {
        let records: Vec<_> = records.iter().cloned().map(IndexedRecord::from).collect();
        Box::new(move || {
            self.put_all(&records).unwrap();
        })
    }

    fn by_email(&self, emails: &[String]) -> u64 {
        let by_email = self.by(IndexedRecord::INDEXES.email);
        let name = IndexedRecord::FIELDS.name;
        let len =
            |email: &String| by_email.project_with(&**email, name, str::len).unwrap().unwrap();
        emails.iter().map(len).sum::<usize>() as u64
    }

    fn by_age(&self, ages: &[u32]) -> u64 {
        let by_age = self.by(IndexedRecord::INDEXES.age);
        let mut sum = 0;
        for age in ages {
            let rows = by_age.range(*age..=*age).unwrap().select(IndexedRecord::FIELDS.name);
            rows.for_each_ref(|name| {
                sum += name.len();
                true
            })
            .unwrap();
        }
        sum as u64
    }
}
