//! A table is split in two: the work of the program is done once for each row, in the transaction that rewrites it.

use super::assert_sound;
use std::{
    ops::ControlFlow,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::Arc,
};
use storage::{OpenOptions, Storage, StorageError, StoredRecord};
use tests::{
    random::Random,
    simulated::{CUTS, Fault, Image, Plan, Replay, SimulatedFiles, Syncs},
};

const STORE: &str = "/simulated/users.redb";
const COUNT: u64 = 60;

/// The tests of one codec.
macro_rules! split {
    ($codec:ident, $name:literal, [$($derive:ident),*], $removed:meta) => {
        mod $codec {
            use super::*;
            #[allow(unused_imports, reason = "not every codec derives of its own")]
            use rkyv::{Archive, Deserialize, Serialize};

            mod before {
                use super::*;

                #[derive($($derive,)* StoredRecord)]
                #[store(codec = $name, table = "users")]
                pub(super) struct User {
                    #[store(key)]
                    pub(super) id: u64,
                    pub(super) name: String,
                    pub(super) bio: Option<String>,
                }
            }

            #[derive($($derive,)* StoredRecord)]
            #[store(codec = $name, table = "users", was = "User")]
            struct UserV1 {
                #[store(key)]
                id: u64,
                name: String,
                bio: Option<String>,
            }

            #[derive(Debug, PartialEq, $($derive,)* StoredRecord)]
            #[store(codec = $name, table = "users")]
            #[$removed]
            struct User {
                #[store(key)]
                id: u64,
                name: String,
            }

            #[derive(Debug, PartialEq, $($derive,)* StoredRecord)]
            #[store(codec = $name, table = "profiles")]
            struct Profile {
                #[store(key)]
                user: u64,
                bio: Option<String>,
                /// How often it was written.
                written: u32,
            }

            fn user(id: u64) -> before::User {
                before::User { id, name: format!("n{id}"), bio: Some(format!("b{id}")) }
            }

            fn fill(storage: &Storage) {
                before::User::table(storage).unwrap().put_stream((0..COUNT).map(user)).unwrap();
            }

            fn written() -> Storage {
                let storage = Storage::in_memory().unwrap();
                fill(&storage);
                storage
            }

            fn split(txn: &storage::WriteTxn<'_>, old: UserV1, new: &User) -> storage::Result<()> {
                assert_eq!((old.id, &old.name), (new.id, &new.name));
                let profiles = txn.table::<Profile>()?;
                let before = profiles.load(old.id)?.map_or(0, |profile| profile.written);
                profiles.put(&Profile { user: old.id, bio: old.bio, written: before + 1 })?;
                Ok(())
            }

            /// Each user has a profile, which was written once.
            fn assert_split(storage: &Storage) {
                assert!(User::table(storage).unwrap().evolution().unwrap().is_settled());
                let profiles = Profile::table(storage).unwrap();
                assert_eq!(profiles.len().unwrap(), COUNT);
                for id in 0..COUNT {
                    let bio = Some(format!("b{id}"));
                    let expected = Profile { user: id, bio, written: 1 };
                    assert_eq!(profiles.load(id).unwrap(), Some(expected));
                    let expected = User { id, name: format!("n{id}") };
                    assert_eq!(User::table(storage).unwrap().load(id).unwrap(), Some(expected));
                }
                assert_sound(storage);
            }

            #[test]
            fn each_row_has_its_work_done_once() {
                for batch in [1, 7, 1000] {
                    let storage = written();
                    let users = User::table(&storage).unwrap();
                    let done = users.migrate().batch(batch).with(split).run().unwrap();
                    assert_eq!(done.rewritten, COUNT);
                    assert_split(&storage);
                    assert_eq!(users.migrate().with(split).run().unwrap().seen, 0);
                    assert_split(&storage);
                }
            }

            #[test]
            fn records_of_today_have_none() {
                let storage = written();
                let users = User::table(&storage).unwrap();
                users.put(&User { id: 1000, name: "new".into() }).unwrap();
                let mut count = 0;
                let progress = |_: &_| {
                    users.put(&User { id: 2000, name: "new".into() }).unwrap();
                    ControlFlow::Continue(())
                };
                let work = |txn: &storage::WriteTxn<'_>, old: UserV1, new: &User| {
                    count += 1;
                    split(txn, old, new)
                };
                users.migrate().batch(7).progress(progress).with(work).run().unwrap();
                assert_eq!(count, COUNT);
                users.delete_range(1000..).unwrap();
                assert_split(&storage);
            }

            /// A row that was written before the migration is a record of today.
            #[test]
            fn a_row_that_is_updated_before_has_no_work_done() {
                let storage = written();
                let users = User::table(&storage).unwrap();
                users.update(3, |user| user.name.push('!')).unwrap();
                let done = users.migrate().batch(7).with(split).run().unwrap();
                assert_eq!(done.rewritten, COUNT - 1);
                let profiles = Profile::table(&storage).unwrap();
                assert!(!profiles.contains(3).unwrap());
                assert_eq!(profiles.len().unwrap(), COUNT - 1);
            }

            #[test]
            fn its_error_undoes_the_batch_and_no_other() {
                let storage = written();
                let users = User::table(&storage).unwrap();
                let fails = |txn: &storage::WriteTxn<'_>, old: UserV1, new: &User| {
                    let id = old.id;
                    split(txn, old, new)?;
                    if id == 33 { Err(StorageError::custom("not 33")) } else { Ok(()) }
                };
                let error = users.migrate().batch(10).with(fails).run().unwrap_err();
                assert_eq!(error.to_string(), "not 33");
                let profiles = Profile::table(&storage).unwrap();
                assert!((20..=33).contains(&profiles.len().unwrap()), "{:?}", profiles.len());
                assert!(!profiles.contains(33).unwrap());
                let panics = |txn: &storage::WriteTxn<'_>, old: UserV1, new: &User| {
                    let id = old.id;
                    split(txn, old, new)?;
                    assert_ne!(id, 44);
                    Ok(())
                };
                let run = || users.migrate().batch(5).with(panics).run();
                assert!(catch_unwind(AssertUnwindSafe(run)).is_err());
                assert!(!profiles.contains(44).unwrap());
                assert_sound(&storage);
                users.migrate().batch(5).with(split).run().unwrap();
                assert_split(&storage);
            }

            #[test]
            fn one_that_was_stopped_goes_on() {
                let storage = written();
                let users = User::table(&storage).unwrap();
                let stop = |_: &_| ControlFlow::Break(());
                while users.migrate().batch(7).progress(stop).with(split).run().unwrap().is_stopped {}
                assert_split(&storage);
            }

            /// What an older program writes meanwhile is of an older layout again.
            #[test]
            fn what_an_older_handle_writes_has_it_done_again() {
                let storage = written();
                let (users, olds) =
                    (User::table(&storage).unwrap(), before::User::table(&storage).unwrap());
                let mut written = None;
                let progress = |_: &_| {
                    let again = || before::User { bio: Some("again".into()), ..user(0) };
                    written.get_or_insert_with(|| olds.put(&again()).is_ok());
                    ControlFlow::Continue(())
                };
                users.migrate().batch(7).progress(progress).with(split).run().unwrap();
                if written == Some(false) {
                    // FlatBuffers do not go back to an id that was removed.
                    assert_eq!($name, "flatbuffers");
                    return assert_split(&storage);
                }
                let profiles = Profile::table(&storage).unwrap();
                let bio = Some("again".to_owned());
                assert_eq!(profiles.load(0).unwrap(), Some(Profile { user: 0, bio, written: 2 }));
                profiles.put(&Profile { user: 0, bio: Some("b0".into()), written: 1 }).unwrap();
                assert_split(&storage);
            }

            #[test]
            fn rows_of_another_type_are_refused_before_the_first() {
                let storage = written();
                let users = User::table(&storage).unwrap();
                let work = |_: &storage::WriteTxn<'_>, _: Stranger, _: &User| Ok(());
                let error = users.migrate().with(work).run().unwrap_err();
                assert!(matches!(error, StorageError::Schema(_)), "{error}");
                assert_eq!(before::User::table(&storage).unwrap().load(1).unwrap().unwrap().bio,
                    Some("b1".into()));
                users.migrate().with(split).run().unwrap();
                assert_split(&storage);
            }

            #[derive(Debug, $($derive,)* StoredRecord)]
            #[store(codec = $name, table = "users", was = "User")]
            struct Stranger {
                #[store(key)]
                id: u64,
                name: u64,
            }

            fn open(files: &SimulatedFiles) -> Storage {
                let options = OpenOptions::default().file_system(Arc::new(files.clone()));
                Storage::open_with(Path::new(STORE), &options).unwrap()
            }

            /// The work of a row is done exactly if the row is rewritten; and the rest can be done.
            fn assert_goes_on(storage: &Storage) -> u64 {
                assert_sound(storage);
                let done = Profile::table(storage).unwrap().len().unwrap();
                let rewritten = User::table(storage).unwrap().migrate().with(split).run().unwrap();
                assert_eq!(rewritten.rewritten, COUNT - done);
                assert_split(storage);
                done
            }

            #[test]
            fn whatever_cuts_it_off_it_is_done_once() {
                let files = SimulatedFiles::on(Image::default());
                let storage = open(&files);
                fill(&storage);
                let start = files.trace().ops.len();
                User::table(&storage).unwrap().migrate().batch(9).with(split).run().unwrap();
                drop(storage);
                let trace = files.trace();
                let (mut replay, mut random) =
                    (Replay::new(&trace, Syncs::Honest), Random::new(9));
                let mut done = std::collections::BTreeSet::new();
                for position in (start..=trace.ops.len()).step_by(3) {
                    replay.advance_to(position);
                    let cut = *random.one(&CUTS);
                    let cut_off = SimulatedFiles::on(replay.cut(cut, &mut random));
                    done.insert(assert_goes_on(&open(&cut_off)));
                    let killed = SimulatedFiles::killed(&trace, position);
                    done.insert(assert_goes_on(&open(&killed)));
                }
                assert!(done.len() > 5 && done.contains(&COUNT) && done.contains(&0), "{done:?}");
            }

            #[test]
            fn a_disk_that_fails_repeats_nothing() {
                for fault in [Fault::Once, Fault::Full, Fault::ShortWrite, Fault::Sync] {
                    let (mut failed, mut at) = (0, 1);
                    loop {
                        let files = SimulatedFiles::on(Image::default());
                        let storage = open(&files);
                        fill(&storage);
                        let users = User::table(&storage).unwrap();
                        files.fail(Plan { fault, at });
                        let run = users.migrate().batch(20).with(split).run();
                        let (_, has_struck) = files.heal();
                        if !has_struck {
                            run.unwrap();
                            break;
                        }
                        if run.is_err() {
                            failed += 1;
                            storage.reopen().unwrap();
                        }
                        assert_goes_on(&storage);
                        at += 5;
                    }
                    assert!(failed > 0, "{fault:?}");
                }
            }
        }
    };
}

split!(archives, "rkyv", [Archive, Serialize, Deserialize], store(removed("bio")));
split!(flat, "flatbuffers", [], store(removed(id = 2, name = "bio", ty = "String")));

/// Rows of today's type may have an older number.
mod among_others {
    use super::*;
    use rkyv::{Archive, Deserialize, Serialize};

    macro_rules! release {
        ($name:ident, [$($removed:meta),*], $($field:ident)?) => {
            mod $name {
                use super::*;
                #[derive(Archive, Serialize, Deserialize, StoredRecord)]
                #[store(codec = "rkyv", table = "users")]
                $(#[$removed])*
                pub(super) struct User {
                    #[store(key)]
                    pub(super) id: u64,
                    $(pub(super) $field: Option<u8>,)?
                }
            }
        };
    }
    release!(first, [store(removed("more"))], bio);
    release!(second, [store(removed("bio", "more"))],);
    release!(third, [store(removed("bio"))], more);

    #[test]
    fn those_have_no_work_done() {
        let storage = Storage::in_memory().unwrap();
        let seconds = second::User::table(&storage).unwrap();
        first::User::table(&storage).unwrap().put(&first::User { id: 1, bio: Some(1) }).unwrap();
        seconds.put(&second::User { id: 2 }).unwrap();
        third::User::table(&storage).unwrap().put(&third::User { id: 3, more: Some(3) }).unwrap();
        let mut done = Vec::new();
        let work = |_: &storage::WriteTxn<'_>, old: first::User, new: &second::User| {
            assert_eq!(old.id, new.id);
            done.push((old.id, old.bio));
            Ok(())
        };
        assert_eq!(seconds.migrate().with(work).run().unwrap().rewritten, 3);
        assert_eq!(done, [(1, Some(1)), (3, None)]);
        assert_sound(&storage);
    }
}
