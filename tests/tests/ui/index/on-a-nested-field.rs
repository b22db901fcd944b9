use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredType;

#[derive(Archive, Serialize, Deserialize, StoredType)]
struct Point {
    #[store(index)]
    x: f64,
}

fn main() {}
