//! There is no prelude.

#![no_implicit_prelude]

// The derives of rkyv ask for it.
use ::core::marker::Sized;

#[derive(::rkyv::Archive, ::rkyv::Serialize, ::rkyv::Deserialize, ::storage::StoredRecord)]
#[store(codec = "rkyv", table = "users")]
#[store(index(name = "by_both", fields(name, level), if = is_shown))]
#[store(index(name = "initial", with = initial, key = char))]
struct User {
    #[store(key)]
    id: u64,
    #[store(unique)]
    name: ::std::string::String,
    level: ::std::option::Option<u32>,
    kind: Kind,
}

#[derive(::rkyv::Archive, ::rkyv::Serialize, ::rkyv::Deserialize, ::storage::StoredType)]
enum Kind {
    Plain,
    Other(::std::string::String),
}

#[derive(::core::fmt::Debug, ::storage::StoredKey)]
struct Id(u64);

#[derive(::core::fmt::Debug, ::storage::StoredKey)]
enum Level {
    Low,
    High,
}

fn is_shown(_: &User) -> bool {
    true
}

fn initial(user: &User) -> ::std::option::Option<char> {
    ::core::iter::Iterator::next(&mut user.name.chars())
}

#[::core::prelude::v1::test]
fn works() {
    let name = || <::std::string::String as ::core::convert::From<&str>>::from("Ada");
    let level = ::std::option::Option::Some(3);
    crate::keep(&User { id: 7, name: name(), level, kind: Kind::Plain });
    crate::keep(&User { id: 7, name: name(), level, kind: Kind::Other(name()) });
    crate::is_key(&Id(1), &Id(2));
    crate::is_key(&Level::Low, &Level::High);
}
