use rkyv::Archive;
use storage::StoredRecord;

#[derive(Archive, StoredRecord)]
#[store(codec = "rkyv", table = "users")]
struct User {
    #[store(key)]
    id: u64,
}

fn main() {}
