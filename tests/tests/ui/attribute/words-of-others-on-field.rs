use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users")]
struct User {
    #[store(primary_key, auto_increment)]
    id: u64,
    #[store(rename = "title")]
    name: String,
    #[store(secondary_key)]
    email: String,
    #[store(ignore)]
    cached: u64,
    #[store(with = by_name)]
    city: String,
    #[store(table = "towns")]
    town: u64,
}

fn main() {}
