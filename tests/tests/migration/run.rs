//! One migration: what becomes of the rows, of those that cannot be read, and of a run that stops.

use super::{
    assert_sound, catalog, layout_count, numbers,
    plain::{first, x, y},
    releases::{flat_old, flat1, flat2, middle, new, old, v1, v2, v3},
    row, rows_of,
};
use std::ops::ControlFlow;
use storage::{Storage, StorageError, StoredRecord, evolution::LayoutReading};
use tests::{Scratch, frame};

/// Rows of the first two releases.
fn written_by_both(storage: &Storage, count: u64) {
    v1::User::table(storage).unwrap().put_stream((0..count).map(old)).unwrap();
    let second = (0..count).filter(|id| id % 5 == 0).map(|id| middle(old(id), None));
    v2::User::table(storage).unwrap().put_stream(second).unwrap();
}

fn bodies(storage: &Storage) -> Vec<(Vec<u8>, Vec<u8>)> {
    let rows = rows_of(storage, "users").into_iter();
    rows.map(|(key, value)| (key, frame::body(&value).to_vec())).collect()
}

#[test]
fn rows_become_what_the_new_code_would_have_written() {
    let storage = Storage::in_memory().unwrap();
    written_by_both(&storage, 700);
    let people = v3::Person::table(&storage).unwrap();
    let before: Vec<v3::Person> =
        people.iter().unwrap().map(|row| row.unwrap().load().unwrap()).collect();
    let dry = people.migrate().dry_run().unwrap();
    assert!(dry.is_sound());
    let counts: Vec<_> = dry.layouts.iter().map(|rows| (rows.number, rows.row_count)).collect();
    assert_eq!(counts, [(1, 560), (2, 140)]);
    let entries = rows_of(&storage, "users$age");
    let migrated = people.migrate().batch(64).run().unwrap();
    assert_eq!((migrated.seen, migrated.rewritten, migrated.is_stopped), (700, 700, false));
    assert_eq!((numbers(&storage), layout_count(&storage)), (vec![3], 1));
    let bytes: u64 = rows_of(&storage, "users").iter().map(|(_, row)| row.len() as u64).sum();
    assert_eq!(dry.layouts.iter().map(|rows| rows.byte_count_after).sum::<u64>(), bytes);
    // Index entries do not change.
    assert_eq!(rows_of(&storage, "users$age"), entries);
    let fresh = Storage::in_memory().unwrap();
    let expected = (0..700).map(|id| new(middle(old(id), None)));
    v3::Person::table(&fresh).unwrap().put_stream(expected).unwrap();
    assert_eq!(bodies(&storage), bodies(&fresh));
    let after: Vec<v3::Person> =
        people.iter().unwrap().map(|row| row.unwrap().load().unwrap()).collect();
    assert!(before == after);
    assert_eq!(people.verify().unwrap(), []);
    assert_sound(&storage);
}

/// Rows that are read as they are may have what the new code does not know: it must not come back.
#[test]
fn flatbuffers_are_encoded_anew() {
    let storage = Storage::in_memory().unwrap();
    flat1::User::table(&storage).unwrap().put_stream((0..300).map(flat_old)).unwrap();
    let people = flat2::Person::table(&storage).unwrap();
    let report = people.evolution().unwrap();
    assert_eq!(report.layouts()[0].reading, LayoutReading::AsTheyAre);
    assert_eq!(people.migrate().run().unwrap().rewritten, 300);
    let fresh = Storage::in_memory().unwrap();
    let expected = (0..300).map(|id| super::releases::flat_new(flat_old(id)));
    flat2::Person::table(&fresh).unwrap().put_stream(expected).unwrap();
    assert_eq!(bodies(&storage), bodies(&fresh));
    assert_eq!(people.verify().unwrap(), []);
    assert_sound(&storage);
}

#[test]
fn where_all_is_new_nothing_is_written() {
    let storage = Storage::in_memory().unwrap();
    let people = v3::Person::table(&storage).unwrap();
    let nothing = people.migrate().run().unwrap();
    assert_eq!((nothing.seen, catalog(&storage).len()), (0, 1));
    people.put(&new(middle(old(1), None))).unwrap();
    let commits = storage.stats().unwrap().commit_count;
    assert_eq!(people.migrate().run().unwrap().seen, 0);
    assert!(people.migrate().dry_run().unwrap().layouts[0].byte_count > 0);
    assert_eq!(storage.stats().unwrap().commit_count, commits);
}

#[test]
fn a_table_without_rows_is_migrated_in_one_batch() {
    let storage = Storage::in_memory().unwrap();
    v1::User::table(&storage).unwrap().put(&old(1)).unwrap();
    v1::User::table(&storage).unwrap().clear().unwrap();
    let people = v3::Person::table(&storage).unwrap();
    assert_eq!(people.migrate().run().unwrap().seen, 0);
    assert!(people.evolution().unwrap().is_settled());
    assert_eq!(layout_count(&storage), 1);
}

#[test]
fn a_run_that_was_stopped_is_gone_on_with() {
    let scratch = Scratch::new();
    let mut storage = scratch.open();
    written_by_both(&storage, 500);
    let (mut seen, mut rewritten, mut stops) = (0, 0, 0);
    loop {
        let people = v3::Person::table(&storage).unwrap();
        let mut batches = 0;
        let progress = |so_far: &storage::evolution::MigrationProgress| {
            batches += 1;
            assert_eq!(so_far.row_count, 500);
            if batches == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let migrated = people.migrate().batch(30).progress(progress).run().unwrap();
        seen += migrated.seen;
        rewritten += migrated.rewritten;
        if !migrated.is_stopped {
            break;
        }
        stops += 1;
        let cursor = String::from_utf8_lossy(&row(&storage, b"users\0M").unwrap()).into_owned();
        assert!(cursor.contains(&format!("migration to = 3\nseen = {seen}\n")), "{cursor}");
        assert_eq!(people.load(499).unwrap().unwrap().level, 7);
        assert_sound(&storage);
        drop(people);
        drop(storage);
        storage = scratch.open();
    }
    assert_eq!((seen, rewritten), (500, 500));
    assert!(stops >= 8, "{stops}");
    assert_eq!((row(&storage, b"users\0M"), layout_count(&storage)), (None, 1));
}

/// The batches are bounded by bytes, too.
#[test]
fn long_rows_make_short_batches() {
    use rkyv::{Archive, Deserialize, Serialize};
    mod before {
        use rkyv::{Archive, Deserialize, Serialize};
        use storage::StoredRecord;

        #[derive(Archive, Serialize, Deserialize, StoredRecord)]
        #[store(codec = "rkyv", table = "users")]
        pub(super) struct Page {
            #[store(key)]
            pub(super) id: u64,
            pub(super) text: String,
        }
    }
    #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "users")]
    struct Page {
        #[store(key)]
        id: u64,
        text: String,
        note: Option<String>,
    }
    let storage = Storage::in_memory().unwrap();
    let pages = (0..20).map(|id| before::Page { id, text: "x".repeat(300_000) });
    before::Page::table(&storage).unwrap().put_stream(pages).unwrap();
    let mut batches = 0;
    let progress = |_: &_| {
        batches += 1;
        ControlFlow::Continue(())
    };
    Page::table(&storage).unwrap().migrate().progress(progress).run().unwrap();
    assert!(batches >= 5, "{batches}");
    assert_sound(&storage);
}

#[test]
fn a_row_that_cannot_be_read_is_named_and_the_rest_stays() {
    let storage = Storage::in_memory().unwrap();
    v1::User::table(&storage).unwrap().put_stream((0..300).map(old)).unwrap();
    for id in [150_u64, 200] {
        let key = id.to_be_bytes();
        let mut row = storage.backend().get("users", &key, <[u8]>::to_vec).unwrap().unwrap();
        row[0] ^= 1;
        storage.backend().put("users", &key, &row).unwrap();
    }
    let people = v3::Person::table(&storage).unwrap();
    let dry = people.migrate().dry_run().unwrap();
    let failures: Vec<_> = dry.failures.iter().map(ToString::to_string).collect();
    assert_eq!((dry.failure_count, dry.is_sound()), (2, false));
    assert!(failures[0].contains("150") && failures[1].contains("200"), "{failures:?}");
    assert_eq!(dry.layouts[0].row_count, 300);
    for id in [150, 200] {
        let error = people.migrate().batch(40).run().unwrap_err();
        assert!(error.is_corrupt() && error.to_string().contains(&id.to_string()), "{error}");
        assert_eq!(layout_count(&storage), 2);
        assert_eq!(people.load(299).unwrap().unwrap().level, 7);
        people.delete(id).unwrap();
    }
    assert!(people.migrate().run().unwrap().rewritten < 200);
    assert_eq!((numbers(&storage), people.len().unwrap()), (vec![2], 298));
    assert_sound(&storage);
}

#[test]
fn inside_a_write_it_is_refused() {
    let storage = Storage::in_memory().unwrap();
    first::A::table(&storage).unwrap().put(&first::A { id: 1 }).unwrap();
    let xs = x::A::table(&storage).unwrap();
    storage
        .write(|_| {
            let error = xs.migrate().run().unwrap_err();
            assert!(matches!(error, StorageError::NestedWrite { .. }), "{error}");
            assert!(xs.migrate().dry_run().unwrap().is_sound());
            Ok(())
        })
        .unwrap();
    // What `progress` does is outside of any.
    let progress = |_: &_| {
        xs.put(&x::A { id: 2, x: Some(2) }).unwrap();
        ControlFlow::Continue(())
    };
    xs.migrate().batch(1).progress(progress).run().unwrap();
    assert_eq!(numbers(&storage), [2]);
}

#[test]
fn what_is_undone_of_a_batch_leaves_the_migration_where_it_was() {
    let storage = Storage::in_memory().unwrap();
    first::A::table(&storage).unwrap().put_stream((0..100).map(|id| first::A { id })).unwrap();
    let xs = x::A::table(&storage).unwrap();
    let stop = |_: &_| ControlFlow::Break(());
    assert!(xs.migrate().batch(10).progress(stop).run().unwrap().is_stopped);
    let before = catalog(&storage);
    // A write of another layout would disturb it, and is undone.
    let error = storage.write(|txn| {
        txn.table::<y::A>()?.put(&y::A { id: 5, y: Some(5) })?;
        Err::<(), _>(StorageError::custom("undone"))
    });
    error.unwrap_err();
    assert_eq!(catalog(&storage), before);
    // The same handle writes later, and then it does.
    let ys = y::A::table(&storage).unwrap();
    storage
        .write(|txn| {
            let inside = txn.table::<y::A>()?;
            let undone = txn.savepoint(|| {
                inside.put(&y::A { id: 5, y: Some(5) })?;
                Err::<(), _>(StorageError::custom("undone"))
            });
            undone.unwrap_err();
            inside.put(&y::A { id: 6, y: Some(6) }).map(drop)
        })
        .unwrap();
    assert_eq!(ys.load(6).unwrap(), Some(y::A { id: 6, y: Some(6) }));
    xs.migrate().run().unwrap();
    assert_eq!((numbers(&storage).len(), layout_count(&storage)), (1, 1));
    assert_sound(&storage);
}
