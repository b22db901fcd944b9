//! One record a commit, and every commit on the disk before it is acknowledged.

use crate::{
    bench::{Bench, Filled, fill},
    harness::{Clock, Work},
    peers::{Face, NAIVE, OURS, RAW},
    records::{Record, mix, record},
    report::Goal,
};
use std::thread;

const PRELOADED: u64 = 100_000;
const PUTS: u64 = 128;
/// Of the naive store, and of ours in one row.
const THREADS: u64 = 8;
/// Of ours in another: the naive one commits one put at a time, however many threads wait.
const MANY_THREADS: u64 = 64;

pub fn run(bench: &mut Bench) {
    let filled = fill(PRELOADED.min(bench.settings.records));
    let single = Goal { ours: OURS, peer: RAW, at_most: 1.05 };
    write(bench, &filled, "durable put, one thread", &[single], |face, id| {
        face.store.put(&changed(id));
    });
    write(bench, &filled, "durable update of a field", &[], |face, id| {
        face.store.update(id, 0.5);
    });
    write(bench, &filled, "durable delete", &[], |face, id| face.store.delete(id));
    threads(bench, &filled);
}

/// `PUTS` verbs a round on ids that are there, the same for all stores.
fn write(
    bench: &mut Bench,
    filled: &Filled,
    title: &str,
    goals: &[Goal],
    verb: impl Fn(&Face, u64),
) {
    let below = PRELOADED.min(bench.settings.records);
    let mut work = Work::new(title, Clock::Wall, PUTS);
    for face in writers(filled) {
        let verb = &verb;
        work.timed(face.name, move |round| {
            (0..PUTS).for_each(|nth| verb(face, mix(round * PUTS + nth) % below));
            PUTS
        });
    }
    bench.run(work, goals);
}

/// The first face of each engine.
fn writers(filled: &Filled) -> impl Iterator<Item = &Face> {
    let names = crate::peers::ENGINES.iter().map(|engine| engine.name);
    names.filter_map(|name| filled.faces.iter().find(|face| face.name == name))
}

/// Puts of several threads at once.
fn threads(bench: &mut Bench, filled: &Filled) {
    let face = |name| filled.faces.iter().find(|face| face.name == name).unwrap();
    let (naive, ours) = (face(NAIVE), face(OURS));
    let mut work = Work::new("durable puts of several threads", Clock::Wall, PUTS * 8);
    work.timed(NAIVE, |round| put_on(naive, THREADS, round));
    work.timed("storage, 8 threads", |round| put_on(ours, THREADS, round));
    work.timed("storage, 64 threads", |round| put_on(ours, MANY_THREADS, round));
    work.timed("storage, 8 threads, tickets", |round| hand_in(ours, round));
    let goals = [
        ("storage, 8 threads", 0.30),
        ("storage, 64 threads", 0.16),
        ("storage, 8 threads, tickets", 0.06),
    ]
    .map(|(ours, at_most)| Goal { ours, peer: NAIVE, at_most });
    bench.run(work, &goals);
}

/// The same number of puts, however many threads share them.
fn put_on(face: &Face, threads: u64, round: u64) -> u64 {
    let puts = PUTS * 8;
    thread::scope(|scope| {
        for thread in 0..threads {
            scope.spawn(move || {
                for nth in 0..puts / threads {
                    let id = mix(round ^ (thread << 32) ^ (nth << 40)) % PRELOADED;
                    face.store.put(&changed(id));
                }
            });
        }
    });
    puts
}

/// The same number again, each thread's handed in at once and waited for at the end.
fn hand_in(face: &Face, round: u64) -> u64 {
    let puts = PUTS * 8;
    thread::scope(|scope| {
        for thread in 0..THREADS {
            scope.spawn(move || {
                let id = |nth| mix(round ^ (thread << 32) ^ (nth << 40)) % PRELOADED;
                let records: Vec<_> = (0..puts / THREADS).map(id).map(changed).collect();
                face.store.put_each(&records);
            });
        }
    });
    puts
}

/// What is not there yet under `id`.
fn changed(id: u64) -> Record {
    Record { score: -1.0, ..record(id) }
}
