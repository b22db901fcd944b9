//! Fields that only a migration's work may take out of rows: which writes are refused before it, and which are not.

use super::{assert_sound, numbers, rows_of};
use std::ops::ControlFlow;
use storage::{
    Evolution, OpenOptions, Storage, StorageError, StoredRecord, WriteTxn, error::Blame,
};
use tests::Scratch;

/// So many rows have the first layout, and as many the second.
const COUNT: u64 = 20;

fn without_bio(id: u64) -> bool {
    id < COUNT
}

/// Asserts that a row of the second layout is not written, and that nothing has changed.
#[track_caller]
fn assert_refused<T>(
    storage: &Storage,
    before: &[(Vec<u8>, Vec<u8>)],
    written: storage::Result<T>,
) {
    match written {
        Err(error @ StorageError::MigrationNeeded { .. }) => {
            assert_eq!(
                error.to_string(),
                "table `users` has rows of layout 2, out of which `bio` and `avatar` may only go by a migration that \
                 works on each row; run `table.migrate().with(..).run()` first"
            );
            assert_eq!(error.blame(), Blame::Misuse);
        }
        Err(error) => panic!("{error}"),
        Ok(_) => panic!("it is written"),
    }
    assert_eq!(rows_of(storage, "users"), before);
    assert_sound(storage);
}

/// The tests of one codec.
macro_rules! by_migration {
    ($codec:ident, $name:literal, [$($derive:ident),*], $removed:meta) => {
        mod $codec {
            use super::*;
            #[allow(unused_imports, reason = "not every codec derives of its own")]
            use rkyv::{Archive, Deserialize, Serialize};

            mod first {
                use super::*;
                #[derive($($derive,)* StoredRecord)]
                #[store(codec = $name, table = "users")]
                pub(super) struct User {
                    #[store(key)]
                    pub(super) id: u64,
                    #[store(index)]
                    pub(super) name: String,
                }
            }

            mod second {
                use super::*;
                #[derive($($derive,)* StoredRecord)]
                #[store(codec = $name, table = "users")]
                pub(super) struct User {
                    #[store(key)]
                    pub(super) id: u64,
                    #[store(index)]
                    pub(super) name: String,
                    pub(super) bio: Option<String>,
                    pub(super) avatar: Option<Vec<u8>>,
                }
            }

            /// What the work reads.
            #[derive($($derive,)* StoredRecord)]
            #[store(codec = $name, table = "users", was = "User")]
            struct UserV2 {
                #[store(key)]
                id: u64,
                #[store(index)]
                name: String,
                bio: Option<String>,
                avatar: Option<Vec<u8>>,
            }

            #[derive(Clone, Debug, PartialEq, $($derive,)* StoredRecord)]
            #[store(codec = $name, table = "users")]
            #[$removed]
            struct User {
                #[store(key)]
                id: u64,
                #[store(index)]
                name: String,
                seen: Option<u32>,
            }

            #[derive(Debug, PartialEq, $($derive,)* StoredRecord)]
            #[store(codec = $name, table = "profiles")]
            struct Profile {
                #[store(key)]
                user: u64,
                bio: Option<String>,
            }

            fn user(id: u64) -> User {
                User { id, name: format!("n{id}"), seen: None }
            }

            fn fill(storage: &Storage) {
                let old = (0..COUNT).map(|id| first::User { id, name: format!("n{id}") });
                first::User::table(storage).unwrap().put_stream(old).unwrap();
                let old = (COUNT..2 * COUNT).map(|id| {
                    let (bio, avatar) = (Some(format!("b{id}")), Some(vec![7; 3]));
                    second::User { id, name: format!("n{id}"), bio, avatar }
                });
                second::User::table(storage).unwrap().put_stream(old).unwrap();
            }

            fn written() -> Storage {
                let storage = Storage::in_memory().unwrap();
                fill(&storage);
                assert_eq!(numbers(&storage), [1, 2]);
                storage
            }

            fn named(users: &storage::Table<User>, name: &str) -> Vec<User> {
                users.by(User::INDEXES.name).get_all(name).unwrap().load_all().unwrap()
            }

            fn split(txn: &WriteTxn<'_>, old: UserV2, new: &User) -> storage::Result<()> {
                assert_eq!((old.id, &old.name), (new.id, &new.name));
                assert_eq!(old.avatar.is_none(), without_bio(old.id));
                txn.table::<Profile>()?.insert(&Profile { user: old.id, bio: old.bio })
            }

            /// Every row that `is_left` has its profile.
            fn assert_split(storage: &Storage, is_left: impl Fn(u64) -> bool) {
                let profiles = Profile::table(storage).unwrap();
                for id in (0..2 * COUNT).filter(|id| is_left(*id)) {
                    let bio = (!without_bio(id)).then(|| format!("b{id}"));
                    assert_eq!(profiles.load(id).unwrap(), Some(Profile { user: id, bio }));
                }
                assert_sound(storage);
            }

            #[test]
            fn no_verb_writes_a_row_that_has_one() {
                let storage = written();
                let users = User::table(&storage).unwrap();
                let before = rows_of(&storage, "users");
                let refused = |written| assert_refused(&storage, &before, written);
                let ascending = || (0..2 * COUNT).map(user);
                let descending = || (0..2 * COUNT).rev().map(user);
                refused(users.put(&user(30)).map(drop));
                refused(users.put_all(&[user(1), user(30)]).map(drop));
                refused(users.put_stream(ascending()).map(drop));
                refused(users.put_stream(descending()).map(drop));
                refused(users.put_stream([user(30), user(100), user(30)]).map(drop));
                refused(users.update(30, |user| user.seen = Some(1)).map(drop));
                refused(users.upsert(30, |_| user(30)).map(drop));
                refused(users.compare_and_set(&user(30), &User { seen: Some(1), ..user(30) }).map(drop));
                refused(users.iter().unwrap().update(|user| user.seen = Some(1)).map(drop));
                let by_name = users.by(User::INDEXES.name);
                let named = by_name.get_all("n30").unwrap();
                refused(named.update(|user| user.name.push('!')).map(drop));
                refused(storage.write(|txn| txn.table::<User>()?.put(&user(30))).map(drop));
                refused(storage.write(|txn| txn.table::<User>()?.put_stream(ascending())).map(drop));
                let error = users.insert(&user(30)).unwrap_err();
                assert!(matches!(error, StorageError::AlreadyExists(_)), "{error}");
                assert_eq!(rows_of(&storage, "users"), before);
            }

            #[test]
            fn all_else_goes_on() {
                let storage = written();
                let users = User::table(&storage).unwrap();
                assert_eq!(users.load(30).unwrap(), Some(user(30)));
                assert_eq!(users.iter().unwrap().load_all().unwrap().len(), 40);
                assert_eq!(named(&users, "n30"), [user(30)]);
                assert_eq!(users.get_or_insert_with(30, || user(31)).unwrap(), user(30));
                // What has none is written.
                users.put(&User { seen: Some(1), ..user(100) }).unwrap();
                users.update(100, |user| user.seen = Some(2)).unwrap();
                users.put_stream((101..110).rev().map(user)).unwrap();
                users.update(3, |user| user.seen = Some(3)).unwrap();
                users.put_stream((0..3).map(user)).unwrap();
                // What is deleted, with all that it has, is meant to go.
                assert!(users.delete(30).unwrap());
                assert_eq!(users.remove(31).unwrap(), Some(user(31)));
                assert_eq!(users.delete_range(35..38).unwrap(), 3);
                users.put(&user(30)).unwrap();
                users.migrate().with(split).run().unwrap();
                let is_left = |id| id > 3 && !matches!(id, 30 | 31 | 35..38);
                assert_split(&storage, is_left);
                assert_eq!(Profile::table(&storage).unwrap().len().unwrap(), 2 * COUNT - 4 - 5);
                assert_eq!(users.load(3).unwrap().unwrap().seen, Some(3));
                assert_eq!(users.load(100).unwrap().unwrap().seen, Some(2));
                assert_eq!(users.clear().unwrap(), 2 * COUNT - 4 + 10);
            }

            #[test]
            fn a_write_that_is_refused_undoes_itself_alone() {
                let storage = written();
                storage
                    .write(|txn| {
                        let users = txn.table::<User>()?;
                        users.put(&user(100))?;
                        let refused = users.put(&User { name: "other".into(), ..user(30) });
                        assert!(matches!(refused, Err(StorageError::MigrationNeeded { .. })));
                        let refused = users.put_stream([user(101), user(30)]);
                        assert!(matches!(refused, Err(StorageError::MigrationNeeded { .. })));
                        users.put(&user(102)).map(drop)
                    })
                    .unwrap();
                let users = User::table(&storage).unwrap();
                let new: Vec<u64> = (100..110).filter(|id| users.contains(*id).unwrap()).collect();
                assert_eq!(new, [100, 102]);
                assert_eq!(named(&users, "n30"), [user(30)]);
                assert!(named(&users, "other").is_empty());
                assert_sound(&storage);
            }

            #[test]
            fn a_migration_without_work_is_refused() {
                let storage = written();
                let users = User::table(&storage).unwrap();
                let before = rows_of(&storage, "users");
                assert_refused(&storage, &before, users.migrate().run());
                assert!(users.migrate().dry_run().unwrap().is_sound());
                let report = users.evolution().unwrap();
                assert_eq!(report.layouts()[0].kept_fields, [""; 0]);
                assert_eq!(report.layouts()[1].kept_fields, ["bio", "avatar"]);
                let report = report.to_string();
                let line = "\n  rows are not put or updated before `migrate().with(..)` has read `bio` and `avatar`\n";
                assert!(report.contains(line), "{report}");
            }

            /// As long as one row of the layout may be there, all else is as before.
            #[test]
            fn half_way_the_rest_waits() {
                let storage = written();
                let users = User::table(&storage).unwrap();
                let stop = |_: &_| ControlFlow::Break(());
                let one = || users.migrate().batch(1).progress(stop).with(split).run().unwrap();
                while !Profile::table(&storage).unwrap().contains(COUNT).unwrap() {
                    assert!(one().is_stopped);
                }
                let (done, left): (Vec<u64>, Vec<u64>) =
                    (0..2 * COUNT).partition(|id| Profile::table(&storage).unwrap().contains(*id).unwrap());
                assert_eq!(done, (0..=COUNT).collect::<Vec<_>>());
                for id in done {
                    users.put(&user(id)).unwrap();
                }
                let before = rows_of(&storage, "users");
                for id in left {
                    assert_refused(&storage, &before, users.put(&user(id)));
                }
                assert_refused(&storage, &before, users.migrate().run());
                users.migrate().with(split).run().unwrap();
                assert_split(&storage, |_| true);
                users.put_stream((0..2 * COUNT).map(user)).unwrap();
                assert!(users.evolution().unwrap().is_settled());
                assert_eq!(users.migrate().run().unwrap().seen, 0);
            }

            #[test]
            fn a_store_that_migrates_by_itself_leaves_it_to_the_work() {
                let scratch = Scratch::new();
                let options = OpenOptions::default().evolution(Evolution::Eager);
                let storage = Storage::open_with(scratch.path(), &options).unwrap();
                fill(&storage);
                let before = rows_of(&storage, "users");
                let users = User::table(&storage).unwrap();
                assert_refused(&storage, &before, users.put(&user(30)));
                users.migrate().with(split).run().unwrap();
                assert_split(&storage, |_| true);
                users.put(&user(30)).unwrap();
            }

            #[test]
            fn other_keys_need_the_work_too() {
                #[derive(Debug, $($derive,)* StoredRecord)]
                #[store(codec = $name, table = "users")]
                struct ByName {
                    #[store(key)]
                    name: String,
                    seen: Option<u32>,
                }
                let storage = written();
                let before = rows_of(&storage, "users");
                let rekey = || storage.rekey(|old: User| Ok(ByName { name: old.name, seen: old.seen }));
                assert_refused(&storage, &before, rekey().run());
                User::table(&storage).unwrap().migrate().with(split).run().unwrap();
                assert_eq!(rekey().run().unwrap().rewritten, 2 * COUNT);
                assert_split(&storage, |_| true);
            }

            #[test]
            fn a_new_file_knows_of_nothing() {
                let storage = Storage::in_memory().unwrap();
                let users = User::table(&storage).unwrap();
                users.put_stream((0..10).map(user)).unwrap();
                users.put_stream((0..10).map(user)).unwrap();
                users.update(3, |user| user.seen = Some(1)).unwrap();
                assert_eq!(users.migrate().run().unwrap().seen, 0);
            }

            /// Rows without index entries are written in the order of their keys, whatever is there.
            #[test]
            fn a_table_without_indexes_is_no_other() {
                mod before {
                    use super::*;
                    #[derive($($derive,)* StoredRecord)]
                    #[store(codec = $name, table = "users")]
                    pub(super) struct User {
                        #[store(key)]
                        pub(super) id: u64,
                        pub(super) name: Option<String>,
                        pub(super) bio: Option<String>,
                        pub(super) avatar: Option<Vec<u8>>,
                    }
                }
                #[derive(Debug, PartialEq, $($derive,)* StoredRecord)]
                #[store(codec = $name, table = "users")]
                #[$removed]
                struct User {
                    #[store(key)]
                    id: u64,
                    name: Option<String>,
                }
                let storage = Storage::in_memory().unwrap();
                let old = (10..20).map(|id| before::User { id, name: None, bio: None, avatar: None });
                before::User::table(&storage).unwrap().put_stream(old).unwrap();
                let users = User::table(&storage).unwrap();
                let user = |id| User { id, name: Some("n".into()) };
                let before = rows_of(&storage, "users");
                for streamed in [
                    users.put(&user(11)).map(u64::from),
                    users.put_stream((0..12).map(user)),
                    users.put_stream((0..12).rev().map(user)),
                    users.update(11, |user| user.name = None).map(|_| 0),
                ] {
                    assert!(matches!(streamed, Err(StorageError::MigrationNeeded { layout: 1, .. })));
                    assert_eq!(rows_of(&storage, "users"), before);
                }
                users.put_stream((0..10).map(user)).unwrap();
                let work = |_: &WriteTxn<'_>, _: before::User, _: &User| Ok(());
                users.migrate().with(work).run().unwrap();
                users.put_stream((0..12).map(user)).unwrap();
            }

            /// The attribute stays in the code for as long as some file may need it.
            #[test]
            fn rows_that_were_written_without_it_have_none() {
                #[derive(Debug, PartialEq, $($derive,)* StoredRecord)]
                #[store(codec = $name, table = "users", was = "User")]
                #[$removed]
                struct UserV4 {
                    #[store(key)]
                    id: u64,
                    #[store(index)]
                    name: String,
                    seen: Option<u32>,
                    likes: Option<u32>,
                }
                let storage = Storage::in_memory().unwrap();
                User::table(&storage).unwrap().put_stream((0..10).map(user)).unwrap();
                let users = UserV4::table(&storage).unwrap();
                users.update(3, |user| user.likes = Some(1)).unwrap();
                assert_eq!(users.migrate().run().unwrap().rewritten, 9);
            }

            /// A table may be opened before the rows are there, and with several handles.
            #[test]
            fn rows_that_an_older_handle_writes_later_have_one() {
                let storage = Storage::in_memory().unwrap();
                let users = User::table(&storage).unwrap();
                users.load(1).unwrap();
                fill(&storage);
                let before = rows_of(&storage, "users");
                assert_refused(&storage, &before, users.put(&user(30)));
                assert_refused(&storage, &before, users.clone().put(&user(30)));
            }
        }
    };
}

by_migration!(
    archives,
    "rkyv",
    [Archive, Serialize, Deserialize],
    store(removed("bio", "avatar"), by_migration)
);
by_migration!(
    flat,
    "flatbuffers",
    [],
    store(
        removed(id = 2, name = "bio", ty = "String"),
        removed(id = 3, name = "avatar", ty = "Vec<u8>"),
        by_migration
    )
);

/// A program that still has the field writes to the table in the same transaction. FlatBuffers refuse that, as it would
/// use an id again that was removed.
#[test]
fn a_row_that_came_just_now_has_one() {
    mod before {
        use rkyv::{Archive, Deserialize, Serialize};
        #[derive(Archive, Serialize, Deserialize, storage::StoredRecord)]
        #[store(codec = "rkyv", table = "users")]
        pub(super) struct User {
            #[store(key)]
            pub(super) id: u64,
            pub(super) bio: Option<String>,
        }
    }
    #[derive(rkyv::Archive, rkyv::Serialize, rkyv::Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "users", removed("bio"), by_migration)]
    struct User {
        #[store(key)]
        id: u64,
    }
    let storage = Storage::in_memory().unwrap();
    let written = storage.write(|txn| {
        let olds = txn.table::<before::User>()?;
        let come = |id| {
            let old = before::User { id, bio: Some("b".to_owned()) };
            olds.put(&old).map(|_| User { id })
        };
        txn.table::<User>()?.try_put_stream((30..32).map(come))
    });
    assert!(matches!(written, Err(StorageError::MigrationNeeded { .. })), "{written:?}");
}
