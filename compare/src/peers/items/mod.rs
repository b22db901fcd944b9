//! The item of `native_db`'s own benchmark: a number as key, and ten numbers with an index each.

mod native_db;
mod ours;
mod sqlite;

use super::{NATIVE_DB, OURS, SQLITE};
use std::path::Path;

pub const INDEXES: usize = 10;

#[derive(Clone, Copy)]
pub struct Item {
    pub id: i64,
    pub values: [i64; INDEXES],
}

/// The ten values of anything that has them, in order.
macro_rules! values {
    ($item:expr) => {
        [
            i64::from($item.value0),
            i64::from($item.value1),
            i64::from($item.value2),
            i64::from($item.value3),
            i64::from($item.value4),
            i64::from($item.value5),
            i64::from($item.value6),
            i64::from($item.value7),
            i64::from($item.value8),
            i64::from($item.value9),
        ]
    };
}
use values;

/// A table of items.
pub trait Items: Send + Sync {
    /// Writes new items in one durable transaction.
    fn insert_all(&self, items: &[Item]);

    /// The sum of all values of the items under `ids`, each asked for on its own.
    fn read(&self, ids: &[i64]) -> i64;

    /// The sum of all values of the items whose first value is at least `least` and less than `end`.
    fn range(&self, least: i64, end: i64) -> i64;

    /// Removes items in one durable transaction.
    fn remove_all(&self, items: &[Item]);
}

/// An engine's name and how a table of items is opened in a folder.
pub type ItemsEngine = (&'static str, fn(&Path) -> Box<dyn Items>);

/// All that keep indexes; the first is the base of the ratios.
pub const ITEMS: &[ItemsEngine] =
    &[(NATIVE_DB, native_db::open), (OURS, ours::open), (SQLITE, sqlite::open)];
