use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

struct Look;

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "pens")]
#[store(index(name = "by_look", with = look, key = Look))]
struct Pen {
    #[store(key)]
    id: u64,
    name: String,
}

fn look(_: &Pen) -> Look {
    Look
}

fn main() {}
