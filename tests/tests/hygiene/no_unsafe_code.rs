//! Unsafe code is forbidden.

#![forbid(unsafe_code)]

use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users")]
struct User {
    #[store(key)]
    id: u64,
    #[store(index)]
    level: Level,
    home: Home,
}

#[derive(Debug, Archive, Serialize, Deserialize, storage::StoredType, storage::StoredKey)]
enum Level {
    Low,
    High,
}

#[derive(Archive, Serialize, Deserialize, storage::StoredType)]
#[store(codec = "rkyv")]
struct Home {
    number: u16,
}

#[test]
fn works() {
    for level in [Level::Low, Level::High] {
        crate::keep(&User { id: 7, level, home: Home { number: 5 } });
    }
}
