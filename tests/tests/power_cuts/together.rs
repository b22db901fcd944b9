//! Threads that write at the same time share commits; the power goes for all of them.

use std::{path::Path, sync::Arc, thread, time::Duration};
use storage::{OpenOptions, Storage};
use tests::{
    random::Random,
    simulated::{CUTS, Image, Op, Replay, SimulatedFiles, Syncs},
};

const STORE: &str = "/simulated/together.redb";
const THREADS: usize = 4;
const WRITES: usize = 25;

/// The `number`th write of `thread`, counted from 1, as the number of a step.
const fn step(thread: usize, number: usize) -> usize {
    thread * 1000 + number
}

/// Each thread counts upwards under a key of its own. Gives the number of commits.
fn count_together(files: &SimulatedFiles) -> u64 {
    files.slow_down(Duration::from_micros(500));
    let options = OpenOptions::default().file_system(Arc::new(files.clone()));
    let storage = Storage::open_with(Path::new(STORE), &options).unwrap();
    thread::scope(|scope| {
        for thread in 0..THREADS {
            let counters = storage.new_rkyv_table::<u64, u64>("counters");
            scope.spawn(move || {
                for number in 1..=WRITES {
                    files.begin(step(thread, number));
                    counters.put(thread as u64, &(number as u64)).unwrap();
                    files.acknowledge(step(thread, number));
                }
            });
        }
    });
    storage.stats().unwrap().commit_count
}

/// How far each thread had come: what it was told, and what it had begun.
fn progress(ops: &[Op]) -> [(usize, usize); THREADS] {
    let mut progress = [(0, 0); THREADS];
    for op in ops {
        match op {
            Op::Begin(step) => progress[step / 1000].1 = step % 1000,
            Op::Acknowledged(step) => progress[step / 1000].0 = step % 1000,
            _ => {}
        }
    }
    progress
}

#[test]
fn threads_that_share_commits_are_cut() {
    // Threads take turns as they like: as often as it takes until they share.
    let trace = loop {
        let files = SimulatedFiles::on(Image::default());
        if count_together(&files) < (THREADS * WRITES / 2) as u64 {
            break files.trace();
        }
    };
    let mut random = Random::new(1);
    let mut replay = Replay::new(&trace, Syncs::Honest);
    for position in 0..=trace.ops.len() {
        replay.advance_to(position);
        let cut = *random.one(&CUTS);
        let files = SimulatedFiles::on(replay.cut(cut, &mut random));
        let options = OpenOptions::default().file_system(Arc::new(files));
        let storage = Storage::open_with(Path::new(STORE), &options).unwrap();
        let counters = storage.new_rkyv_table::<u64, u64>("counters");
        for (thread, (told, begun)) in progress(&trace.ops[..position]).into_iter().enumerate() {
            let found = counters.load(thread as u64).unwrap().unwrap_or(0) as usize;
            assert!(
                (told..=begun).contains(&found),
                "thread {thread} has {found}, told {told}, begun {begun}: {cut:?} at {position}"
            );
        }
        assert!(storage.check().unwrap().is_sound());
    }
}
