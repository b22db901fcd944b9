use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "pens")]
#[store(index(name = "by_size", with = size, key = u64))]
struct Pen {
    #[store(key)]
    id: u64,
    name: String,
}

fn size(pen: &Pen) -> u32 {
    u32::try_from(pen.name.len()).unwrap_or(u32::MAX)
}

fn main() {}
