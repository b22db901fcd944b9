use rkyv::{Archive, Deserialize, Serialize};
use storage::{Result, Storage, StoredRecord};

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users")]
struct User {
    #[store(key)]
    id: u64,
    #[store(index)]
    name: String,
    #[store(unique)]
    email: String,
    age: Option<u32>,
}

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "visits")]
struct Visit {
    #[store(key)]
    user: u64,
    #[store(key)]
    hour: u32,
    #[store(index)]
    place: String,
}

fn users(storage: &Storage) -> Result<u64> {
    User::table(storage)?.by(User::INDEXES.name).get_all(7)?.count()
}

fn main() {}
