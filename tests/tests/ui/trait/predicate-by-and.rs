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

fn all(storage: &Storage) -> Result<u64> {
    let ada = User::FIELDS.name.eq("Ada");
    User::table(storage)?.iter()?.filter(ada && User::FIELDS.id.gt(3)).count()
}

fn main() {}
