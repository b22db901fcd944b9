use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredType;

#[derive(Archive, Serialize, Deserialize, StoredType)]
#[store(codec = "flatbuffers")]
struct Point {
    x: f64,
}

fn main() {}
