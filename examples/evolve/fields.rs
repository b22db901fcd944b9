//! Fields come, go, and change their names and types.

use super::{Shown, forgotten};
use rkyv::{Archive, Deserialize, Serialize};
use std::io::Write;
use storage::{Storage, StoredRecord};

/// An optional field needs nothing; any other says what old rows have.
pub(super) fn a_field_more(storage: &Storage, out: &mut dyn Write) -> Shown {
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
        #[store(codec = "rkyv", table = "users")]
        pub(super) struct User {
            #[store(key)]
            pub id: u64,
            pub name: String,
            pub nick: Option<String>,
            pub level: u16,
        }
    }
    #[derive(Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "users")]
    struct User {
        #[store(key)]
        id: u64,
        name: String,
        nick: Option<String>,
        #[store(default = 1)]
        level: u16,
    }

    before::User::table(storage)?.put(&before::User { id: 1, name: "Ada".into() })?;
    forgotten::<without::User>(storage, out)?;

    let user = User::table(storage)?.load(1)?;
    writeln!(out, "read as {user:?}")?;
    assert_eq!(user, Some(User { id: 1, name: "Ada".into(), nick: None, level: 1 }));
    Ok(())
}

/// `was` names a field's older names; several in `was("name", "title")`.
pub(super) fn another_name(storage: &Storage, out: &mut dyn Write) -> Shown {
    mod before {
        use super::{Archive, Deserialize, Serialize, StoredRecord};
        #[derive(Archive, Serialize, Deserialize, StoredRecord)]
        #[store(codec = "rkyv", table = "users")]
        pub(super) struct User {
            #[store(key)]
            pub id: u64,
            #[store(index)]
            pub name: String,
        }
    }
    mod without {
        use super::{Archive, Deserialize, Serialize, StoredRecord};
        #[derive(Archive, Serialize, Deserialize, StoredRecord)]
        #[store(codec = "rkyv", table = "users")]
        pub(super) struct User {
            #[store(key)]
            pub id: u64,
            #[store(index)]
            pub full_name: String,
        }
    }
    #[derive(Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "users")]
    struct User {
        #[store(key)]
        id: u64,
        #[store(index, was = "name")]
        full_name: String,
    }

    before::User::table(storage)?.put(&before::User { id: 1, name: "Ada".into() })?;
    forgotten::<without::User>(storage, out)?;

    // The index has another name, too: it is built when the table is opened.
    let ada = User::table(storage)?.by(User::INDEXES.full_name).get_all("Ada")?.next();
    let ada = ada.transpose()?.map(|ada| ada.load()).transpose()?;
    writeln!(out, "found as {ada:?}")?;
    assert_eq!(ada, Some(User { id: 1, full_name: "Ada".into() }));
    Ok(())
}

/// What is dropped is said.
pub(super) fn a_field_less(storage: &Storage, out: &mut dyn Write) -> Shown {
    mod before {
        use super::{Archive, Deserialize, Serialize, StoredRecord};
        #[derive(Archive, Serialize, Deserialize, StoredRecord)]
        #[store(codec = "rkyv", table = "users")]
        pub(super) struct User {
            #[store(key)]
            pub id: u64,
            pub fax: String,
            pub mail: String,
        }
    }
    mod without {
        use super::{Archive, Deserialize, Serialize, StoredRecord};
        #[derive(Archive, Serialize, Deserialize, StoredRecord)]
        #[store(codec = "rkyv", table = "users")]
        pub(super) struct User {
            #[store(key)]
            pub id: u64,
            pub mail: String,
        }
    }
    #[derive(Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "users", removed("fax"))]
    struct User {
        #[store(key)]
        id: u64,
        mail: String,
    }

    let (fax, mail) = ("+44 20 1234".into(), "ada@example.org".into());
    before::User::table(storage)?.put(&before::User { id: 1, fax, mail })?;
    forgotten::<without::User>(storage, out)?;

    let user = User::table(storage)?.load(1)?;
    writeln!(out, "read as {user:?}")?;
    assert_eq!(user, Some(User { id: 1, mail: "ada@example.org".into() }));
    Ok(())
}

/// Where nothing can be lost, nothing is to be written.
pub(super) fn wider_and_optional(storage: &Storage, out: &mut dyn Write) -> Shown {
    mod before {
        use super::{Archive, Deserialize, Serialize, StoredRecord};
        #[derive(Archive, Serialize, Deserialize, StoredRecord)]
        #[store(codec = "rkyv", table = "users")]
        pub(super) struct User {
            #[store(key)]
            pub id: u64,
            pub age: u16,
            pub score: f32,
        }
    }
    #[derive(Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "users")]
    struct User {
        #[store(key)]
        id: u64,
        #[store(index)]
        age: Option<u64>,
        score: f64,
    }

    before::User::table(storage)?.put(&before::User { id: 1, age: 36, score: 0.5 })?;

    let users = User::table(storage)?;
    let user = users.load(1)?;
    writeln!(out, "read as {user:?}")?;
    assert_eq!(user, Some(User { id: 1, age: Some(36), score: 0.5 }));
    assert_eq!(users.by(User::INDEXES.age).count(36)?, 1);
    Ok(())
}

/// `default` says what a missing value becomes.
pub(super) fn no_longer_optional(storage: &Storage, out: &mut dyn Write) -> Shown {
    mod before {
        use super::{Archive, Deserialize, Serialize, StoredRecord};
        #[derive(Archive, Serialize, Deserialize, StoredRecord)]
        #[store(codec = "rkyv", table = "users")]
        pub(super) struct User {
            #[store(key)]
            pub id: u64,
            pub nick: Option<String>,
        }
    }
    mod without {
        use super::{Archive, Deserialize, Serialize, StoredRecord};
        #[derive(Archive, Serialize, Deserialize, StoredRecord)]
        #[store(codec = "rkyv", table = "users")]
        pub(super) struct User {
            #[store(key)]
            pub id: u64,
            pub nick: String,
        }
    }
    #[derive(Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "users")]
    struct User {
        #[store(key)]
        id: u64,
        #[store(default = "nobody".to_owned())]
        nick: String,
    }

    let nicks = [Some("Countess".to_owned()), None];
    let users = (1..).zip(nicks).map(|(id, nick)| before::User { id, nick });
    before::User::table(storage)?.put_stream(users)?;
    forgotten::<without::User>(storage, out)?;

    let users = User::table(storage)?.iter()?.map(|user| user?.load());
    let users = users.collect::<storage::Result<Vec<_>>>()?;
    writeln!(out, "read as {users:?}")?;
    assert_eq!(users.iter().map(|user| &*user.nick).collect::<Vec<_>>(), ["Countess", "nobody"]);
    Ok(())
}
