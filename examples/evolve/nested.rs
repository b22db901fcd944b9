//! Nested types change as records do.

use super::{Shown, forgotten};
use rkyv::{Archive, Deserialize, Serialize};
use std::io::Write;
use storage::{Storage, StoredRecord, StoredType};

mod before {
    use super::{Archive, Deserialize, Serialize, StoredRecord, StoredType};
    #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "users")]
    pub(super) struct User {
        #[store(key)]
        pub id: u64,
        pub home: Location,
    }
    #[derive(Archive, Serialize, Deserialize, StoredType)]
    pub(super) struct Location {
        pub city: String,
        pub kind: Kind,
    }
    #[derive(Archive, Serialize, Deserialize, StoredType)]
    pub(super) enum Kind {
        Home,
        Work,
        Shed,
    }
}
mod without {
    use super::{Archive, Deserialize, Serialize, StoredRecord, StoredType};
    #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "users")]
    pub(super) struct User {
        #[store(key)]
        pub id: u64,
        pub home: Location,
    }
    #[derive(Archive, Serialize, Deserialize, StoredType)]
    pub(super) struct Location {
        pub town: String,
        pub kind: Kind,
    }
    #[derive(Archive, Serialize, Deserialize, StoredType)]
    pub(super) enum Kind {
        Home,
        Office { floor: u8 },
    }
}
#[derive(Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users")]
struct User {
    #[store(key)]
    id: u64,
    home: Location,
}
#[derive(Debug, PartialEq, Archive, Serialize, Deserialize, StoredType)]
struct Location {
    #[store(was = "city")]
    town: String,
    kind: Kind,
}
#[derive(Debug, PartialEq, Archive, Serialize, Deserialize, StoredType)]
enum Kind {
    Home,
    #[store(was("Work", "Shed"))]
    Office {
        #[store(default)]
        floor: u8,
    },
}

/// The same rules hold at every depth, and for variants.
pub(super) fn nested(storage: &Storage, out: &mut dyn Write) -> Shown {
    let kinds = [before::Kind::Home, before::Kind::Work, before::Kind::Shed];
    let users = (1..).zip(kinds).map(|(id, kind)| {
        let home = before::Location { city: "London".into(), kind };
        before::User { id, home }
    });
    before::User::table(storage)?.put_stream(users)?;
    forgotten::<without::User>(storage, out)?;

    let users = User::table(storage)?;
    writeln!(out, "read as {:?}", users.load(2)?)?;
    let home = |kind| Location { town: "London".into(), kind };
    let office = || home(Kind::Office { floor: 0 });
    for (id, home) in [(1, home(Kind::Home)), (2, office()), (3, office())] {
        assert_eq!(users.load(id)?, Some(User { id, home }));
    }
    Ok(())
}
