//! A record is found by another key.

use super::{Shown, forgotten};
use rkyv::{Archive, Deserialize, Serialize};
use std::io::Write;
use storage::{Storage, StoredRecord};

mod before {
    use super::{Archive, Deserialize, Serialize, StoredRecord};
    #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "users")]
    pub(super) struct User {
        #[store(key)]
        pub id: u32,
        pub name: String,
    }
}

#[derive(Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users")]
struct User {
    #[store(key)]
    id: u64,
    #[store(index)]
    name: String,
}

/// The record as it was, under another name: what the message says to write.
#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users", was = "User")]
struct UserV1 {
    #[store(key)]
    id: u32,
    name: String,
}

impl From<UserV1> for User {
    fn from(old: UserV1) -> Self {
        Self { id: old.id.into(), name: old.name }
    }
}

/// The records are written under their new keys, once, before the table is opened.
pub(super) fn another_key(storage: &Storage, out: &mut dyn Write) -> Shown {
    let names = ["Ada", "Grace"].map(str::to_owned);
    let users = (1..).zip(names).map(|(id, name)| before::User { id, name });
    before::User::table(storage)?.put_stream(users)?;
    forgotten::<User>(storage, out)?;

    // When the program starts; the second time, there is nothing to do.
    for expected in [2, 0] {
        let rekeyed = storage.rekey(|old: UserV1| Ok(User::from(old))).run()?;
        assert_eq!(rekeyed.rewritten, expected);
    }

    let users = User::table(storage)?;
    let user = users.load(2)?;
    writeln!(out, "read as {user:?}")?;
    assert_eq!(user, Some(User { id: 2, name: "Grace".into() }));
    assert_eq!(users.by(User::INDEXES.name).count("Ada")?, 1);
    Ok(())
}
