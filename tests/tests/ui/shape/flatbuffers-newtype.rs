use storage::StoredRecord;

#[derive(StoredRecord)]
#[store(codec = "flatbuffers", table = "users")]
struct User(#[store(key)] u64);

fn main() {}
