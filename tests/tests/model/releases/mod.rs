//! The model over evolution: four releases of a record open the file as they come, old handles write on or are dropped,
//! rows are migrated in slices, and backups take the place of the file. A `BTreeMap` of records with all that any
//! release has says what each of them reads.

mod item;
mod program;
mod records;
mod run;

use self::{
    program::{Program, programs},
    records::{Archives, Flat},
    run::{Tally, live},
};
use std::hash::{BuildHasher as _, RandomState};
use tests::random::setting;

/// How many lives each test has.
const LIVES: u64 = 4;
/// How many operations all tests of this binary make when nothing is said.
const OPERATIONS: u64 = 20_000;

fn lives(programs: [Program; 4], is_cached: bool) {
    let seed = setting("STORAGE_SEED", RandomState::new().hash_one("seed"));
    let count = LIVES * setting("STORAGE_OPS", OPERATIONS) / OPERATIONS;
    let mut tally = Tally::default();
    for life in 0..count.max(1) {
        live(programs, is_cached, seed.wrapping_add(life), &mut tally);
    }
    let Tally { refused, old_handles, stopped, migrated, mixed } = tally;
    let is_seen = [refused, old_handles, stopped, migrated, mixed].iter().all(|count| *count > 0);
    assert!(is_seen || count < 3, "{tally:?}");
}

#[test]
fn archives_of_four_releases_are_a_map() {
    lives(programs::<Archives>(), false);
}

#[test]
fn cached_archives_of_four_releases_are_a_map() {
    lives(programs::<Archives>(), true);
}

#[test]
fn flatbuffers_of_four_releases_are_a_map() {
    lives(programs::<Flat>(), false);
}

#[test]
fn cached_flatbuffers_of_four_releases_are_a_map() {
    lives(programs::<Flat>(), true);
}
