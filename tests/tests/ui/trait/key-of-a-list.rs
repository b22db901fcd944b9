use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "samples")]
struct Sample {
    #[store(key)]
    weights: Vec<f64>,
}

fn main() {}
