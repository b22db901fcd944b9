use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users")]
#[store(index(name = "by_length", with = |user| user.name.len() as u64, key = u64))]
#[store(index(name = "adults", fields(age), if = |user: &User| user.age > 17))]
struct User {
    #[store(key)]
    id: u64,
    name: String,
    age: u8,
}

fn main() {}
