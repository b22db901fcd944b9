//! Tables of bytes by bytes: what the engines are without records.

mod fjall;
mod heed;
mod ours;
mod redb;
mod sqlite;

use super::{FJALL, OURS, SQLITE};
use std::path::Path;

pub const REDB: &str = "redb";
pub const HEED: &str = "heed";

/// A key and its value.
pub type Pair = (Vec<u8>, Vec<u8>);

/// A table of bytes by bytes.
pub trait Pairs: Send + Sync {
    /// Writes `pairs` in one durable transaction.
    fn put_all(&self, pairs: &[Pair]);

    /// Removes `keys` in one durable transaction.
    fn remove_all(&self, keys: &[&[u8]]);

    /// Replaces the value under `key` by what `change` makes of it, in one durable transaction.
    fn change(&self, key: &[u8], change: &mut dyn FnMut(&[u8]) -> Vec<u8>);

    /// Lends `visit` the value under each of `keys` that is there, in one transaction.
    fn read_all(&self, keys: &[&[u8]], visit: &mut dyn FnMut(&[u8]));

    /// Lends `visit` at most `count` values from each of `starts` on, in one transaction.
    fn ranges(&self, starts: &[&[u8]], count: usize, visit: &mut dyn FnMut(&[u8]));
}

/// An engine's name and how a table of pairs is opened in a folder.
pub type PairsEngine = (&'static str, fn(&Path) -> Box<dyn Pairs>);

/// All engines; the first is the base of the ratios.
pub const PAIRS: &[PairsEngine] = &[
    (REDB, redb::open),
    (OURS, ours::open),
    (HEED, heed::open),
    (FJALL, fjall::open),
    (SQLITE, sqlite::open),
];
