//! Rows of an old layout that are damaged: an upcast of them is an error or bytes, never many more than of a sound one;
//! and where the old type takes the row for a value, the new one takes what becomes of it for one.
//!
//! Built and run as `flatbuffers` is. An input is edits of a good row, three bytes each: a place and what is put there.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::{mem::offset_of, sync::LazyLock};
use storage::{Codec, codec::{Rkyv, archive::Upcast}, schema::{Hints, Past}, table::Row};

mod old {
    use rkyv::{Archive, Deserialize, Serialize};
    use std::collections::{BTreeMap, HashMap};
    use storage::{StoredRecord, StoredType};

    #[derive(Archive, Serialize, Deserialize, StoredType)]
    pub enum Kind {
        Home,
        Work { floor: u8 },
        Named(String),
    }

    #[derive(Archive, Serialize, Deserialize, StoredType)]
    pub struct Place {
        pub city: String,
        pub kind: Kind,
    }

    #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "users")]
    pub struct User {
        #[store(key)]
        pub id: u64,
        pub name: String,
        pub age: u16,
        pub gone: Vec<String>,
        pub nick: Option<String>,
        pub places: Vec<Place>,
        pub first: Box<Place>,
        pub map: BTreeMap<String, u16>,
        pub hashed: HashMap<u32, Kind>,
        pub units: Vec<()>,
    }
}

mod new {
    use rkyv::{Archive, Deserialize, Serialize};
    use std::collections::{BTreeMap, HashMap};
    use storage::{StoredRecord, StoredType};

    #[derive(Archive, Serialize, Deserialize, StoredType)]
    pub enum Kind {
        Added(u64),
        Home,
        Office { floor: i32, desk: Option<u16> },
        Named(Box<str>),
    }

    #[derive(Archive, Serialize, Deserialize, StoredType)]
    pub struct Place {
        pub kind: Kind,
        pub zip: Option<u32>,
        pub town: String,
    }

    #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "users")]
    pub struct User {
        #[store(key)]
        pub id: u64,
        pub nick: String,
        pub age: Option<u64>,
        pub full_name: String,
        pub places: Vec<Option<Place>>,
        pub first: Place,
        pub map: BTreeMap<String, u64>,
        pub hashed: HashMap<u32, Kind>,
        pub units: Vec<()>,
    }
}

/// The upcast, and a good row.
static GOOD: LazyLock<(Upcast, Vec<u8>)> = LazyLock::new(|| {
    let was = |name: &str| Past { was: vec![name.to_owned()], default: None };
    let mut nobody = Vec::new();
    Rkyv::encode(&"nobody at all".to_owned(), &mut nobody).expect("text");
    let hints = Hints::new()
        .member("User", "full_name", was("name"))
        .member("User", "nick", Past { was: vec![], default: Some(nobody) })
        .member("Place", "town", was("city"))
        .member("Kind", "Office", was("Work"))
        .removed("User", ["gone"]);
    let place = |city: &str, kind| old::Place { city: city.into(), kind };
    let user = old::User {
        id: 7,
        name: "a name that is not inlined".into(),
        age: 44,
        gone: vec!["gone".into(), "gone, and far away".into()],
        nick: None,
        places: vec![
            place("Bern", old::Kind::Home),
            place("a city with a long name", old::Kind::Work { floor: 3 }),
        ],
        first: Box::new(place("Rome", old::Kind::Named("a kind that has a name".into()))),
        map: (0..9).map(|number| (format!("key {number}"), number)).collect(),
        hashed: [(1, old::Kind::Home), (2, old::Kind::Work { floor: 1 })].into(),
        units: vec![(); 3],
    };
    let mut row = Vec::new();
    Rkyv::encode(&user, &mut row).expect("it is encoded");
    let described = (old::User::describe(), new::User::describe());
    (Upcast::new(&described.0, &described.1, &hints).expect("it is resolved"), row)
});

/// Whether it says that it has so many units that rkyv's check, which looks at each, takes minutes with assertions on.
/// They have no bytes, so no length of the row bounds their number.
fn has_many_units(row: &[u8]) -> bool {
    let from_end = size_of::<old::ArchivedUser>() - offset_of!(old::ArchivedUser, units);
    let vec = row.last_chunk::<{ size_of::<old::ArchivedUser>() }>().expect("as long as a user");
    let len = &vec[vec.len() - from_end + 4..][..4]; // Behind the relative pointer.
    u32::from_le_bytes(len.try_into().expect("four bytes")) > 100_000
}

fuzz_target!(|data: &[u8]| {
    let (upcast, row) = &*GOOD;
    let mut body = row.clone();
    for [low, high, with] in data.as_chunks::<3>().0 {
        let len = body.len();
        body[usize::from(u16::from_le_bytes([*low, *high])) % len] = *with;
    }
    let mut made = Vec::new();
    let outcome = upcast.run(&body, &mut made);
    assert!(made.len() < 16 * row.len(), "{} bytes of {}", made.len(), row.len());
    if !has_many_units(&body) && <Rkyv as Codec<old::User>>::decode(&body).is_ok() {
        // What only bytecheck allows: the same bytes twice where they have no length.
        if outcome.is_ok() {
            <Rkyv as Codec<new::User>>::decode(&made).map(drop).expect("a user stays one");
        }
    }
});
