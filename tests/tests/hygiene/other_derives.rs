//! Other derives stand before and after, in one list or several.

use rkyv::{Archive, Deserialize, Serialize};
use storage::{StoredKey, StoredRecord, StoredType};

#[derive(Clone, Debug, serde::Serialize, StoredRecord, PartialEq, Archive)]
#[store(codec = "rkyv", table = "users")]
#[derive(Serialize, Deserialize, Default)]
#[rkyv(derive(Debug), compare(PartialEq))]
#[serde(rename_all = "camelCase")]
struct User {
    #[store(key)]
    #[serde(rename = "number")]
    id: u64,
    #[serde(skip)]
    #[store(index)]
    level: Level,
}

#[derive(
    StoredKey,
    Copy,
    Clone,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    StoredType,
    Archive,
    Serialize,
    Deserialize,
)]
#[rkyv(derive(Debug), compare(PartialEq))]
enum Level {
    #[default]
    Low,
    High,
}

#[test]
fn works() {
    crate::keep(&User::default());
    crate::keep(&User { id: 7, level: Level::High }.clone());
    crate::is_key(&Level::Low, &Level::High);
    assert!(Level::Low < Level::High);
}
