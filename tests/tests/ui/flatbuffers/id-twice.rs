use storage::StoredRecord;

#[derive(StoredRecord)]
#[store(codec = "flatbuffers", table = "users")]
struct User {
    #[store(key, id = 0)]
    id: u64,
    #[store(id = 0)]
    name: String,
}

fn main() {}
