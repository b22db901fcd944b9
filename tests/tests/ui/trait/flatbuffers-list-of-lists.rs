use storage::StoredRecord;

#[derive(StoredRecord)]
#[store(codec = "flatbuffers", table = "users")]
struct User {
    #[store(key)]
    id: u64,
    grid: Vec<Vec<u8>>,
}

fn main() {}
