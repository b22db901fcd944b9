use rkyv::{Archive, Deserialize, Serialize};
use storage::{StoredKey, StoredRecord};

#[derive(Debug, Archive, Serialize, Deserialize, storage::StoredType, StoredKey)]
enum Level {
    High = 2,
    Low = 1,
}

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users")]
struct User {
    #[store(key)]
    level: Level,
}

fn lowest(storage: &storage::Storage) -> storage::Result<Option<User>> {
    User::table(storage)?.load(Level::Low)
}

fn main() {}
