//! `kill -9` of a process that writes: what it was told is committed is there, whole, and nothing else is there by
//! half.
//!
//! 100 kills, and a fifth of that of migrations in each codec; `STORAGE_KILLS=2000` for more, `STORAGE_SEED` for
//! other moments. The writer is this program once more, with three threads that put, update, delete and transact
//! records of both codecs with indexes, and a fourth that compacts and backs up. It says what it was told over a
//! pipe.

#![cfg(unix)]

mod judge;
mod migration;
mod writer;

use self::{judge::Judge, writer::THREADS};
use std::{fs, path::Path, thread, time::Duration};
use tests::{
    Scratch, child,
    random::{Random, setting},
};

const NAME: &str = "a_killed_writer_loses_nothing_and_leaves_nothing_by_half";

/// What was going on when the process was killed.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    kills: u64,
    creations: u64,
    before_the_file: u64,
    commits: u64,
    backups: u64,
    drafts: u64,
}

/// Runs a writer at `folder` and kills it; gives the last commit that each thread was told of, and how many there were.
fn run_and_kill(folder: &Path, seed: u64, moment: Duration) -> ([u64; THREADS], u64) {
    let role = format!("{seed} {}", folder.display());
    let mut writer = child::start(&mut child::again(NAME, &role));
    let lines = child::lines(&mut writer);
    let reader = thread::spawn(move || {
        let (mut told, mut count) = ([0; THREADS], 0);
        for line in lines {
            let (thread, number) = line.split_once(' ').unwrap();
            let thread: usize = thread.parse().unwrap();
            told[thread] = told[thread].max(number.parse().unwrap());
            count += 1;
        }
        (told, count)
    });
    thread::sleep(moment);
    writer.kill().unwrap();
    let status = writer.wait().unwrap();
    assert!(status.code().is_none(), "the writer ended by itself: {status}");
    reader.join().unwrap()
}

/// How many names in `folder` are those of half-made files.
fn drafts(folder: &Path) -> u64 {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    names.filter(|name| name.to_string_lossy().ends_with(".new")).count() as u64
}

#[test]
fn a_killed_writer_loses_nothing_and_leaves_nothing_by_half() {
    if let Some(role) = child::role() {
        let (seed, folder) = role.split_once(' ').unwrap();
        return writer::run(Path::new(folder), seed.parse().unwrap());
    }
    let (kills, seed) = (setting("STORAGE_KILLS", 100), setting("STORAGE_SEED", 1));
    let mut random = Random::new(seed);
    let (mut tally, mut scratch, mut judge) = (Tally::default(), Scratch::new(), Judge::default());
    for number in 0..kills {
        if random.below(4) == 0 {
            (scratch, judge) = (Scratch::new(), Judge::default());
        }
        let folder = scratch.dir();
        let is_creation = !scratch.path().exists();
        // A creation is a matter of milliseconds, and the process takes some to begin.
        let longest = if is_creation { 40_000 } else { 250_000 };
        let moment = Duration::from_micros(3000 + random.below(longest) as u64);
        let (told, count) = run_and_kill(folder, random.next() >> 1, moment);
        tally.kills += 1;
        tally.commits += count;
        tally.creations += u64::from(is_creation);
        tally.before_the_file += u64::from(!scratch.path().exists());
        tally.drafts += drafts(folder);
        let context = format!("seed {seed}, kill {number} after {moment:?}");
        tally.backups += judge.assert_whole(&scratch, told, &context);
        assert_eq!(drafts(folder), 0, "{context}: a half-made file was left behind");
    }
    eprintln!("seed {seed}: {tally:?}");
    assert!(tally.commits > 0 && tally.creations > 0, "{tally:?}");
}
