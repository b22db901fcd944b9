use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv, flatbuffers", table = "players")]
struct Player {
    #[store(key)]
    id: u64,
}

fn main() {}
