//! A process that is forked while a store is open: the child is refused, and the parent's file is safe.

#![cfg(unix)]

use std::sync::mpsc;
use storage::{
    OpenOptions, ReadTxn, RkyvTable, Storage, StorageError, Verify, backend::WriteTicket,
    error::Blame,
};
use tests::{Scratch, child};

const ROWS: u64 = 2000;

fn values(storage: &Storage) -> RkyvTable<u64, Vec<u8>> {
    storage.new_rkyv_table("values")
}

fn is_forked<T>(result: storage::Result<T>) -> bool {
    let Err(error) = result else { return false };
    let is_plain = error.blame() == Blame::Misuse && std::error::Error::source(&error).is_none();
    let opened_elsewhere = |opened_by| opened_by != std::process::id();
    is_plain
        && matches!(error, StorageError::Forked { opened_by, .. } if opened_elsewhere(opened_by))
}

/// What the child finds wrong: a number for each thing, zero when all is well.
fn child_finds(storage: Storage, held: ReadTxn, ticket: WriteTicket, scratch: &Scratch) -> i32 {
    let table = values(&storage);
    let refused = [
        is_forked(table.put(1, &vec![1])),
        is_forked(table.delete_async(1).and_then(WriteTicket::wait)),
        is_forked(ticket.wait()),
        is_forked(storage.flush()),
        is_forked(storage.write(|_| Ok(()))),
        is_forked(storage.read()),
        is_forked(storage.stats()),
        is_forked(storage.compact()),
        is_forked(storage.reopen()),
        is_forked(storage.check()),
        is_forked(storage.backup(scratch.dir().join("copy"))),
    ];
    if let Some(at) = refused.iter().position(|refused| !refused) {
        return 10 + at as i32;
    }
    // What was in memory at the fork may be read on, what is not is refused: never another value, never none.
    let old = held.new_rkyv_table::<u64, Vec<u8>>("values");
    for n in 0..ROWS {
        for read in [old.load(n), table.load(n)] {
            match read {
                Ok(Some(value)) if value == vec![n as u8; 100] => {}
                Err(StorageError::Forked { .. } | StorageError::Database(_)) => {}
                _ => return 30,
            }
        }
    }
    if !matches!(Storage::open(scratch.path()), Err(StorageError::Open(_))) {
        return 31;
    }
    // The last handles of the child, for all that it knows.
    drop((old, held, table));
    drop(storage);
    0
}

/// Forks, runs `child_finds` in the child, and gives how it ended.
#[expect(unsafe_code, reason = "a fork has no safe name")]
fn fork(storage: Storage, held: ReadTxn, scratch: &Scratch) -> (Storage, ReadTxn, i32) {
    // While another write runs, this one has not ended at the fork.
    let ticket = values(&storage).delete_async(u64::MAX).unwrap();
    // SAFETY: the child uses what is its own after the fork: the memory of this thread, and the allocator, which the C
    // library makes usable in a child. It ends with `_exit`, so it runs nothing that belongs to other threads.
    let pid = unsafe { libc::fork() };
    if pid == 0 {
        // SAFETY: it takes a number. A child that hangs is killed by it.
        unsafe { libc::alarm(60) };
        let found = child_finds(storage, held, ticket, scratch);
        // SAFETY: it ends the process.
        unsafe { libc::_exit(found) }
    }
    assert!(pid > 0, "the fork failed");
    let mut status = 0;
    // SAFETY: `status` is a place for one number, and `pid` a child of this process.
    let ended = unsafe { libc::waitpid(pid, &raw mut status, 0) };
    assert_eq!(ended, pid);
    (storage, held, status)
}

#[test]
fn a_forked_process_is_refused_and_harms_nothing() {
    const NAME: &str = "fork::a_forked_process_is_refused_and_harms_nothing";
    if child::role().is_none() {
        // A process with few threads, so that the child has little that may be locked.
        assert_eq!(child::said(&mut child::again(NAME, "fork")), ["sound"]);
        return;
    }
    let scratch = Scratch::new();
    let options = OpenOptions::default().cache_size(100_000);
    let storage = Storage::open_with(scratch.path(), &options).unwrap();
    values(&storage).put_stream((0..ROWS).map(|n| (n, vec![n as u8; 100]))).unwrap();
    let held = storage.read().unwrap();
    assert_eq!(values(&storage).load(5).unwrap(), Some(vec![5; 100]));
    let (mut storage, mut held, status) = fork(storage, held, &scratch);
    assert_eq!(status, 0, "idle");
    for round in 0..5_u8 {
        // Another thread is in the middle of a write: in the child, nobody will ever end it.
        let (began, has_begun) = mpsc::channel();
        let (end, ended) = mpsc::channel::<()>();
        let writer = values(&storage);
        let thread = std::thread::spawn(move || {
            let rows = (0..20).map(|n| {
                if n == 10 {
                    began.send(()).unwrap();
                    ended.recv().unwrap();
                }
                (ROWS + n, vec![round; 100])
            });
            writer.put_stream(rows).unwrap();
        });
        has_begun.recv().unwrap();
        let (same, state, status) = fork(storage, held, &scratch);
        assert_eq!(status, 0, "while a write runs");
        (storage, held) = (same, state);
        end.send(()).unwrap();
        thread.join().unwrap();
    }
    drop(held);
    storage.close().unwrap();
    let options = options.verify(Verify::Always);
    let storage = Storage::open_with(scratch.path(), &options).unwrap();
    assert!(storage.check().unwrap().is_sound());
    assert_eq!(values(&storage).len().unwrap(), ROWS + 20);
    child::say("sound");
}
