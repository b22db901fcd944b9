use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredType;

#[derive(Archive, Serialize, Deserialize, StoredType)]
#[store(codec = "rkyv")]
struct Point(f64, f64);

fn main() {}
