use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users")]
#[store(index(name = "by_initial", with = initial))]
struct User {
    #[store(key)]
    id: u64,
    name: String,
}

fn initial(user: &User) -> char {
    user.name.chars().next().unwrap_or(' ')
}

fn main() {}
