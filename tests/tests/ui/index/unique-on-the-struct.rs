use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users")]
#[store(unique)]
struct User {
    #[store(key)]
    id: u64,
    name: String,
}

fn main() {}
