use storage::StoredRecord;

#[derive(StoredRecord)]
#[store(codec = "flatbuffers", table = "users", file_identifier = "USERS")]
struct User {
    #[store(key)]
    id: u64,
}

fn main() {}
