//! Waiting for commits: threads and tasks, stores that close, and watchers that stop nobody.

use crate::{Ticket, all_seen, ticket, watched};
use futures_core::{FusedStream, Stream};
use std::{
    future::Future,
    pin::{Pin, pin},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll, Wake, Waker},
    thread,
    time::{Duration, Instant},
};
use storage::{Storage, StorageError, StoredRecord};

/// Counts how often it is woken, and panics then if it is to.
#[derive(Default)]
struct Alarm {
    count: AtomicUsize,
    panics: bool,
}

impl Wake for Alarm {
    fn wake(self: Arc<Self>) {
        self.count.fetch_add(1, Ordering::SeqCst);
        assert!(!self.panics, "deliberate");
    }
}

#[test]
fn a_thread_waits_and_ends_with_the_store() {
    let (storage, tickets, watcher) = watched();
    let told = thread::spawn(move || {
        watcher
            .map(|commit| commit.unwrap().into_iter().next().unwrap().key().unwrap())
            .sum::<u64>()
    });
    thread::sleep(Duration::from_millis(20));
    (1..=10).for_each(|id| assert!(!tickets.put(&ticket(id, true)).unwrap()));
    drop(tickets);
    // A watcher does not keep the store open.
    storage.close().unwrap();
    assert_eq!(told.join().unwrap(), 55);
}

#[test]
fn what_is_told_is_read_after_the_store_has_closed() {
    let (storage, tickets, mut watcher) = watched();
    tickets.put(&ticket(1, true)).unwrap();
    drop((storage, tickets));
    let change = watcher.next().unwrap().unwrap().into_iter().next().unwrap();
    assert_eq!(change.new().unwrap().unwrap().load().unwrap(), ticket(1, true));
    assert!(watcher.next().is_none());
    assert!(watcher.next().is_none());
    assert!(watcher.try_next().unwrap().is_none());
}

#[test]
fn a_time_to_wait_passes() {
    let (_storage, tickets, mut watcher) = watched();
    let began = Instant::now();
    assert!(watcher.next_timeout(Duration::from_millis(30)).unwrap().is_none());
    assert!(began.elapsed() >= Duration::from_millis(30));
    tickets.put(&ticket(1, true)).unwrap();
    assert!(watcher.next_timeout(Duration::MAX).unwrap().is_some());
}

#[test]
fn a_task_is_woken() {
    let (storage, tickets, mut watcher) = watched();
    let alarm = Arc::new(Alarm::default());
    let waker = Waker::from(Arc::clone(&alarm));
    let mut context = Context::from_waker(&waker);
    {
        let mut next = pin!(watcher.next_async());
        assert!(next.as_mut().poll(&mut context).is_pending());
        tickets.put(&ticket(1, true)).unwrap();
        assert_eq!(alarm.count.load(Ordering::SeqCst), 1);
        let Poll::Ready(Some(Ok(commit))) = next.as_mut().poll(&mut context) else { panic!() };
        assert_eq!(commit.len(), 1);
    }
    let mut stream = watcher.into_stream();
    assert!(Pin::new(&mut stream).poll_next(&mut context).is_pending());
    drop((storage, tickets));
    assert_eq!(alarm.count.load(Ordering::SeqCst), 2);
    assert!(matches!(Pin::new(&mut stream).poll_next(&mut context), Poll::Ready(None)));
    assert!(stream.is_terminated());
}

#[test]
fn a_waker_that_panics_harms_nobody() {
    let (_storage, tickets, mut watcher) = watched();
    let mut other = tickets.watch().start().unwrap();
    let waker = Waker::from(Arc::new(Alarm { panics: true, ..Alarm::default() }));
    let mut context = Context::from_waker(&waker);
    assert!(pin!(watcher.next_async()).poll(&mut context).is_pending());
    assert!(!tickets.put(&ticket(1, true)).unwrap());
    assert_eq!(all_seen(&mut watcher).len(), 1);
    assert_eq!(all_seen(&mut other).len(), 1);
}

#[test]
fn watchers_that_sleep_or_go_stop_nobody() {
    let storage = Storage::in_memory().unwrap();
    let tickets = Ticket::table(&storage).unwrap();
    let asleep = tickets.watch().start().unwrap();
    let gone = tickets.watch().start().unwrap();
    let panicked = tickets.watch().start().unwrap();
    drop(gone);
    let thread = thread::spawn(move || {
        let commit = { panicked }.next().unwrap().unwrap();
        assert_eq!(commit.len(), 77, "deliberate");
    });
    (0..50).for_each(|id| assert!(!tickets.put(&ticket(id, true)).unwrap()));
    thread.join().unwrap_err();
    tickets.put(&ticket(50, true)).unwrap();
    assert_eq!(asleep.take(51).map(|commit| commit.unwrap().len()).sum::<usize>(), 51);
}

#[test]
fn a_filter_that_panics_does_so_at_who_asks() {
    let (_storage, tickets, _watcher) = watched();
    let watch = tickets.watch().filter_view(|_| panic!("deliberate"));
    let mut watcher = watch.start().unwrap();
    tickets.put(&ticket(1, true)).unwrap();
    let next = std::panic::AssertUnwindSafe(|| watcher.try_next().map(drop));
    std::panic::catch_unwind(next).unwrap_err();
    tickets.put(&ticket(2, true)).unwrap();
    assert_eq!(tickets.len().unwrap(), 2);
}

/// The error names the place that waits, and not that where the watcher was started.
#[track_caller]
fn assert_nested_at(error: &StorageError, line: u32) {
    let StorageError::NestedWrite { attempted_at, .. } = error else { panic!("{error:?}") };
    assert_eq!((attempted_at.file(), attempted_at.line()), (file!(), line), "{error}");
}

#[test]
fn where_it_would_wait_for_itself_is_an_error() {
    let (storage, tickets, mut watcher) = watched();
    storage
        .write(|txn| {
            let nested = tickets.watch().start().unwrap_err();
            assert!(matches!(nested, StorageError::NestedWrite { .. }), "{nested:?}");
            let nested = storage.watch().start().unwrap_err();
            assert!(matches!(nested, StorageError::NestedWrite { .. }), "{nested:?}");
            let (waiting, line) = (watcher.next().unwrap().unwrap_err(), line!());
            assert_nested_at(&waiting, line);
            let (waiting, line) = (watcher.next_timeout(Duration::MAX).unwrap_err(), line!());
            assert_nested_at(&waiting, line);
            assert!(watcher.try_next()?.is_none());
            txn.table::<Ticket>()?.put(&ticket(1, true))
        })
        .unwrap();
    assert_eq!(watcher.next().unwrap().unwrap().len(), 1);
}

#[test]
fn commits_of_many_threads_are_told_in_their_order() {
    let (storage, tickets, watcher) = watched();
    let all = storage.watch().start().unwrap();
    thread::scope(|scope| {
        for thread in 0..4 {
            let tickets = tickets.clone();
            scope.spawn(move || {
                for round in 0..50_u64 {
                    tickets.put(&ticket(thread, round.is_multiple_of(2))).unwrap();
                }
            });
        }
    });
    drop((storage, tickets));
    let mut state = std::collections::BTreeMap::new();
    let mut numbers = Vec::new();
    for commit in watcher {
        let commit = commit.unwrap();
        numbers.push(commit.number());
        for (_, key, old, new) in crate::seen(&commit) {
            // Each change begins where the one before has ended.
            assert_eq!(state.insert(key, new).flatten(), old);
        }
    }
    assert!(numbers.is_sorted());
    assert_eq!(all.map(|commit| commit.unwrap().number()).collect::<Vec<_>>(), numbers);
    assert_eq!(state.into_values().collect::<Vec<_>>(), [Some(false); 4]);
}
