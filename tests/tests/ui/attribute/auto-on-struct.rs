use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users", auto)]
struct User {
    #[store(key)]
    id: u64,
}

fn main() {}
