//! One record by its id, one field read, each in a transaction of its own.

use crate::{
    bench::{Bench, Filled, fill},
    harness::{Clock, Work},
    peers::{HEED_CHECKED, NAIVE, NATIVE_DB, OURS, OURS_CACHED, RAW},
    records::{Zipf, uniform},
    report::Goal,
};

/// Reads a round: each hot id is asked for some ten times in a row.
const READS: usize = 100_000;
const HOT: u64 = 10_000;

pub fn run(bench: &mut Bench) {
    let count = bench.settings.records;
    let filled = fill(count).warm();
    let goal = |peer, at_most| Goal { ours: OURS, peer, at_most };
    let title = format!("get, uniform over {count}");
    let goals = [goal(RAW, 1.15), Goal { ours: OURS_CACHED, peer: OURS, at_most: 1.20 }];
    read(bench, &filled, &title, &goals, |round| uniform(READS, count, round));
    let cached = |peer, at_most| Goal { ours: OURS_CACHED, peer, at_most };
    let goals = [
        goal(NAIVE, 0.45),
        goal(NATIVE_DB, 0.27),
        goal(HEED_CHECKED, 1.10),
        cached(RAW, 0.15),
        cached(HEED_CHECKED, 0.15),
    ];
    read(bench, &filled, "get, hot 10000", &goals, |round| uniform(READS, HOT.min(count), round));
    let zipf = Zipf::new(count);
    let goals = [cached(RAW, 0.75)];
    read(bench, &filled, "get, Zipf", &goals, |round| zipf.ids(READS, round));
    let missing = |round| uniform(READS, count, round).iter().map(|id| count + id).collect();
    read(bench, &filled, "get, missing keys behind the last", &[], missing);
    let title = format!("get of {READS} records at once");
    let ids: Vec<_> =
        (0..=bench.settings.rounds).map(|round| uniform(READS, count, round)).collect();
    let mut work = Work::new(title, Clock::Thread, READS as u64);
    for face in &filled.faces {
        work.timed(face.name, |round| face.store.read_many(&ids[round as usize]));
    }
    bench.run(work, &[]);
}

/// Every store reads the same ids in a round.
fn read(
    bench: &mut Bench,
    filled: &Filled,
    title: &str,
    goals: &[Goal],
    ids: impl Fn(u64) -> Vec<u64>,
) {
    let ids: Vec<_> = (0..=bench.settings.rounds).map(ids).collect();
    let mut work = Work::new(title, Clock::Thread, READS as u64);
    for face in &filled.faces {
        work.timed(face.name, |round| face.store.read(&ids[round as usize]));
    }
    bench.run(work, goals);
}
