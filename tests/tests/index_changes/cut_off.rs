//! A build that is cut off, at calls of the file system all over it, goes on where it was.

use super::{
    added, assert_whole, first, index_tables,
    releases::{Release, removed},
    unique,
};
use std::{path::Path, sync::Arc};
use storage::{OpenOptions, Storage, StoredRecord as _};
use tests::{
    random::Random,
    simulated::{CUTS, Image, Replay, SimulatedFiles, Syncs, Trace},
};

const STORE: &str = "/simulated/books.redb";
/// Three batches.
const COUNT: u32 = 2300;

fn open(files: &SimulatedFiles) -> Storage {
    let options = OpenOptions::default().file_system(Arc::new(files.clone()));
    Storage::open_with(Path::new(STORE), &options).unwrap()
}

/// What is done to the file system while `release` opens what the first one wrote, and where that begins.
fn trace_of(release: &Release) -> (Trace, usize) {
    let files = SimulatedFiles::on(Image::default());
    let storage = open(&files);
    super::fill(&first::RELEASE, &storage, 0..COUNT);
    let start = files.trace().ops.len();
    (release.verify)(&storage).unwrap();
    drop(storage);
    (files.trace(), start)
}

/// The state of the index that is built, as the catalogue has it.
fn built_to(storage: &Storage) -> Option<String> {
    let row = storage.backend().get("$catalog", b"books\0Iyear", <[u8]>::to_vec).unwrap()?;
    let text = String::from_utf8_lossy(&row).into_owned();
    text.lines().nth(1).and_then(|line| line.strip_prefix("built to =")).map(str::to_owned)
}

#[test]
fn a_build_that_the_power_cuts_off_goes_on() {
    let (trace, start) = trace_of(&added::RELEASE);
    let (mut replay, mut random) = (Replay::new(&trace, Syncs::Honest), Random::new(3));
    let (mut before, mut half, mut after) = (0, 0, 0);
    for position in (start..=trace.ops.len()).step_by(3) {
        replay.advance_to(position);
        let cut = *random.one(&CUTS);
        let storage = open(&SimulatedFiles::on(replay.cut(cut, &mut random)));
        assert!(storage.check().unwrap().is_sound(), "{cut:?} at {position}");
        match built_to(&storage).as_deref() {
            Some("") => panic!("no batch ends before its first row"),
            Some(_) => half += 1,
            None if index_tables(&storage).len() == 2 => before += 1,
            None => after += 1,
        }
        assert_whole(&added::RELEASE, &storage, COUNT.into());
        assert_whole(&first::RELEASE, &storage, COUNT.into());
    }
    assert!(before > 0 && half > 1 && after > 0, "{before} before, {half} half way, {after} after");
}

#[test]
fn a_build_that_is_killed_goes_on_where_it_was() {
    let (trace, start) = trace_of(&added::RELEASE);
    let mut half_built = std::collections::BTreeSet::new();
    for position in (start..=trace.ops.len()).step_by(4) {
        let storage = open(&SimulatedFiles::killed(&trace, position));
        half_built.extend(built_to(&storage));
        assert_whole(&added::RELEASE, &storage, COUNT.into());
    }
    // The last keys of the first batch and of the second.
    let keys = [" 000003e7".to_owned(), " 000007cf".to_owned()];
    assert_eq!(half_built.into_iter().collect::<Vec<_>>(), keys);
}

#[test]
fn the_removal_of_an_index_is_whole_or_not_at_all() {
    let files = SimulatedFiles::on(Image::default());
    let storage = open(&files);
    super::fill(&first::RELEASE, &storage, 0..100);
    let start = files.trace().ops.len();
    (removed::RELEASE.put)(&storage, 100, "new", 1900).unwrap();
    drop(storage);
    let trace = files.trace();
    let (mut replay, mut random) = (Replay::new(&trace, Syncs::Honest), Random::new(4));
    for position in start..=trace.ops.len() {
        replay.advance_to(position);
        let cut = *random.one(&CUTS);
        let storage = open(&SimulatedFiles::on(replay.cut(cut, &mut random)));
        let count = first::Book::table(&storage).unwrap().len().unwrap();
        assert_whole(&removed::RELEASE, &storage, count);
        assert_whole(&first::RELEASE, &storage, count);
        assert_whole(&unique::RELEASE, &storage, count);
    }
}
