use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
struct Monster {
    paths: Vec<Vec<u32>>,
}

fn main() {}
