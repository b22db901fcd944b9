//! A migration that is cut off, by the power, by a kill or by a disk that fails, at calls of the file system all over
//! it: nothing is lost, and it goes on where it was.

use super::{
    assert_sound, layout_count, numbers,
    plain::{first, x},
    row,
};
use std::{ops::ControlFlow, path::Path, sync::Arc};
use storage::{OpenOptions, Storage, StoredRecord};
use tests::{
    random::Random,
    simulated::{CUTS, Fault, Image, Plan, Replay, SimulatedFiles, Syncs, Trace},
};

const STORE: &str = "/simulated/users.redb";
const COUNT: u64 = 600;
/// The first of the rows that are written while others are migrated.
const NEW: u64 = 10_000;

fn open(files: &SimulatedFiles) -> Storage {
    let options = OpenOptions::default().file_system(Arc::new(files.clone()));
    Storage::open_with(Path::new(STORE), &options).unwrap()
}

fn written() -> (SimulatedFiles, Storage) {
    let files = SimulatedFiles::on(Image::default());
    let storage = open(&files);
    first::A::table(&storage).unwrap().put_stream((0..COUNT).map(|id| first::A { id })).unwrap();
    (files, storage)
}

/// What is done to the file system while rows are migrated, where that begins, and where each row that was written
/// meanwhile is on the disk.
struct Traced {
    trace: Trace,
    start: usize,
    acknowledged: Vec<usize>,
}

fn traced() -> Traced {
    let (files, storage) = written();
    let start = files.trace().ops.len();
    let (xs, firsts) = (x::A::table(&storage).unwrap(), first::A::table(&storage).unwrap());
    let mut acknowledged = Vec::new();
    let progress = |_: &_| {
        let id = NEW + acknowledged.len() as u64;
        xs.put(&x::A { id, x: Some(7) }).unwrap();
        acknowledged.push(files.trace().ops.len());
        if acknowledged.len() == 3 {
            // It is disturbed, once.
            firsts.put(&first::A { id: 5 }).unwrap();
        }
        ControlFlow::Continue(())
    };
    xs.migrate().batch(60).progress(progress).run().unwrap();
    drop((xs, firsts, storage));
    Traced { trace: files.trace(), start, acknowledged }
}

/// Every row that was acknowledged is there, whatever its layout; a program goes on with the migration.
fn assert_goes_on(storage: &Storage, acknowledged: u64, what: &str) -> u64 {
    assert_sound(storage);
    let xs = x::A::table(storage).unwrap();
    let new = xs.range(NEW..).unwrap().count().unwrap();
    assert!(new == acknowledged || new == acknowledged + 1, "{what}: {new} of {acknowledged}");
    assert_eq!(xs.len().unwrap(), COUNT + new, "{what}");
    let rewritten = xs.migrate().run().unwrap().rewritten;
    assert_eq!((numbers(storage).len(), layout_count(storage)), (1, 1), "{what}");
    assert_eq!(row(storage, b"users\0M"), None, "{what}");
    assert_eq!(xs.len().unwrap(), COUNT + new, "{what}");
    for id in 0..new {
        assert_eq!(xs.load(NEW + id).unwrap().unwrap().x, Some(7), "{what}");
    }
    assert_sound(storage);
    rewritten
}

#[test]
fn a_migration_that_the_power_cuts_off_goes_on() {
    let Traced { trace, start, acknowledged } = traced();
    let (mut replay, mut random) = (Replay::new(&trace, Syncs::Honest), Random::new(3));
    let (mut half, mut whole) = (0, 0);
    for position in (start..=trace.ops.len()).step_by(3) {
        replay.advance_to(position);
        let cut = *random.one(&CUTS);
        let storage = open(&SimulatedFiles::on(replay.cut(cut, &mut random)));
        if random.chance(3) {
            // The older program comes first, and writes.
            first::A::table(&storage).unwrap().put(&first::A { id: 7 }).unwrap();
        }
        let there = acknowledged.iter().filter(|at| **at <= position).count() as u64;
        match assert_goes_on(&storage, there, &format!("{cut:?} at {position}")) {
            0..=1 => whole += 1,
            _ => half += 1,
        }
    }
    assert!(half > 5 && whole > 0, "{half} half way, {whole} migrated");
}

#[test]
fn a_migration_that_is_killed_goes_on_where_it_was() {
    let Traced { trace, start, acknowledged } = traced();
    let mut left = std::collections::BTreeSet::new();
    for position in (start..=trace.ops.len()).step_by(4) {
        let storage = open(&SimulatedFiles::killed(&trace, position));
        let there = acknowledged.iter().filter(|at| **at <= position).count() as u64;
        left.insert(assert_goes_on(&storage, there, &format!("killed at {position}")));
    }
    // Nothing was left to do at the end, and less and less before.
    assert!(left.len() > 5 && left.contains(&0), "{left:?}");
}

#[test]
fn a_disk_that_fails_in_a_batch_loses_nothing() {
    for fault in [Fault::Once, Fault::Full, Fault::ShortWrite, Fault::Sync, Fault::Read] {
        let (mut failed, mut at) = (0, 1);
        loop {
            let (files, storage) = written();
            let xs = x::A::table(&storage).unwrap();
            files.fail(Plan { fault, at });
            let run = xs.migrate().batch(200).run();
            let (_, has_struck) = files.heal();
            if !has_struck {
                run.unwrap();
                break;
            }
            if run.is_err() {
                failed += 1;
                storage.reopen().unwrap();
            }
            let what = format!("{fault:?} at {at}");
            assert_goes_on(&storage, 0, &what);
            at += 4;
        }
        assert!(failed > 0 || fault == Fault::Read, "{fault:?}");
    }
}
