//! Transactions: whole or not at all, over several tables, with savepoints, beside threads and readers.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use rkyv::{Archive, Deserialize, Serialize};
use std::{
    fmt,
    marker::PhantomData,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    sync::{Arc, LazyLock},
    thread,
};
use storage::{
    ReadTxn, Rows, Storage, StorageError, StoredRecord, Table, WriteTxn, backend::ByteReader as _,
    table::Access,
};
use tests::Scratch;

#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "accounts")]
struct Account {
    #[store(key)]
    id: u32,
    #[store(unique)]
    owner: String,
    #[store(index)]
    cents: i64,
    #[store(index)]
    labels: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "transfers")]
struct Transfer {
    #[store(key)]
    number: u64,
    cents: i64,
}

fn account(id: u32, cents: i64) -> Account {
    let labels = vec!["all".to_owned(), format!("group {}", id % 3)];
    Account { id, owner: format!("owner {id}"), cents, labels }
}

/// A store with `count` accounts of 100 each.
fn store_of(count: u32) -> (Scratch, Storage) {
    let scratch = Scratch::new();
    let storage = scratch.open();
    let accounts = Account::table(&storage).unwrap();
    accounts.put_stream((0..count).map(|id| account(id, 100))).unwrap();
    (scratch, storage)
}

#[test]
fn the_table_of_a_record_is_opened_at_every_place_in_both_ways() {
    static LAZY: LazyLock<Storage> = LazyLock::new(|| Storage::in_memory().unwrap());
    assert!(Account::table(&LAZY).unwrap().is_empty().unwrap());

    let (_scratch, storage) = store_of(2);
    let before = storage.read().unwrap();
    let written = storage.write(|txn| {
        Account::table(txn)?.put(&account(7, 70))?;
        assert_eq!(cents(&txn.table::<Account>()?), [100, 100, 70]);
        assert_eq!(cents(&Account::table(&before)?), [100, 100]);
        Account::table(&txn)?.len()
    });
    assert_eq!(written.unwrap(), 3);
    let after = storage.read().unwrap();
    assert_eq!(cents(&before.table::<Account>().unwrap()), [100, 100]);
    assert_eq!(cents(&Account::table(&after).unwrap()), [100, 100, 70]);
    assert_eq!(cents(&storage.table::<Account>().unwrap()), [100, 100, 70]);
    assert_eq!(cents(&Account::table(&&storage).unwrap()), [100, 100, 70]);
    let shared = Arc::new(storage);
    assert_eq!(cents(&Account::table(&shared).unwrap()), [100, 100, 70]);
}

fn cents<A: Access>(accounts: &Table<Account, A>) -> Vec<i64> {
    let rows = accounts.iter().unwrap().select(Account::FIELDS.cents);
    rows.map(Result::unwrap).collect()
}

fn ids<A: Access>(rows: storage::Result<Rows<Account, A>>) -> Vec<u32> {
    rows.unwrap().map(|row| row.unwrap().view().id.to_native()).collect()
}

/// An error of the caller's own.
#[derive(Debug, PartialEq)]
struct TooPoor {
    missing: i64,
}

impl fmt::Display for TooPoor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} cents are missing", self.missing)
    }
}

impl std::error::Error for TooPoor {}

fn transfer(storage: &Storage, from: u32, to: u32, amount: i64) -> storage::Result<u64> {
    storage.write(|txn| {
        let (accounts, transfers) = (txn.table::<Account>()?, txn.table::<Transfer>()?);
        let number = transfers.len()?;
        transfers.insert(&Transfer { number, cents: amount })?;
        accounts.update(to, |account| account.cents += amount)?;
        let left = accounts.update(from, |account| {
            account.cents -= amount;
            account.cents
        })?;
        match left {
            Some(left) if left < 0 => Err(StorageError::custom(TooPoor { missing: -left })),
            _ => Ok(number),
        }
    })
}

#[test]
fn several_tables_change_together() {
    let (scratch, storage) = store_of(2);
    assert_eq!(transfer(&storage, 0, 1, 30).unwrap(), 0);
    assert_eq!(transfer(&storage, 1, 0, 10).unwrap(), 1);
    drop(storage);
    let storage = scratch.open();
    assert_eq!(cents(&Account::table(&storage).unwrap()), [80, 120]);
    assert_eq!(Transfer::table(&storage).unwrap().len().unwrap(), 2);
}

#[test]
fn an_error_of_the_caller_comes_back_and_leaves_nothing() {
    let (scratch, storage) = store_of(2);
    transfer(&storage, 0, 1, 30).unwrap();
    match transfer(&storage, 0, 1, 100).unwrap_err() {
        StorageError::Custom(error) => {
            assert_eq!(error.to_string(), "30 cents are missing");
            assert_eq!(error.downcast_ref(), Some(&TooPoor { missing: 30 }));
        }
        other => panic!("{other:?}"),
    }
    drop(storage);
    let storage = scratch.open();
    let accounts = Account::table(&storage).unwrap();
    assert_eq!(cents(&accounts), [70, 130]);
    assert_eq!(Transfer::table(&storage).unwrap().len().unwrap(), 1);
    assert_eq!(accounts.verify().unwrap(), []);
}

#[test]
fn a_panic_leaves_nothing_and_the_store_goes_on() {
    let (_scratch, storage) = store_of(3);
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        storage.write(|txn| {
            txn.table::<Account>()?.delete_range(..)?;
            txn.table::<Transfer>()?.put(&Transfer { number: 1, cents: 1 })?;
            resume_unwind(Box::new("deliberate"))
        })
    }));
    assert_eq!(
        panicked.map(|_: storage::Result<()>| ()).unwrap_err().downcast_ref(),
        Some(&"deliberate")
    );
    let accounts = Account::table(&storage).unwrap();
    assert_eq!(cents(&accounts), [100; 3]);
    assert_eq!(Transfer::table(&storage).unwrap().len().unwrap(), 0);
    transfer(&storage, 0, 1, 1).unwrap();
    assert_eq!(accounts.verify().unwrap(), []);
}

#[test]
fn reads_wait_while_a_store_is_opened_again_and_compactions_wait_for_reads() {
    let scratch = Scratch::new();
    let storage = scratch.open();
    let table: storage::RkyvTable<u64, u64> = storage.new_rkyv_table("numbers");
    table.put(1, &1).unwrap();
    thread::scope(|scope| {
        let care = scope.spawn(|| {
            for _ in 0..20 {
                storage.reopen().unwrap();
                storage.compact().unwrap();
            }
        });
        while !care.is_finished() {
            // A read that was under way when the file was closed is told so; one that begins waits.
            match table.load(1) {
                Ok(found) => assert_eq!(found, Some(1)),
                Err(error) => assert!(matches!(error, StorageError::Database(_)), "{error}"),
            }
        }
    });
}

#[test]
fn what_is_told_of_a_compaction_may_read() {
    let (_scratch, storage) = store_of(2);
    let accounts = Account::table(&storage).unwrap();
    let mut told = 0;
    let tell = |progress: storage::maintenance::CompactProgress| {
        assert!(progress.file_len_before > 0 && progress.file_len > 0);
        assert_eq!(cents(&accounts), [100, 100]);
        told += 1;
    };
    storage.compact_with(tell).unwrap();
    assert!(told > 0);
}

#[test]
fn a_failed_first_write_does_not_enter_the_table() {
    let scratch = Scratch::new();
    let storage = scratch.open();
    let outcome = storage.write(|txn| {
        let transfers = txn.table::<Transfer>()?;
        transfers.put(&Transfer { number: 1, cents: 1 })?;
        assert_eq!(transfers.len()?, 1);
        Err::<(), _>(StorageError::custom("no"))
    });
    outcome.unwrap_err();
    assert_eq!(storage.backend().snapshot().unwrap().table_names().unwrap(), ["$catalog"]);
    let transfers = Transfer::table(&storage).unwrap();
    assert!(transfers.is_empty().unwrap() && transfers.first().unwrap().is_none());
    transfers.put(&Transfer { number: 1, cents: 1 }).unwrap();
    assert_eq!(transfers.len().unwrap(), 1);
}

#[test]
fn reads_in_a_transaction_see_its_writes_and_others_do_not() {
    let (_scratch, storage) = store_of(2);
    let outside = Account::table(&storage).unwrap();
    storage
        .write(|txn| {
            let accounts = txn.table::<Account>()?;
            let same = txn.table::<Account>()?;
            assert!(!accounts.put(&account(7, 5))?);
            assert!(accounts.put(&account(7, 6))?);
            accounts.delete(0)?;
            assert_eq!(same.load(7)?, Some(account(7, 6)));
            assert_eq!(cents(&same), [100, 6]);
            assert_eq!(ids(same.by(Account::INDEXES.cents).range(..100)), [7]);
            assert_eq!(same.last()?.unwrap().load()?, account(7, 6));
            assert_eq!(same.by(Account::INDEXES.owner).load("owner 0")?, None);
            assert_eq!(cents(&outside), [100, 100]);
            assert_eq!(outside.load(7)?, None);
            Ok(())
        })
        .unwrap();
    assert_eq!(cents(&outside), [100, 6]);
}

#[test]
fn a_read_transaction_is_one_state_of_all_tables() {
    let (_scratch, storage) = store_of(2);
    transfer(&storage, 0, 1, 1).unwrap();
    let before = storage.read().unwrap();
    let clone = before.clone();
    transfer(&storage, 0, 1, 2).unwrap();
    let check = |txn: &ReadTxn, expected: [i64; 2], count| {
        let accounts = txn.table::<Account>().unwrap();
        assert_eq!(cents(&accounts), expected);
        assert_eq!(txn.table::<Transfer>().unwrap().len().unwrap(), count);
        assert_eq!(accounts.verify().unwrap(), []);
    };
    check(&before, [99, 101], 1);
    check(&storage.read().unwrap(), [97, 103], 2);
    Account::table(&storage).unwrap().delete_range(..).unwrap();
    drop(before);
    check(&clone, [99, 101], 1);
    // The store is closed under it: rows that are held stay readable, new reads are right or an error.
    let row = clone.table::<Account>().unwrap().view(1).unwrap().unwrap();
    drop(storage);
    let accounts = clone.table::<Account>();
    match accounts.and_then(|accounts| accounts.load(1)) {
        Ok(found) => assert_eq!(found.unwrap().cents, 101),
        Err(StorageError::Database(_)) => {}
        Err(other) => panic!("{other:?}"),
    }
    drop(clone);
    assert_eq!(row.load().unwrap().cents, 101);
}

#[test]
fn a_savepoint_undoes_its_own_changes_only() {
    let (_scratch, storage) = store_of(3);
    let fail = || Err::<(), _>(StorageError::custom("undo"));
    storage
        .write(|txn| {
            let (accounts, transfers) = (txn.table::<Account>()?, txn.table::<Transfer>()?);
            accounts.update(0, |account| account.cents = 1)?;
            txn.savepoint(|| {
                accounts.update(0, |account| account.cents = 2)?;
                accounts.delete(1)?;
                transfers.put(&Transfer { number: 1, cents: 1 })?;
                // The inner one is kept, and goes with the outer one.
                txn.savepoint(|| accounts.put(&account(9, 9)).map(drop))?;
                txn.savepoint(|| {
                    accounts.delete_range(..)?;
                    assert!(accounts.is_empty()?);
                    fail()
                })
                .unwrap_err();
                assert_eq!(cents(&accounts), [2, 100, 9]);
                fail()
            })
            .unwrap_err();
            assert_eq!(cents(&accounts), [1, 100, 100]);
            assert_eq!(transfers.len()?, 0);
            let kept = txn.savepoint(|| accounts.update(2, |account| account.cents = 3))?;
            assert_eq!(kept, Some(()));
            assert_eq!(accounts.verify()?, []);
            Ok(())
        })
        .unwrap();
    let accounts = Account::table(&storage).unwrap();
    assert_eq!(cents(&accounts), [1, 100, 3]);
    assert_eq!(ids(accounts.by(Account::INDEXES.cents).iter()), [0, 2, 1]);
    assert_eq!(accounts.verify().unwrap(), []);
}

#[test]
fn a_panic_that_is_caught_inside_a_transaction_undoes_the_savepoint_or_the_batch() {
    let (_scratch, storage) = store_of(2);
    let panic = || -> Account { resume_unwind(Box::new("deliberate")) };
    storage
        .write(|txn| {
            let accounts = txn.table::<Account>()?;
            let batch = (5..8).map(|id| account(id, 1)).chain(std::iter::once_with(panic));
            let caught = catch_unwind(AssertUnwindSafe(|| accounts.put_stream(batch)));
            assert!(caught.is_err());
            assert_eq!(cents(&accounts), [100, 100]);
            let caught = catch_unwind(AssertUnwindSafe(|| {
                txn.savepoint(|| {
                    accounts.delete_range(..)?;
                    Ok(panic())
                })
            }));
            assert!(caught.is_err());
            assert_eq!(cents(&accounts), [100, 100]);
            Ok(())
        })
        .unwrap();
    let accounts = Account::table(&storage).unwrap();
    assert_eq!(cents(&accounts), [100, 100]);
    assert_eq!(accounts.verify().unwrap(), []);
}

#[test]
fn a_write_inside_a_write_is_an_error_that_names_both_places() {
    let (_scratch, storage) = store_of(1);
    let accounts = Account::table(&storage).unwrap();
    let outer_line = line!() + 1;
    let inner_line = storage.write(|_| {
        let inner_line = line!() + 1;
        match accounts.put(&account(1, 1)).unwrap_err() {
            StorageError::NestedWrite { begun_at, attempted_at, .. } => {
                assert_eq!((begun_at.file(), begun_at.line()), (file!(), outer_line));
                assert_eq!((attempted_at.file(), attempted_at.line()), (file!(), inner_line));
            }
            other => panic!("{other:?}"),
        }
        let nested: [storage::Result<()>; 8] = [
            accounts.insert(&account(1, 1)),
            accounts.put_stream([account(1, 1)]).map(drop),
            accounts.update(0, |account| account.cents = 0).map(drop),
            accounts.upsert(0, Option::unwrap).map(drop),
            accounts.compare_and_set(&account(0, 100), &account(0, 1)).map(drop),
            accounts.delete(0).map(drop),
            accounts.delete_range(..).map(drop),
            accounts.rebuild().map(drop),
        ];
        for outcome in nested {
            match outcome.unwrap_err() {
                error @ StorageError::NestedWrite { attempted_at, .. } => {
                    assert_eq!(attempted_at.file(), file!(), "{error}");
                    assert!(error.to_string().contains("transactions.rs"), "{error}");
                }
                other => panic!("{other:?}"),
            }
        }
        // Reading is no write.
        assert_eq!(cents(&accounts), [100]);
        storage.write(|_| Ok(())).unwrap_err();
        Ok(inner_line)
    });
    assert!(inner_line.unwrap() > outer_line);
    accounts.put(&account(1, 1)).unwrap();
}

/// `Probe::<T>::IS_SEND` is the inherent constant where `T: Send`, and the trait's otherwise.
struct Probe<T>(PhantomData<T>);

trait NotSend {
    const IS_SEND: bool = false;
}

impl<T> NotSend for Probe<T> {}

impl<T: Send> Probe<T> {
    const IS_SEND: bool = true;
}

#[test]
fn what_belongs_to_a_write_stays_on_its_thread() {
    const {
        assert!(!Probe::<WriteTxn<'static>>::IS_SEND);
        assert!(!Probe::<Table<Account, WriteTxn<'static>>>::IS_SEND);
        assert!(!Probe::<Rows<Account, WriteTxn<'static>>>::IS_SEND);
        assert!(Probe::<Storage>::IS_SEND);
        assert!(Probe::<Table<Account>>::IS_SEND);
        assert!(Probe::<ReadTxn>::IS_SEND);
    }
}

#[test]
fn threads_that_write_at_once_lose_nothing() {
    const THREADS: u32 = 4;
    const WRITES: u32 = 25;
    let (_scratch, storage) = store_of(1);
    let accounts = Account::table(&storage).unwrap();
    thread::scope(|scope| {
        for thread in 1..=THREADS {
            let (accounts, storage) = (&accounts, &storage);
            scope.spawn(move || {
                for write in 0..WRITES {
                    accounts.update(0, |account| account.cents += 1).unwrap();
                    transfer(storage, 0, 0, 0).unwrap();
                    accounts.insert(&account(thread * 1000 + write, 0)).unwrap();
                }
            });
        }
        let (accounts, storage) = (&accounts, &storage);
        scope.spawn(move || {
            for _ in 0..50 {
                let state = storage.read().unwrap().table::<Account>().unwrap();
                assert_eq!(state.verify().unwrap(), []);
                assert!(accounts.len().unwrap() >= state.len().unwrap());
            }
        });
    });
    let count = i64::from(THREADS * WRITES);
    assert_eq!(accounts.load(0).unwrap().unwrap().cents, 100 + count);
    assert_eq!(accounts.len().unwrap(), u64::from(THREADS * WRITES) + 1);
    assert_eq!(Transfer::table(&storage).unwrap().len().unwrap(), u64::from(THREADS * WRITES));
    assert_eq!(accounts.verify().unwrap(), []);
}

#[test]
fn a_table_can_be_changed_while_it_is_walked() {
    let (_scratch, storage) = store_of(200);
    storage
        .write(|txn| {
            let accounts = txn.table::<Account>()?;
            let mut seen = Vec::new();
            for row in accounts.iter()? {
                let id = row?.view().id.to_native();
                seen.push(id);
                match id % 4 {
                    0 => assert!(accounts.delete(id)?),
                    1 => drop(accounts.update(id, |account| account.cents = 1)?),
                    _ => assert!(!accounts.put(&account(id + 10_000, 2))? || id >= 10_000),
                }
                if seen.len() == 300 {
                    break;
                }
            }
            seen.dedup();
            assert_eq!(seen.iter().filter(|id| **id < 200).count(), 200);
            assert!(seen.is_sorted());
            assert_eq!(accounts.verify()?, []);
            Ok(())
        })
        .unwrap();
}

#[test]
fn an_index_can_be_changed_while_it_is_walked() {
    let (_scratch, storage) = store_of(150);
    storage
        .write(|txn| {
            let accounts = txn.table::<Account>()?;
            // Each account has two labels, so half of the entries are gone when the walk comes to them.
            let mut deleted = 0;
            for row in accounts.by(Account::INDEXES.labels).iter()? {
                deleted += u32::from(accounts.delete(row?.view().id.to_native())?);
            }
            assert_eq!(deleted, 150);
            assert!(accounts.is_empty()?);
            accounts.put_stream((0..150).map(|id| account(id, i64::from(id))))?;
            // A pair goes whenever one of it is seen.
            let mut kept = Vec::new();
            for row in accounts.by(Account::INDEXES.cents).iter()? {
                let id = row?.view().id.to_native();
                accounts.delete(id ^ 1)?;
                kept.push(id);
            }
            assert_eq!(kept, (0..150).step_by(2).collect::<Vec<u32>>());
            assert_eq!(accounts.verify()?, []);
            Ok(())
        })
        .unwrap();
}
