use storage::StoredRecord;

#[derive(StoredRecord)]
#[store(codec = "flatbuffers", table = "users")]
struct User {
    #[store(key)]
    id: u64,
    first: [u8; 30_000],
    second: [u8; 30_000],
    third: [u8; 30_000],
}

fn main() {}
