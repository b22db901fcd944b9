use storage::{StoredRecord, StoredType};

#[derive(StoredType)]
enum Color {
    Red,
}

#[derive(StoredRecord)]
#[store(codec = "flatbuffers", table = "users")]
struct User {
    #[store(key)]
    id: u64,
    color: Color,
}

fn main() {}
