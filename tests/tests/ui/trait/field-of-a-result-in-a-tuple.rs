use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "jobs")]
struct Job {
    #[store(key)]
    id: u64,
    ended: (u32, Result<u32, String>),
}

fn main() {}
