//! A rekey from its beginning to its end, and what is there afterwards.

use crate::{
    HIDDEN, assert_settled,
    releases::{helpers, in_both_codecs},
    traces,
};
use std::ops::ControlFlow;
use storage::{OpenOptions, Storage, StorageError, StoredRecord};

in_both_codecs! {
    use third::{Back, OfV2, Other, Person, User, UserV2, rekey};
    helpers!();

    #[test]
    fn every_record_gets_its_key() {
        for batch in [1, 7, 1000] {
            let storage = written(50);
            let mut told = Vec::new();
            let progress = |so_far: &storage::evolution::MigrationProgress| {
                assert_eq!(so_far.row_count, 100);
                told.push(so_far.seen);
                ControlFlow::Continue(())
            };
            let done = rekey(&storage).batch(batch).progress(progress).run().unwrap();
            assert_eq!((done.seen, done.rewritten, done.is_stopped), (100, 100, false));
            assert_eq!(told.last(), Some(&100));
            assert!(told.len() >= 100 / batch.min(100), "{told:?}");
            assert_rekeyed(&storage, 50);
        }
    }

    #[test]
    fn a_second_time_there_is_nothing_to_do() {
        let storage = Storage::in_memory().unwrap();
        // A file that is new.
        assert_eq!(rekey(&storage).run().unwrap().seen, 0);
        assert!(storage.tables().unwrap().is_empty());
        fill(&storage, 3);
        assert_eq!(rekey(&storage).run().unwrap().seen, 6);
        let rows = |storage: &Storage| storage.check().unwrap().row_count;
        let before = rows(&storage);
        assert_eq!(rekey(&storage).run().unwrap().seen, 0);
        assert_eq!(rows(&storage), before);
        assert_rekeyed(&storage, 3);
    }

    #[test]
    fn a_table_that_lost_its_rows_is_rekeyed_too() {
        let storage = written(3);
        second::User::table(&storage).unwrap().delete_range(..).unwrap();
        assert_eq!(rekey(&storage).run().unwrap().seen, 0);
        let users = User::table(&storage).unwrap();
        users.put(&user(1)).unwrap();
        assert_eq!(users.load(&*user(1).name).unwrap(), Some(user(1)));
        assert_settled(&storage);
    }

    #[test]
    fn one_that_was_stopped_goes_on() {
        let storage = written(20);
        let stop = |_: &_| ControlFlow::Break(());
        let done = rekey(&storage).batch(10).progress(stop).run().unwrap();
        assert!((1..=10).contains(&done.seen) && done.is_stopped, "{done:?}");
        // Nobody sees it meanwhile, and a copy has it.
        assert_eq!(traces(&storage).len(), 5, "{:?}", traces(&storage));
        assert_eq!(storage.tables().unwrap().len(), 1);
        assert_eq!(second::User::table(&storage).unwrap().len().unwrap(), 40);
        crate::assert_sound(&storage);
        let dir = tempfile::tempdir().unwrap();
        let copy = dir.path().join("copy.redb");
        storage.backup_with(&copy, &OpenOptions::default()).unwrap();
        for storage in [storage, Storage::open(copy).unwrap()] {
            assert_eq!(rekey(&storage).run().unwrap().seen, 40 - done.seen);
            assert_rekeyed(&storage, 20);
        }
    }

    /// What was written for another record type is of no use.
    #[test]
    fn one_that_was_begun_for_another_type_begins_again() {
        let storage = written(20);
        let stop = |_: &_| ControlFlow::Break(());
        storage
            .rekey(|old: second::User| Ok(Other { id: old.id.into(), name: old.name }))
            .batch(10)
            .progress(stop)
            .run()
            .unwrap();
        assert_eq!(rekey(&storage).run().unwrap().seen, 40);
        assert_rekeyed(&storage, 20);
    }

    #[test]
    fn handles_of_the_old_table_say_that_it_is_gone() {
        let storage = written(3);
        let seconds = second::User::table(&storage).unwrap().with_cache(1 << 20);
        for _ in 0..3 {
            seconds.get(1, |_| ()).unwrap();
        }
        let snapshot = storage.read().unwrap();
        rekey(&storage).run().unwrap();
        for error in [
            seconds.get(1, |_| ()).unwrap_err(),
            seconds.len().unwrap_err(),
            seconds.put(&second(1)).unwrap_err(),
        ] {
            assert!(matches!(error, StorageError::TableReplaced { .. }), "{error}");
        }
        // A state that is held is read as it was.
        assert_eq!(snapshot.table::<second::User>().unwrap().len().unwrap(), 6);
        drop(snapshot);
        assert_rekeyed(&storage, 3);
    }

    /// The program that was before is told that it is the older one, and changes nothing.
    #[test]
    fn an_older_program_is_told_that_it_is_older() {
        let storage = written(3);
        rekey(&storage).run().unwrap();
        for error in [
            first::User::table(&storage).map(drop).unwrap_err(),
            second::User::table(&storage).map(drop).unwrap_err(),
        ] {
            let StorageError::Schema(mismatch) = &error else { panic!("{error:?}") };
            assert!(mismatch.is_newer(), "{error}");
            let text = error.to_string();
            let expected = "key is `string` in the file and `u32` in the code";
            assert!(text.contains(expected), "{text}");
        }
        assert_rekeyed(&storage, 3);
    }

    /// The names that rows are sealed with are never the same for two tables.
    #[test]
    fn keys_may_change_again_and_back() {
        let storage = written(5);
        rekey(&storage).run().unwrap();
        for round in 0..3 {
            let back = |user: User| {
                let User { id, name, city, mail } = user;
                let id = id.try_into().unwrap();
                Ok(Back { id, name, city, mail })
            };
            assert_eq!(storage.rekey(back).run().unwrap().seen, 10, "{round}");
            assert_eq!(Back::table(&storage).unwrap().verify().unwrap(), []);
            assert_settled(&storage);
            let again = |Back { id, name, city, mail }: Back| {
                Ok(User { id: id.into(), name, city, mail })
            };
            assert_eq!(storage.rekey(again).run().unwrap().seen, 10, "{round}");
            assert_rekeyed(&storage, 5);
        }
    }

    #[test]
    fn the_table_may_get_another_name_as_well() {
        let storage = written(4);
        let convert = |old: UserV2| Ok(Person { user: User::from(old).name });
        assert_eq!(storage.rekey(convert).run().unwrap().seen, 8);
        assert_eq!(storage.rekey(convert).run().unwrap().seen, 0);
        let tables = storage.tables().unwrap();
        let names: Vec<&str> = tables.iter().map(|table| &*table.name).collect();
        assert_eq!(names, ["people"]);
        let people = Person::table(&storage).unwrap();
        assert_eq!(people.len().unwrap(), 8);
        assert!(people.contains(&*user(3).name).unwrap());
        assert_settled(&storage);
        // An older program comes back, and writes.
        first::User::table(&storage).unwrap().put(&first::User {
            id: 1,
            name: "x".into(),
            city: "y".into(),
        }).unwrap();
        let error = storage.rekey(convert).run().unwrap_err();
        assert!(matches!(&error, StorageError::TableExists { table, .. } if table == "people"));
        assert_eq!(people.len().unwrap(), 8);
    }

    #[test]
    fn a_half_made_table_goes_with_the_one_it_was_to_replace() {
        let stop = |_: &_| ControlFlow::Break(());
        let stopped = || {
            let storage = written(20);
            rekey(&storage).batch(10).progress(stop).run().unwrap();
            assert!(!traces(&storage).is_empty());
            storage
        };
        let storage = stopped();
        assert!(storage.drop_table("users").unwrap());
        assert_settled(&storage);
        let storage = stopped();
        assert!(storage.rename_table("users", "members").unwrap());
        assert_settled(&storage);
        assert!(storage.rename_table("members", "users").unwrap());
        assert_eq!(rekey(&storage).run().unwrap().seen, 40);
        assert_rekeyed(&storage, 20);
    }

    /// By its name, nobody comes to the hidden table.
    #[test]
    fn the_hidden_table_is_no_table_of_the_user() {
        let storage = written(20);
        rekey(&storage).batch(10).progress(|_| ControlFlow::Break(())).run().unwrap();
        let hidden = storage.new_rkyv_table::<String, String>(HIDDEN);
        assert!(matches!(hidden.len(), Err(StorageError::TableName { .. })));
        assert!(matches!(storage.drop_table(HIDDEN), Err(StorageError::TableName { .. })));
        assert!(storage.rename_table(HIDDEN, "x").is_err());
        assert!(storage.rename_table("users", HIDDEN).is_err());
    }

    #[test]
    fn the_rows_of_an_older_type_are_converted_on_the_way() {
        let storage = written(10);
        let convert = |OfV2 { id, name }: OfV2| Ok(Other { id: id.into(), name });
        assert_eq!(storage.rekey(convert).run().unwrap().seen, 20);
        let others = Other::table(&storage).unwrap();
        assert_eq!(others.load(3).unwrap().unwrap().name, format!("{}!", user(3).name));
        assert_settled(&storage);
    }

    #[test]
    fn a_rekey_inside_a_write_is_refused() {
        let storage = written(3);
        let error = storage.write(|_| rekey(&storage).run()).unwrap_err();
        assert!(matches!(error, StorageError::NestedWrite { .. }), "{error}");
        assert_eq!(rekey(&storage).run().unwrap().seen, 6);
        assert_rekeyed(&storage, 3);
    }
}
