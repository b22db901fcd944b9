use rkyv::{Archive, Deserialize, Serialize};
use storage::{AsStored, StoredRecord};

struct Colour(u32);

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "paints")]
struct Paint {
    #[store(key)]
    id: u64,
    #[rkyv(with = AsStored)]
    colour: Colour,
}

fn main() {}
