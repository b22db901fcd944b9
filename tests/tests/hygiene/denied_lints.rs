//! Every lint that could be denied in a crate of the user is.

#![deny(
    warnings,
    missing_docs,
    let_underscore,
    nonstandard_style,
    rust_2018_idioms,
    unused,
    absolute_paths_not_starting_with_crate,
    elided_lifetimes_in_paths,
    explicit_outlives_requirements,
    missing_copy_implementations,
    missing_debug_implementations,
    redundant_imports,
    redundant_lifetimes,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unreachable_pub,
    unused_lifetimes,
    unused_qualifications,
    unused_results,
    clippy::pedantic,
    clippy::nursery,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::indexing_slicing,
    clippy::missing_inline_in_public_items,
    clippy::panic,
    clippy::unwrap_used
)]

use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

/// A user.
#[derive(Clone, Debug, PartialEq, Eq, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users")]
#[store(index(name = "by_both", fields(name, level)))]
pub struct User {
    /// Its number.
    #[store(key)]
    pub id: u64,
    /// Its name.
    #[store(unique)]
    pub name: String,
    level: Level,
    home: Home,
    #[store(opaque = "secret-v1")]
    #[rkyv(with = rkyv::with::AsBox)]
    secret: String,
}

/// A level.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Archive,
    Serialize,
    Deserialize,
    storage::StoredType,
    storage::StoredKey,
)]
pub enum Level {
    /// Low.
    Low,
    /// High.
    High,
}

/// A home.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Archive, Serialize, Deserialize, storage::StoredType,
)]
#[store(codec = "rkyv")]
pub struct Home {
    /// Its number.
    pub number: u16,
}

#[test]
fn works() {
    for level in [Level::Low, Level::High] {
        let (name, secret) = ("Ada".to_owned(), "x".to_owned());
        let _: u64 = crate::keep(&User { id: 7, name, level, home: Home { number: 5 }, secret });
    }
}
