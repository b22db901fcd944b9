//! A store used as it should not be, or more than anybody would.

use rkyv::{Archive, Deserialize, Serialize};
use std::{
    ops::Bound::{Excluded, Included},
    path::Path,
    sync::{
        Arc, Barrier, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};
use storage::{
    OpenOptions, RkyvTable, Storage, StorageError, StoredRecord, maintenance::OldReader,
};
use tests::Scratch;

#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "seats")]
struct Seat {
    #[store(key)]
    number: u32,
    #[store(unique)]
    guest: Option<String>,
}

fn seat(number: u32, guest: &str) -> Seat {
    Seat { number, guest: Some(guest.to_owned()) }
}

fn numbers(storage: &Storage) -> RkyvTable<u64, u64> {
    storage.new_rkyv_table("numbers")
}

#[test]
fn what_was_read_stays_as_it_was_over_commits() {
    let scratch = Scratch::new();
    let storage = scratch.open();
    let table: RkyvTable<u64, Vec<u8>> = storage.new_rkyv_table("blobs");
    table.put_stream((0..50).map(|n| (n, vec![n as u8; 3000]))).unwrap();
    let guard = table.view(7).unwrap().unwrap();
    let held = storage.read().unwrap();
    let mut rows = table.iter().unwrap();
    rows.next().unwrap().unwrap();
    for round in 0..30_u8 {
        table.put_stream((0..50).map(|n| (n, vec![!round; 3000]))).unwrap();
        table.delete(u64::from(round)).unwrap();
    }
    assert_eq!(guard.view().as_slice(), [7; 3000]);
    let rest: Vec<_> = rows.map(|row| row.unwrap().1.load().unwrap()).collect();
    assert_eq!(rest.len(), 49);
    let old = held.new_rkyv_table::<u64, Vec<u8>>("blobs");
    for n in 0..50 {
        assert_eq!(old.load(n).unwrap(), Some(vec![n as u8; 3000]));
    }
}

#[test]
fn a_store_that_is_dropped_first_leaves_its_tables_and_guards_alone() {
    let scratch = Scratch::new();
    let storage = scratch.open();
    let table = Seat::table(&storage).unwrap();
    table.put_stream((0..100).map(|n| seat(n, &n.to_string()))).unwrap();
    let read = storage.read().unwrap();
    let guard = table.view(3).unwrap().unwrap();
    drop(storage);
    let rows = table.iter().unwrap();
    table.put(&seat(100, "late")).unwrap();
    let found: Vec<Seat> = rows.map(|row| row.unwrap().load().unwrap()).collect();
    assert_eq!(found.len(), 100);
    drop(table);
    assert_eq!(read.table::<Seat>().unwrap().len().unwrap(), 100);
    drop(read);
    assert_eq!(guard.load().unwrap(), seat(3, "3"));
    assert_eq!(Seat::table(&scratch.open()).unwrap().len().unwrap(), 101);
}

#[test]
fn strange_ranges_and_limits_are_what_they_say() {
    let storage = Storage::in_memory().unwrap();
    let table = numbers(&storage);
    table.put_stream((0..10).map(|n| (n, n))).unwrap();
    let found = |range: (std::ops::Bound<u64>, std::ops::Bound<u64>)| {
        let rows = || table.range(range).unwrap();
        (rows().count().unwrap(), rows().rev().count().unwrap())
    };
    assert_eq!(found((Included(9), Included(1))), (0, 0));
    assert_eq!(found((Excluded(5), Excluded(5))), (0, 0));
    assert_eq!(found((Included(5), Excluded(5))), (0, 0));
    assert_eq!(found((Excluded(5), Included(5))), (0, 0));
    assert_eq!(found((Excluded(u64::MAX), Included(0))), (0, 0));
    assert_eq!(found((Excluded(5), Excluded(6))), (0, 0));
    assert_eq!(found((Included(5), Included(5))), (1, 1));
    assert_eq!(table.delete_range((Included(9), Excluded(1))).unwrap(), 0);
    assert_eq!(table.iter().unwrap().limit(0).count().unwrap(), 0);
    assert_eq!(table.iter().unwrap().limit(u64::MAX).count().unwrap(), 10);
    assert_eq!(table.iter().unwrap().rev().limit(u64::MAX).limit(3).count().unwrap(), 3);
}

#[test]
fn a_state_that_is_held_for_long_is_told_of_once_and_counted() {
    let scratch = Scratch::new();
    let told = Arc::new(Mutex::new(Vec::<OldReader>::new()));
    let (tell, storage_of_alarm) = (Arc::clone(&told), Arc::new(Mutex::new(None::<Storage>)));
    let within = Arc::clone(&storage_of_alarm);
    let options = OpenOptions::default().warn_old_reader(Duration::ZERO, move |reader| {
        tell.lock().unwrap().push(reader);
        // Whoever is told may read and write.
        if let Some(storage) = within.lock().unwrap().take() {
            numbers(&storage).put(1000, &1).unwrap();
        }
    });
    let storage = Storage::open_with(scratch.path(), &options).unwrap();
    let table = numbers(&storage);
    table.put_stream((0..100).map(|n| (n, n))).unwrap();
    assert!(storage.stats().unwrap().oldest_reader.is_none());
    assert_eq!(*told.lock().unwrap(), [], "nobody holds an old state");
    let mut rows = table.iter().unwrap();
    rows.next().unwrap().unwrap();
    *storage_of_alarm.lock().unwrap() = Some(storage.clone());
    for n in 0..5 {
        table.put(n, &0).unwrap();
    }
    let oldest = storage.stats().unwrap().oldest_reader.unwrap();
    assert_eq!(oldest.commits_behind, 6);
    let told_of = told.lock().unwrap().clone();
    assert_eq!(told_of.len(), 1, "{told_of:?}");
    assert_eq!(told_of[0].commits_behind, 1);
    drop(rows);
    assert!(storage.stats().unwrap().oldest_reader.is_none());
}

/// Nothing asks what time it is: a clock that goes backwards changes nothing. A lock in version control is no store; it
/// names the day of a release. The changes in a feed have the time at which they were made, which decides nothing but
/// how long they are kept, where days are given.
#[test]
fn nothing_depends_on_the_clock_on_the_wall() {
    fn files(folder: &Path, found: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                files(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let mut found = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../storage/src"), &mut found);
    assert!(found.len() > 80);
    let has_clock = |file: &str| {
        ["lock/date.rs", "table/feed_entry.rs"].iter().any(|name| file.ends_with(name))
    };
    for (file, text) in found.iter().filter(|(file, _)| !has_clock(file)) {
        for clock in ["SystemTime::now", "Utc::now", "Local::now", "Timestamp::now", "Zoned::now"] {
            assert!(!text.contains(clock), "{file} asks for {clock}");
        }
    }
}

#[test]
fn ten_thousand_threads_put() {
    const THREADS: u64 = 10_000;
    let storage = Storage::in_memory().unwrap();
    let table = numbers(&storage);
    let (begun, failed) = (Arc::new(Barrier::new(101)), Arc::new(AtomicUsize::new(0)));
    let threads: Vec<_> = (0..THREADS)
        .map(|n| {
            let (table, begun, failed) = (table.clone(), Arc::clone(&begun), Arc::clone(&failed));
            let put = move || {
                // Some wait for one another, so that they come all at once.
                if n < 100 {
                    begun.wait();
                }
                if table.put(n, &(n * n)).is_err() || table.load(n).ok() != Some(Some(n * n)) {
                    failed.fetch_add(1, Ordering::SeqCst);
                }
            };
            thread::Builder::new().stack_size(256 << 10).spawn(put).unwrap()
        })
        .collect();
    begun.wait();
    for thread in threads {
        thread.join().unwrap();
    }
    assert_eq!(failed.load(Ordering::SeqCst), 0);
    assert_eq!(table.len().unwrap(), THREADS);
    let sum: u64 = table.scan(|_, n| Some(n.to_native())).unwrap().iter().sum();
    assert_eq!(sum, (0..THREADS).map(|n| n * n).sum::<u64>());
}

#[test]
fn an_update_that_changes_the_key_moves_the_record_or_is_refused() {
    let storage = Storage::in_memory().unwrap();
    let table = Seat::table(&storage).unwrap();
    table.put_all(&[seat(1, "Ada"), seat(2, "Bo")]).unwrap();
    table.update(1, |seat| seat.number = 9).unwrap().unwrap();
    assert_eq!(table.load(1).unwrap(), None);
    assert_eq!(table.load(9).unwrap(), Some(seat(9, "Ada")));
    let by_guest = table.by(Seat::INDEXES.guest);
    assert_eq!(by_guest.get("Ada", |seat| seat.number.to_native()).unwrap(), Some(9));
    let error = table.update(9, |seat| seat.number = 2).unwrap_err();
    assert!(matches!(error, StorageError::AlreadyExists(_)), "{error:?}");
    assert_eq!(table.load(9).unwrap(), Some(seat(9, "Ada")));
    assert_eq!(table.load(2).unwrap(), Some(seat(2, "Bo")));
    assert_eq!(table.verify().unwrap(), []);
}

#[test]
fn a_record_that_is_not_there_is_not_deleted() {
    let storage = Storage::in_memory().unwrap();
    let table = Seat::table(&storage).unwrap();
    assert!(!table.delete(1).unwrap(), "of a table that nobody has written");
    table.put(&seat(1, "Ada")).unwrap();
    assert!(!table.delete(2).unwrap());
    assert!(table.delete(1).unwrap());
    assert!(!table.delete(1).unwrap(), "twice");
    assert!(storage.write(|txn| txn.table::<Seat>()?.delete(1)).is_ok_and(|deleted| !deleted));
}

/// A transaction ends with its closure: there is nothing that could be forgotten.
#[test]
fn a_transaction_cannot_be_left_open() {
    let storage = Storage::in_memory().unwrap();
    let table = numbers(&storage);
    storage
        .write(|txn| {
            std::mem::forget(txn.new_rkyv_table::<u64, u64>("numbers"));
            Ok(())
        })
        .unwrap();
    let refused = storage.write(|txn| {
        txn.new_rkyv_table::<u64, u64>("numbers").put(1, &1)?;
        Err::<(), _>(StorageError::custom("changed my mind"))
    });
    assert_eq!(refused.unwrap_err().to_string(), "changed my mind");
    assert_eq!(table.load(1).unwrap(), None);
    table.put(1, &2).unwrap();
}
