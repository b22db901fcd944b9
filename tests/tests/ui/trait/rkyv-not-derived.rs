use storage::StoredRecord;

#[derive(StoredRecord)]
#[store(codec = "rkyv", table = "users")]
struct User {
    #[store(key)]
    id: u64,
    name: String,
}

fn main() {}
