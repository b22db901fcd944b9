use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
struct Monster {
    grid: [[u8; 4]; 4],
}

fn main() {}
