//! The runs: random operations in autocommit and in transactions, with re-opens, failures and panics.

use super::{
    check::Check,
    item::{Item, Rng},
    mirror::Mirror,
    oracle::Oracle,
    step::{Deliberate, Pair, Trace, caught},
};
use std::{
    env,
    hash::{BuildHasher, RandomState},
    panic::resume_unwind,
};
use storage::{ReadTxn, Storage, StorageError, StoredRecord, Table, WriteTxn};
use tests::Scratch;

/// How many operations the tests of one codec make together.
const OPERATION_COUNT: usize = 20_000;

/// Room for most of the rows that a run has.
const CACHE_LEN: usize = 1 << 20;

#[test]
fn a_table_in_autocommit_is_a_map_with_indexes() {
    Run::new(1).until(operation_count() * 3 / 10, Run::autocommit);
}

#[test]
fn a_table_in_transactions_is_a_map_with_indexes() {
    Run::new(2).until(operation_count() * 7 / 10, Run::transaction);
}

#[test]
fn a_table_in_turn_in_both_is_a_map_with_indexes() {
    Run::new(3).until(operation_count() / 20, |run| {
        if run.rng.percent(50) {
            run.autocommit();
        } else {
            run.transaction();
        }
    });
}

fn operation_count() -> usize {
    env::var("STORAGE_OPS").map_or(OPERATION_COUNT, |count| count.parse().unwrap())
}

fn seed() -> u64 {
    env::var("STORAGE_SEED").map_or_else(
        |_| RandomState::new().hash_one("seed"),
        |seed| seed.parse().expect("STORAGE_SEED is a number"),
    )
}

/// A store, and what should be in it.
struct Run {
    scratch: Scratch,
    storage: Option<Storage>,
    oracle: Oracle,
    rng: Rng,
    trace: Trace,
    /// States that are held while writes go on.
    snapshots: Vec<(ReadTxn, Oracle)>,
    mirror: Mirror,
}

impl Run {
    fn new(stream: u64) -> Self {
        let seed = seed();
        eprintln!("STORAGE_SEED={seed}");
        let scratch = Scratch::new();
        let (storage, oracle) = (scratch.open(), Oracle::default());
        Self {
            mirror: Mirror::new(&storage, &oracle),
            storage: Some(storage),
            scratch,
            oracle,
            rng: Rng::new(seed ^ (stream << 40)),
            trace: Trace::default(),
            snapshots: Vec::new(),
        }
    }

    /// Goes on until there were `count` operations.
    fn until(&mut self, count: usize, round: impl Fn(&mut Self)) {
        while self.trace.count < count {
            round(self);
            match self.rng.below(20) {
                0 => self.reopen(),
                1 => {
                    let snapshot = self.storage().read().unwrap();
                    self.snapshots.push((snapshot, self.oracle.clone()));
                }
                2 => self.check_snapshots(),
                _ => {}
            }
        }
        self.check_snapshots();
        self.reopen();
        self.check();
    }

    fn storage(&self) -> Storage {
        self.storage.clone().unwrap()
    }

    /// The table, in every other case with a cache for some of its rows.
    fn table(&mut self) -> Table<Item> {
        let table = Item::table(&self.storage()).unwrap();
        if self.rng.percent(50) { table.with_cache(CACHE_LEN) } else { table }
    }

    fn check(&mut self) {
        self.mirror.check(&self.oracle);
        let table = self.table();
        Check { table: &table, oracle: &self.oracle, rng: &mut self.rng }.all();
    }

    fn check_snapshots(&mut self) {
        for (snapshot, oracle) in self.snapshots.drain(..) {
            let table = snapshot.table::<Item>().unwrap();
            Check { table: &table, oracle: &oracle, rng: &mut self.rng }.all();
        }
    }

    fn reopen(&mut self) {
        self.trace.add("re-open");
        self.check_snapshots();
        self.mirror.check(&self.oracle);
        drop(self.storage.take());
        let storage = self.scratch.open();
        self.mirror = Mirror::new(&storage, &self.oracle);
        self.storage = Some(storage);
    }

    /// Writes that are each a transaction of their own.
    fn autocommit(&mut self) {
        let table = self.table();
        for _ in 0..=self.rng.below(60) {
            let Self { oracle, rng, trace, .. } = self;
            Pair { table: &table, oracle, rng, trace }.step();
        }
        self.check();
    }

    /// A transaction, which commits, fails or panics.
    fn transaction(&mut self) {
        let storage = self.storage();
        let mut draft = self.oracle.clone();
        let end = End::random(&mut self.rng);
        self.trace.add(format!("transaction, to end with {end:?}"));
        let Self { rng, trace, .. } = self;
        let mut write = || {
            storage.write(|txn| {
                Nest { txn, rng, trace }.body(&mut draft, 60, 0);
                if rng.percent(50) {
                    let table = txn.table::<Item>()?;
                    Check { table: &table, oracle: &draft, rng }.all();
                }
                end.come()
            })
        };
        match end {
            End::Ok => {
                write().unwrap();
                self.oracle = draft;
            }
            End::Err => assert_is_deliberate(write()),
            End::Panic => caught(write),
        }
        if self.rng.percent(50) {
            self.check();
        }
    }
}

/// How a transaction or a savepoint ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Ok,
    Err,
    Panic,
}

impl End {
    fn random(rng: &mut Rng) -> Self {
        *rng.pick(&[Self::Ok, Self::Ok, Self::Ok, Self::Ok, Self::Err, Self::Panic])
    }

    fn come(self) -> storage::Result<()> {
        match self {
            Self::Ok => Ok(()),
            Self::Err => Err(StorageError::custom("deliberate")),
            Self::Panic => resume_unwind(Box::new(Deliberate)),
        }
    }
}

fn assert_is_deliberate(outcome: storage::Result<()>) {
    match outcome {
        Err(StorageError::Custom(error)) => assert_eq!(error.to_string(), "deliberate"),
        other => panic!("expected the error of the body: {other:?}"),
    }
}

/// Writes inside a transaction, with savepoints in savepoints.
struct Nest<'a, 'txn> {
    txn: &'a WriteTxn<'txn>,
    rng: &'a mut Rng,
    trace: &'a mut Trace,
}

impl Nest<'_, '_> {
    fn body(&mut self, draft: &mut Oracle, count: usize, depth: usize) {
        let table = self.txn.table::<Item>().unwrap();
        for _ in 0..=self.rng.below(count) {
            if depth < 3 && self.rng.percent(6) {
                self.savepoint(draft, depth + 1);
            } else {
                let Self { rng, trace, .. } = self;
                Pair { table: &table, oracle: draft, rng, trace }.step();
            }
        }
    }

    fn savepoint(&mut self, draft: &mut Oracle, depth: usize) {
        let end = End::random(self.rng);
        let mut inner = draft.clone();
        self.trace.add(format!("savepoint {depth}, to end with {end:?}"));
        let txn = *self.txn;
        let mut write = || {
            txn.savepoint(|| {
                self.body(&mut inner, 10, depth);
                end.come()
            })
        };
        match end {
            End::Ok => {
                write().unwrap();
                *draft = inner;
            }
            End::Err => assert_is_deliberate(write()),
            End::Panic => caught(write),
        }
        self.trace.add(format!("savepoint {depth} ended with {end:?}"));
        let table = self.txn.table::<Item>().unwrap();
        assert_eq!(table.verify().unwrap(), [], "the indexes after a savepoint");
        assert_eq!(table.len().unwrap(), u64::try_from(draft.rows.len()).unwrap());
    }
}
