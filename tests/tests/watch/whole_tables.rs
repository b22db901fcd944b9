//! Tables that are dropped, renamed, given other keys, or rewritten by a migration.

use crate::{Inserted, Removed, Ticket, all_seen, ticket, watched};
use rkyv::{Archive, Deserialize, Serialize};
use storage::{Storage, StorageError, StoredRecord};

#[test]
fn a_table_that_is_dropped_has_lost_its_rows() {
    let (storage, tickets, mut watcher) = watched();
    tickets.put_all(&[ticket(1, true), ticket(2, true)]).unwrap();
    storage.drop_table("tickets").unwrap();
    let told = all_seen(&mut watcher);
    assert_eq!(told[1], [(Removed, 1, Some(true), None), (Removed, 2, Some(true), None)]);
    storage
        .write(|txn| {
            txn.table::<Ticket>()?.put(&ticket(3, true))?;
            txn.savepoint(|| {
                txn.drop_table("tickets")?;
                Err::<(), _>(StorageError::custom("deliberate"))
            })
            .unwrap_err();
            Ok(())
        })
        .unwrap();
    assert_eq!(all_seen(&mut watcher), [[(Inserted, 3, None, Some(true))]]);
}

#[test]
fn a_table_that_is_renamed_goes_from_one_name_to_the_other() {
    let storage = Storage::in_memory().unwrap();
    let [old, new] = ["old", "new"].map(|name| storage.new_rkyv_table::<u64, String>(name));
    old.put(1, &"Ada".to_owned()).unwrap();
    let mut watcher = storage.watch().start().unwrap();
    storage.rename_table("old", "new").unwrap();
    let commit = watcher.next().unwrap().unwrap();
    let kinds = |table| commit.of(table).unwrap().into_iter().map(|c| c.kind()).collect::<Vec<_>>();
    assert_eq!((kinds(&old), kinds(&new)), (vec![Removed], vec![Inserted]));
    assert!(watcher.try_next().unwrap().is_none());
}

#[derive(Archive, Serialize, Deserialize, StoredRecord, Debug, PartialEq)]
#[store(codec = "rkyv", table = "users", was = "User")]
struct UserV1 {
    #[store(key)]
    id: u64,
    name: String,
}

#[derive(Archive, Serialize, Deserialize, StoredRecord, Debug, PartialEq)]
#[store(codec = "rkyv", table = "users", was = "UserV1")]
struct User {
    #[store(key)]
    id: u64,
    name: String,
    #[store(default)]
    age: u32,
}

#[test]
fn a_migration_changes_nothing_and_rows_of_older_layouts_are_read() {
    let storage = Storage::in_memory().unwrap();
    let old = UserV1::table(&storage).unwrap();
    old.put_stream((1..=3).map(|id| UserV1 { id, name: "Ada".into() })).unwrap();
    let users = User::table(&storage).unwrap();
    let mut watcher = users.watch().rows().start().unwrap();
    users.update(1, |user| user.age = 36).unwrap();
    let change = watcher.next().unwrap().unwrap().into_iter().next().unwrap();
    assert_eq!(change.old().unwrap().unwrap().age, 0);
    assert_eq!(change.new().unwrap().unwrap().age, 36);
    assert_eq!(users.migrate().run().unwrap().rewritten, 2);
    assert!(watcher.try_next().unwrap().is_none());
}
