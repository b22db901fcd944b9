use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredType;

#[derive(Archive, Serialize, Deserialize, StoredType)]
#[store(index(name = "by_x", fields(x)))]
struct Point {
    x: f64,
}

fn main() {}
