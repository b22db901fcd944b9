use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredType;

#[derive(Archive, Serialize, Deserialize, StoredType)]
struct Point {
    #[store(opaqe = "x-v1")]
    x: f64,
}

fn main() {}
