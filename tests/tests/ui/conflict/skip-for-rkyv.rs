use rkyv::{Archive, Deserialize, Serialize};
use storage::{StoredRecord, StoredType};

#[derive(Archive, Serialize, Deserialize, StoredType)]
struct Note {
    #[store(skip)]
    cached: bool,
}

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users")]
struct User {
    #[store(key)]
    id: u64,
    #[store(skip)]
    seen: bool,
}

fn main() {}
