//! Every call fails, in every way.

use super::campaign::{Campaign, Report};
use std::{env, io::Write, str::FromStr};
use tests::{simulated::Fault, workload::Script};

/// How many steps a program has.
const STEP_COUNT: usize = 16;

/// The number in the environment variable `name`.
fn setting<T: FromStr>(name: &str, default: T) -> T {
    let value = env::var(name).ok();
    value.map_or(default, |value| value.parse().unwrap_or_else(|_| panic!("{name}={value}")))
}

/// Of the calls of a program whose records change from release to release, how many fail in each way.
const RELEASE_SAMPLE: u64 = 25;
const RELEASE_STEP_COUNT: usize = 20;

/// Unless told otherwise, one program, another one for each way: their options differ by the seed.
fn run(fault: Fault) {
    run_each(fault, |seed| Campaign::new(seed, STEP_COUNT, fault));
}

fn run_each(fault: Fault, campaign: impl Fn(u64) -> Campaign) {
    let first_seed = setting("STORAGE_SEED", 1 + fault as u64);
    let count = setting("STORAGE_FAULTS", 1_u64);
    let mut report = Report::default();
    for seed in first_seed..first_seed + count {
        report.add(campaign(seed).run());
    }
    let line = format!("{fault:?}, seeds {first_seed} to {}: {report}", first_seed + count - 1);
    // Not captured: a run says how long it was, and what it found before it fails.
    let _ = writeln!(std::io::stderr(), "{line}");
    for (error, count) in &report.errors {
        println!("{count:6} {error}");
    }
    assert!(report.defects.is_empty(), "{line}");
    assert!(report.fault_count > 0, "no call failed");
}

#[test]
fn a_change_fails_once() {
    run(Fault::Once);
}

#[test]
fn the_disk_dies() {
    run(Fault::ForEver);
}

#[test]
fn the_disk_is_full_for_a_moment() {
    run(Fault::Full);
}

#[test]
fn a_write_is_done_by_half() {
    run(Fault::ShortWrite);
}

#[test]
fn a_sync_fails() {
    run(Fault::Sync);
}

#[test]
fn a_read_fails() {
    run(Fault::Read);
}

#[test]
fn a_question_for_the_length_fails() {
    run(Fault::Len);
}

/// Tables are renamed, their indexes built, their rows migrated and written under other keys, and any call fails.
#[test]
fn a_program_fails_that_changes_from_release_to_release() {
    let faults = [Fault::Once, Fault::ForEver, Fault::Full, Fault::ShortWrite, Fault::Sync];
    for fault in faults {
        run_each(fault, |seed| Campaign {
            script: Script::of_releases(seed, RELEASE_STEP_COUNT),
            sample: Some(RELEASE_SAMPLE),
            ..Campaign::new(seed, STEP_COUNT, fault)
        });
    }
}
