//! Closing waits for what was handed in, and what waits is bounded.

use super::{Event, event, poll, slow, soon, text, waker, would_deadlock};
use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
        mpsc,
    },
    thread,
    time::Duration,
};
use storage::{OpenOptions, Storage, StorageError, StoredRecord};
use tests::{
    Scratch,
    guarded::{Change, GuardedFiles},
};

#[test]
fn the_last_handle_may_go_on_the_thread_that_writes() {
    soon(|| {
        let scratch = Scratch::new();
        let storage = scratch.open();
        let events = Event::table(&storage).unwrap();
        let mut ticket = events.put_async(event(1)).unwrap();
        let last = Mutex::new(Some(storage));
        let (tell, told) = mpsc::channel();
        let waker = waker(
            move || tell.send(last.lock().unwrap().take().map(Storage::close)).unwrap(),
            || (),
        );
        if poll(&mut ticket, &waker).is_ready() {
            waker.wake_by_ref(); // It was quick: then on this thread.
        }
        drop((events, waker));
        let closed = told.recv().unwrap().unwrap();
        assert!(
            closed.is_ok()
                || would_deadlock(&closed)
                || matches!(closed, Err(StorageError::InUse { .. }))
        );
        // It closes when it has done its work.
        while Storage::open(scratch.path()).is_err() {
            thread::sleep(Duration::from_millis(1));
        }
        assert_eq!(Event::table(&scratch.open()).unwrap().len().unwrap(), 1);
    });
}

#[test]
fn flush_close_and_the_last_drop_wait_for_what_was_handed_in() {
    soon(|| {
        for how in 0..3 {
            let scratch = Scratch::new();
            let storage = scratch.open();
            let events = Event::table(&storage).unwrap();
            for id in 0..3000 {
                drop(events.put_async(event(id)).unwrap());
            }
            match how {
                0 => {
                    storage.flush().unwrap();
                    assert_eq!(events.len().unwrap(), 3000);
                    // Nothing is left to wait for.
                    storage.flush().unwrap();
                    drop((events, storage));
                }
                1 => {
                    drop(events);
                    storage.close().unwrap();
                }
                _ => {
                    drop(storage);
                    drop(events);
                }
            }
            let storage = scratch.open();
            assert_eq!(Event::table(&storage).unwrap().len().unwrap(), 3000, "way {how}");
        }
    });
}

#[test]
fn an_error_that_no_ticket_tells_is_told_by_flush_and_close() {
    soon(|| {
        let (storage, events) = slow();
        events.put(&event(1)).unwrap();
        let twin = |id| Event { number: 1, ..event(id) };
        let is_unique = |result| matches!(result, Err(StorageError::Unique(_)));
        // Dropped before it is known.
        drop(events.put_async(twin(2)).unwrap());
        assert!(is_unique(storage.flush()));
        storage.flush().expect("told once");
        // Dropped after it was known.
        let known = events.put_async(twin(2)).unwrap();
        storage.flush().expect("the ticket tells");
        drop(known);
        assert!(is_unique(storage.flush()));
        // What a ticket told is told.
        assert!(is_unique(events.put_async(twin(2)).unwrap().wait().map(drop)));
        storage.flush().unwrap();
        drop(events.put_async(twin(2)).unwrap());
        drop(events);
        assert!(is_unique(storage.close()));
    });
}

#[test]
fn whoever_was_told_finds_the_store_free() {
    let is_over = Arc::new(AtomicBool::new(false));
    let busy: Vec<_> = (0..2)
        .map(|_| {
            let is_over = Arc::clone(&is_over);
            thread::spawn(move || while !is_over.load(Ordering::Relaxed) {})
        })
        .collect();
    let scratch = Scratch::new();
    for id in 0..150 {
        let storage = Storage::open(scratch.path()).expect("it was let go");
        let events = Event::table(&storage).unwrap();
        let _ = events.put_async(event(id)).unwrap().wait().unwrap();
        let held = events.view(id).unwrap();
        drop(events);
        if id % 2 == 0 {
            storage.close().expect("nobody else has it");
        } else {
            drop(storage);
        }
        drop(held);
    }
    is_over.store(true, Ordering::Relaxed);
    for thread in busy {
        thread.join().unwrap();
    }
}

#[test]
fn what_waits_in_line_is_bounded_by_bytes() {
    const LEN: usize = 100_000;
    soon(|| {
        let (disk_waits, disk_goes_on) = (Arc::new(AtomicBool::new(false)), mpsc::channel::<()>());
        let (go_on, gone_on) = disk_goes_on;
        let (waits, gone_on) = (Arc::clone(&disk_waits), Mutex::new(gone_on));
        let files = GuardedFiles::new(move |change| {
            if change == Change::Sync && waits.swap(false, Ordering::SeqCst) {
                gone_on.lock().unwrap().recv().unwrap();
            }
            Ok(())
        });
        let options = OpenOptions::default().file_system(Arc::new(files)).queue_size(10 * LEN);
        let storage = Storage::open_with("bounded", &options).unwrap();
        let events = Event::table(&storage).unwrap();
        events.put(&event(0)).unwrap();
        disk_waits.store(true, Ordering::SeqCst);
        let handed_in = Arc::new(AtomicUsize::new(0));
        let (count, table) = (Arc::clone(&handed_in), events.clone());
        let producer = thread::spawn(move || {
            for id in 1..40 {
                drop(table.put_async(text(id, &"x".repeat(LEN))).unwrap());
                count.fetch_add(1, Ordering::SeqCst);
            }
            // Longer than all room there is.
            drop(table.put_async(text(40, &"x".repeat(30 * LEN))).unwrap());
        });
        thread::sleep(Duration::from_millis(300));
        let waiting = handed_in.load(Ordering::SeqCst);
        // Each takes its bytes twice, because of the indexes.
        assert!((1..=5).contains(&waiting), "{waiting} records of {LEN} bytes");
        go_on.send(()).unwrap();
        producer.join().unwrap();
        storage.flush().unwrap();
        assert_eq!(events.len().unwrap(), 41);
    });
}
