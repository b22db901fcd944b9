//! Migrations beside others that write: the same program, other releases of it, and other migrations.

use super::{
    assert_sound, layout_count, numbers,
    plain::{first, x, y, z},
    row,
};
use std::ops::ControlFlow;
use storage::{Storage, StorageError, StoredRecord, error::Blame};

const GO_ON: ControlFlow<()> = ControlFlow::Continue(());

fn written_by_the_first(count: u64) -> Storage {
    let storage = Storage::in_memory().unwrap();
    first::A::table(&storage).unwrap().put_stream((0..count).map(|id| first::A { id })).unwrap();
    storage
}

#[test]
fn two_share_the_work() {
    let storage = written_by_the_first(100);
    let (one, other) = (x::A::table(&storage).unwrap(), x::A::table(&storage).unwrap());
    let mut inner = (0, 0);
    let progress = |_: &_| {
        let stop = |_: &_| ControlFlow::Break(());
        let migrated = other.migrate().batch(10).progress(stop).run().unwrap();
        inner = (inner.0 + migrated.seen, inner.1 + migrated.rewritten);
        GO_ON
    };
    let migrated = one.migrate().batch(10).progress(progress).run().unwrap();
    assert_eq!((migrated.seen + inner.0, migrated.rewritten + inner.1), (100, 100));
    assert!(inner.0 >= 20, "{inner:?}");
    assert_eq!((numbers(&storage), layout_count(&storage)), (vec![2], 1));
    assert_sound(&storage);
}

/// Behind the cursor and before it.
#[test]
fn its_own_handles_write_meanwhile() {
    let storage = written_by_the_first(100);
    let xs = x::A::table(&storage).unwrap().with_cache(1 << 20);
    let mut round = 0;
    let progress = |_: &storage::evolution::MigrationProgress| {
        round += 1;
        for id in [round % 100, 99 - round % 100] {
            xs.get(id, |_| ()).unwrap();
            xs.get(id, |_| ()).unwrap();
            xs.upsert(id, |_| x::A { id, x: Some(7) }).unwrap();
            assert_eq!(xs.load(id).unwrap().unwrap().x, Some(7));
        }
        xs.delete(40).unwrap();
        xs.put_stream((0..3).map(|id| x::A { id: 1000 + id, x: Some(1) })).unwrap();
        GO_ON
    };
    xs.migrate().batch(5).progress(progress).run().unwrap();
    assert_eq!((numbers(&storage), layout_count(&storage)), (vec![2], 1));
    assert_eq!(row(&storage, b"users\0M"), None);
    for id in 0..100 {
        let expected = xs.clone().load(id).unwrap();
        assert_eq!(x::A::table(&storage).unwrap().load(id).unwrap(), expected);
    }
    assert_sound(&storage);
}

/// A handle of the first release that is still open writes behind the cursor: no row of it is left behind.
#[test]
fn rows_that_an_older_handle_writes_are_rewritten_in_another_pass() {
    for when in [1, 5, 9] {
        let storage = written_by_the_first(100);
        let firsts = first::A::table(&storage).unwrap();
        let xs = x::A::table(&storage).unwrap();
        let (mut batches, mut written) = (0, 0);
        let progress = |_: &_| {
            batches += 1;
            if batches == when {
                for id in [0, 99, 500] {
                    firsts.put(&first::A { id }).unwrap();
                    written += 1;
                }
            }
            GO_ON
        };
        let migrated = xs.migrate().batch(10).progress(progress).run().unwrap();
        assert!(migrated.seen >= 200, "{migrated:?}");
        assert_eq!(written, 3);
        assert_eq!((numbers(&storage).len(), layout_count(&storage)), (1, 1), "{when}");
        assert_eq!(xs.len().unwrap(), 101);
        assert_sound(&storage);
        // It goes on, and its layout has a new number.
        firsts.put(&first::A { id: 7 }).unwrap();
        assert_eq!((numbers(&storage).len(), layout_count(&storage)), (2, 2));
        assert_eq!(xs.load(7).unwrap(), Some(x::A { id: 7, x: None }));
        assert_sound(&storage);
    }
}

#[test]
fn one_who_keeps_on_writing_is_complained_of() {
    let storage = written_by_the_first(100);
    let firsts = first::A::table(&storage).unwrap();
    let xs = x::A::table(&storage).unwrap();
    let progress = |_: &_| {
        firsts.put(&first::A { id: 0 }).unwrap();
        GO_ON
    };
    let error = xs.migrate().batch(50).progress(progress).run().unwrap_err();
    assert!(matches!(error, StorageError::MigrationDisturbed { .. }), "{error}");
    assert_eq!((error.blame(), error.is_retryable()), (Blame::Busy, true));
    assert_eq!(layout_count(&storage), 2);
    assert_sound(&storage);
    xs.migrate().run().unwrap();
    assert_eq!((numbers(&storage).len(), layout_count(&storage)), (1, 1));
    assert_sound(&storage);
}

/// A newer layout is entered before the migration to the one before has ended.
#[test]
fn a_newer_release_takes_over() {
    let storage = written_by_the_first(60);
    let (xs, ys) = (x::A::table(&storage).unwrap(), y::A::table(&storage).unwrap());
    let mut batches = 0;
    let progress = |_: &_| {
        batches += 1;
        if batches == 2 {
            ys.put(&y::A { id: 3, y: Some(3) }).unwrap();
        }
        GO_ON
    };
    xs.migrate().batch(10).progress(progress).run().unwrap();
    // What the newer one has written is rewritten as well: it was asked for.
    assert_eq!((numbers(&storage).len(), layout_count(&storage)), (1, 1));
    ys.migrate().run().unwrap();
    assert_eq!((numbers(&storage).len(), layout_count(&storage)), (1, 1));
    assert_eq!(ys.load(5).unwrap(), Some(y::A { id: 5, y: None }));
    assert_sound(&storage);
}

#[test]
fn of_two_to_different_layouts_the_later_wins() {
    let storage = written_by_the_first(60);
    let (xs, zs) = (x::A::table(&storage).unwrap(), z::A::table(&storage).unwrap());
    let mut has_begun = false;
    let progress = |_: &_| {
        if !has_begun {
            has_begun = true;
            let stop = |_: &_| ControlFlow::Break(());
            assert!(zs.migrate().batch(10).progress(stop).run().unwrap().is_stopped);
        }
        GO_ON
    };
    let error = xs.migrate().batch(10).progress(progress).run().unwrap_err();
    assert!(matches!(error, StorageError::MigrationDisturbed { .. }), "{error}");
    zs.migrate().run().unwrap();
    assert_eq!((numbers(&storage).len(), layout_count(&storage)), (1, 1));
    assert_eq!(zs.len().unwrap(), 60);
    assert_sound(&storage);
}

/// To go back: the older program's layout is entered anew.
#[test]
fn an_older_program_can_migrate_back() {
    let storage = written_by_the_first(60);
    let rows = (0..30).map(|id| x::A { id, x: Some(7) });
    x::A::table(&storage).unwrap().put_stream(rows).unwrap();
    let firsts = first::A::table(&storage).unwrap();
    assert_eq!(firsts.migrate().run().unwrap().rewritten, 60);
    assert_eq!((numbers(&storage), layout_count(&storage)), (vec![3], 1));
    assert_eq!(firsts.len().unwrap(), 60);
    let xs = x::A::table(&storage).unwrap();
    assert_eq!(xs.load(3).unwrap(), Some(x::A { id: 3, x: None }));
    assert_sound(&storage);
}

#[test]
fn a_table_that_is_dropped_or_cleared_meanwhile_is_done() {
    let storage = written_by_the_first(100);
    let xs = x::A::table(&storage).unwrap();
    let drop_it = |_: &_| {
        storage.drop_table("users").unwrap();
        GO_ON
    };
    assert!(xs.migrate().batch(10).progress(drop_it).run().unwrap().rewritten <= 10);
    xs.put(&x::A { id: 1, x: None }).unwrap();
    assert_eq!(numbers(&storage), [1]);
    let storage = written_by_the_first(100);
    let xs = x::A::table(&storage).unwrap();
    let clear_it = |_: &_| {
        xs.delete_range(5..).unwrap();
        GO_ON
    };
    xs.migrate().batch(10).progress(clear_it).run().unwrap();
    assert_eq!((numbers(&storage), xs.len().unwrap()), (vec![2], 5));
    assert_sound(&storage);
}
