//! Others write while records get their keys.

use crate::releases::{helpers, in_both_codecs};
use std::{ops::ControlFlow, thread};
use storage::{Storage, StorageError, StoredRecord};

in_both_codecs! {
    use third::{User, rekey};
    helpers!();

    /// Behind the cursor, before it, and by which handle ever: nothing is lost.
    #[test]
    fn what_is_written_meanwhile_is_there() {
        for when in [1, 2, 7] {
            let storage = written(20);
            let open = second::User::table(&storage).unwrap();
            let mut batches = 0;
            let progress = |_: &_| {
                batches += 1;
                if batches == when {
                    open.put(&second(100)).unwrap();
                    open.delete(39).unwrap();
                    let opened = second::User::table(&storage).unwrap();
                    opened.update(0, |user| user.city = "moved".into()).unwrap();
                    assert!(opened.delete(22).unwrap());
                    opened.put(&second(22)).unwrap();
                }
                ControlFlow::Continue(())
            };
            let done = rekey(&storage).batch(5).progress(progress).run().unwrap();
            assert!((40 + when..=40 + 5 * when).contains(&done.seen), "{when}: {done:?}");
            let users = User::table(&storage).unwrap();
            assert_eq!(users.load(&*user(0).name).unwrap().unwrap().city, "moved");
            users.update(&*user(0).name, |user| user.city = "c0".into()).unwrap();
            assert!(users.delete(&*user(100).name).unwrap());
            assert!(!users.delete(&*user(39).name).unwrap());
            let mail = second(39).mail;
            users.put(&User { mail, ..user(39) }).unwrap();
            assert_rekeyed(&storage, 20);
        }
    }

    /// They would keep it from its end; so they wait.
    #[test]
    fn one_who_keeps_on_writing_waits() {
        let storage = written(20);
        let open = second::User::table(&storage).unwrap();
        let mut batches = 0;
        let progress = |_: &_| {
            batches += 1;
            match open.update(0, |user| user.city = "c0".into()) {
                Ok(_) => assert_eq!(batches, 1),
                Err(error) => assert!(matches!(error, StorageError::TableReplaced { .. })),
            }
            ControlFlow::Continue(())
        };
        let seen = rekey(&storage).batch(5).progress(progress).run().unwrap().seen;
        assert!((41..=45).contains(&seen), "{seen}");
        assert_eq!(batches, 2);
        assert_rekeyed(&storage, 20);
    }

    #[test]
    fn a_write_between_two_runs_is_not_lost() {
        let storage = written(20);
        let stop = |_: &_| ControlFlow::Break(());
        rekey(&storage).batch(10).progress(stop).run().unwrap();
        second::User::table(&storage).unwrap().update(3, |user| user.city.push('!')).unwrap();
        second::User::table(&storage).unwrap().update(3, |user| user.city = "c3".into()).unwrap();
        let mut told = Vec::new();
        let progress = |so_far: &storage::evolution::MigrationProgress| {
            told.push(so_far.seen);
            ControlFlow::Continue(())
        };
        assert_eq!(rekey(&storage).batch(10).progress(progress).run().unwrap().seen, 40);
        // From the first row again.
        assert!(told[0] <= 10 && told.last() == Some(&40), "{told:?}");
        assert_rekeyed(&storage, 20);
    }

    #[test]
    fn two_at_once_share_the_work() {
        let storage = written(100);
        let run = || rekey(&storage).batch(5).run().unwrap().seen;
        let seen: u64 = thread::scope(|scope| {
            let threads = [scope.spawn(run), scope.spawn(run)];
            threads.into_iter().map(|thread| thread.join().unwrap()).sum()
        });
        assert_eq!(seen, 200);
        assert_rekeyed(&storage, 100);
    }

    /// Migrating the old table is no other than writing to it.
    #[test]
    fn a_migration_meanwhile_makes_it_begin_again() {
        let storage = written(20);
        let seconds = second::User::table(&storage).unwrap();
        let mut is_migrated = false;
        let progress = |_: &_| {
            if !is_migrated {
                is_migrated = true;
                assert_eq!(seconds.migrate().batch(3).run().unwrap().rewritten, 20);
            }
            ControlFlow::Continue(())
        };
        rekey(&storage).batch(5).progress(progress).run().unwrap();
        assert_rekeyed(&storage, 20);
    }

    #[test]
    fn a_table_that_is_dropped_meanwhile_is_done() {
        let storage = written(20);
        let drop_it = |_: &_| {
            storage.drop_table("users").unwrap();
            ControlFlow::Continue(())
        };
        assert!(rekey(&storage).batch(5).progress(drop_it).run().unwrap().seen <= 5);
        assert!(storage.tables().unwrap().is_empty());
        crate::assert_settled(&storage);
    }
}
