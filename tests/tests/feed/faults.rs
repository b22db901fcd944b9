//! Power cuts and failing disks: the feed says what the table says, whatever of both survived.

use crate::{Note, Ticket, assert_sound, keys_after, note, ticket, told_after};
use std::{collections::BTreeSet, path::Path, sync::Arc};
use storage::{Durability, OpenOptions, Storage, StoredRecord, WriteTxn};
use tests::{
    random::Random,
    simulated::{CUTS, FAULTS, Image, Plan, Replay, SimulatedFiles, Syncs},
};

fn options(files: &SimulatedFiles) -> OpenOptions {
    OpenOptions::default().file_system(Arc::new(files.clone()))
}

/// Runs the program up to the first error, and returns how many of its commits were acknowledged.
fn run(files: &SimulatedFiles) -> u64 {
    let mut done = 0;
    let _ = write_all(files, &mut done);
    done
}

fn write_all(files: &SimulatedFiles, done: &mut u64) -> storage::Result<()> {
    let storage = Storage::open_with("/feed.redb", &options(files))?;
    let (tickets, notes) = (Ticket::table(&storage)?, Note::table(&storage)?);
    for round in 0..6 {
        tickets.put(&ticket(round, true))?;
        *done += 1;
        tickets.put_all(&[ticket(round + 10, true), ticket(round + 20, true)])?;
        *done += 1;
        storage.write(|txn| {
            txn.table::<Ticket>()?.delete(round)?;
            let notes = txn.table::<Note>()?;
            (0..4).try_for_each(|i| notes.put(&note(&format!("{round} {i}"))).map(drop))
        })?;
        *done += 1;
    }
    for id in 50..56 {
        let write = |txn: &WriteTxn<'_>| txn.table::<Ticket>()?.put(&ticket(id, true));
        storage.write_with(Durability::None, write)?;
    }
    notes.clear()?;
    Ok(())
}

/// The store on `files` is sound, and its feeds say what its tables do.
#[track_caller]
fn assert_agreed(files: &SimulatedFiles, acknowledged: u64) {
    if !files.has(Path::new("/feed.redb")) {
        assert_eq!(acknowledged, 0);
        return;
    }
    let storage = Storage::open_with("/feed.redb", &options(files)).unwrap();
    assert_sound(&storage);
    let (tickets, notes) = (Ticket::table(&storage).unwrap(), Note::table(&storage).unwrap());
    let told = told_after(&tickets, 0);
    let keys: BTreeSet<u64> =
        tickets.iter().unwrap().map(|row| row.unwrap().id.to_native()).collect();
    assert_eq!(keys_after(&told), keys);
    // Each round has four changes in three commits.
    let least = acknowledged / 3 * 4 + [0, 1, 3][(acknowledged % 3) as usize];
    assert!(tickets.feed().end().unwrap().number() >= least);
    let (kept, made) = (notes.feed().len().unwrap(), notes.feed().end().unwrap().number());
    assert_eq!(kept, made.min(10));
    // It goes on where it was.
    tickets.put(&ticket(99, true)).unwrap();
    assert_eq!(told_after(&tickets, told.len() as u64).len(), 1);
}

#[test]
fn the_power_is_cut_at_every_position() {
    let files = SimulatedFiles::on(Image::default());
    assert_eq!(run(&files), 18);
    let trace = files.trace();
    let mut replay = Replay::new(&trace, Syncs::Honest);
    let mut random = Random::new(7);
    for position in 0..=trace.ops.len() {
        replay.advance_to(position);
        for _ in 0..3 {
            let image = replay.cut(*random.one(&CUTS), &mut random);
            assert_agreed(&SimulatedFiles::on(image), 0);
        }
    }
    assert_agreed(&files, 18);
}

#[test]
fn every_call_of_the_disk_fails_once() {
    for fault in FAULTS {
        for at in (1..).step_by(7) {
            let files = SimulatedFiles::on(Image::default());
            files.fail(Plan { fault, at });
            let acknowledged = run(&files);
            let (_, has_struck) = files.heal();
            assert_agreed(&files, acknowledged);
            if !has_struck {
                break;
            }
        }
    }
}
