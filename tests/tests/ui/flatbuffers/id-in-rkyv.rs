use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredType;

#[derive(Archive, Serialize, Deserialize, StoredType)]
#[store(codec = "rkyv")]
struct Point {
    #[store(id = 0)]
    x: f32,
}

fn main() {}
