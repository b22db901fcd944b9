use rkyv::{Archive, Deserialize, Serialize};
use storage::{StoredRecord, StoredType};

#[derive(Archive, Serialize, Deserialize, StoredType)]
enum Color {
    Red,
}

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "pens")]
struct Pen {
    #[store(key)]
    id: u64,
    #[store(index)]
    color: Color,
}

fn main() {}
