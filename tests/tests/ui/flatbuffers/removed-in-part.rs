use storage::StoredRecord;

#[derive(StoredRecord)]
#[store(codec = "flatbuffers", table = "users", removed(id = 1, name = "age"))]
struct User {
    #[store(key)]
    id: u64,
}

fn main() {}
