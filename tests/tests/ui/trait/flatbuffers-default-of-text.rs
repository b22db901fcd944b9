use storage::StoredRecord;

#[derive(StoredRecord)]
#[store(codec = "flatbuffers", table = "users")]
struct User {
    #[store(key)]
    id: u64,
    #[store(default = String::new())]
    name: String,
}

fn main() {}
