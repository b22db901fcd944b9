//! YCSB's core workloads A to F, on one thread. Every operation is a transaction of its own, every write durable.

use crate::{
    bench::{Bench, folder, progress},
    harness::{Clock, Work},
    peers::users::{FIELD_LEN, FIELDS, USERS, User, Users, key},
    records::Zipf,
};

/// Records in a full run.
const RECORDS: u64 = 100_000;
const SCAN_LEN_MAX: usize = 100;

/// What a hundred operations are; what is missing to a hundred are reads with a write of the same record after each.
#[derive(Clone, Copy)]
struct Workload {
    name: &'static str,
    reads: u8,
    updates: u8,
    scans: u8,
    inserts: u8,
    /// Reads ask for what was inserted last.
    latest: bool,
    operations: u64,
}

const NOTHING: Workload = Workload {
    name: "",
    reads: 0,
    updates: 0,
    scans: 0,
    inserts: 0,
    latest: false,
    operations: 1_000,
};

const WORKLOADS: [Workload; 6] = [
    Workload { name: "A, half updates", reads: 50, updates: 50, operations: 200, ..NOTHING },
    Workload { name: "B, 5 % updates", reads: 95, updates: 5, ..NOTHING },
    Workload { name: "C, reads", reads: 100, operations: 20_000, ..NOTHING },
    Workload { name: "D, 5 % inserts, latest", reads: 95, inserts: 5, latest: true, ..NOTHING },
    Workload { name: "E, scans, 5 % inserts", scans: 95, inserts: 5, ..NOTHING },
    Workload { name: "F, half read-modify-write", reads: 50, operations: 200, ..NOTHING },
];

pub fn run(bench: &mut Bench) {
    let count = bench.scaled(RECORDS);
    let users: Vec<User> = (0..count).map(User::new).collect();
    let zipf = Zipf::new(count);
    let dirs: Vec<_> = USERS.iter().map(|_| folder()).collect();
    let mut stores: Vec<(&str, Box<dyn Users>)> = Vec::new();
    for ((name, open), dir) in USERS.iter().zip(&dirs) {
        progress(&format!("filling {name}"));
        let store = open(dir.path());
        store.load(&users);
        store.scan("user", count as usize);
        stores.push((name, store));
    }
    let mut begin = count;
    for workload in WORKLOADS {
        let operations = workload.operations;
        let clock = if workload.reads == 100 { Clock::Thread } else { Clock::WallAndThread };
        let mut work = Work::new(format!("YCSB {}", workload.name), clock, operations);
        for (name, store) in &stores {
            let zipf = &zipf;
            work.timed(name, move |round| {
                operate(&**store, workload, zipf, begin + round * operations, round)
            });
        }
        bench.run(work, &[]);
        // No two works insert the same.
        begin += (bench.settings.rounds + 1) * operations;
    }
}

/// One round: the same operations for every store. New users are numbered from `begin`.
fn operate(store: &dyn Users, workload: Workload, zipf: &Zipf, begin: u64, round: u64) -> u64 {
    let Workload { reads, updates, scans, inserts, .. } = workload;
    let mut random = fastrand::Rng::with_seed(round);
    let mut next = begin;
    let mut sum = 0_u64;
    for _ in 0..workload.operations {
        let rank = zipf.rank(&mut random);
        let is_new = workload.latest && rank < next - begin;
        let chosen = key(if is_new { next - 1 - rank } else { zipf.id(rank) });
        let field = random.usize(..FIELDS);
        // Never what is there already: SQLite would write nothing.
        let value = format!("{:0>FIELD_LEN$}", random.u64(..));
        match random.u8(..100) {
            dice if dice < reads => sum += store.read(&chosen),
            dice if dice < reads + updates => store.update(&chosen, field, &value),
            dice if dice < reads + updates + scans => {
                sum += store.scan(&chosen, random.usize(1..=SCAN_LEN_MAX));
            }
            dice if dice < reads + updates + scans + inserts => {
                store.load(&[User::new(next)]);
                next += 1;
            }
            _ => {
                sum += store.read(&chosen);
                store.update(&chosen, field, &value);
            }
        }
    }
    sum
}
