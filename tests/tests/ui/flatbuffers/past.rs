use storage::StoredRecord;

#[derive(StoredRecord)]
#[store(codec = "flatbuffers", table = "users", removed("age"))]
struct User {
    #[store(key)]
    id: u64,
    #[store(default)]
    level: u16,
}

fn main() {}
