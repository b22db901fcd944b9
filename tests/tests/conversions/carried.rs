//! Fields whose bytes the schema knows by a name alone go along with what changes around them.

use serde::{Deserialize as Deserializable, Serialize as Serializable};
use std::net::Ipv4Addr;
use storage::{Storage, StorageError, StoredRecord};

/// A value of serde's in two releases of a program: serde says how the older becomes the newer.
mod settings {
    use super::{Deserializable, Serializable};

    #[derive(Clone, Debug, PartialEq, Serializable, Deserializable)]
    pub(crate) struct Old {
        pub(crate) theme: String,
    }

    #[derive(Clone, Debug, PartialEq, Serializable, Deserializable)]
    pub(crate) struct New {
        #[serde(alias = "theme")]
        pub(crate) skin: String,
        #[serde(default)]
        pub(crate) size: u32,
    }
}

mod archives {
    use super::{Ipv4Addr, settings};
    use rkyv::{Archive, Deserialize, Serialize};
    use storage::{AsSerde, AsText, StoredRecord};

    #[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize)]
    pub(crate) struct Secret(pub(crate) Vec<u16>);

    #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "users")]
    pub(crate) struct User {
        #[store(key)]
        pub(crate) id: u64,
        #[rkyv(with = AsSerde)]
        pub(crate) settings: settings::Old,
        #[rkyv(with = AsText)]
        pub(crate) address: Ipv4Addr,
        pub(crate) age: u16,
    }

    /// Fields move, one comes and one is widened.
    #[derive(Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "users", was = "User")]
    pub(crate) struct Person {
        pub(crate) age: u64,
        pub(crate) nick: Option<String>,
        #[rkyv(with = AsText)]
        #[store(was = "address")]
        pub(crate) place: Ipv4Addr,
        #[rkyv(with = AsSerde)]
        pub(crate) settings: settings::New,
        #[store(key)]
        pub(crate) id: u64,
    }

    #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "keys")]
    pub(crate) struct Key {
        #[store(key)]
        pub(crate) id: u64,
        #[store(opaque = "secret-v1")]
        pub(crate) secret: Secret,
        pub(crate) uses: u16,
    }

    /// An opaque field keeps its place, whatever is called otherwise.
    #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "keys", was = "Key")]
    pub(crate) struct Renamed {
        #[store(key)]
        pub(crate) id: u64,
        #[store(opaque = "secret-v1", was = "secret")]
        pub(crate) hidden: Secret,
        pub(crate) uses: u16,
    }

    #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "keys", was = "Key")]
    pub(crate) struct Widened {
        #[store(key)]
        pub(crate) id: u64,
        #[store(opaque = "secret-v1")]
        pub(crate) secret: Secret,
        pub(crate) uses: u64,
    }

    /// As the code has it that carries an opaque field along.
    #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "keys", was = "Key", from = KeyV1)]
    pub(crate) struct Converted {
        #[store(key)]
        pub(crate) id: u64,
        pub(crate) uses: u64,
        #[store(opaque = "secret-v2")]
        pub(crate) secret: (u8, Secret),
    }

    #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "keys", was = "Key")]
    pub(crate) struct KeyV1 {
        #[store(key)]
        id: u64,
        #[store(opaque = "secret-v1")]
        secret: Secret,
        uses: u16,
    }

    impl From<KeyV1> for Converted {
        fn from(KeyV1 { id, secret, uses }: KeyV1) -> Self {
            Self { id, uses: uses.into(), secret: (1, secret) }
        }
    }
}

#[test]
fn serde_and_text_go_along_with_an_upcast() {
    use archives::{Person, User};
    let storage = Storage::in_memory().unwrap();
    let user = |id: u64| User {
        id,
        settings: settings::Old { theme: "a theme with a long name".repeat(3) },
        address: Ipv4Addr::new(10, 0, 0, 1),
        age: 36,
    };
    User::table(&storage).unwrap().put_stream((0..10).map(user)).unwrap();
    let people = Person::table(&storage).unwrap();
    let skin = "a theme with a long name".repeat(3);
    for id in 0..10 {
        let settings = settings::New { skin: skin.clone(), size: 0 };
        let place = Ipv4Addr::new(10, 0, 0, 1);
        let person = Person { age: 36, nick: None, place, settings, id };
        assert_eq!(people.load(id).unwrap().as_ref(), Some(&person));
        assert_eq!(people.project(id, Person::FIELDS.place).unwrap(), Some(place));
        people.update(id, |person| person.settings.size = 9).unwrap();
        assert_eq!(people.load(id).unwrap().unwrap().settings.size, 9);
    }
    assert!(storage.check().unwrap().is_sound());
}

#[test]
fn an_opaque_field_keeps_its_place_or_is_converted() {
    use archives::{Converted, Key, Renamed, Secret, Widened};
    let storage = Storage::in_memory().unwrap();
    let secret = || Secret((0..100).collect());
    Key::table(&storage).unwrap().put(&Key { id: 1, secret: secret(), uses: 3 }).unwrap();
    let renamed = Renamed::table(&storage).unwrap().load(1).unwrap().unwrap();
    assert_eq!((renamed.hidden, renamed.uses), (secret(), 3));
    let error = Widened::table(&storage).map(drop).unwrap_err();
    let StorageError::Schema(error) = error else { panic!("{error:?}") };
    let code = error.unresolved().conversion().unwrap();
    let field = "    #[store(opaque = \"secret-v1\")]\n    secret: _ /* the type that it had */,\n";
    assert!(code.contains(field), "{code}");
    let converted = Converted::table(&storage).unwrap();
    let key = converted.load(1).unwrap().unwrap();
    assert_eq!((key.secret, key.uses), ((1, secret()), 3));
    converted.update(1, |key| key.uses += 1).unwrap();
    assert_eq!(converted.load(1).unwrap().unwrap().uses, 4);
}

mod flat {
    use super::{Ipv4Addr, settings};
    use storage::StoredRecord;

    #[derive(StoredRecord)]
    #[store(codec = "flatbuffers", table = "users")]
    pub(crate) struct User {
        #[store(key)]
        pub(crate) id: u64,
        #[store(serde)]
        pub(crate) settings: settings::Old,
        #[store(text)]
        pub(crate) address: Ipv4Addr,
    }

    #[derive(StoredRecord)]
    #[store(codec = "flatbuffers", table = "users", was = "User")]
    pub(crate) struct Person {
        #[store(key)]
        pub(crate) id: u64,
        #[store(serde)]
        pub(crate) settings: settings::New,
        #[store(text, was = "address")]
        pub(crate) place: Ipv4Addr,
        pub(crate) nick: Option<String>,
    }
}

#[test]
fn serde_and_text_go_along_in_flatbuffers() {
    let storage = Storage::in_memory().unwrap();
    let settings = settings::Old { theme: "dark".into() };
    let user = flat::User { id: 1, settings, address: Ipv4Addr::LOCALHOST };
    flat::User::table(&storage).unwrap().put(&user).unwrap();
    let person = flat::Person::table(&storage).unwrap().load(1).unwrap().unwrap();
    assert_eq!(person.settings, settings::New { skin: "dark".into(), size: 0 });
    assert_eq!((person.place, person.nick), (Ipv4Addr::LOCALHOST, None));
}
