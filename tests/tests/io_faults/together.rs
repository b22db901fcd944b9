//! Threads that write at the same time share commits; the disk fails for all of them.

use std::{path::Path, sync::Arc, thread, time::Duration};
use storage::{OpenOptions, Storage, StorageError};
use tests::simulated::{Fault, Image, Plan, SimulatedFiles};

const THREADS: u64 = 4;
const WRITES: u64 = 12;

/// How far a thread came: the last write it was told of, and the last that may be there.
type Progress = (u64, u64);

fn count(storage: &Storage, thread: u64) -> Progress {
    let counters = storage.new_rkyv_table::<u64, u64>("counters");
    for number in 1..=WRITES {
        match counters.put(thread, &number) {
            Ok(_) => {}
            Err(StorageError::CommitUnknown(_)) => return (number - 1, number),
            Err(_) => return (number - 1, number - 1),
        }
    }
    (WRITES, WRITES)
}

#[test]
fn a_failed_commit_is_told_to_all_who_share_it() {
    for fault in [Fault::Once, Fault::ForEver, Fault::Sync, Fault::Full] {
        let mut struck_count = 0;
        for at in 1.. {
            let files = SimulatedFiles::on(Image::default());
            let options = OpenOptions::default().file_system(Arc::new(files.clone()));
            let storage = Storage::open_with(Path::new("/simulated/all.redb"), &options).unwrap();
            files.slow_down(Duration::from_micros(100));
            files.fail(Plan { fault, at });
            let progress: Vec<Progress> = thread::scope(|scope| {
                let count = |thread| {
                    scope.spawn({
                        let storage = &storage;
                        move || count(storage, thread)
                    })
                };
                let threads: Vec<_> = (0..THREADS).map(count).collect();
                threads.into_iter().map(|thread| thread.join().unwrap()).collect()
            });
            let (_, has_struck) = files.heal();
            storage.reopen().unwrap();
            let counters = storage.new_rkyv_table::<u64, u64>("counters");
            for (thread, (told, may_be)) in (0..).zip(progress) {
                let found = counters.load(thread).unwrap().unwrap_or(0);
                assert!(
                    (told..=may_be).contains(&found),
                    "{fault:?} at {at}: thread {thread} has {found}, told {told}, at most {may_be}"
                );
            }
            // Threads take turns as they like, so a late call may not be made every time.
            if !has_struck {
                break;
            }
            struck_count += 1;
        }
        assert!(struck_count > 10, "{fault:?}: {struck_count}");
    }
}
