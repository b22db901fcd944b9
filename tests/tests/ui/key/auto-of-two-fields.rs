use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users")]
struct User {
    #[store(key)]
    team: u32,
    #[store(key, auto)]
    id: u64,
}

fn main() {}
