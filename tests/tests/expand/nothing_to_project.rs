use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "ids")]
struct Id {
    #[store(key, opaque = "id-v1")]
    id: u64,
}
