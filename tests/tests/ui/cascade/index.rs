use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users")]
#[store(index(name = "by_age", fields(age)))]
struct User {
    #[store(key)]
    id: u64,
    #[store(unique)]
    name: String,
}

fn named(storage: &storage::Storage) -> storage::Result<Option<User>> {
    User::table(storage)?.by(User::INDEXES.name).load("Ada")
}

fn main() {}
