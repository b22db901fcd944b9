use rkyv::{Archive, Deserialize, Serialize};
use storage::{StoredKey, StoredRecord, StoredType};

#[derive(Debug, Archive, Serialize, Deserialize, StoredType, StoredKey)]
enum Level {
    Low,
}

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users")]
pub struct User {
    #[store(key)]
    id: u64,
    #[store(index)]
    level: Level,
}

fn main() {}
