//! A table gets another name, and a table becomes two.

use super::{Shown, forgotten};
use rkyv::{Archive, Deserialize, Serialize};
use std::io::Write;
use storage::{Storage, StorageError, StoredRecord};

/// `table_was` names the table's older names. Without it, the program finds an empty table.
pub(super) fn another_name(storage: &Storage, out: &mut dyn Write) -> Shown {
    mod before {
        use super::{Archive, Deserialize, Serialize, StoredRecord};
        #[derive(Archive, Serialize, Deserialize, StoredRecord)]
        #[store(codec = "rkyv", table = "users")]
        pub(super) struct User {
            #[store(key)]
            pub id: u64,
            pub name: String,
        }
    }
    mod without {
        use super::{Archive, Deserialize, Serialize, StoredRecord};
        #[derive(Archive, Serialize, Deserialize, StoredRecord)]
        #[store(codec = "rkyv", table = "people")]
        pub(super) struct User {
            #[store(key)]
            pub id: u64,
            pub name: String,
        }
    }
    #[derive(Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "people", table_was = "users")]
    struct User {
        #[store(key)]
        id: u64,
        name: String,
    }

    before::User::table(storage)?.put(&before::User { id: 1, name: "Ada".into() })?;
    assert!(without::User::table(storage)?.is_empty()?);

    let user = User::table(storage)?.load(1)?;
    let tables: Vec<String> = storage.tables()?.into_iter().map(|table| table.name).collect();
    writeln!(out, "read as {user:?} of {tables:?}")?;
    assert_eq!(user, Some(User { id: 1, name: "Ada".into() }));
    assert_eq!(tables, ["people"]);
    Ok(())
}

/// What goes to the other table goes there in the transaction that rewrites the row.
pub(super) fn two_of_one(storage: &Storage, out: &mut dyn Write) -> Shown {
    mod before {
        use super::{Archive, Deserialize, Serialize, StoredRecord};
        #[derive(Archive, Serialize, Deserialize, StoredRecord)]
        #[store(codec = "rkyv", table = "users")]
        pub(super) struct User {
            #[store(key)]
            pub id: u64,
            pub name: String,
            pub bio: String,
        }
    }
    mod without {
        use super::{Archive, Deserialize, Serialize, StoredRecord};
        #[derive(Archive, Serialize, Deserialize, StoredRecord)]
        #[store(codec = "rkyv", table = "users")]
        pub(super) struct User {
            #[store(key)]
            pub id: u64,
            pub name: String,
        }
    }
    #[derive(Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "users", removed("bio"), by_migration)]
    struct User {
        #[store(key)]
        id: u64,
        name: String,
    }
    #[derive(Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "profiles")]
    struct Profile {
        #[store(key)]
        user: u64,
        bio: String,
    }
    #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "users", was = "User")]
    struct UserV1 {
        #[store(key)]
        id: u64,
        name: String,
        bio: String,
    }

    let (name, bio) = ("Ada".to_owned(), "Countess of Lovelace".to_owned());
    before::User::table(storage)?.put(&before::User { id: 1, name, bio })?;
    forgotten::<without::User>(storage, out)?;

    // A row that is written now would lose its `bio`.
    let users = User::table(storage)?;
    let early = users.put(&User { id: 1, name: "Ada".into() });
    assert!(matches!(early, Err(StorageError::MigrationNeeded { .. })), "{early:?}");

    let migrate = users.migrate().with(|txn, old: UserV1, new: &User| {
        assert_eq!(old.name, new.name);
        txn.table::<Profile>()?.put(&Profile { user: old.id, bio: old.bio })?;
        Ok(())
    });
    assert_eq!(migrate.run()?.rewritten, 1);

    let (user, profile) = (users.load(1)?, Profile::table(storage)?.load(1)?);
    writeln!(out, "read as {user:?} and {profile:?}")?;
    assert_eq!(user, Some(User { id: 1, name: "Ada".into() }));
    assert_eq!(profile, Some(Profile { user: 1, bio: "Countess of Lovelace".into() }));
    Ok(())
}
