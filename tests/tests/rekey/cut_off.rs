//! A rekey that is cut off, by the power, by a kill or by a disk that fails, at calls of the file system all over it:
//! nothing is lost, and it goes on where it was.

use crate::{
    assert_sound,
    releases::{helpers, in_both_codecs},
};
use std::{collections::BTreeSet, path::Path, sync::Arc};
use storage::{OpenOptions, Storage, StoredRecord};
use tests::{
    random::Random,
    simulated::{CUTS, Fault, Image, Plan, Replay, SimulatedFiles, Syncs, Trace},
};

const STORE: &str = "/simulated/users.redb";
const COUNT: u32 = 60;

fn open(files: &SimulatedFiles) -> Storage {
    let options = OpenOptions::default().file_system(Arc::new(files.clone()));
    Storage::open_with(Path::new(STORE), &options).unwrap()
}

in_both_codecs! {
    use third::{User, rekey};
    helpers!();

    fn on_a_disk() -> (SimulatedFiles, Storage) {
        let files = SimulatedFiles::on(Image::default());
        let storage = open(&files);
        fill(&storage, COUNT);
        (files, storage)
    }

    /// What is done to the file system meanwhile, and where that begins.
    fn traced() -> (Trace, usize) {
        let (files, storage) = on_a_disk();
        let start = files.trace().ops.len();
        rekey(&storage).batch(15).run().unwrap();
        drop(storage);
        (files.trace(), start)
    }

    /// The table is whole, by its old keys or by its new; and it gets its new ones. Returns how many were left.
    fn assert_goes_on(storage: &Storage, random: &mut Random) -> u64 {
        assert_sound(storage);
        if second::User::table(storage).is_ok() && random.chance(3) {
            // The older program comes first, and writes.
            let seconds = second::User::table(storage).unwrap();
            assert_eq!(seconds.len().unwrap(), u64::from(2 * COUNT));
            seconds.put(&second(COUNT)).unwrap();
        }
        let left = rekey(storage).run().unwrap().seen;
        assert_rekeyed(storage, COUNT);
        left
    }

    #[test]
    fn one_that_the_power_cuts_off_goes_on() {
        let (trace, start) = traced();
        let (mut replay, mut random) = (Replay::new(&trace, Syncs::Honest), Random::new(5));
        let mut left = BTreeSet::new();
        for position in (start..=trace.ops.len()).step_by(2) {
            replay.advance_to(position);
            let cut = *random.one(&CUTS);
            let storage = open(&SimulatedFiles::on(replay.cut(cut, &mut random)));
            left.insert(assert_goes_on(&storage, &mut random));
        }
        assert!(left.len() > 5 && left.contains(&0) && left.contains(&120), "{left:?}");
    }

    #[test]
    fn one_that_is_killed_goes_on_where_it_was() {
        let (trace, start) = traced();
        let (mut left, mut random) = (BTreeSet::new(), Random::new(6));
        for position in (start..=trace.ops.len()).step_by(2) {
            let storage = open(&SimulatedFiles::killed(&trace, position));
            left.insert(assert_goes_on(&storage, &mut random));
        }
        assert!(left.len() > 5 && left.contains(&0), "{left:?}");
    }

    #[test]
    fn a_disk_that_fails_in_a_batch_loses_nothing() {
        let mut random = Random::new(7);
        for fault in [Fault::Once, Fault::Full, Fault::ShortWrite, Fault::Sync, Fault::Read] {
            let (mut failed, mut at) = (0, 1);
            loop {
                let (files, storage) = on_a_disk();
                files.fail(Plan { fault, at });
                let run = rekey(&storage).batch(40).run();
                let (_, has_struck) = files.heal();
                if !has_struck {
                    run.unwrap();
                    break;
                }
                if run.is_err() {
                    failed += 1;
                    storage.reopen().unwrap();
                }
                assert_goes_on(&storage, &mut random);
                at += 3;
            }
            assert!(failed > 0 || fault == Fault::Read, "{fault:?}");
        }
    }
}
