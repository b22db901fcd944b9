use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "pens")]
#[store(index(name = "by_name", fields(name), if = size))]
struct Pen {
    #[store(key)]
    id: u64,
    name: String,
}

fn size(pen: &Pen) -> u64 {
    pen.id
}

fn main() {}
