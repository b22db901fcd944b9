//! Changing a record by a closure that may refuse: an `Err` undoes the change, wherever the verb runs.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use rkyv::{Archive, Deserialize, Serialize};
use std::{fmt, panic::AssertUnwindSafe, panic::catch_unwind};
use storage::{Storage, StorageError, StoredRecord, Table, table::AccessMut};

#[derive(Clone, Debug, Default, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "players")]
struct Player {
    #[store(key)]
    id: u32,
    #[store(index)]
    score: u32,
    name: Option<String>,
}

/// An error of the caller's own.
#[derive(Debug, PartialEq)]
struct TooHigh(u32);

impl fmt::Display for TooHigh {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is too high", self.0)
    }
}

impl std::error::Error for TooHigh {}

fn player(id: u32, score: u32) -> Player {
    Player { id, score, name: None }
}

fn store() -> (Storage, Table<Player>) {
    let storage = Storage::in_memory().unwrap();
    let table = Player::table(&storage).unwrap();
    table.put_all(&[player(1, 10), player(2, 20)]).unwrap();
    (storage, table)
}

/// What is there is what was there before, in the index, too.
fn assert_unchanged<A: AccessMut>(table: &Table<Player, A>) {
    assert_eq!(table.load(1).unwrap(), Some(player(1, 10)));
    assert_eq!(table.len().unwrap(), 2);
    assert_eq!(table.by(Player::INDEXES.score).count(10).unwrap(), 1);
    assert_eq!(table.by(Player::INDEXES.score).count(99).unwrap(), 0);
}

/// Every verb whose closure makes the record of a key, with that of another one, which is there or not.
fn return_another_key<A: AccessMut>(table: &Table<Player, A>) {
    for other in [2, 3] {
        let refusals = [
            table.upsert(1, |_| player(other, 99)),
            table.upsert(7, |_| player(other, 99)),
            table.get_or_insert_with(7, || player(other, 99)),
            table.try_upsert(7, |_| Ok(player(other, 99))),
        ];
        for (asked, refused) in [1, 7, 7, 7].into_iter().zip(refusals) {
            let Err(StorageError::OtherKey(error)) = refused else { panic!("{refused:?}") };
            let keys = (error.asked().to_owned(), error.returned().to_owned());
            assert_eq!(keys, (asked.to_string(), other.to_string()));
            assert_unchanged(table);
        }
    }
    // A record that is there is returned, whatever the closure would make.
    assert_eq!(table.get_or_insert_with(1, || player(3, 99)).unwrap(), player(1, 10));
}

/// Every verb whose closure can refuse, refused.
fn refuse<A: AccessMut>(table: &Table<Player, A>) {
    let refused = table.update(1, |player| {
        player.score = 99;
        Err::<(), _>("too high")
    });
    assert_eq!(refused.unwrap_err().to_string(), "too high");
    assert_unchanged(table);

    let moved = table.update(1, |player| {
        player.id = 3;
        player.score = 99;
        Err::<u32, _>(TooHigh(99))
    });
    match moved.unwrap_err() {
        StorageError::Custom(error) => {
            assert_eq!(error.downcast_ref::<TooHigh>(), Some(&TooHigh(99)));
        }
        other => panic!("{other}"),
    }
    assert_unchanged(table);

    for key in [1, 3] {
        let refused = table.upsert(key, |old| {
            let mut player = old.unwrap_or_default();
            player.score = 99;
            if player.score > 50 { Err(TooHigh(player.score)) } else { Ok(player) }
        });
        assert_eq!(refused.unwrap_err().to_string(), "99 is too high");
        assert_unchanged(table);
    }
}

#[test]
fn an_error_of_the_closure_undoes_what_it_did_to_the_record() {
    let (storage, table) = store();
    refuse(&table);
    // Inside a transaction that goes on, which commits what came before.
    storage
        .write(|txn| {
            let table = txn.table::<Player>()?;
            table.update(2, |player| player.score = 21)?;
            refuse(&table);
            Ok(())
        })
        .unwrap();
    assert_unchanged(&table);
    assert_eq!(table.load(2).unwrap(), Some(player(2, 21)));
    assert_eq!(table.verify().unwrap(), []);
}

#[test]
fn a_closure_that_makes_the_record_of_another_key_is_refused() {
    let (storage, table) = store();
    return_another_key(&table);
    storage
        .write(|txn| {
            return_another_key(&txn.table::<Player>()?);
            Ok(())
        })
        .unwrap();
    assert_unchanged(&table);
    assert_eq!(table.verify().unwrap(), []);
}

#[test]
fn an_error_of_this_crate_comes_back_as_it_is() {
    let (storage, table) = store();
    let other = Storage::in_memory().unwrap();
    let others = Player::table(&other).unwrap();
    others.put(&player(1, 1)).unwrap();
    let refused = table.update(1, |player| {
        player.score = 99;
        others.insert(player)
    });
    assert!(matches!(refused, Err(StorageError::AlreadyExists(_))), "{refused:?}");
    assert_unchanged(&table);
    let refused = table.try_put_stream([Ok(player(3, 3)), Err(StorageError::custom("stop"))]);
    assert!(matches!(refused, Err(StorageError::Custom(_))), "{refused:?}");
    assert_unchanged(&table);
    drop(storage);
}

#[test]
fn a_closure_returns_nothing_a_value_or_a_result() {
    let (_storage, table) = store();
    assert_eq!(table.update(1, |player| player.score += 1).unwrap(), Some(()));
    assert_eq!(table.update(1, |player| player.score).unwrap(), Some(11));
    assert_eq!(table.update(1, |player| player.name.take()).unwrap(), Some(None));
    assert_eq!(table.update(1, |player| player.clone()).unwrap(), Some(player(1, 11)));
    assert_eq!(table.update(1, |player| (player.id, player.score)).unwrap(), Some((1, 11)));
    assert_eq!(table.update(1, |player| player.name.iter().count()).unwrap(), Some(0));
    let fallible = table.update(1, |player| {
        player.score = u32::from_str_radix("c", 16)?;
        Ok::<_, std::num::ParseIntError>(player.score)
    });
    assert_eq!(fallible.unwrap(), Some(12));
    let seen = table.update(1, |_| Ok::<_, StorageError>(["any type"; 2].map(str::len)));
    assert_eq!(seen.unwrap(), Some([8, 8]));
    assert_eq!(table.update(9, |_| Err::<(), _>("there is none")).unwrap(), None);
    let made = table.upsert(3, |old| old.ok_or("there is none")).unwrap_err();
    assert_eq!(made.to_string(), "there is none");
    assert_eq!(table.upsert(3, |_| player(3, 30)).unwrap(), player(3, 30));
    let panicked = catch_unwind(AssertUnwindSafe(|| table.update(1, |_| panic!("on purpose"))));
    assert!(panicked.is_err());
    assert_eq!(table.load(1).unwrap(), Some(player(1, 12)));
}

/// A job and how it ended.
#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "jobs")]
struct Job {
    #[store(key)]
    id: u32,
    ended: Result<u32, String>,
}

#[test]
fn a_result_that_is_a_field_is_an_outcome_where_a_closure_returns_it() {
    let storage = Storage::in_memory().unwrap();
    let jobs = Job::table(&storage).unwrap();
    jobs.put(&Job { id: 1, ended: Ok(7) }).unwrap();
    let end = |job: &mut Job| {
        job.ended = Err("no paper".to_owned());
        job.ended.clone()
    };
    assert_eq!(jobs.update(1, end).unwrap_err().to_string(), "no paper");
    assert_eq!(jobs.load(1).unwrap(), Some(Job { id: 1, ended: Ok(7) }));
    // As a value it is returned in a `Result`.
    let ended = jobs.update(1, |job| Ok::<_, StorageError>(end(job))).unwrap();
    assert_eq!(ended, Some(Err("no paper".to_owned())));
    assert_eq!(jobs.load(1).unwrap().map(|job| job.ended), ended);
    let old = Job { id: 1, ended: ended.unwrap() };
    assert!(jobs.compare_and_set(&old, &Job { id: 1, ended: Ok(8) }).unwrap());
}
