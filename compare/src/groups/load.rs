//! Many records in one transaction, into an empty file, encoding and the wait for the disk included.

use crate::{
    bench::{Bench, folder},
    harness::{Clock, Work},
    peers::{ENGINES, NAIVE, OURS},
    records::{Record, records},
    report::Goal,
};

/// Enough for a tree of four levels.
const COUNT: u64 = 300_000;

pub fn run(bench: &mut Bench) {
    let mut records = records(COUNT.min(bench.settings.records));
    load(bench, "load, sorted", &records, 0.48);
    fastrand::Rng::with_seed(5).shuffle(&mut records);
    load(bench, "load, random order", &records, 0.20);
}

fn load(bench: &mut Bench, title: &str, records: &[Record], at_most: f64) {
    let mut work = Work::new(title, Clock::WallAndThread, records.len() as u64);
    // The naive one is the base.
    let mut engines = ENGINES.to_vec();
    engines.sort_by_key(|engine| engine.name != NAIVE);
    for engine in engines {
        work.variant(engine.name, move |_, watch| {
            let dir = folder();
            let faces = (engine.open)(dir.path());
            watch.time(faces[0].store.prepare(records));
            records.len() as u64
        });
    }
    bench.run(work, &[Goal { ours: OURS, peer: NAIVE, at_most }]);
}
