//! What is left of layouts that are retired: their numbers, and states and programs that still have them.

use super::{
    assert_sound, catalog, layout_count, numbers,
    plain::{first, x, x_alone, x_is_z, y, z, z_alone},
    releases::{middle, new, old, v1, v2, v3},
    row,
};
use std::ops::ControlFlow;
use storage::{Storage, StorageError, StoredRecord, evolution::IndexStatus};
use tests::Scratch;

#[test]
fn the_attributes_that_spoke_of_them_may_go() {
    let storage = Storage::in_memory().unwrap();
    let rows = (0..50).map(|id| x::A { id, x: Some(7) });
    x::A::table(&storage).unwrap().put_stream(rows).unwrap();
    z_alone::A::table(&storage).unwrap_err();
    x_is_z::A::table(&storage).unwrap().migrate().run().unwrap();
    let alone = z_alone::A::table(&storage).unwrap();
    assert_eq!(alone.load(49).unwrap(), Some(z_alone::A { id: 49, z: Some(7) }));
    assert!(alone.evolution().unwrap().is_settled());
    assert_eq!(alone.migrate().run().unwrap().seen, 0);
}

/// An older program is told that it is the older one, also when its layout is gone.
#[test]
fn a_program_that_has_one_of_them_is_known_as_older() {
    let storage = Storage::in_memory().unwrap();
    x::A::table(&storage).unwrap().put(&x::A { id: 1, x: Some(7) }).unwrap();
    x_is_z::A::table(&storage).unwrap().migrate().run().unwrap();
    let Err(StorageError::Schema(error)) = x_alone::A::table(&storage) else { panic!("refused") };
    assert!(error.is_newer());
    assert!(
        error.to_string().starts_with(
            "table `users` has layout 2, which this program, whose layout is 1, does not"
        ),
        "{error}"
    );
}

#[test]
fn their_numbers_are_not_given_again() {
    let scratch = Scratch::new();
    let storage = scratch.open();
    first::A::table(&storage).unwrap().put(&first::A { id: 0 }).unwrap();
    x::A::table(&storage).unwrap().migrate().run().unwrap();
    assert_eq!(numbers(&storage), [2]);
    y::A::table(&storage).unwrap().put(&y::A { id: 1, y: Some(1) }).unwrap();
    assert_eq!(numbers(&storage), [2, 3]);
    drop(storage);
    let storage = scratch.open();
    z::A::table(&storage).unwrap().migrate().run().unwrap();
    assert_eq!((numbers(&storage), layout_count(&storage)), (vec![4], 1));
    let retired = row(&storage, b"users\0R").unwrap();
    assert_eq!(String::from_utf8_lossy(&retired).matches("retired ").count(), 3);
    // A layout that comes back has a new number.
    first::A::table(&storage).unwrap().put(&first::A { id: 9 }).unwrap();
    assert_eq!(numbers(&storage), [4, 5]);
    assert_sound(&storage);
}

/// A handle of a layout that was retired and came back reads states from before, between and after.
#[test]
fn states_that_are_held_are_read_whatever_was_retired_since() {
    let storage = Storage::in_memory().unwrap();
    let firsts = first::A::table(&storage).unwrap();
    firsts.put_stream((0..20).map(|id| first::A { id })).unwrap();
    let before = storage.read().unwrap();
    let xs = x::A::table(&storage).unwrap();
    let in_before = x::A::table(&before).unwrap();
    xs.migrate().run().unwrap();
    let between = storage.read().unwrap();
    firsts.put(&first::A { id: 3 }).unwrap();
    firsts.migrate().run().unwrap();
    assert_eq!(numbers(&storage), [3]);
    for _ in 0..3 {
        for (state, number) in [(&before, 1), (&between, 2)] {
            assert_eq!(x::A::table(state).unwrap().load(3).unwrap().unwrap().x, None, "{number}");
            assert_eq!(first::A::table(state).unwrap().iter().unwrap().count().unwrap(), 20);
        }
        assert_eq!(in_before.load(4).unwrap(), Some(x::A { id: 4, x: None }));
        assert_eq!(firsts.load(4).unwrap(), Some(first::A { id: 4 }));
        assert_eq!(xs.load(4).unwrap(), Some(x::A { id: 4, x: None }));
        firsts.put(&first::A { id: 4 }).unwrap();
    }
    assert_eq!((numbers(&storage), layout_count(&storage)), (vec![3], 1));
    assert_sound(&storage);
}

/// One handle reads old and new states in turn on several threads while it writes.
#[test]
fn one_handle_reads_states_in_which_its_layout_has_other_numbers() {
    let storage = Storage::in_memory().unwrap();
    let firsts = first::A::table(&storage).unwrap();
    firsts.put_stream((0..20).map(|id| first::A { id })).unwrap();
    let before = storage.read().unwrap();
    x::A::table(&storage).unwrap().migrate().run().unwrap();
    firsts.put(&first::A { id: 3 }).unwrap();
    firsts.migrate().run().unwrap();
    assert_eq!(numbers(&storage), [3]);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            let in_before = first::A::table(&before).unwrap();
            scope.spawn(move || {
                for round in 0..300 {
                    assert_eq!(in_before.load(round % 20).unwrap().unwrap().id, round % 20);
                }
            });
        }
        for round in 0..300 {
            firsts.put(&first::A { id: round }).unwrap();
            assert_eq!(firsts.load(round % 20).unwrap().unwrap().id, round % 20);
        }
    });
    assert_eq!(numbers(&storage), [3]);
    assert_sound(&storage);
}

#[test]
fn indexes_stay_ready_when_the_layout_that_made_them_is_gone() {
    let scratch = Scratch::new();
    let storage = scratch.open();
    v1::User::table(&storage).unwrap().put_stream((0..50).map(old)).unwrap();
    storage.write(|txn| txn.table::<v2::User>()?.put(&middle(old(3), None))).unwrap();
    // The index over `age` is that of the first release.
    let users = v2::User::table(&storage).unwrap();
    users.migrate().run().unwrap();
    drop(users);
    drop(storage);
    let storage = scratch.open();
    let commits = storage.stats().unwrap().commit_count;
    let users = v2::User::table(&storage).unwrap();
    let report = users.evolution().unwrap();
    assert!(report.indexes().iter().all(|index| index.status == IndexStatus::Ready), "{report}");
    assert_eq!(storage.stats().unwrap().commit_count, commits);
    assert_eq!(users.verify().unwrap(), []);
}

#[test]
fn a_backup_and_a_renamed_table_take_all_along() {
    let scratch = Scratch::new();
    let storage = scratch.open();
    v1::User::table(&storage).unwrap().put_stream((0..300).map(old)).unwrap();
    v2::User::table(&storage).unwrap().migrate().run().unwrap();
    let people = v3::Person::table(&storage).unwrap();
    let stop = |_: &_| ControlFlow::Break(());
    let begun = people.migrate().batch(100).progress(stop).run().unwrap();
    assert!(begun.is_stopped);
    let backup = scratch.dir().join("backup.redb");
    storage.backup(&backup).unwrap();
    drop(people);
    storage.rename_table("users", "people").unwrap();
    storage.rename_table("people", "users").unwrap();
    let copy = Storage::open(&backup).unwrap();
    assert_eq!(catalog(&copy), catalog(&storage));
    for storage in [storage, copy] {
        let people = v3::Person::table(&storage).unwrap();
        assert_eq!(people.migrate().run().unwrap().seen, 300 - begun.seen);
        assert_eq!(numbers(&storage), [3]);
        assert_eq!(people.load(7).unwrap(), Some(new(middle(old(7), None))));
        assert_sound(&storage);
        storage.drop_table("users").unwrap();
        assert_eq!(catalog(&storage).len(), 1);
        v1::User::table(&storage).unwrap().put(&old(1)).unwrap();
        assert_eq!(numbers(&storage), [1]);
    }
}

#[test]
fn every_damaged_bit_of_what_is_remembered_is_found() {
    let storage = Storage::in_memory().unwrap();
    first::A::table(&storage).unwrap().put_stream((0..20).map(|id| first::A { id })).unwrap();
    x::A::table(&storage).unwrap().migrate().run().unwrap();
    let ys = y::A::table(&storage).unwrap();
    let stop = |_: &_| ControlFlow::Break(());
    assert!(ys.migrate().batch(5).progress(stop).run().unwrap().is_stopped);
    for key in [b"users\0M", b"users\0R"] {
        let row = row(&storage, key).unwrap();
        for bit in 0..row.len() * 8 {
            let mut damaged = row.clone();
            damaged[bit / 8] ^= 1 << (bit % 8);
            storage.backend().put("$catalog", key, &damaged).unwrap();
            assert!(y::A::table(&storage).unwrap_err().is_corrupt(), "bit {bit}");
            assert!(!storage.check().unwrap().is_sound(), "bit {bit}");
        }
        storage.backend().put("$catalog", key, &row).unwrap();
    }
    // Without what is remembered of it, the first layout is missing.
    storage.backend().delete("$catalog", b"users\0R").unwrap();
    let error = y::A::table(&storage).unwrap_err();
    assert!(error.to_string().contains("the layout before the number 2 is missing"), "{error}");
}
