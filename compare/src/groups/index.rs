//! Records with a unique index of text and an index of a number: loads and look-ups.

use crate::{
    bench::{Bench, folder, progress},
    harness::{Clock, Work},
    peers::{INDEXED, Indexed, NATIVE_DB, OURS, SQLITE},
    records::{AGES, Record, email, records, uniform},
    report::Goal,
};

const COUNT: u64 = 200_000;
const LOOKUPS: usize = 10_000;
/// Ages a round, each with one record of eighty.
const AGES_A_ROUND: u64 = 4;

pub fn run(bench: &mut Bench) {
    let count = COUNT.min(bench.settings.records);
    let records = records(count);
    load(bench, &records);
    let dirs: Vec<_> = INDEXED.iter().map(|_| folder()).collect();
    let mut stores: Vec<(&str, Box<dyn Indexed>)> = Vec::new();
    for (engine, dir) in INDEXED.iter().zip(&dirs) {
        progress(&format!("filling {}", engine.name));
        (engine.open)(dir.path()).prepare(&records)();
        stores.push((engine.name, (engine.open)(dir.path())));
    }
    let emails: Vec<Vec<String>> = (0..=bench.settings.rounds)
        .map(|round| uniform(LOOKUPS, count, round).into_iter().map(email).collect())
        .collect();
    let mut work = Work::new("unique index, one field", Clock::Thread, LOOKUPS as u64);
    for (name, store) in &stores {
        work.timed(name, |round| store.by_email(&emails[round as usize]));
    }
    bench.run(work, &goals(0.42, 0.50));
    let mut work = Work::new(
        "index range, one field of each record",
        Clock::Thread,
        AGES_A_ROUND * count / u64::from(AGES),
    );
    for (name, store) in &stores {
        work.timed(name, |round| {
            let age = |nth| ((round * AGES_A_ROUND + nth * 7) % u64::from(AGES)) as u32;
            store.by_age(&(0..AGES_A_ROUND).map(age).collect::<Vec<_>>())
        });
    }
    bench.run(work, &goals(0.48, 0.92));
}

fn load(bench: &mut Bench, records: &[Record]) {
    let mut work = Work::new("load with two indexes", Clock::WallAndThread, records.len() as u64);
    for engine in INDEXED {
        work.variant(engine.name, move |_, watch| {
            let dir = folder();
            let store = (engine.open)(dir.path());
            watch.time(store.prepare(records));
            records.len() as u64
        });
    }
    bench.run(work, &goals(0.10, 0.50));
}

fn goals(native_db: f64, sqlite: f64) -> [Goal; 2] {
    let goal = |peer, at_most| Goal { ours: OURS, peer, at_most };
    [goal(NATIVE_DB, native_db), goal(SQLITE, sqlite)]
}
