use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users")]
struct User {
    #[store(key)]
    id: u64,
    #[store(default)]
    age: u32,
    #[store(default = 7)]
    height: u32,
}

fn main() {}
