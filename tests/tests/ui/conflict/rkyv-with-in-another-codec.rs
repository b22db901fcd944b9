use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredType;

#[derive(Archive, Serialize, Deserialize, StoredType)]
#[store(codec = "flatbuffers")]
struct Point {
    #[rkyv(with = rkyv::with::AsBox)]
    x: f32,
}

fn main() {}
