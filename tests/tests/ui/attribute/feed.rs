//! What `feed(...)` takes.

use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "a", feed(keep = 0))]
struct Nothing {
    #[store(key)]
    id: u64,
}

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "b", feed(keep, days = "7"))]
struct Forms {
    #[store(key)]
    id: u64,
}

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "c", feed = 7)]
struct Value {
    #[store(key)]
    id: u64,
}

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "d", feed(day = 7, days, "keep"))]
struct Words {
    #[store(key)]
    id: u64,
}

fn main() {}
