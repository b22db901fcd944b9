use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "values")]
struct Record {
    #[store(key)]
    id: u64,
    #[store(text)]
    value: u8,
    #[store(serde)]
    other: u8,
}

fn main() {}
