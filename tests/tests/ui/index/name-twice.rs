use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users")]
#[store(index(name = "name", fields(name, id)))]
struct User {
    #[store(key)]
    id: u64,
    #[store(index)]
    name: String,
}

fn main() {}
