use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredType;

#[derive(Archive, Serialize, Deserialize, StoredType)]
enum Kind {
    #[store(rename = "none")]
    Idle,
}

fn main() {}
