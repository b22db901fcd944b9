use storage::StoredRecord;

struct Colour(u32);

#[derive(StoredRecord)]
#[store(codec = "flatbuffers", table = "paints")]
struct Paint {
    #[store(key)]
    id: u64,
    #[store(serde)]
    colour: Colour,
}

fn main() {}
