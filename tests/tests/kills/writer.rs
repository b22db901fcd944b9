//! The process that is killed.

use rkyv::{Archive, Deserialize, Serialize};
use std::{fs, path::Path, thread};
use storage::{Durability, Storage, StorageError, StoredRecord, WriteTxn};
use tests::{child, random::Random};

/// How many threads write.
pub(crate) const THREADS: usize = 3;
/// How many keys each of them has.
pub(crate) const KEYS: u64 = 60;

#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "orders")]
pub(crate) struct Order {
    #[store(key)]
    pub(crate) thread: u64,
    #[store(key)]
    pub(crate) id: u64,
    #[store(index)]
    pub(crate) commit: u64,
    #[store(unique)]
    pub(crate) code: String,
    pub(crate) body: Vec<u8>,
}

#[derive(Clone, Debug, PartialEq, StoredRecord)]
#[store(codec = "flatbuffers", table = "receipts")]
pub(crate) struct Receipt {
    #[store(key)]
    pub(crate) thread: u64,
    #[store(key)]
    pub(crate) id: u64,
    #[store(index)]
    pub(crate) commit: u64,
    #[store(unique)]
    pub(crate) code: String,
    pub(crate) body: Vec<u8>,
}

/// What a commit of a thread was: the same for whoever has its number.
#[derive(Clone, Debug)]
pub(crate) struct Commit {
    pub(crate) thread: u64,
    pub(crate) number: u64,
}

impl Commit {
    fn random(&self) -> Random {
        Random::new(self.thread.wrapping_mul(0x1_0000_0001).wrapping_add(self.number))
    }

    /// The ids that it writes and those that it deletes, of which none is among the first.
    pub(crate) fn ids(&self) -> (Vec<u64>, Vec<u64>) {
        let mut random = self.random();
        let start = random.next();
        let written = 1 + random.below(8) as u64;
        let deleted = random.below(4) as u64;
        let ids =
            |range: std::ops::Range<u64>| range.map(|n| start.wrapping_add(n) % KEYS).collect();
        (ids(0..written), ids(written..written + deleted))
    }

    pub(crate) fn order(&self, id: u64) -> Order {
        let Self { thread, number } = *self;
        let body = self.body(id);
        Order { thread, id, commit: number, code: format!("{thread}-{id}-{number}"), body }
    }

    pub(crate) fn receipt(&self, id: u64) -> Receipt {
        let Order { thread, id, commit, code, body } = self.order(id);
        Receipt { thread, id, commit, code, body }
    }

    fn body(&self, id: u64) -> Vec<u8> {
        let len = self.random().below(1500) + id as usize;
        vec![(self.number ^ id) as u8; len]
    }

    /// Makes it part of a transaction: records of both tables and the counter of the thread.
    fn write(&self, txn: &WriteTxn<'_>) -> storage::Result<()> {
        let (orders, receipts) = (txn.table::<Order>()?, txn.table::<Receipt>()?);
        let (written, deleted) = self.ids();
        for id in written {
            let order = self.order(id);
            // An update where there is something to change.
            let updated = orders.update((self.thread, id), |old| old.clone_from(&order))?;
            if updated.is_none() {
                orders.insert(&order)?;
            }
            receipts.put(&self.receipt(id))?;
        }
        for id in deleted {
            orders.delete((self.thread, id))?;
            receipts.delete((self.thread, id))?;
        }
        txn.new_rkyv_table::<u64, u64>("counters").put(self.thread, &self.number).map(drop)
    }
}

/// Writes until it is killed.
pub(crate) fn run(folder: &Path, seed: u64) {
    let storage = Storage::open(folder.join("test.redb")).unwrap();
    let counters = storage.new_rkyv_table::<u64, u64>("counters");
    thread::scope(|scope| {
        for thread in 0..THREADS as u64 {
            let (storage, counters) = (storage.clone(), counters.clone());
            scope.spawn(move || {
                let mut random = Random::new(seed ^ thread);
                let mut number = counters.load(thread).unwrap().unwrap_or_default();
                loop {
                    number += 1;
                    let commit = Commit { thread, number };
                    // A commit that waits for nothing is not told of: a later one makes it safe.
                    let waits = random.below(4) > 0;
                    let durability = if waits { Durability::Immediate } else { Durability::None };
                    storage.write_with(durability, |txn| commit.write(txn)).unwrap();
                    if waits {
                        child::say(&format!("{thread} {number}"));
                    }
                    if random.below(8) == 0 {
                        give_up(&storage, &commit);
                    }
                }
            });
        }
        scope.spawn(|| care(&storage, folder, seed));
    });
}

/// A transaction that is rolled back, of which nothing may be seen.
fn give_up(storage: &Storage, commit: &Commit) {
    let number = commit.number + 1_000_000;
    let never = Commit { number, ..commit.clone() };
    let refused = storage.write(|txn| {
        never.write(txn)?;
        Err::<(), _>(StorageError::custom("never mind"))
    });
    refused.unwrap_err();
}

/// Compacts and backs up, over and over.
fn care(storage: &Storage, folder: &Path, seed: u64) {
    let mut random = Random::new(!seed);
    for number in 0_u64.. {
        if random.below(2) == 0 {
            // Refused while somebody reads.
            let _ = storage.compact();
        } else {
            let path = folder.join(format!("backup-{}", number % 2));
            let _ = fs::remove_file(&path);
            storage.backup(path).unwrap();
        }
        thread::sleep(std::time::Duration::from_millis(random.below(20) as u64));
    }
}
