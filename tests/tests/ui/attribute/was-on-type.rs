use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredType;

#[derive(Archive, Serialize, Deserialize, StoredType)]
#[store(was = "Position")]
struct Place {
    city: String,
}

fn main() {}
