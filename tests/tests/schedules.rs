//! Threads that share a store, in every order that a scheduler thinks of: group commit, the writers' gate, the shared
//! snapshot, records that change.
//!
//! `RUSTFLAGS="--cfg shuttle" cargo test -p tests --test schedules --target-dir target/shuttle`
//!
//! `STORAGE_SCHEDULES` sets how many orders are tried, 1,000 by default. A failure prints the order, for
//! `shuttle::replay`.

#[cfg(not(shuttle))]
#[test]
fn schedules_need_their_own_build() {
    println!(
        "skipped: build with RUSTFLAGS=\"--cfg shuttle\"; the head of this file has the command"
    );
}

#[cfg(shuttle)]
#[path = "schedules/evolution.rs"]
mod evolution;

#[cfg(shuttle)]
#[path = "schedules/tables.rs"]
mod tables;

#[cfg(shuttle)]
mod schedules {
    use rkyv::{Archive, Deserialize, Serialize};
    use shuttle::{
        Config, Runner,
        scheduler::{PctScheduler, RandomScheduler},
        thread,
    };
    use std::{
        future::Future,
        io,
        panic::{AssertUnwindSafe, catch_unwind},
        pin::Pin,
        sync::{
            Arc,
            atomic::{AtomicBool, AtomicU64, Ordering},
        },
        task::{Context, Wake, Waker},
    };
    use storage::{OpenOptions, RkyvTable, Storage, StorageError, StoredRecord, WriteTxn};
    use tests::guarded::{Change, GuardedFiles};

    /// Tries `body` in random orders, and in orders that a bug of few steps cannot hide from.
    fn check(body: impl Fn() + Send + Sync + 'static) {
        check_orders(1, body);
    }

    /// The same in a fifth of the orders: of bodies that take long.
    pub(super) fn check_some(body: impl Fn() + Send + Sync + 'static) {
        check_orders(5, body);
    }

    fn check_orders(share: usize, body: impl Fn() + Send + Sync + 'static) {
        let count = std::env::var("STORAGE_SCHEDULES").map_or(1000, |text| text.parse().unwrap());
        let count: usize = usize::max(count / share, 2);
        let mut config = Config::new();
        // The engine's calls go deeper than the scheduler's small stacks.
        config.stack_size = 1 << 20;
        let body = Arc::new(body);
        let random = Arc::clone(&body);
        Runner::new(RandomScheduler::new(count), config.clone()).run(move || random());
        Runner::new(PctScheduler::new(3, count / 2), config).run(move || body());
    }

    #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "counters")]
    struct Counter {
        #[store(key)]
        name: String,
        #[store(index)]
        count: u64,
    }

    fn numbers(storage: &Storage) -> RkyvTable<u64, u64> {
        storage.new_rkyv_table("numbers")
    }

    #[test]
    fn every_acknowledged_put_is_seen_and_kept() {
        let grouped = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&grouped);
        check(move || {
            let storage = Storage::in_memory().unwrap();
            let before = storage.stats().unwrap().commit_count;
            let writers = (0..4).map(|thread| {
                let table = numbers(&storage);
                thread::spawn(move || {
                    for n in 0..3 {
                        let key = thread * 10 + n;
                        assert!(!table.put(key, &n).unwrap());
                        assert_eq!(table.load(key).unwrap(), Some(n), "a read after the answer");
                    }
                })
            });
            writers.collect::<Vec<_>>().into_iter().for_each(|writer| writer.join().unwrap());
            assert_eq!(numbers(&storage).len().unwrap(), 12);
            let commits = storage.stats().unwrap().commit_count - before;
            assert!(commits <= 12);
            seen.fetch_or(commits < 12, Ordering::Relaxed);
        });
        assert!(grouped.load(Ordering::Relaxed), "no order in which writes shared a commit");
    }

    #[test]
    fn a_failed_or_panicking_write_is_undone_alone() {
        check(|| {
            let storage = Storage::in_memory().unwrap();
            let put = |key: u64| {
                let table = numbers(&storage);
                thread::spawn(move || table.put(key, &key).map(drop))
            };
            let table = numbers(&storage);
            table.put(0, &0).unwrap();
            let records = storage.clone();
            let (a, c) = (put(1), put(2));
            let failing = thread::spawn(move || {
                let table = Counter::table(&records).unwrap();
                table.put(&Counter { name: "n".to_owned(), count: 1 }).unwrap();
                // The second step is refused after the first was made: another record has the key.
                table.insert(&Counter { name: "n".to_owned(), count: 2 })
            });
            let records = storage.clone();
            let panicking = thread::spawn(move || {
                let table = Counter::table(&records).unwrap();
                catch_unwind(AssertUnwindSafe(|| {
                    table.upsert("p", |_| -> Counter { panic!("on purpose") })
                }))
                .is_err()
            });
            a.join().unwrap().unwrap();
            c.join().unwrap().unwrap();
            assert!(matches!(failing.join().unwrap(), Err(StorageError::AlreadyExists(_))));
            assert!(panicking.join().unwrap());
            assert_eq!(numbers(&storage).len().unwrap(), 3);
            let counters = Counter::table(&storage).unwrap();
            assert_eq!(counters.load("n").unwrap().map(|counter| counter.count), Some(1));
            assert_eq!(counters.len().unwrap(), 1);
            assert!(counters.verify().unwrap().is_empty());
        });
    }

    #[test]
    fn a_read_never_sees_an_older_state_than_was_acknowledged() {
        check(|| {
            let storage = with_slow_disk();
            let table = numbers(&storage);
            table.put(0, &0).unwrap();
            let acknowledged = Arc::new(AtomicU64::new(0));
            let (to_write, told) = (table.clone(), Arc::clone(&acknowledged));
            let writer = thread::spawn(move || {
                for n in 1..5 {
                    to_write.put(0, &n).unwrap();
                    told.store(n, Ordering::SeqCst);
                }
            });
            let readers = (0..2).map(|_| {
                let (table, told) = (table.clone(), Arc::clone(&acknowledged));
                thread::spawn(move || {
                    let mut last = 0;
                    for _ in 0..4 {
                        let least = told.load(Ordering::SeqCst).max(last);
                        last = table.load(0).unwrap().unwrap();
                        assert!(last >= least, "read {last} after {least}");
                        thread::yield_now();
                    }
                })
            });
            readers.collect::<Vec<_>>().into_iter().for_each(|reader| reader.join().unwrap());
            writer.join().unwrap();
        });
    }

    #[test]
    fn a_read_through_a_cache_never_sees_an_older_state_than_was_acknowledged() {
        let kept = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&kept);
        check(move || {
            let storage = with_slow_disk();
            let plain = numbers(&storage);
            plain.put(0, &0).unwrap();
            let acknowledged = Arc::new(AtomicU64::new(0));
            let readers = (0..3).map(|reader| {
                let (plain, told) = (plain.clone(), Arc::clone(&acknowledged));
                thread::spawn(move || {
                    // The cache comes at any time, and somebody reads without it.
                    let table = if reader == 0 { plain } else { plain.with_cache(1 << 20) };
                    for _ in 0..5 {
                        let least = told.load(Ordering::SeqCst);
                        let read = table.load(0).unwrap().unwrap();
                        assert!(read >= least, "read {read} after {least}");
                    }
                    table.cache_stats().is_some_and(|stats| stats.hit_count > 0)
                })
            });
            let readers = readers.collect::<Vec<_>>();
            for n in 1..3 {
                if n == 1 {
                    plain.put(0, &n).unwrap();
                } else {
                    let put =
                        |txn: &WriteTxn<'_>| txn.new_rkyv_table::<u64, u64>("numbers").put(0, &n);
                    storage.write(put).unwrap();
                }
                acknowledged.store(n, Ordering::SeqCst);
            }
            let hits = readers.into_iter().map(|reader| reader.join().unwrap());
            seen.fetch_or(hits.fold(false, |any, hit| any | hit), Ordering::Relaxed);
            let cached = plain.with_cache(1 << 20);
            (0..2).for_each(|_| assert_eq!(cached.load(0).unwrap(), Some(2), "what stays"));
        });
        assert!(kept.load(Ordering::Relaxed), "no order in which a row was kept");
    }

    #[test]
    fn a_failed_commit_is_told_to_all_who_share_it() {
        check(|| {
            let fails = Arc::default();
            let options = OpenOptions::default().file_system(failing_files(&fails));
            let storage = Storage::open_with("store", &options).unwrap();
            numbers(&storage).put(0, &0).unwrap();
            fails.store(true, Ordering::SeqCst);
            let writers = (1..4).map(|key| {
                let table = numbers(&storage);
                thread::spawn(move || table.put(key, &key))
            });
            let failing: Vec<_> = writers.collect();
            let ticket = Counter::table(&storage)
                .and_then(|table| table.put_async(Counter { name: "n".into(), count: 1 }));
            if let Ok(ticket) = ticket {
                ticket.wait().expect_err("the disk fails");
            }
            for writer in failing {
                let error = writer.join().unwrap().expect_err("the disk fails");
                assert!(
                    matches!(error, StorageError::CommitUnknown(_) | StorageError::Database(_)),
                    "{error}"
                );
            }
            fails.store(false, Ordering::SeqCst);
            storage.reopen().unwrap();
            let table = numbers(&storage);
            table.put(9, &9).unwrap();
            assert_eq!(table.load(0).unwrap(), Some(0));
        });
    }

    #[test]
    fn a_ticket_is_told_and_the_order_is_kept() {
        check(|| {
            let storage = Storage::in_memory().unwrap();
            let writers = (0..2).map(|thread| {
                let counters = Counter::table(&storage).unwrap();
                thread::spawn(move || {
                    let put = |count| {
                        counters.put_async(Counter { name: format!("{thread}"), count }).unwrap()
                    };
                    let (first, second) = (put(1), put(2));
                    assert!(!first.wait().unwrap());
                    assert!(second.wait().unwrap(), "the second replaces the first");
                    let key = format!("{thread}");
                    let count = counters.load(key.as_str()).unwrap().map(|counter| counter.count);
                    assert_eq!(count, Some(2), "a read after the answer");
                    assert!(counters.delete_async(key.as_str()).unwrap().wait().unwrap());
                })
            });
            writers.collect::<Vec<_>>().into_iter().for_each(|writer| writer.join().unwrap());
            assert!(Counter::table(&storage).unwrap().is_empty().unwrap());
        });
    }

    #[test]
    fn a_store_that_is_closed_is_free_and_holds_what_was_handed_in() {
        check(|| {
            let options = OpenOptions::default().file_system(failing_files(&Arc::default()));
            for is_told in [true, false] {
                let storage = Storage::open_with("store", &options).expect("it was let go");
                let counters = Counter::table(&storage).unwrap();
                let others = counters.clone();
                let other = thread::spawn(move || {
                    drop(others.put_async(Counter { name: format!("a {is_told}"), count: 1 }));
                });
                let own = Counter { name: format!("b {is_told}"), count: 1 };
                let ticket = counters.put_async(own).unwrap();
                if is_told {
                    assert!(!ticket.wait().unwrap());
                } else {
                    drop(ticket);
                }
                drop(counters);
                other.join().unwrap();
                if is_told {
                    storage.close().unwrap();
                } else {
                    drop(storage);
                }
            }
            let storage = Storage::open_with("store", &options).expect("it was let go");
            assert_eq!(Counter::table(&storage).unwrap().len().unwrap(), 4);
        });
    }

    /// Wakes nobody.
    struct Deaf;

    impl Wake for Deaf {
        fn wake(self: Arc<Self>) {}
    }

    /// The scheduler sees that a thread waits for ever.
    #[test]
    #[should_panic(expected = "deadlock")]
    fn a_lost_wake_up_is_found_out() {
        check(|| {
            let counters = Counter::table(&Storage::in_memory().unwrap()).unwrap();
            let mut ticket = counters.put_async(Counter { name: "n".into(), count: 1 }).unwrap();
            let waker = Waker::from(Arc::new(Deaf));
            let polled = Pin::new(&mut ticket).poll(&mut Context::from_waker(&waker));
            if polled.is_pending() {
                // As an executor waits: for a wake-up that `Deaf` loses.
                thread::park();
            }
        });
    }

    /// A store in whose commits others run.
    pub(super) fn with_slow_disk() -> Storage {
        let options = OpenOptions::default().file_system(failing_files(&Arc::default()));
        Storage::open_with("store", &options).unwrap()
    }

    /// Files in memory whose disk fails for as long as `fails` says so.
    fn failing_files(fails: &Arc<AtomicBool>) -> Arc<GuardedFiles> {
        let fails = Arc::clone(fails);
        let has_other_length = AtomicBool::new(false);
        Arc::new(GuardedFiles::new(move |change| {
            if let Change::Length(_) = change {
                has_other_length.store(true, Ordering::SeqCst);
            }
            if change != Change::Sync {
                return Ok(());
            }
            // Others run while a commit waits for the disk; not while a file grows, as the engine then holds a lock
            // that the scheduler does not know.
            if !has_other_length.swap(false, Ordering::SeqCst) {
                thread::yield_now();
            }
            let is_gone = fails.load(Ordering::SeqCst);
            if is_gone { Err(io::Error::other("the disk is gone")) } else { Ok(()) }
        }))
    }
}
