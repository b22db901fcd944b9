//! On a disk that keeps its word nothing is ever lost.

use super::{campaign::Campaign, report::Report};
use std::{env, io::Write, str::FromStr};
use storage::Verify;
use tests::workload::Script;

/// How many steps a program has.
const STEP_COUNT: usize = 40;
/// How many steps one has whose records change.
const RELEASE_STEP_COUNT: usize = 24;
/// How often a position is cut, about, before another program is begun.
const CUTS_PER_PROGRAM: usize = 1200;

/// The number in the environment variable `name`.
fn setting<T: FromStr>(name: &str, default: T) -> T {
    let value = env::var(name).ok();
    value.map_or(default, |value| value.parse().unwrap_or_else(|_| panic!("{name}={value}")))
}

/// Runs programs until there are `cut_count` cuts, and fails with what was found.
fn run(name: &str, cut_count: usize, campaign: impl Fn(u64) -> Campaign) {
    let mut report = Report::default();
    let first_seed = setting("STORAGE_SEED", 1);
    let mut seed = first_seed;
    while report.cut_count() < cut_count {
        let only_at = env::var("STORAGE_POSITION").ok().map(|at| at.parse().expect("a position"));
        report.add(Campaign { only_at, ..campaign(seed) }.run());
        seed += 1;
        if only_at.is_some() {
            break;
        }
    }
    let line = format!("{name}, seeds {first_seed} to {}: {report}", seed - 1);
    // Not captured: a run says how long it was, and what it found before it fails.
    let _ = writeln!(std::io::stderr(), "{line}");
    assert!(report.found.is_empty(), "{line}");
}

/// `share` of 1000 of all cuts.
fn share(share: usize) -> usize {
    setting("STORAGE_CUTS", 5000_usize) * share / 1000
}

fn program(seed: u64) -> Campaign {
    Campaign::new(seed, Script::new(seed, STEP_COUNT), CUTS_PER_PROGRAM)
}

#[test]
fn a_program_is_cut_while_it_writes() {
    run("Verify::AfterCrash", share(200), |seed| Campaign {
        verify: Verify::AfterCrash,
        ..program(seed)
    });
}

#[test]
fn a_program_is_cut_that_never_verifies() {
    run("Verify::Never", share(200), |seed| Campaign { verify: Verify::Never, ..program(seed) });
}

#[test]
fn a_program_is_cut_that_verifies_everything() {
    run("Verify::Always, verify_pages", share(200), |seed| Campaign {
        verify: Verify::Always,
        verify_pages: true,
        ..program(seed)
    });
}

#[test]
fn a_program_is_cut_that_changes_from_release_to_release() {
    let cut_count = share(100);
    let sample = Some(cut_count.min(CUTS_PER_PROGRAM) / 2);
    run("releases", cut_count, |seed| {
        let script = Script::of_releases(seed, RELEASE_STEP_COUNT);
        Campaign { sample, ..Campaign::new(seed, script, 0) }
    });
}

#[test]
fn creation_and_backup_are_cut() {
    run("creation and backup", share(300), |seed| {
        Campaign::new(seed, Script::of_files(), CUTS_PER_PROGRAM / 4)
    });
}

#[test]
fn creation_and_backup_without_links_are_cut() {
    run("creation and backup without links", share(300), |seed| {
        let campaign = Campaign::new(seed, Script::of_files(), CUTS_PER_PROGRAM / 4);
        Campaign { has_links: false, ..campaign }
    });
}
