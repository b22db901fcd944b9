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

fn size(name: &str) -> u64 {
    name.len() as u64
}

fn main() {}
