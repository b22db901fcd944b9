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

#[derive(::storage::StoredRecord)]
#[store(codec = "flatbuffers", table = "flat_users")]
struct FlatUser {
    #[store(key)]
    id: u64,
    name: ::std::string::String,
    level: ::std::option::Option<u32>,
    nr: Nr,
    point: Point,
    pair: Pair,
    nothing: Nothing,
    shade: Shade,
    choice: Choice,
}

#[derive(::storage::StoredType)]
#[store(codec = "flatbuffers")]
struct Nr(i32);

#[derive(::storage::StoredType)]
#[store(codec = "flatbuffers", fixed)]
struct Point {
    x: f32,
    shade: Shade,
}

#[derive(::storage::StoredType)]
#[store(codec = "flatbuffers")]
struct Pair(u8, ::std::string::String);

#[derive(::storage::StoredType)]
#[store(codec = "flatbuffers")]
struct Nothing;

#[derive(::core::clone::Clone, ::core::marker::Copy, ::storage::StoredType)]
#[store(codec = "flatbuffers")]
enum Shade {
    Light,
    Dark,
}

#[derive(::storage::StoredType)]
#[store(codec = "flatbuffers")]
enum Choice {
    Nothing,
    Text(::std::string::String),
    Both(u8, u16),
    Named { level: u8 },
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
    let flat = |id, choice| FlatUser {
        id,
        name: name(),
        level,
        nr: Nr(1),
        point: Point { x: 1.0, shade: Shade::Dark },
        pair: Pair(1, name()),
        nothing: Nothing,
        shade: Shade::Light,
        choice,
    };
    crate::keep(&flat(1, Choice::Nothing));
    crate::keep(&flat(2, Choice::Text(name())));
    crate::keep(&flat(3, Choice::Both(1, 2)));
    crate::keep(&flat(4, Choice::Named { level: 1 }));
}
