use rkyv::{Archive, Deserialize, Serialize};
use storage::{AsSerde, StoredRecord};

struct Colour(u32);

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "paints")]
struct Paint {
    #[store(key)]
    id: u64,
    #[rkyv(with = AsSerde)]
    colour: Colour,
}

fn main() {}
