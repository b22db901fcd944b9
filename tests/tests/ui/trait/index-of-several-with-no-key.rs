use rkyv::{Archive, Deserialize, Serialize};
use storage::{StoredRecord, StoredType};

#[derive(Archive, Serialize, Deserialize, StoredType)]
enum Color {
    Red,
}

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "pens")]
#[store(index(name = "by_look", fields(size, color)))]
struct Pen {
    #[store(key)]
    id: u64,
    size: u8,
    color: Color,
}

fn main() {}
