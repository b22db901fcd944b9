//! YCSB's record: ten fields of text under a key of text.

mod bytes;
mod native_db;
mod ours;
mod sqlite;

use super::{
    FJALL, NATIVE_DB, OURS, SQLITE,
    pairs::{HEED, PAIRS, REDB},
};
use rkyv::{Archive, Deserialize, Serialize};
use std::path::Path;
use storage::StoredRecord;

pub const FIELDS: usize = 10;
pub const FIELD_LEN: usize = 100;

#[derive(Clone, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users")]
pub struct User {
    #[store(key)]
    pub key: String,
    pub field0: String,
    pub field1: String,
    pub field2: String,
    pub field3: String,
    pub field4: String,
    pub field5: String,
    pub field6: String,
    pub field7: String,
    pub field8: String,
    pub field9: String,
}

/// The ten fields of anything that has them, in order.
macro_rules! fields {
    ($user:expr, $($reference:tt)+) => {
        [
            $($reference)+ $user.field0,
            $($reference)+ $user.field1,
            $($reference)+ $user.field2,
            $($reference)+ $user.field3,
            $($reference)+ $user.field4,
            $($reference)+ $user.field5,
            $($reference)+ $user.field6,
            $($reference)+ $user.field7,
            $($reference)+ $user.field8,
            $($reference)+ $user.field9,
        ]
    };
}
use fields;

impl User {
    /// The user `number`; `key` scatters over all keys.
    pub fn new(number: u64) -> Self {
        let mut random = fastrand::Rng::with_seed(number);
        let mut field = || (0..FIELD_LEN).map(|_| random.alphanumeric()).collect::<String>();
        Self {
            key: key(number),
            field0: field(),
            field1: field(),
            field2: field(),
            field3: field(),
            field4: field(),
            field5: field(),
            field6: field(),
            field7: field(),
            field8: field(),
            field9: field(),
        }
    }

    pub fn field_mut(&mut self, index: usize) -> &mut String {
        let fields: [&mut String; FIELDS] = fields!(self, &mut);
        fields.into_iter().nth(index).unwrap()
    }
}

/// The key of the user `number`.
pub fn key(number: u64) -> String {
    format!("user{:020}", crate::records::mix(number))
}

/// What a read does with every field it is given: the sum tells whether all were there.
fn touch(field: &str) -> u64 {
    field.len() as u64 + u64::from(field.as_bytes().last().copied().unwrap_or_default())
}

/// A table of users. Every verb is a transaction of its own, and every write durable.
pub trait Users: Send + Sync {
    fn load(&self, users: &[User]);

    /// A sum over all fields.
    fn read(&self, key: &str) -> u64;

    /// A sum over all fields of at most `count` users from `key` on.
    fn scan(&self, key: &str, count: usize) -> u64;

    /// Writes one field.
    fn update(&self, key: &str, field: usize, value: &str);
}

/// An engine's name and how a table of users is opened in a folder.
pub type UsersEngine = (&'static str, fn(&Path) -> Box<dyn Users>);

/// All engines; the first is the base of the ratios.
pub const USERS: &[UsersEngine] = &[
    (REDB, |dir| bytes::open(REDB, dir)),
    (OURS, ours::open),
    (NATIVE_DB, native_db::open),
    (HEED, |dir| bytes::open(HEED, dir)),
    (FJALL, |dir| bytes::open(FJALL, dir)),
    (SQLITE, sqlite::open),
];

fn pairs(name: &str, dir: &Path) -> Box<dyn super::pairs::Pairs> {
    let (_, open) = PAIRS.iter().find(|(engine, _)| *engine == name).unwrap();
    open(dir)
}
