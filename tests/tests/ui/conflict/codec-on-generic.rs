use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredType;

#[derive(Archive, Serialize, Deserialize, StoredType)]
#[store(codec = "rkyv")]
struct Pair<T> {
    left: T,
    right: T,
}

fn main() {}
