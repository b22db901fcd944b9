use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredType;

#[derive(Archive, Serialize, Deserialize, StoredType)]
#[store(table = "points")]
struct Point {
    x: f64,
}

fn main() {}
