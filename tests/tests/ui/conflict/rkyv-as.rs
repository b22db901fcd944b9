use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

#[derive(Archive, Serialize, Deserialize)]
struct Other {
    id: u64,
}

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users")]
#[rkyv(as = ArchivedOther)]
struct User {
    #[store(key)]
    id: u64,
}

fn main() {}
