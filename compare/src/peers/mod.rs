//! The stores, each behind the same few verbs.
//!
//! A verb takes a whole batch where it is short, so that the call through the trait does not count.

pub mod airports;
mod fjall;
mod heed;
pub mod items;
mod naive;
mod native_db;
mod ours;
pub mod pairs;
mod redb_raw;
mod rkyv_bytes;
mod sqlite;
pub mod users;

pub use self::ours::storage;
use crate::records::Record;
use std::path::Path;

/// How much memory a store may use to keep pages, in bytes: more than any file here.
const CACHE_LEN: usize = 4 << 30;

/// A load that is ready to go: what a program would have in its hands already is made before the clock runs.
pub type Load<'a> = Box<dyn FnOnce() + 'a>;

/// A table of [`Record`]s by id.
pub trait Store: Send + Sync {
    /// Writes `records` in one durable transaction.
    fn prepare<'a>(&'a self, records: &'a [Record]) -> Load<'a>;

    /// The sum of the lengths of the names under `ids`, each asked for on its own; 0 for what is missing.
    fn read(&self, ids: &[u64]) -> u64;

    /// The same, asked for at once where the store can be.
    fn read_many(&self, ids: &[u64]) -> u64 {
        self.read(ids)
    }

    /// A sum over the ids of the records with a high score.
    fn scan(&self) -> u64;

    /// The same, on several threads where the store has a verb for it.
    fn scan_on_all_cores(&self) -> u64 {
        self.scan()
    }

    /// Writes one record, durably.
    fn put(&self, record: &Record);

    /// Writes many, each durably by itself, and waits for all at the end where the store lets a program go on.
    fn put_each(&self, records: &[Record]) {
        records.iter().for_each(|record| self.put(record));
    }

    /// Changes one field of a record, durably.
    fn update(&self, id: u64, score: f64);

    /// Removes one record, durably.
    fn delete(&self, id: u64);
}

/// One way to use an engine.
pub struct Face {
    pub name: &'static str,
    pub store: Box<dyn Store>,
}

impl Face {
    fn new(name: &'static str, store: impl Store + 'static) -> Self {
        Self { name, store: Box::new(store) }
    }
}

/// An engine, opened in a folder of its own: all its faces, the one that writes first.
#[derive(Clone, Copy)]
pub struct Engine {
    pub name: &'static str,
    pub open: fn(&Path) -> Vec<Face>,
}

pub const RAW: &str = "raw redb, held table";
pub const RAW_BYTES: &str = "raw redb, held table, `&[u8]` keys";
pub const NAIVE: &str = "naive redb";
pub const OURS: &str = "storage";
pub const OURS_TRUSTED: &str = "storage, structure trusted";
pub const OURS_PROJECTED: &str = "storage, projected";
pub const OURS_CACHED: &str = "storage, record cache";
pub const NATIVE_DB: &str = "native_db";
pub const HEED_CHECKED: &str = "heed + rkyv checked";
pub const HEED_UNCHECKED: &str = "heed + rkyv unchecked";
pub const FJALL: &str = "fjall";
pub const SQLITE: &str = "rusqlite";

/// All engines; the first is the base of the ratios.
pub const ENGINES: &[Engine] = &[
    Engine { name: RAW, open: redb_raw::open },
    Engine { name: NAIVE, open: naive::open },
    Engine { name: OURS, open: ours::open },
    Engine { name: NATIVE_DB, open: native_db::open },
    Engine { name: HEED_CHECKED, open: heed::open },
    Engine { name: FJALL, open: fjall::open },
    Engine { name: SQLITE, open: sqlite::open },
];

/// A table of [`Record`]s by id, with a unique index of e-mail addresses and one of ages.
pub trait Indexed: Send + Sync {
    /// Writes `records` in one durable transaction.
    fn prepare<'a>(&'a self, records: &'a [Record]) -> Load<'a>;

    /// The sum of the lengths of the names behind `emails`, each asked for on its own.
    fn by_email(&self, emails: &[String]) -> u64;

    /// The sum of the lengths of the names of all records of each of `ages`.
    fn by_age(&self, ages: &[u32]) -> u64;
}

/// An engine that keeps indexes, or is made to.
#[derive(Clone, Copy)]
pub struct IndexedEngine {
    pub name: &'static str,
    pub open: fn(&Path) -> Box<dyn Indexed>,
}

/// All that keep indexes; the first is the base of the ratios.
pub const INDEXED: &[IndexedEngine] = &[
    IndexedEngine { name: RAW, open: redb_raw::open_indexed },
    IndexedEngine { name: OURS, open: ours::open_indexed },
    IndexedEngine { name: NATIVE_DB, open: native_db::open_indexed },
    IndexedEngine { name: SQLITE, open: sqlite::open_indexed },
];

/// A sum over ids that tells any two lists apart that are likely to be mistaken for one another.
fn fold(sum: u64, id: u64) -> u64 {
    sum.wrapping_mul(31).wrapping_add(id)
}
