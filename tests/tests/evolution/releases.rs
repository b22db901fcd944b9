//! A record as the releases of a program declare it, in both codecs.

/// The first: archives.
pub(crate) mod v1 {
    use rkyv::{Archive, Deserialize, Serialize};
    use storage::{StoredRecord, StoredType};

    #[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "users")]
    #[store(index(name = "shelf", fields(name, age)))]
    #[store(index(name = "old", fields(age), if = is_old))]
    pub(crate) struct User {
        #[store(key)]
        pub(crate) id: u64,
        #[store(unique)]
        pub(crate) name: String,
        #[store(index)]
        pub(crate) age: u16,
        pub(crate) score: f32,
        pub(crate) nick: Option<String>,
        pub(crate) gone: String,
        pub(crate) home: Address,
    }

    fn is_old(user: &User) -> bool {
        user.age >= 50
    }

    #[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredType)]
    pub(crate) struct Address {
        pub(crate) city: String,
        pub(crate) kind: Kind,
    }

    #[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredType)]
    pub(crate) enum Kind {
        Home,
        Work { floor: u8 },
        Shed,
    }
}

/// The next: one field more, which rows of the first do not have.
pub(crate) mod v2 {
    pub(crate) use super::v1::Address;
    use rkyv::{Archive, Deserialize, Serialize};
    use storage::StoredRecord;

    #[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "users")]
    #[store(index(name = "shelf", fields(name, age)))]
    #[store(index(name = "old", fields(age), if = is_old))]
    pub(crate) struct User {
        #[store(key)]
        pub(crate) id: u64,
        #[store(unique)]
        pub(crate) name: String,
        #[store(index)]
        pub(crate) age: u16,
        pub(crate) score: f32,
        pub(crate) nick: Option<String>,
        pub(crate) gone: String,
        pub(crate) home: Address,
        #[store(index)]
        pub(crate) email: Option<String>,
    }

    fn is_old(user: &User) -> bool {
        user.age >= 50
    }
}

/// The third: everything that an attribute settles, and most of what needs none.
pub(crate) mod v3 {
    use rkyv::{Archive, Deserialize, Serialize};
    use storage::{StoredRecord, StoredType};

    #[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "users", removed("gone"), was = "User")]
    #[store(index(name = "shelf", fields(full_name, age)))]
    #[store(index(name = "old", fields(age), if = is_old))]
    pub(crate) struct Person {
        #[store(index)]
        pub(crate) email: Option<String>,
        #[store(key)]
        pub(crate) id: u64,
        #[store(unique, was = "name")]
        pub(crate) full_name: String,
        #[store(index)]
        pub(crate) age: u32,
        pub(crate) score: f64,
        #[store(default = "nobody, who has a long name".to_owned(), index)]
        pub(crate) nick: String,
        #[store(default = 7)]
        pub(crate) level: u8,
        #[store(default)]
        pub(crate) tags: Vec<String>,
        pub(crate) home: Place,
    }

    fn is_old(user: &Person) -> bool {
        user.age >= 50
    }

    #[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredType)]
    pub(crate) struct Place {
        pub(crate) kind: Kind,
        #[store(was("town", "city"))]
        pub(crate) place: String,
    }

    #[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredType)]
    pub(crate) enum Kind {
        New(u64),
        Home,
        #[store(was("Work", "Shed"))]
        Office {
            #[store(default)]
            floor: u8,
            #[store(default = 1)]
            desk: u16,
        },
    }
}

/// The first in FlatBuffers.
pub(crate) mod flat1 {
    use storage::{StoredRecord, StoredType};

    #[derive(Clone, Debug, PartialEq, StoredRecord)]
    #[store(codec = "flatbuffers", table = "users")]
    pub(crate) struct User {
        #[store(key)]
        pub(crate) id: u64,
        #[store(index)]
        pub(crate) name: String,
        #[store(index)]
        pub(crate) age: u16,
        pub(crate) gone: u8,
        pub(crate) home: Kind,
    }

    #[derive(Clone, Debug, PartialEq, StoredType)]
    #[store(codec = "flatbuffers")]
    pub(crate) enum Kind {
        Home,
        Work { floor: u8 },
    }
}

/// The next in FlatBuffers: everything that it reads as it is.
pub(crate) mod flat2 {
    use storage::{StoredRecord, StoredType};

    #[derive(Clone, Debug, PartialEq, StoredRecord)]
    #[store(codec = "flatbuffers", table = "users", was = "User")]
    #[store(removed(id = 3, name = "gone", ty = "u8"))]
    pub(crate) struct Person {
        #[store(key, id = 0)]
        pub(crate) id: u64,
        #[store(index, was = "name", id = 1)]
        pub(crate) full_name: String,
        #[store(index, id = 2)]
        pub(crate) age: u16,
        #[store(id = 4)]
        pub(crate) home: Kind,
        #[store(id = 6, index)]
        pub(crate) email: Option<String>,
        #[store(id = 7, default = 7)]
        pub(crate) level: u8,
        #[store(id = 8)]
        pub(crate) tags: Vec<String>,
    }

    #[derive(Clone, Debug, PartialEq, StoredType)]
    #[store(codec = "flatbuffers")]
    pub(crate) enum Kind {
        Home,
        #[store(was = "Work")]
        Office {
            floor: u8,
            desk: Option<u16>,
        },
        New {
            number: u64,
        },
    }
}

/// The record that the first release has under this number.
pub(crate) fn old(id: u64) -> v1::User {
    let kind = match id % 3 {
        0 => v1::Kind::Home,
        1 => v1::Kind::Work { floor: 9 },
        _ => v1::Kind::Shed,
    };
    v1::User {
        id,
        name: format!("user {id:04}"),
        age: u16::try_from(id % 90).unwrap(),
        score: 0.5,
        nick: id.is_multiple_of(2).then(|| format!("nick {id}")),
        gone: "a text that nobody needs".to_owned(),
        home: v1::Address { city: format!("city {}", id % 7), kind },
    }
}

/// The same as the second release has it.
pub(crate) fn middle(user: v1::User, email: Option<String>) -> v2::User {
    let v1::User { id, name, age, score, nick, gone, home } = user;
    v2::User { id, name, age, score, nick, gone, home, email }
}

/// The same as the third release reads it.
pub(crate) fn new(user: v2::User) -> v3::Person {
    let kind = match user.home.kind {
        v1::Kind::Home => v3::Kind::Home,
        v1::Kind::Work { floor } => v3::Kind::Office { floor, desk: 1 },
        v1::Kind::Shed => v3::Kind::Office { floor: 0, desk: 1 },
    };
    v3::Person {
        email: user.email,
        id: user.id,
        full_name: user.name,
        age: user.age.into(),
        score: user.score.into(),
        nick: user.nick.unwrap_or_else(|| "nobody, who has a long name".to_owned()),
        level: 7,
        tags: Vec::new(),
        home: v3::Place { kind, place: user.home.city },
    }
}

pub(crate) fn flat_old(id: u64) -> flat1::User {
    let home =
        if id.is_multiple_of(2) { flat1::Kind::Home } else { flat1::Kind::Work { floor: 3 } };
    let age = u16::try_from(id % 90).unwrap();
    flat1::User { id, name: format!("user {id:04}"), age, gone: 9, home }
}

pub(crate) fn flat_new(user: flat1::User) -> flat2::Person {
    let home = match user.home {
        flat1::Kind::Home => flat2::Kind::Home,
        flat1::Kind::Work { floor } => flat2::Kind::Office { floor, desk: None },
    };
    let (id, full_name, age) = (user.id, user.name, user.age);
    flat2::Person { id, full_name, age, home, email: None, level: 7, tags: Vec::new() }
}
