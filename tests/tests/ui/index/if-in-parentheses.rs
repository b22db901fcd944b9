use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users")]
#[store(index(name = "by_name", fields(name), if(is_long)))]
struct User {
    #[store(key)]
    id: u64,
    name: String,
}

fn main() {}
