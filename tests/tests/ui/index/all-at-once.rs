use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users")]
#[store(index(nmae = "by_name", fields(nmae), unique = true))]
#[store(index(name = "by id", fields(idd)))]
struct User {
    #[store(key)]
    id: u64,
    #[store(index, unique)]
    name: String,
}

fn main() {}
