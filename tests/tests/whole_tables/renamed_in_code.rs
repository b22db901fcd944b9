//! A table that has another name in the code: `#[store(table_was = "users")]`.

use storage::{Evolution, OpenOptions, Storage, StorageError, StoredRecord};
use tests::Scratch;

/// The tests of one codec.
macro_rules! renamed {
    ($codec:ident, $name:literal, [$($derive:ident),*]) => {
        mod $codec {
            use super::*;
            #[allow(unused_imports, reason = "not every codec derives of its own")]
            use rkyv::{Archive, Deserialize, Serialize};

            #[derive(Debug, PartialEq, $($derive,)* StoredRecord)]
            #[store(codec = $name, table = "users")]
            struct User {
                #[store(key)]
                id: u64,
                #[store(unique)]
                name: String,
            }

            #[derive(Debug, PartialEq, $($derive,)* StoredRecord)]
            #[store(codec = $name, table = "people", table_was("folk", "users"), was = "User")]
            struct Person {
                #[store(key)]
                id: u64,
                #[store(unique)]
                name: String,
                nick: Option<String>,
            }

            fn user(id: u64) -> User {
                User { id, name: format!("user {id}") }
            }

            fn person(id: u64) -> Person {
                Person { id, name: format!("user {id}"), nick: None }
            }

            fn names(storage: &Storage) -> Vec<String> {
                storage.tables().unwrap().into_iter().map(|table| table.name).collect()
            }

            #[test]
            fn the_table_is_renamed_when_it_is_opened() {
                let scratch = Scratch::new();
                let storage = scratch.open();
                let users = User::table(&storage).unwrap();
                users.put_stream((0..100).map(user)).unwrap();
                let mut page = users.iter().unwrap().limit(10);
                assert_eq!(page.by_ref().count(), 10);
                let token = page.page_token().unwrap();
                drop(page);
                let people = Person::table(&storage).unwrap();
                assert_eq!((people.name(), names(&storage)), ("people", vec!["people".to_owned()]));
                assert_eq!(people.load(7).unwrap(), Some(person(7)));
                let by_name = people.by(Person::INDEXES.name);
                assert_eq!(by_name.load("user 8").unwrap(), Some(person(8)));
                // A page goes on behind the last.
                let next = people.iter().unwrap().limit(1).after(&token).unwrap().next();
                assert_eq!(next.unwrap().unwrap().load().unwrap(), person(10));
                people.update(7, |person| person.nick = Some("seven".into())).unwrap();
                assert!(people.insert(&Person { id: 200, ..person(9) }).is_err(), "a unique index");
                assert_eq!(people.verify().unwrap(), vec![]);
                assert!(storage.check().unwrap().is_sound());
                // The handle of before is told.
                assert!(matches!(users.load(1), Err(StorageError::TableReplaced { .. })));
                drop((users, people, storage));
                let storage = scratch.open();
                assert_eq!(Person::table(&storage).unwrap().len().unwrap(), 100);
                assert_eq!(names(&storage), ["people"]);
            }

            #[test]
            fn a_snapshot_reads_it_under_the_name_it_has() {
                let storage = Storage::in_memory().unwrap();
                User::table(&storage).unwrap().put(&user(1)).unwrap();
                let snapshot = storage.read().unwrap();
                let people = Person::table(&snapshot).unwrap();
                assert_eq!(people.load(1).unwrap(), Some(person(1)));
                assert_eq!(names(&storage), ["users"]);
                Person::table(&storage).unwrap().put(&person(2)).unwrap();
                assert_eq!(people.len().unwrap(), 1);
                assert_eq!(people.load(1).unwrap(), Some(person(1)));
                assert_eq!(Person::table(&snapshot).unwrap().len().unwrap(), 1);
            }

            #[test]
            fn a_write_renames_it_or_leaves_it() {
                let storage = Storage::in_memory().unwrap();
                User::table(&storage).unwrap().put(&user(1)).unwrap();
                let failed: storage::Result<()> = storage.write(|txn| {
                    txn.table::<Person>()?.put(&person(2))?;
                    assert_eq!(txn.table::<Person>()?.len()?, 2);
                    Err(StorageError::custom("no"))
                });
                assert!(failed.is_err());
                assert_eq!(names(&storage), ["users"]);
                assert_eq!(User::table(&storage).unwrap().load(1).unwrap(), Some(user(1)));
                storage.write(|txn| txn.table::<Person>()?.put(&person(2)).map(drop)).unwrap();
                assert_eq!(names(&storage), ["people"]);
                assert_eq!(Person::table(&storage).unwrap().len().unwrap(), 2);
                assert!(storage.check().unwrap().is_sound());
            }

            #[test]
            fn a_table_of_both_names_is_refused() {
                let storage = Storage::in_memory().unwrap();
                Person::table(&storage).unwrap().put(&person(1)).unwrap();
                User::table(&storage).unwrap().put(&user(2)).unwrap();
                let expected = "the records of table `people` are in table `users`, too, which is a name that it had: \
                                an older version of the program has written there; move its rows and drop it, or \
                                remove `table_was`";
                let errors = [
                    Person::table(&storage).map(drop).unwrap_err(),
                    storage.read().unwrap().table::<Person>().map(drop).unwrap_err(),
                    storage.write(|txn| txn.table::<Person>().map(drop)).unwrap_err(),
                ];
                for error in errors {
                    assert_eq!(error.to_string(), expected);
                }
                assert_eq!(names(&storage), ["people", "users"]);
                // Two of the names that it had.
                assert!(storage.rename_table("people", "folk").unwrap());
                assert!(matches!(
                    Person::table(&storage).map(drop),
                    Err(StorageError::TwoTables { .. })
                ));
                assert!(storage.drop_table("users").unwrap());
                assert_eq!(Person::table(&storage).unwrap().load(1).unwrap(), Some(person(1)));
                assert_eq!(names(&storage), ["people"]);
            }

            /// The name is free again, for a table whose rows are not mixed up with those.
            #[test]
            fn another_table_may_have_the_name() {
                let storage = Storage::in_memory().unwrap();
                User::table(&storage).unwrap().put(&user(1)).unwrap();
                let people = Person::table(&storage).unwrap();
                let users = User::table(&storage).unwrap();
                users.put(&user(2)).unwrap();
                assert_eq!((people.len().unwrap(), users.len().unwrap()), (1, 1));
                assert!(storage.check().unwrap().is_sound());
            }

            #[test]
            fn a_store_that_refuses_changes_renames_nothing() {
                let scratch = Scratch::new();
                User::table(&scratch.open()).unwrap().put(&user(1)).unwrap();
                for evolution in [Evolution::Refuse, Evolution::ReadNewer] {
                    let options = OpenOptions::default().evolution(evolution);
                    let storage = Storage::open_with(scratch.path(), &options).unwrap();
                    drop(Person::table(&storage));
                    assert_eq!(names(&storage), ["users"]);
                }
            }
        }
    };
}

renamed!(archives, "rkyv", [Archive, Serialize, Deserialize]);
renamed!(flat, "flatbuffers", []);
