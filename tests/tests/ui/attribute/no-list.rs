use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store = "users"]
struct User {
    #[store]
    id: u64,
}

fn main() {}
