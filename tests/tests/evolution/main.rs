//! A program whose record has changed reads the rows that older releases wrote, by every verb, and rewrites none of
//! them unless it writes them.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod catalog;
mod refused;
mod releases;
mod verbs;

use self::releases::{flat1, flat2, v1, v2, v3};

/// The record that the first release has under this number.
fn old(id: u64) -> v1::User {
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
fn middle(user: v1::User, email: Option<String>) -> v2::User {
    let v1::User { id, name, age, score, nick, gone, home } = user;
    v2::User { id, name, age, score, nick, gone, home, email }
}

/// The same as the third release reads it.
fn new(user: v2::User) -> v3::Person {
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

fn flat_old(id: u64) -> flat1::User {
    let home =
        if id.is_multiple_of(2) { flat1::Kind::Home } else { flat1::Kind::Work { floor: 3 } };
    let age = u16::try_from(id % 90).unwrap();
    flat1::User { id, name: format!("user {id:04}"), age, gone: 9, home }
}

fn flat_new(user: flat1::User) -> flat2::Person {
    let home = match user.home {
        flat1::Kind::Home => flat2::Kind::Home,
        flat1::Kind::Work { floor } => flat2::Kind::Office { floor, desk: None },
    };
    let (id, full_name, age) = (user.id, user.name, user.age);
    flat2::Person { id, full_name, age, home, email: None, level: 7, tags: Vec::new() }
}
