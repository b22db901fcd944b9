use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
struct Monster {
    path: Box<Vec<u32>>,
}

fn main() {}
