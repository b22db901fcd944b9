//! Records that change while threads write: layouts that are entered, and rows that are migrated, in every order.

#[path = "../migration/plain.rs"]
#[allow(dead_code, reason = "each suite has what it needs of it")]
mod plain;

use self::plain::{first, x, y};
use super::schedules::{check_some, with_slow_disk};
use shuttle::thread;
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};
use storage::{Storage, StorageError, StoredRecord};

/// A store with so many rows of the first release.
fn written(count: u64) -> Storage {
    let storage = with_slow_disk();
    let firsts = (0..count).map(|id| first::A { id });
    first::A::table(&storage).unwrap().put_stream(firsts).unwrap();
    storage
}

fn layout_count(storage: &Storage) -> u64 {
    storage.tables().unwrap()[0].layout_count
}

fn assert_sound(storage: &Storage) {
    let report = storage.check().unwrap();
    assert!(report.is_sound(), "{report:?}");
}

#[test]
fn an_old_handle_writes_while_a_new_one_enters_its_layout() {
    let orders = Arc::new([const { AtomicBool::new(false) }; 2]);
    let seen = Arc::clone(&orders);
    check_some(move || {
        let storage = written(3);
        let firsts = first::A::table(&storage).unwrap();
        let xs = x::A::table(&storage).unwrap();
        let ys = y::A::table(&storage).unwrap().with_cache(1 << 20);
        let old = thread::spawn(move || {
            for id in [0, 1] {
                firsts.put(&first::A { id }).unwrap();
                assert_eq!(firsts.load(id).unwrap(), Some(first::A { id }));
            }
        });
        let news = xs.clone();
        let new = thread::spawn(move || {
            for id in [0, 2] {
                news.put(&x::A { id, x: Some(7) }).unwrap();
            }
            assert_eq!(news.load(2).unwrap(), Some(x::A { id: 2, x: Some(7) }));
        });
        let reader = thread::spawn(move || {
            // Counts on the number that the new layout gets, and enters another one.
            assert_eq!(ys.load(1).unwrap(), Some(y::A { id: 1, y: None }));
            ys.put(&y::A { id: 9, y: Some(9) }).unwrap();
            assert_eq!(ys.load(9).unwrap(), Some(y::A { id: 9, y: Some(9) }));
        });
        for thread in [old, new, reader] {
            thread.join().unwrap();
        }
        assert_eq!(layout_count(&storage), 3);
        let values = [0, 1, 2, 9].map(|id| xs.load(id).unwrap().unwrap().x);
        assert_eq!(values[1..], [None, Some(7), None]);
        seen[usize::from(values[0].is_some())].store(true, Ordering::Relaxed);
        assert_sound(&storage);
    });
    assert!(orders.iter().all(|order| order.load(Ordering::Relaxed)), "one is always the last");
}

#[test]
fn rows_are_migrated_while_others_delete_load_and_read() {
    check_some(|| {
        let storage = written(9);
        let xs = x::A::table(&storage).unwrap();
        let migrating = xs.clone();
        let migration = thread::spawn(move || migrating.migrate().batch(2).run().unwrap());
        let deleting = xs.clone();
        let deletes = thread::spawn(move || deleting.delete_range(2..5).unwrap());
        let loading = xs.clone();
        let loads = thread::spawn(move || {
            let rows = [1, 4, 7, 9].map(|id| x::A { id, x: Some(3) });
            assert_eq!(loading.put_stream(rows).unwrap(), 4);
        });
        let cached = xs.clone().with_cache(1 << 20);
        let reads = thread::spawn(move || {
            let mut is_written = false;
            for _ in 0..3 {
                assert_eq!(cached.load(0).unwrap(), Some(x::A { id: 0, x: None }));
                let row = cached.load(7).unwrap().unwrap();
                assert!(row.x == Some(3) || row.x.is_none() && !is_written, "an older state");
                is_written = row.x.is_some();
            }
        });
        let migrated = migration.join().unwrap();
        assert!(migrated.rewritten <= 9 && !migrated.is_stopped, "{migrated:?}");
        let deleted = deletes.join().unwrap();
        for thread in [loads, reads] {
            thread.join().unwrap();
        }
        assert_eq!((deleted, layout_count(&storage)), (3, 1));
        let rows = xs.iter().unwrap().map(|row| row.unwrap().load().unwrap());
        // Whether the fourth was written before it was deleted is a matter of order.
        let rows: Vec<_> = rows.map(|row| (row.id, row.x)).filter(|row| row.0 != 4).collect();
        let written = |id| (id, [1, 7, 9].contains(&id).then_some(3));
        assert_eq!(rows, [0, 1, 5, 6, 7, 8, 9].map(written));
        assert_sound(&storage);
    });
}

#[test]
fn two_migrations_at_once_share_the_rows_or_begin_again() {
    check_some(|| {
        let storage = written(7);
        let [one, other] = [x::A::table(&storage).unwrap(), x::A::table(&storage).unwrap()];
        let second = thread::spawn(move || other.migrate().batch(2).run().unwrap());
        let first = one.migrate().batch(2).run().unwrap();
        assert_eq!(first.rewritten + second.join().unwrap().rewritten, 7);
        assert_eq!((layout_count(&storage), one.len().unwrap()), (1, 7));
        // To a layout that is another one: who is disturbed says so, and no row is lost.
        let ys = y::A::table(&storage).unwrap();
        ys.put(&y::A { id: 1, y: Some(1) }).unwrap();
        let others = ys.clone();
        let second = thread::spawn(move || others.migrate().batch(2).run().map(drop));
        let runs = [one.migrate().batch(2).run().map(drop), second.join().unwrap()];
        for error in runs.into_iter().filter_map(Result::err) {
            assert!(matches!(error, StorageError::MigrationDisturbed { .. }), "{error}");
        }
        assert_sound(&storage);
        ys.migrate().run().unwrap();
        assert_eq!((layout_count(&storage), ys.len().unwrap()), (1, 7));
        assert_sound(&storage);
    });
}
