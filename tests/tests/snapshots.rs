//! Reads share a snapshot until the next commit: never an older state than was acknowledged, never a growing file.

use std::{
    fs,
    sync::atomic::{AtomicU64, Ordering},
    thread,
};
use storage::{Durability, WriteTxn};
use tests::Scratch;

#[test]
fn a_read_sees_every_commit_that_was_acknowledged_before_it_began() {
    const WRITES: u64 = 300;
    let scratch = Scratch::new();
    let store = scratch.open();
    let table = store.new_rkyv_table::<u64, u64>("numbers");
    table.put(0, &0).unwrap();
    let acknowledged = AtomicU64::new(0);
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                let mut last = 0;
                while last < WRITES {
                    let least = acknowledged.load(Ordering::SeqCst);
                    let found = table.get(0, |n| n.to_native()).unwrap().unwrap();
                    assert!(found >= least, "read {found} after {least} was acknowledged");
                    assert!(found >= last, "read {found} after {last}");
                    last = found;
                }
            });
        }
        for n in 1..=WRITES {
            table.put(0, &n).unwrap();
            acknowledged.store(n, Ordering::SeqCst);
        }
    });
}

#[test]
fn an_idle_reader_does_not_let_the_file_grow() {
    let scratch = Scratch::new();
    let store = scratch.open();
    let table = store.new_rkyv_table::<u64, [u64; 12]>("rows");
    table.put_stream((0..20_000).map(|n| (n, [n; 12]))).unwrap();
    let before = fs::metadata(scratch.path()).unwrap().len();
    for round in 0..200_u64 {
        // A reader that reads once in each state, and then holds nothing.
        assert!(table.contains(round).unwrap());
        let rows = (0..100).map(|n| ((round * 7919 + n * 131) % 20_000, [round; 12]));
        table.put_stream(rows).unwrap();
    }
    let after = fs::metadata(scratch.path()).unwrap().len();
    assert!(after <= before * 2, "the file grew from {before} to {after} bytes");
}

#[test]
fn a_commit_that_waits_for_nothing_is_seen_at_once() {
    let scratch = Scratch::new();
    let store = scratch.open();
    let table = store.new_rkyv_table::<u64, u64>("numbers");
    table.put(1, &1).unwrap();
    assert!(table.contains(1).unwrap());
    let write = |txn: &WriteTxn<'_>| txn.new_rkyv_table::<u64, u64>("numbers").put(1, &2);
    assert!(store.write_with(Durability::None, write).unwrap());
    assert_eq!(table.load(1).unwrap(), Some(2));
}
