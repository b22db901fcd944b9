//! redb's own benchmark: its keys, values and phases, with a tenth of its numbers. All phases of one store in turn.
//!
//! Its writes without a wait for the disk and its `retain`, `extract_if` and `pop` are left out: not all have them.

use crate::{
    bench::{Bench, folder, progress},
    harness::{Clock, Stopwatch, Table, Unit},
    peers::pairs::{PAIRS, Pair, Pairs},
};
use std::thread;

const KEY_LEN: usize = 24;
const VALUE_LEN: usize = 150;
const BULK: u64 = 500_000;
const SINGLE_WRITES: usize = 100;
const BATCHES: usize = 10;
const BATCH_LEN: usize = 1_000;
const READS: usize = 100_000;
const RANGES: usize = 50_000;
const RANGE_LEN: usize = 10;
const THREADS: usize = 4;

/// More rounds than this say little for what they take.
const ROUNDS_MAX: u64 = 3;

/// Every phase in its order, and its clock.
const PHASES: [(&str, Clock); 7] = [
    ("bulk load", Clock::WallAndThread),
    ("individual writes", Clock::WallAndThread),
    ("batch writes", Clock::WallAndThread),
    ("random reads", Clock::Thread),
    ("random range reads", Clock::Thread),
    ("random reads of 4 threads", Clock::Wall),
    ("removals", Clock::WallAndThread),
];

pub fn run(bench: &mut Bench) {
    let bulk = bench.scaled(BULK) as usize;
    let pairs = pairs(bulk + SINGLE_WRITES + BATCHES * BATCH_LEN);
    let mut tables =
        PHASES.map(|(phase, _)| Table::new(format!("redb-bench: {phase}"), Unit::Nanoseconds));
    for round in 0..bench.settings.rounds.min(ROUNDS_MAX) {
        let mut sums = Vec::new();
        for (name, open) in PAIRS {
            progress(&format!("redb-bench, round {round}, {name}"));
            let dir = folder();
            let (samples, sum) = phases(&*open(dir.path()), &pairs, bulk);
            sums.push(sum);
            for ((table, (_, clock)), (operations, watch)) in
                tables.iter_mut().zip(PHASES).zip(samples)
            {
                table.record(name, clock, &watch, operations as u64);
            }
        }
        assert!(sums.iter().all(|sum| *sum == sums[0]), "the stores found different values");
    }
    for table in &tables {
        bench.print(table, &[]);
    }
}

fn pairs(count: usize) -> Vec<Pair> {
    let mut random = fastrand::Rng::with_seed(3);
    let mut bytes = |len: usize| (0..len).map(|_| random.u8(..)).collect::<Vec<_>>();
    (0..count).map(|_| (bytes(KEY_LEN), bytes(VALUE_LEN))).collect()
}

/// The operations of each phase and what they took.
type Samples = [(usize, Stopwatch); PHASES.len()];

/// Runs all phases; the number is a sum of what was read.
fn phases(store: &dyn Pairs, pairs: &[Pair], bulk: usize) -> (Samples, u64) {
    let (first, rest) = pairs.split_at(bulk);
    let (single, batches) = rest.split_at(SINGLE_WRITES);
    let keys: Vec<&[u8]> = pairs.iter().map(|(key, _)| &key[..]).collect();
    let (reads, starts) = (&keys[..READS.min(bulk)], &keys[..RANGES.min(bulk)]);
    let mut sum = 0;
    let mut add = |value: &[u8]| sum += u64::from(value[0]);
    let samples = [
        time(bulk, || store.put_all(first)),
        time(single.len(), || single.chunks(1).for_each(|pair| store.put_all(pair))),
        time(batches.len(), || batches.chunks(BATCH_LEN).for_each(|batch| store.put_all(batch))),
        time(reads.len(), || store.read_all(reads, &mut add)),
        time(starts.len() * RANGE_LEN, || store.ranges(starts, RANGE_LEN, &mut add)),
        time(keys.len(), || read_on_threads(store, &keys)),
        time(bulk / 2, || store.remove_all(&keys[..bulk / 2])),
    ];
    (samples, sum)
}

fn read_on_threads(store: &dyn Pairs, keys: &[&[u8]]) {
    thread::scope(|scope| {
        for share in keys.chunks(keys.len().div_ceil(THREADS)) {
            scope.spawn(|| {
                let mut count = 0;
                store.read_all(share, &mut |_| count += 1);
                assert_eq!(count, share.len());
            });
        }
    });
}

fn time(operations: usize, work: impl FnOnce()) -> (usize, Stopwatch) {
    let mut watch = Stopwatch::default();
    watch.time(work);
    (operations, watch)
}
