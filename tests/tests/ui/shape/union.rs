use storage::StoredRecord;

#[derive(StoredRecord)]
#[store(codec = "rkyv", table = "users")]
union User {
    id: u64,
}

fn main() {}
