//! Macros of the user write the types, all of it or parts.

use rkyv::{Archive, Deserialize, Serialize};
use storage::{StoredKey, StoredRecord, StoredType};

macro_rules! record {
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident in $table:literal with $codec:expr, key $key:ident: $key_ty:ty,
        initial $with:path, if $if:path, of $of:ty,
        { $($field_vis:vis $field:ident: $ty:ty),* $(,)? }
    ) => {
        $(#[$meta])*
        #[derive(Archive, Serialize, Deserialize, StoredRecord)]
        #[store(codec = $codec, table = $table)]
        #[store(index(name = "all", fields($($field),*)))]
        #[store(index(name = "initial", with = $with, key = $of, if = $if))]
        $vis struct $name {
            #[store(key)]
            $key: $key_ty,
            $(#[store(index)] $field_vis $field: $ty,)*
        }
    };
}

macro_rules! level {
    ($name:ident: $($variant:ident = $value:literal),*) => {
        #[derive(Debug, Archive, Serialize, Deserialize, StoredType, StoredKey)]
        pub(crate) enum $name {
            $($variant = $value,)*
        }
    };
}

record! {
    /// A user.
    pub(crate) struct User in "users" with "rkyv", key id: u64,
    initial User::initial, if is_shown, of [Option<char>; 1],
    { name: String, pub(crate) level: Option<Level>, }
}
level!(Level: Low = 1, High = 3);

impl User {
    fn initial(&self) -> [Option<char>; 1] {
        [self.name.chars().next()]
    }
}

const fn is_shown(_: &User) -> bool {
    true
}

#[test]
fn works() {
    for level in [Level::Low, Level::High] {
        crate::keep(&User { id: 7, name: "Ada".to_owned(), level: Some(level) });
    }
    crate::is_key(&Level::Low, &Level::High);
}
