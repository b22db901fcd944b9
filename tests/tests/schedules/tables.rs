//! Tables that are made ready while threads write: an index is built, a table gets another name, records get other
//! keys, in every order.

use super::schedules::{check_some, with_slow_disk};
use rkyv::{Archive, Deserialize, Serialize};
use shuttle::thread;
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};
use storage::{Storage, StorageError, StoredRecord};

/// The first user's text, which is a batch of the build of an index.
const LONG: usize = 1 << 20;

/// A release of the program: the record `User` in a table.
macro_rules! release {
    ($name:ident, [$($attr:meta),*], $key:ty, $(#[$on_year:meta])*) => {
        mod $name {
            use super::*;

            #[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
            #[store(codec = "rkyv")]
            $(#[$attr])*
            pub(super) struct User {
                #[store(key)]
                pub(super) id: $key,
                $(#[$on_year])*
                pub(super) year: u32,
                pub(super) text: String,
            }
        }
    };
}

release!(first, [store(table = "users")], u32,);
release!(indexed, [store(table = "users")], u32, #[store(index)]);
release!(people, [store(table = "people", table_was = "users")], u32,);
release!(wide, [store(table = "users")], u64,);

/// The record of the old key, beside that of the new.
#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users", was = "User")]
struct UserV1 {
    #[store(key)]
    id: u32,
    year: u32,
    text: String,
}

fn user(id: u32, year: u32, len: usize) -> first::User {
    first::User { id, year, text: "x".repeat(len) }
}

/// A store with the users 0 to 3, of the year 1, of which the first has a text of this length.
fn written(len: usize) -> Storage {
    let storage = with_slow_disk();
    let users = (0..4).map(|id| user(id, 1, if id == 0 { len } else { 1 }));
    first::User::table(&storage).unwrap().put_stream(users).unwrap();
    storage
}

fn assert_sound(storage: &Storage) {
    let report = storage.check().unwrap();
    assert!(report.is_sound(), "{report:?}");
}

/// Whether a write of an old handle was done, or told that its table is gone.
fn is_done<T>(written: storage::Result<T>) -> bool {
    let is_gone = |error: &StorageError| matches!(error, StorageError::TableReplaced { .. });
    written.inspect_err(|error| assert!(is_gone(error), "{error}")).is_ok()
}

/// The index has what the records have, or says that it is not built; `true` if it has.
fn index_fits(storage: &Storage) -> bool {
    let snapshot = storage.read().unwrap();
    let users = snapshot.table::<indexed::User>().unwrap();
    let expected = users.iter().unwrap().select(indexed::User::FIELDS.year);
    let expected = expected.filter(|year| matches!(year, Ok(2))).count();
    match users.by(indexed::User::INDEXES.year).count(2) {
        Ok(found) => {
            assert_eq!(found, expected as u64);
            true
        }
        Err(error) => {
            assert!(matches!(error, StorageError::IndexNotBuilt { .. }), "{error}");
            false
        }
    }
}

#[test]
fn an_index_is_built_while_old_and_new_handles_write() {
    let answers = Arc::new([const { AtomicBool::new(false) }; 2]);
    let seen = Arc::clone(&answers);
    check_some(move || {
        let storage = written(LONG);
        let olds = first::User::table(&storage).unwrap();
        let old = thread::spawn(move || {
            // It knows of no index, and removes it.
            olds.put(&user(1, 2, 1)).unwrap();
            assert!(olds.delete(3).unwrap());
        });
        let building = storage.clone();
        let new = thread::spawn(move || {
            let users = indexed::User::table(&building).unwrap();
            users.update(2, |user| user.year = 2).unwrap();
            let text = String::new();
            users.put(&indexed::User { id: 9, year: 2, text }).unwrap();
        });
        let reading = storage.clone();
        let reader = thread::spawn(move || [(); 2].map(|()| index_fits(&reading)));
        new.join().unwrap();
        seen[usize::from(index_fits(&storage))].store(true, Ordering::Relaxed);
        old.join().unwrap();
        reader.join().unwrap();
        let users = indexed::User::table(&storage).unwrap();
        assert!(index_fits(&storage));
        let by_year = users.by(indexed::User::INDEXES.year);
        assert_eq!((by_year.count(1).unwrap(), by_year.count(2).unwrap()), (1, 3));
        assert_eq!((users.len().unwrap(), users.verify().unwrap()), (4, vec![]));
        assert_sound(&storage);
    });
    assert!(answers.iter().all(|seen| seen.load(Ordering::Relaxed)), "one is always the last");
}

#[test]
fn a_table_is_renamed_while_old_handles_write() {
    let orders = Arc::new([const { AtomicBool::new(false) }; 2]);
    let seen = Arc::clone(&orders);
    check_some(move || {
        let storage = written(1);
        let olds = first::User::table(&storage).unwrap().with_cache(1 << 20);
        let old = thread::spawn(move || {
            let is_put = is_done(olds.put(&user(0, 2, 1)));
            if let Ok(read) = olds.load(0) {
                assert!(is_put && read == Some(user(0, 2, 1)), "the table of before");
            }
            is_put
        });
        let news = [0_u32, 1].map(|id| {
            let storage = storage.clone();
            thread::spawn(move || {
                let people = people::User::table(&storage).unwrap();
                people.put(&people::User { id: id + 2, year: 3, text: String::new() }).unwrap();
                people.load(0).unwrap().unwrap().year
            })
        });
        let years = news.map(|thread| thread.join().unwrap());
        let is_put = old.join().unwrap();
        seen[usize::from(is_put)].store(true, Ordering::Relaxed);
        let names: Vec<_> = storage.tables().unwrap().into_iter().map(|table| table.name).collect();
        assert_eq!(names, ["people"]);
        let people = people::User::table(&storage).unwrap();
        let found: Vec<_> = people.scan(|user| Some(user.year.to_native())).unwrap();
        assert_eq!(found, [if is_put { 2 } else { 1 }, 1, 3, 3]);
        // What was written by the old name was written before the new one was there.
        assert!(years.iter().all(|year| *year == found[0]), "{years:?}");
        assert_sound(&storage);
    });
    assert!(orders.iter().all(|order| order.load(Ordering::Relaxed)), "one is always the first");
}

#[test]
fn records_get_other_keys_while_old_handles_write() {
    let orders = Arc::new([const { AtomicBool::new(false) }; 2]);
    let seen = Arc::clone(&orders);
    check_some(move || {
        let storage = written(1);
        let olds = first::User::table(&storage).unwrap();
        let old = thread::spawn(move || {
            [
                is_done(olds.put(&user(0, 2, 1))),
                is_done(olds.delete(1)),
                is_done(olds.put(&user(9, 9, 1))),
            ]
        });
        let rekeys = [(); 2].map(|()| {
            let storage = storage.clone();
            thread::spawn(move || {
                let convert = |old: UserV1| {
                    let (id, year, text) = (u64::from(old.id), old.year, old.text);
                    Ok(wide::User { id, year, text })
                };
                storage.rekey(convert).batch(2).run().unwrap();
                let users = wide::User::table(&storage).unwrap();
                users.load(0).unwrap().unwrap().year
            })
        });
        let years = rekeys.map(|thread| thread.join().unwrap());
        let done = old.join().unwrap();
        done.iter().for_each(|done| seen[usize::from(*done)].store(true, Ordering::Relaxed));
        let mut expected = vec![(0, if done[0] { 2 } else { 1 })];
        expected.extend((!done[1]).then_some((1, 1)));
        expected.extend([(2, 1), (3, 1)]);
        expected.extend(done[2].then_some((9, 9)));
        let users = wide::User::table(&storage).unwrap();
        let row = |user: &wide::ArchivedUser| Some((user.id.to_native(), user.year.to_native()));
        assert_eq!(users.scan(row).unwrap(), expected);
        assert!(years.iter().all(|year| *year == expected[0].1), "{years:?}");
        // Nothing is left of the hidden table.
        assert_eq!(storage.tables().unwrap().len(), 1);
        assert_sound(&storage);
    });
    assert!(orders.iter().all(|order| order.load(Ordering::Relaxed)), "one is always the first");
}
