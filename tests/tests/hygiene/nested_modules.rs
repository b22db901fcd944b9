//! Types lie in modules, and are reached by paths of every kind.

#![allow(unused_qualifications, reason = "that is the case")]

pub mod outer {
    pub mod inner {
        use rkyv::{Archive, Deserialize, Serialize};
        use storage::StoredRecord;

        #[derive(Archive, Serialize, Deserialize, StoredRecord)]
        #[store(codec = "rkyv", table = "users")]
        #[store(index(name = "length", with = super::length, key = u64))]
        #[store(index(name = "shown", fields(slot), if = self::User::is_shown))]
        pub struct User {
            #[store(key)]
            pub(in crate::nested_modules) slot: super::Slot,
            #[store(index)]
            pub(in super::super) home: crate::nested_modules::Home,
            pub(super) town: self::deep::Town,
        }

        impl User {
            const fn is_shown(&self) -> bool {
                true
            }
        }

        pub mod deep {
            #[derive(rkyv::Archive, rkyv::Serialize, rkyv::Deserialize, storage::StoredType)]
            #[store(codec = "rkyv")]
            pub struct Town {
                pub name: std::string::String,
            }
        }
    }

    #[derive(
        Debug,
        rkyv::Archive,
        rkyv::Serialize,
        rkyv::Deserialize,
        storage::StoredType,
        storage::StoredKey,
    )]
    pub struct Slot(pub(super) u8, pub(super) u8);

    pub(super) const fn length(user: &inner::User) -> u64 {
        user.town.name.len() as u64
    }

    pub(super) fn user(slot: Slot, home: super::Home) -> inner::User {
        inner::User { slot, home, town: inner::deep::Town { name: "Ely".to_owned() } }
    }
}

#[derive(
    Debug,
    rkyv::Archive,
    rkyv::Serialize,
    rkyv::Deserialize,
    storage::StoredType,
    storage::StoredKey,
)]
pub enum Home {
    House,
    Flat,
}

#[test]
fn works() {
    crate::keep(&outer::user(outer::Slot(1, 2), Home::House));
    crate::keep(&outer::user(outer::Slot(1, 2), Home::Flat));
}
