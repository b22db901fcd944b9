use rkyv::{Archive, Deserialize, Serialize};
use storage::{AsText, StoredRecord};

struct Colour(u32);

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "paints")]
struct Paint {
    #[store(key)]
    id: u64,
    #[rkyv(with = AsText)]
    colour: Colour,
}

fn main() {}
