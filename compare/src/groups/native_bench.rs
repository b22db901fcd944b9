//! `native_db`'s own benchmark with ten secondary keys, made fair: every store has the indexes, commits in the same way,
//! has its statements prepared, and takes the same half-open range.

use crate::{
    bench::{Bench, folder},
    harness::{Clock, Work},
    peers::items::{INDEXES, ITEMS, Item, Items},
};

const COUNT: i64 = 10_000;
/// Commits of one item each.
const SINGLE: i64 = 100;

pub fn run(bench: &mut Bench) {
    insert(bench);
    let mut random = fastrand::Rng::with_seed(1);
    let mut item = |id| Item { id, values: std::array::from_fn(|_| random.i64(0..100)) };
    let items: Vec<Item> = (0..COUNT).map(&mut item).collect();
    let dirs: Vec<_> = ITEMS.iter().map(|_| folder()).collect();
    let mut stores: Vec<(&str, Box<dyn Items>)> = Vec::new();
    for ((name, open), dir) in ITEMS.iter().zip(&dirs) {
        let store = open(dir.path());
        store.insert_all(&items);
        stores.push((name, store));
    }
    let mut work = Work::new("native_db's: get", Clock::Thread, COUNT as u64);
    for (name, store) in &stores {
        work.timed(name, |round| {
            let mut random = fastrand::Rng::with_seed(round);
            let ids: Vec<i64> = (0..COUNT).map(|_| random.i64(0..COUNT)).collect();
            store.read(&ids) as u64
        });
    }
    bench.run(work, &[]);
    let mut work = Work::new("native_db's: range of an index", Clock::Thread, 1);
    for (name, store) in &stores {
        work.timed(name, |round| {
            let mut random = fastrand::Rng::with_seed(round);
            store.range(random.i64(0..50), random.i64(50..100)) as u64
        });
    }
    bench.run(work, &[]);
    let per_round = COUNT / (bench.settings.rounds as i64 + 1);
    let mut work =
        Work::new("native_db's: delete in one transaction", Clock::WallAndThread, per_round as u64);
    for (name, store) in &stores {
        let items = &items;
        work.timed(name, move |round| {
            let begin = (round as i64 * per_round) as usize;
            store.remove_all(&items[begin..begin + per_round as usize]);
            round
        });
    }
    bench.run(work, &[]);
}

/// All values are 0, as in the original.
fn insert(bench: &mut Bench) {
    let items: Vec<Item> = (0..COUNT).map(|id| Item { id, values: [0; INDEXES] }).collect();
    for (title, commits, count) in [
        ("native_db's: insert in one transaction", 1, COUNT),
        ("native_db's: insert in a transaction each", SINGLE, SINGLE),
    ] {
        let items = &items[..count as usize];
        let mut work = Work::new(title, Clock::WallAndThread, count as u64);
        for (name, open) in ITEMS {
            work.variant(name, move |_, watch| {
                let dir = folder();
                let store = open(dir.path());
                watch.time(|| {
                    let len = items.len() / commits as usize;
                    items.chunks(len).for_each(|items| store.insert_all(items));
                });
                0
            });
        }
        bench.run(work, &[]);
    }
}
