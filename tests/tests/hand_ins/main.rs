//! What is handed in is run, whoever waits, whatever the user's code does meanwhile, and before the store is closed.

mod closing;

use rkyv::{Archive, Deserialize, Serialize};
use std::{
    future::Future,
    panic::panic_any,
    pin::Pin,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, AtomicUsize, Ordering},
        mpsc,
    },
    task::{Context, Poll, Wake, Waker},
    thread,
    time::Duration,
};
use storage::{
    OpenOptions, Storage, StorageError, StoredRecord, Table,
    backend::{MemoryFiles, WriteTicket},
};
use tests::guarded::{Change, GuardedFiles};

#[derive(Archive, Serialize, Deserialize, StoredRecord, Clone, Debug, PartialEq)]
#[store(codec = "rkyv", table = "events")]
#[store(index(name = "checked", with = Event::checked, key = u64))]
struct Event {
    #[store(key)]
    id: u64,
    #[store(unique)]
    number: u64,
    text: String,
}

impl Event {
    fn checked(&self) -> u64 {
        match &*self.text {
            "panic" => panic!("on purpose"),
            "grenade" => panic_any(Grenade),
            "inside" => INSIDE.lock().unwrap().take().map_or(0, |inside| inside()),
            _ => self.id,
        }
    }
}

/// What the body of a write does, once.
static INSIDE: Mutex<Option<Box<dyn FnOnce() -> u64 + Send>>> = Mutex::new(None);

/// Panics when it is dropped.
struct Grenade;

impl Drop for Grenade {
    fn drop(&mut self) {
        panic!("on purpose, when dropped");
    }
}

fn event(id: u64) -> Event {
    Event { id, number: id, text: String::new() }
}

fn text(id: u64, text: &str) -> Event {
    Event { text: text.to_owned(), ..event(id) }
}

/// Runs `body`, which must not take for ever.
fn soon<T: Send + 'static>(body: impl FnOnce() -> T + Send + 'static) -> T {
    let (tell, told) = mpsc::channel();
    let thread = thread::spawn(move || tell.send(body()));
    match told.recv_timeout(Duration::from_secs(60)) {
        Ok(value) => value,
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("it hangs"),
        Err(mpsc::RecvTimeoutError::Disconnected) => {
            std::panic::resume_unwind(thread.join().unwrap_err())
        }
    }
}

fn is_nested<T>(result: &Result<T, StorageError>) -> bool {
    matches!(result, Err(StorageError::NestedWrite { .. }))
}

fn would_deadlock<T>(result: &Result<T, StorageError>) -> bool {
    matches!(result, Err(StorageError::WouldDeadlock { .. }))
}

fn poll(ticket: &mut WriteTicket, waker: &Waker) -> Poll<Result<bool, StorageError>> {
    Pin::new(ticket).poll(&mut Context::from_waker(waker))
}

fn is_polled(ticket: &mut WriteTicket, is: fn(&Result<bool, StorageError>) -> bool) -> bool {
    matches!(poll(ticket, Waker::noop()), Poll::Ready(told) if is(&told))
}

#[test]
fn inside_a_write_nothing_is_handed_in_or_waited_for() {
    soon(|| {
        let storage = Storage::in_memory().unwrap();
        let events = Event::table(&storage).unwrap();
        let (hand_in, handed_in) = mpsc::channel();
        let (begin, begun) = mpsc::channel();
        let others = events.clone();
        let other = thread::spawn(move || {
            begun.recv().unwrap();
            for id in 1..3 {
                hand_in.send(others.put_async(event(id)).unwrap()).unwrap();
            }
        });
        let written = storage.write(|txn| {
            begin.send(()).unwrap();
            // These wait for this write to end.
            assert!(is_polled(&mut handed_in.recv().unwrap(), is_nested), "awaited");
            assert!(is_nested(&handed_in.recv().unwrap().wait()), "waited for");
            assert!(is_nested(&events.put_async(event(3))), "handed in");
            assert!(is_nested(&events.delete_async(1)), "handed in");
            assert!(is_nested(&storage.flush()), "flushed");
            txn.table::<Event>()?.put(&event(4)).map(drop)
        });
        written.unwrap();
        other.join().unwrap();
        storage.flush().unwrap();
        assert_eq!(events.len().unwrap(), 3);
    });
}

#[test]
fn inside_a_stream_its_progress_and_a_compaction_nothing_is_handed_in() {
    soon(|| {
        let storage = Storage::in_memory().unwrap();
        let events = Event::table(&storage).unwrap();
        let asked = AtomicUsize::new(0);
        let ask = || {
            assert!(is_nested(&events.put_async(event(100))) && is_nested(&storage.flush()));
            asked.fetch_add(1, Ordering::Relaxed);
        };
        events.put_stream_with((0..3).map(event).inspect(|_| ask()), |_| ask()).unwrap();
        storage.compact_with(|_| ask()).unwrap();
        assert!(asked.into_inner() >= 5);
        // A backup is no write.
        assert!(!events.put_async(event(100)).unwrap().wait().unwrap());
    });
}

#[test]
fn inside_a_read_everything_is_waited_for() {
    soon(|| {
        let storage = Storage::in_memory().unwrap();
        let events = Event::table(&storage).unwrap();
        events.put(&event(0)).unwrap();
        let next = AtomicU64::new(1);
        let write = || {
            let id = next.fetch_add(1, Ordering::Relaxed);
            assert!(!events.put_async(event(id)).unwrap().wait().unwrap());
            storage.flush().ok()
        };
        events.get(0, |_| write()).unwrap().unwrap();
        let cached = events.clone().with_cache(1 << 20);
        for _ in 0..3 {
            cached.get(0, |_| write()).unwrap().unwrap();
        }
        events.scan(|_| write()).unwrap();
        for _ in events.iter().unwrap() {
            write();
        }
        storage.read().unwrap().table::<Event>().unwrap().get(0, |_| write()).unwrap().unwrap();
        events.par_scan(|_| write()).unwrap();
        storage.flush().unwrap();
        assert_eq!(events.len().unwrap(), next.into_inner());
    });
}

/// A store, in memory, that calls `tell` with a handle of its own after the first commit from here on.
fn watched(tell: impl Fn(Storage) + Send + Sync + 'static) -> (Storage, Table<Event>) {
    let handle = Arc::new(Mutex::new(None::<Storage>));
    let taken = Arc::clone(&handle);
    let options = OpenOptions::default()
        .file_system(Arc::new(MemoryFiles::default()))
        .warn_old_reader(Duration::ZERO, move |_| {
            let storage = taken.lock().unwrap().take();
            storage.into_iter().for_each(&tell);
        });
    let storage = Storage::open_with("watched", &options).unwrap();
    let events = Event::table(&storage).unwrap();
    events.put(&event(0)).unwrap();
    *handle.lock().unwrap() = Some(storage.clone());
    (storage, events)
}

#[test]
fn a_callback_that_panics_stops_nobody() {
    soon(|| {
        let (storage, events) = watched(|_| panic!("on purpose"));
        let _held = storage.read().unwrap();
        assert!(!events.put_async(event(1)).unwrap().wait().unwrap());
        assert!(!events.put_async(event(2)).unwrap().wait().unwrap());

        let (storage, events) = watched(|_| panic_any(Grenade));
        let _held = storage.read().unwrap();
        assert!(!events.put(&event(1)).unwrap(), "what was committed is told as committed");
        assert_eq!(events.len().unwrap(), 2);
    });
}

#[test]
fn a_callback_may_hand_in_and_wait() {
    soon(|| {
        let (tell, told) = mpsc::channel();
        let (storage, events) = watched(move |storage| {
            let events = Event::table(&storage).unwrap();
            let mut awaited = events.put_async(event(10)).unwrap();
            let outcomes = [
                !is_polled(&mut awaited, Result::is_err),
                events.put_async(event(11)).unwrap().wait().is_ok(),
                storage.flush().is_ok(),
                events.put(&event(12)).is_ok(),
            ];
            tell.send(outcomes).unwrap();
        });
        let held = storage.read().unwrap();
        assert!(!events.put_async(event(1)).unwrap().wait().unwrap());
        assert_eq!(told.recv().unwrap(), [true; 4]);
        drop(held);
        storage.flush().unwrap();
        assert_eq!(events.len().unwrap(), 5, "all was written");
    });
}

#[test]
fn a_callback_may_wait_for_one_who_waits_for_the_same_commit() {
    soon(|| {
        let (go_on, gone_on) = mpsc::channel();
        let gone_on = Mutex::new(gone_on);
        let (storage, events) = watched(move |_| gone_on.lock().unwrap().recv().unwrap());
        let _held = storage.read().unwrap();
        assert!(!events.put_async(event(1)).unwrap().wait().unwrap());
        go_on.send(()).unwrap();
        storage.flush().unwrap();
    });
}

#[test]
fn a_callback_may_wait_for_one_who_hands_in_and_waits() {
    soon(|| {
        let (begin, begun) = mpsc::channel();
        let (go_on, gone_on) = mpsc::channel();
        let gone_on = Mutex::new(gone_on);
        let (storage, events) = watched(move |_| {
            begin.send(()).unwrap();
            gone_on.lock().unwrap().recv().unwrap();
        });
        let other = {
            let (storage, events) = (storage.clone(), events.clone());
            thread::spawn(move || {
                begun.recv().unwrap();
                assert!(!events.put_async(event(2)).unwrap().wait().unwrap());
                storage.flush().unwrap();
                go_on.send(()).unwrap();
            })
        };
        let held = storage.read().unwrap();
        assert!(!events.put_async(event(1)).unwrap().wait().unwrap());
        other.join().unwrap();
        drop(held);
        assert_eq!(events.len().unwrap(), 3);
    });
}

/// Does something when it is woken, and when it is dropped.
struct Bell<W: Fn() + Send + Sync, D: Fn() + Send + Sync>(W, D);

impl<W: Fn() + Send + Sync, D: Fn() + Send + Sync> Wake for Bell<W, D> {
    fn wake(self: Arc<Self>) {
        (self.0)();
    }
}

impl<W: Fn() + Send + Sync, D: Fn() + Send + Sync> Drop for Bell<W, D> {
    fn drop(&mut self) {
        (self.1)();
    }
}

fn waker(
    woken: impl Fn() + Send + Sync + 'static,
    dropped: impl Fn() + Send + Sync + 'static,
) -> Waker {
    Waker::from(Arc::new(Bell(woken, dropped)))
}

/// A store whose disk takes its time: whoever polls a ticket at once finds it pending.
fn slow() -> (Storage, Table<Event>) {
    let files = GuardedFiles::new(|change| {
        if change == Change::Sync {
            thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    });
    let options = OpenOptions::default().file_system(Arc::new(files));
    let storage = Storage::open_with("slow", &options).unwrap();
    let events = Event::table(&storage).unwrap();
    (storage, events)
}

#[test]
fn a_waker_that_panics_stops_nobody() {
    soon(|| {
        let (_storage, events) = slow();
        for waker in [
            waker(|| panic!("on purpose"), || ()),
            waker(|| panic_any(Grenade), || ()),
            waker(|| (), || panic!("on purpose")),
        ] {
            // Behind the first, two share a commit.
            drop(events.put_async(event(0)).unwrap());
            let mut ticket = events.put_async(event(1)).unwrap();
            let mut neighbour = events.put_async(event(2)).unwrap();
            let (wake, woken) = mpsc::channel();
            let bell = self::waker(move || wake.send(()).unwrap(), || ());
            assert!(poll(&mut ticket, &waker).is_pending());
            assert!(poll(&mut neighbour, &bell).is_pending());
            // The last clone is the one that is woken.
            drop(waker);
            woken.recv().expect("the neighbour is woken");
            assert!(matches!(poll(&mut ticket, Waker::noop()), Poll::Ready(Ok(_))));
        }
    });
}

#[test]
fn a_waker_may_ask_for_what_has_ended_and_does_not_wait_for_the_rest() {
    soon(|| {
        let (storage, events) = slow();
        let (tell, told) = mpsc::channel();
        // They stand in line together, behind this one.
        drop(events.put_async(event(0)).unwrap());
        let mut first = events.put_async(event(1)).unwrap();
        let same_commit = Mutex::new(Some(events.put_async(event(2)).unwrap()));
        let (inner, table) = (storage.clone(), events.clone());
        let waker = waker(
            move || {
                let same_commit = same_commit.lock().unwrap().take().unwrap();
                let later = table.put_async(event(3)).unwrap();
                let told = [
                    same_commit.wait().is_ok(),
                    would_deadlock(&later.wait()),
                    would_deadlock(&inner.flush()),
                ];
                tell.send(told).unwrap();
            },
            || (),
        );
        assert!(poll(&mut first, &waker).is_pending());
        assert_eq!(told.recv().unwrap(), [true; 3]);
        storage.flush().unwrap();
        assert_eq!(events.len().unwrap(), 4);
    });
}

#[test]
fn a_body_that_panics_is_undone_alone_and_told() {
    soon(|| {
        let (storage, events) = slow();
        drop(events.put_async(event(0)).unwrap());
        let texts = ["good", "panic", "grenade", "good"];
        let tickets = (1..).zip(texts).map(|(id, word)| events.put_async(text(id, word)).unwrap());
        let told: Vec<_> =
            tickets.collect::<Vec<_>>().into_iter().map(|ticket| ticket.wait().is_ok()).collect();
        assert_eq!(told, [true, false, false, true]);
        storage.flush().unwrap();
        assert_eq!(events.len().unwrap(), 3);
        assert_eq!(events.verify().unwrap(), []);
    });
}

#[test]
fn a_body_does_not_wait_for_what_comes_after_it() {
    soon(|| {
        let (storage, events) = slow();
        drop(events.put_async(event(0)).unwrap());
        let body = events.put_async(text(1, "inside")).unwrap();
        let mut later = [2, 3].map(|id| events.put_async(event(id)).unwrap()).into_iter();
        let (table, handle) = (events.clone(), storage.clone());
        let inside = move || {
            let refusals = [
                is_nested(&later.next().unwrap().wait()),
                is_polled(&mut later.next().unwrap(), is_nested),
                is_nested(&table.put_async(event(4))),
                is_nested(&table.put(&event(5))),
                is_nested(&handle.flush()),
                matches!(handle.close(), Err(StorageError::InUse { .. })),
            ];
            refusals.into_iter().filter(|refused| *refused).count() as u64
        };
        *INSIDE.lock().unwrap() = Some(Box::new(inside));
        assert!(!body.wait().unwrap());
        storage.flush().unwrap();
        assert_eq!(events.by(Event::INDEXES.checked).count(6).unwrap(), 1, "all six are refused");
        assert_eq!(events.len().unwrap(), 4);
    });
}

#[test]
fn a_waker_finds_room_where_others_wait_for_it() {
    soon(|| {
        let options =
            OpenOptions::default().file_system(Arc::new(MemoryFiles::default())).queue_size(0);
        let storage = Storage::open_with("narrow", &options).unwrap();
        let events = Event::table(&storage).unwrap();
        let (tell, told) = mpsc::channel();
        let table = events.clone();
        let waker = waker(
            move || {
                (10..20).for_each(|id| drop(table.put_async(event(id)).unwrap()));
                tell.send(()).unwrap();
            },
            || (),
        );
        let mut ticket = events.put_async(event(1)).unwrap();
        if poll(&mut ticket, &waker).is_ready() {
            waker.wake_by_ref(); // It was quick: then on this thread.
        }
        told.recv().unwrap();
        storage.flush().unwrap();
        assert_eq!(events.len().unwrap(), 11);
    });
}
