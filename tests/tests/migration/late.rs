//! A reader that was held up in an older state, and goes on while another thread writes by the same handle: the write
//! has the number that its layout has now, and not the one that the handle has just seen.

use super::{
    assert_sound, layout_count, numbers,
    plain::{first, x},
};
use std::{
    path::Path,
    sync::{
        Arc, Barrier,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};
use storage::{OpenOptions, Storage, StoredRecord, Table};
use tests::guarded::{Change, GuardedFiles};

/// The name of the thread that is held up.
const LATE: &str = "late";

/// Held up in its first read of the disk, between two waits.
struct HeldUp {
    waits: [Barrier; 2],
    is_over: AtomicBool,
}

impl HeldUp {
    fn ask(&self, change: Change) {
        let is_late = thread::current().name() == Some(LATE);
        if change == Change::Read && is_late && !self.is_over.swap(true, Ordering::SeqCst) {
            for wait in &self.waits {
                wait.wait();
            }
        }
    }
}

/// A write of row 1; somewhere in it, `meanwhile` is run.
type Write = fn(&Table<x::A>, &mut dyn FnMut());

const WRITES: [Write; 4] = [
    |xs, meanwhile| {
        let changed = xs.update(1, |row| {
            meanwhile();
            row.x = Some(9);
        });
        changed.unwrap().unwrap();
    },
    |xs, meanwhile| {
        let written = xs.upsert(1, |_| {
            meanwhile();
            x::A { id: 1, x: Some(9) }
        });
        written.unwrap();
    },
    |xs, meanwhile| {
        let rows = [1].into_iter().map(|id| {
            meanwhile();
            x::A { id, x: Some(9) }
        });
        assert_eq!(xs.put_stream(rows).unwrap(), 1);
    },
    |xs, meanwhile| {
        let changed = xs.range(1..2).unwrap().update(|row| {
            meanwhile();
            row.x = Some(9);
        });
        assert_eq!(changed.unwrap(), 1);
    },
];

#[test]
fn a_write_has_the_number_of_its_own_state_whatever_the_handle_sees_meanwhile() {
    for write in WRITES {
        let waits = [Barrier::new(2), Barrier::new(2)];
        let held_up = Arc::new(HeldUp { waits, is_over: AtomicBool::new(false) });
        let asked = Arc::clone(&held_up);
        let files = GuardedFiles::new(move |change| {
            asked.ask(change);
            Ok(())
        });
        // Without memory for pages, every read is one of the disk.
        let options = OpenOptions::default().file_system(Arc::new(files)).cache_size(0);
        let storage = Storage::open_with(Path::new("store"), &options).unwrap();
        let xs = x::A::table(&storage).unwrap();
        xs.put_stream((1..4).map(|id| x::A { id, x: Some(2) })).unwrap();
        let firsts = first::A::table(&storage).unwrap();
        firsts.put(&first::A { id: 4 }).unwrap();
        // The state that is read from here on.
        assert!(firsts.load(4).unwrap().is_some());
        let late = xs.clone();
        let late = thread::Builder::new().name(LATE.to_owned()).spawn(move || late.load(2));
        held_up.waits[0].wait();
        xs.migrate().run().unwrap();
        assert_eq!(numbers(&storage), [3]);
        let mut late = Some(late.unwrap());
        write(&xs, &mut || {
            held_up.waits[1].wait();
            let read = late.take().unwrap().join().unwrap().unwrap();
            assert_eq!(read.unwrap().x, Some(2));
        });
        assert_eq!((numbers(&storage), layout_count(&storage)), (vec![3], 1));
        assert_eq!(xs.load(1).unwrap().unwrap().x, Some(9));
        assert_sound(&storage);
    }
}
