use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredType;

#[derive(Archive, Serialize, Deserialize, StoredType)]
enum Kind {
    #[store(opaque = "idle-v1")]
    Idle,
}

fn main() {}
