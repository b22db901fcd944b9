use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
struct Monster {
    bag: std::collections::HashMap<f64, u32>,
}

fn main() {}
